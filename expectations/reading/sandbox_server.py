"""The warm process from which readers are forked; its arguments are the control socket and the limits.

It has loaded what reading needs, runs no thread and reads no delivery itself. Over the control socket comes one
connection for every reader that is wanted; the answer is its process id. When the other side of the control socket is
gone it ends, and so does every reader whose connection is gone.
"""

import os
import signal
import socket
import sys
import threading
import traceback
from mmap import mmap
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from select import poll
from typing import Final

from expectations.reading.read_file import as_table, no_cells, stream_size, write_stream
from expectations.reading.readers import Reader, read_here
from expectations.reading.sandbox_limits import Limits, limit_next_file, limit_process
from expectations.rules import rule_texts

_NOTHING_LEFT: Final = 70
_FAILED: Final = 71


def serve(control: socket.socket, limits: Limits) -> None:
    """Fork a reader for every connection that comes, until nobody can ask any more."""
    _load()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, connections, _, _ = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        reader = os.fork()
        if not reader:
            control.close()
            _be_reader(connections[0], limits)
        os.close(connections[0])
        control.send(reader.to_bytes(8, "big"))


def _load() -> None:
    """Load what is otherwise loaded at the first file: the words of the rules, and what Arrow needs for an array."""
    rule_texts()
    no_cells()


def _be_reader(connection: int, limits: Limits) -> None:
    """Read what comes over a connection and end this process, whatever happens.

    A fault in the reader is shown by its place only: what it says may hold text of the file.
    """
    status = _FAILED
    try:
        threading.Thread(target=_end_when_alone, args=(connection,), daemon=True).start()
        limit_process(limits)
        _read_all(Connection(connection), limits)
        status = 0
    except MemoryError:
        status = _NOTHING_LEFT
    finally:
        if status == _FAILED:
            traceback.print_tb(sys.exc_info()[2])
        os._exit(status)


def _read_all(connection: "Connection[bytes, bytes]", limits: Limits) -> None:
    """Per file come its reader, its bytes and a room for the answer; that is written there and its size sent back."""
    while True:
        try:
            reader = Reader(connection.recv_bytes())
            content, room = connection.recv_bytes(), recv_handle(connection)
        except EOFError:
            return
        limit_next_file(limits)
        answer = as_table(read_here(reader, content))
        del content
        size = stream_size(answer)
        with mmap(room, size) as place:
            write_stream(answer, place)
        os.close(room)
        connection.send_bytes(size.to_bytes(8, "big"))


def _end_when_alone(connection: int) -> None:
    """End this process as soon as nobody waits for its answer."""
    hung_up = poll()
    hung_up.register(connection, 0)
    hung_up.poll()
    os._exit(_NOTHING_LEFT)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as from_owner:
        serve(from_owner, Limits(int(sys.argv[2]), int(sys.argv[3])))
