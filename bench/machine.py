"""On what is measured: the machine, how busy it is, and the versions."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

CORES: Final = 2
"""How many cores every contender gets."""
_BUSY: Final = 0.5
_PACKAGES: Final = (
    "duckdb", "pandas", "pyarrow", "numpy", "pandera", "great-expectations", "frictionless", "sqlmesh", "sqlglot",
)  # fmt: skip


class Machine(NamedTuple):
    """Where and when."""

    cpu: str
    core_count: int
    memory_gb: float
    load: float
    """The mean number of processes at work in the minute before the start."""
    commit: str
    date: str
    versions: dict[str, str]

    @property
    def is_contended(self) -> bool:
        """Whether others use the machine, so that times say little and ratios something."""
        return self.load > _BUSY * self.core_count

    @property
    def described(self) -> str:
        """One line."""
        contended = " «contended»" if self.is_contended else ""
        return (
            f"{self.cpu}, {self.core_count} cores, {self.memory_gb:.0f} GB; load {self.load:.2f}{contended}; "
            f"commit {self.commit}; {self.date}"
        )


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(
        cpu=_cpu(),
        core_count=os.cpu_count() or 1,
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
        load=os.getloadavg()[0],
        commit=_commit(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        versions={"Python": platform.python_version()} | {name: _version(name) for name in _PACKAGES},
    )


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - no input


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
