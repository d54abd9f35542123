"""What a process that reads a delivery may use; set in that process itself, before it has seen a byte of the file."""

import os
import resource
from pathlib import Path
from typing import Final, NamedTuple

_STATM: Final = Path("/proc/self/statm")


class Limits(NamedTuple):
    """The memory that the process may hold in all, with what it holds when it begins; and seconds per file."""

    memory_bytes: int = 500_000_000
    cpu_seconds: int = 25


def limit_process(limits: Limits) -> None:
    """Bound the memory of this process; it may write no file and leaves no core dump."""
    size, resident = _sizes()
    room = size + limits.memory_bytes - resident
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_next_file(limits: Limits) -> None:
    """Bound the processor time from here; beyond it the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _sizes() -> tuple[int, int]:
    """The addresses and the memory that this process has, in bytes."""
    pages = [int(number) for number in _STATM.read_text("ascii").split()[:2]]
    size, resident = (number * os.sysconf("SC_PAGE_SIZE") for number in pages)
    return size, resident
