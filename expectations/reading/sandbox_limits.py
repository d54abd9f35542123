"""What a process that reads a delivery may use; set in that process itself, before it has seen a byte of the file."""

import os
import resource
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 500_000_000
"""What the process may hold in all, with what it holds when it begins."""
CPU_SECONDS: Final = 25

_STATM: Final = Path("/proc/self/statm")


def limit_process() -> None:
    """Bound the memory of this process; it may write no file and leaves no core dump."""
    size, resident = _sizes()
    room = size + MEMORY_BYTES - resident
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_next_file() -> None:
    """Bound the processor time from here; one more second and the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _sizes() -> tuple[int, int]:
    """The addresses and the memory that this process has, in bytes."""
    pages = [int(number) for number in _STATM.read_text("ascii").split()[:2]]
    size, resident = (number * os.sysconf("SC_PAGE_SIZE") for number in pages)
    return size, resident
