"""Reading deliveries in a process that may fall: bounded in memory and time, and gone when its owner is.

Belongs here: asking that process, and what is said when it does not answer. The process itself is `sandbox_server.py`.
`multiprocessing` has a fork server too, but each of its children first imports the main module of its owner, which
costs a page or a command more than the reading (decision 0012).
"""

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from signal import SIGKILL
from threading import Lock
from typing import Final, NamedTuple

from expectations.reading.delivery_reader import read_delivery
from expectations.reading.kinds import MAXIMUM_BYTES
from expectations.reading.read_file import ReadFile, from_bytes, refused
from expectations.reading.sandbox_limits import CPU_SECONDS
from expectations.rules import Rule, make_finding

_SERVER: Final = "expectations.reading.sandbox_server"
_WALL_SECONDS: Final = CPU_SECONDS + 3
_ENVIRONMENT: Final = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
}
"""No threads before a fork; and Arrow's own allocator would reserve a gigabyte of addresses, beyond the limit."""


def read_deliveries(contents: Sequence[bytes]) -> list[ReadFile]:
    """Read the bytes of deliveries into text cells, in the order given. Never raises on bad input.

    All are read by one process. When that dies over a file, the file gets a process of its own; when it dies again, or
    takes too long, the file is refused and the rest is read by another.
    """
    readers = _Readers()
    try:
        return [readers.read(content) for content in contents]
    finally:
        readers.close()


def warm_up() -> None:
    """Start the process from which readers are forked, so that the first delivery need not wait for it."""
    _server.start()


class _Reader(NamedTuple):
    """A process that reads, and the connection to it."""

    connection: "Connection[bytes, bytes]"
    process_id: int

    def ask(self, content: bytes) -> bytes | None:
        """Its answer; nothing when it died or took too long."""
        with suppress(OSError, EOFError):
            self.connection.send_bytes(content)
            if self.connection.poll(_WALL_SECONDS):
                return self.connection.recv_bytes()
        return None

    def end(self) -> None:
        """End it, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.kill(self.process_id, SIGKILL)
        self.connection.close()


class _Readers:
    """The readers of one batch, one after the other."""

    def __init__(self) -> None:
        self._reader: _Reader | None = None

    def read(self, content: bytes) -> ReadFile:
        """One file, by the reader at hand."""
        if len(content) > MAXIMUM_BYTES:
            return read_delivery(content)
        is_new, began = self._reader is None, time.monotonic()
        answer = self._ask(content)
        if answer is None and not is_new and time.monotonic() - began < CPU_SECONDS / 2:
            answer = self._ask(content)
        return refused(make_finding(Rule.FILE_UNREADABLE)) if answer is None else from_bytes(answer)

    def close(self) -> None:
        """End the reader at hand."""
        if self._reader is not None:
            self._reader.end()
            self._reader = None

    def _ask(self, content: bytes) -> bytes | None:
        if self._reader is None:
            self._reader = _server.fork()
        answer = self._reader.ask(content)
        if answer is None:
            self.close()
        return answer


class _Server:
    """The warm process of this process, made when it is first needed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> socket.socket:
        """The socket to the running server of this process."""
        if self._control is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-m", _SERVER, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)},
                )
            self._owner, self._control = os.getpid(), ours
        return self._control

    def fork(self) -> _Reader:
        """A new reader; a server that died is replaced once."""
        with self._lock:
            try:
                return _ask_reader(self.start())
            except OSError:
                self.stop()
                return _ask_reader(self.start())

    def stop(self) -> None:
        """End the server of this process."""
        if self._control is not None and self._owner == os.getpid():
            self._control.close()
            if self._process is not None:
                self._process.wait()
        self._control = self._process = None


def _ask_reader(control: socket.socket) -> _Reader:
    ours, theirs = Pipe()
    with theirs:
        socket.send_fds(control, [b"+"], [theirs.fileno()])
        answer = control.recv(8)
    if not answer:
        raise ConnectionError("the server of readers is gone")
    return _Reader(ours, int.from_bytes(answer, "big"))


_server: Final = _Server()
atexit.register(_server.stop)
