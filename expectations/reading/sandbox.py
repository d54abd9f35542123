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
from mmap import ACCESS_READ, mmap
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from signal import SIGKILL
from threading import Lock
from typing import Final, NamedTuple

from expectations.reading.kinds import MAXIMUM_BYTES
from expectations.reading.read_file import ReadFile, from_stream, refused
from expectations.reading.readers import Reader, read_here
from expectations.reading.sandbox_limits import Limits
from expectations.reading.workbook_texts import WorkbookTexts, workbook_texts
from expectations.rules import Rule, make_finding

_SERVER: Final = "expectations.reading.sandbox_server"
_ROOM: Final = "delivery"
_WAITED_SECONDS: Final = 3
"""How much longer a reader may take on the clock than it may on the processor."""
_ENVIRONMENT: Final = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "1",
}
"""No threads before a fork, and after it as many for Arrow on every machine: each takes addresses, which are bounded.
Arrow's own allocator would reserve a gigabyte of them, beyond the limit."""


class _Reader(NamedTuple):
    """A process that reads, and the connection to it."""

    connection: "Connection[bytes, bytes]"
    process_id: int

    def ask(self, content: bytes, seconds: float, room_bytes: int, reader: Reader = Reader.DELIVERY) -> ReadFile | None:
        """Its answer, where it wrote it; nothing when it died or took too long.

        The answer is written in memory that both have: through a pipe it took as long as a third of the reading.
        """
        room = os.memfd_create(_ROOM)
        try:
            os.truncate(room, room_bytes)
            self.connection.send_bytes(reader.value)
            self.connection.send_bytes(content)
            send_handle(self.connection, room, self.process_id)
            if self.connection.poll(seconds):
                size = int.from_bytes(self.connection.recv_bytes(), "big")
                return from_stream(mmap(room, size, access=ACCESS_READ))
        except (OSError, EOFError):
            pass
        finally:
            os.close(room)
        return None

    def end(self) -> None:
        """End it, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.kill(self.process_id, SIGKILL)
        self.connection.close()


class Sandbox:
    """Readers under limits, forked from a warm process that is started when it is first needed."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - a constant
        self._limits = limits
        self._lock = Lock()
        self._owner_id = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def read(self, contents: Sequence[bytes], reader: Reader = Reader.DELIVERY) -> list[ReadFile]:
        """Read files one after the other; see `read_deliveries`."""
        batch = _Batch(self, self._limits, reader)
        try:
            return [batch.read(content) for content in contents]
        finally:
            batch.end_reader()

    def start(self) -> None:
        """Start the warm process, unless this process has one."""
        with self._lock:
            self._connected()

    def stop(self) -> None:
        """End the warm process."""
        if self._control is not None and self._owner_id == os.getpid():
            self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
            if self._server is not None:
                self._server.wait()
        self._control = self._server = None

    def fork(self) -> _Reader:
        """A new reader; a warm process that died is replaced once."""
        with self._lock:
            try:
                return _forked(self._connected())
            except OSError:
                self.stop()
                return _forked(self._connected())

    def _connected(self) -> socket.socket:
        """The socket to the warm process."""
        if self._control is None or self._owner_id != os.getpid():
            ours, theirs = socket.socketpair()
            with theirs:
                self._server = subprocess.Popen(  # noqa: S603 - this module's own server
                    [sys.executable, "-m", _SERVER, str(theirs.fileno()), *map(str, self._limits)],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)},
                )
            self._owner_id, self._control = os.getpid(), ours
        return self._control


class _Batch:
    """The files that are read by one reader as long as it lives, and by another when it fell."""

    def __init__(self, sandbox: Sandbox, limits: Limits, wanted: Reader) -> None:
        self._sandbox = sandbox
        self._limits = limits
        self._wanted = wanted
        self._reader: _Reader | None = None

    def read(self, content: bytes) -> ReadFile:
        """One file; when a reader that had read others dies over it, a fresh one tries again."""
        if len(content) > MAXIMUM_BYTES:
            return read_here(self._wanted, content)
        is_fresh, began = self._reader is None, time.monotonic()
        answer = self._ask(content)
        is_slow = time.monotonic() - began > self._limits.cpu_seconds / 2
        if answer is None and not is_fresh and not is_slow:
            answer = self._ask(content)
        return refused(make_finding(Rule.FILE_UNREADABLE)) if answer is None else answer

    def end_reader(self) -> None:
        """End the reader at hand."""
        if self._reader is not None:
            self._reader.end()
            self._reader = None

    def _ask(self, content: bytes) -> ReadFile | None:
        if self._reader is None:
            self._reader = self._sandbox.fork()
        seconds = self._limits.cpu_seconds + _WAITED_SECONDS
        answer = self._reader.ask(content, seconds, self._limits.memory_bytes, self._wanted)
        if answer is None:
            self.end_reader()
        return answer


def _forked(control: socket.socket) -> _Reader:
    ours, theirs = Pipe()
    with theirs:
        socket.send_fds(control, [b"+"], [theirs.fileno()])
        answer = control.recv(8)
    if not answer:
        raise ConnectionError("the process from which readers are forked is gone")
    return _Reader(ours, int.from_bytes(answer, "big"))


_sandbox: Final = Sandbox()
atexit.register(_sandbox.stop)


def read_deliveries(contents: Sequence[bytes]) -> list[ReadFile]:
    """Read the bytes of deliveries into text cells, in the order given. Never raises on bad input.

    All are read by one process. A file over which that dies is tried once more in a process of its own, unless it took
    too long; a file that cannot be read so is refused, and the others are read by another process.
    """
    return _sandbox.read(contents)


def read_workbook(content: bytes) -> WorkbookTexts:
    """Read the cells of an XLSX that is no delivery, by a process of its own. Never raises on bad input."""
    return workbook_texts(_sandbox.read([content], Reader.WORKBOOK)[0])


def warm_up() -> None:
    """Start the process from which readers are forked, so that the first delivery need not wait for it."""
    _sandbox.start()
