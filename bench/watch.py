"""Running a process and watching it and its children: processor time and memory. Linux only, from /proc.

Belongs here: watching. What the process prints is for `rounds.py`.
"""

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

_LOOK_SECONDS: Final = 0.02
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK")


class Watched(NamedTuple):
    """What a process printed and used."""

    output: str
    """The last line that it printed."""
    work_cpu_seconds: float
    """Processor time of it and its children (user and system) while it worked."""
    peak_mb: float
    """The most that they held in memory at one moment, in millions of bytes.

    Pages of files (libraries) count once, for the process that has most of them; all others count for every process,
    also those that a fork shares with its parent. It is never less than what was really used.
    """


class ProcessFailedError(RuntimeError):
    """A watched process ended in an error; its words are the message."""


def watch(command: Sequence[str], *, marks: tuple[str, str], cores: int) -> Watched:
    """Run a command on so many cores and watch it until it ends.

    Args:
        command: the program and its arguments.
        marks: the lines that it prints when the work begins and when it ends.
        cores: on how many cores it and its children may run.

    Raises:
        ProcessFailedError: it ended in an error.
    """
    with subprocess.Popen(  # noqa: S603 - our own command
        _on_cores(command, cores), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        usage, lines = _followed(process, marks)
    if process.returncode:
        raise ProcessFailedError(f"{' '.join(command)}\n{lines[-1] if lines else ''}")
    return Watched(lines[-1], usage.between(*marks), usage.peak_bytes / 1e6)


def _on_cores(command: Sequence[str], cores: int) -> list[str]:
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    return ["taskset", "--cpu-list", ",".join(map(str, allowed)), *command]


class _Usage:
    """What a process and its children have used so far."""

    def __init__(self) -> None:
        self._ticks: dict[int, int] = {}
        self.peak_bytes = 0
        self._marks: dict[str, int] = {}

    def look(self, process_id: int) -> None:
        """Add what is used at this moment."""
        own, of_files = 0, 0
        for member in _family(process_id):
            with suppress(OSError):
                self._ticks[member] = _ticks(member)
                resident, shared = _pages(member)
                own, of_files = own + resident - shared, max(of_files, shared)
        self.peak_bytes = max(self.peak_bytes, (own + of_files) * _PAGE_BYTES)

    def mark(self, name: str) -> None:
        """Remember what all have used so far, also those that ended."""
        self._marks[name] = sum(self._ticks.values())

    def between(self, begin: str, end: str) -> float:
        """Processor time between two marks."""
        return (self._marks[end] - self._marks[begin]) / _TICKS_A_SECOND


def _followed(process: "subprocess.Popen[str]", marks: Sequence[str]) -> tuple[_Usage, list[str]]:
    """Watch until the end; gives the usage and the lines, with the words of an error as the last one."""
    usage, lines = _Usage(), []
    printed, wrong = _reading(process.stdout), _reading(process.stderr)
    for line in _lines(printed, between=lambda: usage.look(process.pid)):
        lines.append(line)
        if line in marks:
            usage.look(process.pid)
            usage.mark(line)
    process.wait()
    return usage, [*lines, "\n".join(_lines(wrong))] if process.returncode else lines


def _reading(stream: IO[str] | None) -> "queue.Queue[str]":
    """The lines of a stream, as they come."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream or ():
            lines.put(line.rstrip("\n"))
        lines.put(_END)

    threading.Thread(target=read, daemon=True).start()
    return lines


_END: Final = "\0"


def _lines(lines: "queue.Queue[str]", between: Callable[[], None] = lambda: None) -> Iterator[str]:
    """The lines until the stream ends; `between` is done again and again while there is none."""
    while True:
        between()
        with suppress(queue.Empty):
            line = lines.get(timeout=_LOOK_SECONDS)
            if line == _END:
                return
            yield line


def _family(process_id: int) -> Iterator[int]:
    """A process and all its children, also theirs."""
    yield process_id
    for task in Path(f"/proc/{process_id}/task").glob("*"):
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _ticks(process_id: int) -> int:
    """Ticks of processor time, of the user and of the system."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pages(process_id: int) -> tuple[int, int]:
    """Pages in memory, and how many of them are of files or otherwise shared."""
    fields = Path(f"/proc/{process_id}/statm").read_text().split()
    return int(fields[1]), int(fields[2])
