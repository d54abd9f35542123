"""What tests ask the system about processes."""

import time
from collections.abc import Callable
from pathlib import Path


def peak_memory(process_id: int) -> int:
    """The most memory that a living process ever held, in bytes."""
    status = Path(f"/proc/{process_id}/status").read_text("ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def children(process_id: int, *words: str) -> list[int]:
    """The living children of a process with these words on their command line."""
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if _state(folder)[1:] == [str(process_id)] and is_alive(int(folder.name)) and _has_words(folder, words)
    ]


def is_alive(process_id: int) -> bool:
    """Whether a process runs; one that ended and was not asked for does not."""
    return _state(Path(f"/proc/{process_id}"))[:1] not in ([], ["Z"])


def wait_until(is_so: Callable[[], bool], seconds: float = 5) -> None:
    """Wait for something to be so, and fail when it takes too long."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def _state(folder: Path) -> list[str]:
    """The state and the parent of a process; nothing when it is gone."""
    try:
        return (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _has_words(folder: Path, words: tuple[str, ...]) -> bool:
    try:
        line = (folder / "cmdline").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return all(word in line for word in words)
