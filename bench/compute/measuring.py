"""Measuring the computation: each contender in a fresh process, in rounds of which every other one runs backwards.

A time counts only when the marts are those of ours.
"""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.compute.contender import KEPT
from bench.compute.contenders import warehouse_in
from bench.compute.equality import assert_equal_marts
from bench.compute.facts import Size, make_landing
from bench.contender import BEGINS, ENDS
from bench.machine import CORES
from bench.rounds import Run, Runs
from bench.watch import watch

OURS: Final = "ours"
NAMES: Final[Mapping[str, str]] = {OURS: OURS, "hand": "hand-written SQL", "dbt": "dbt"}
TASKS: Final[Mapping[str, str]] = {
    "full": "everything", "again": "one region-quarter again", "nothing": "nothing changed",
}  # fmt: skip
_CAN: Final[Mapping[str, Sequence[str]]] = {
    "full": ("ours", "hand", "dbt"),
    "again": ("ours", "hand"),
    "nothing": ("ours",),
}


class Job(NamedTuple):
    """One task of one contender on facts of a size."""

    contender: str
    task: str
    size: Size

    @property
    def name(self) -> str:
        """Of the contender, as the report tells it."""
        return NAMES[self.contender]

    @property
    def label(self) -> str:
        """As the report tells it."""
        return f"{self.name}, {TASKS[self.task]}, {self.size.told}"


def measure_size(
    folder: Path, size: Size, contenders: Sequence[str], rounds: int, tell: Callable[[str], None]
) -> dict[str, Runs]:
    """The runs by label: of each contender everything, then the quarter again, then nothing.

    Raises:
        OtherFiguresError: a contender made other marts than ours.
    """
    landing = folder / "landing" / "warehouse.duckdb"
    landing.parent.mkdir(parents=True)
    tell(f"{make_landing(landing, size):,} facts: {size.told}")
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        for name in contenders if number % 2 == 0 else reversed(contenders):
            for job in _jobs(name, size):
                run = run_job(job, folder / name, landing)
                runs.setdefault(job.label, []).append(run)
                tell(f"round {number + 1}/{rounds}  {job.label:<72}{run.work_seconds:8.2f} s{run.peak_mb:8.0f} MB")
        _compare(folder, contenders)
    return {label: Runs(tuple(found)) for label, found in runs.items()}


def _jobs(contender: str, size: Size) -> list[Job]:
    return [Job(contender, task, size) for task, able in _CAN.items() if contender in able]


def run_job(job: Job, folder: Path, landing: Path) -> Run:
    """One task in a fresh process; `full` begins with a copy of the landing tables, the others where it ended."""
    if job.task == "full":
        shutil.rmtree(folder, ignore_errors=True)
        warehouse_in(folder).parent.mkdir(parents=True)
        shutil.copyfile(landing, warehouse_in(folder))
    command = [sys.executable, "-m", "bench.compute.contender", job.contender, job.task, str(folder), job.size.code]
    watched = watch(command, marks=(BEGINS, ENDS), cores=CORES)
    if job.task != "nothing":
        (folder / KEPT).rename(folder / job.task)
    said = json.loads(watched.output)
    return Run(
        import_seconds=said["load_seconds"],
        warm_up_seconds=0,
        work_seconds=said["work_seconds"],
        cpu_seconds=watched.work_cpu_seconds,
        peak_mb=watched.peak_mb,
        copy_seconds=said["copy_seconds"],
    )


def _compare(folder: Path, contenders: Sequence[str]) -> None:
    for task in ("full", "again"):
        for name in contenders:
            if name != OURS and name in _CAN[task]:
                assert_equal_marts(folder / OURS / task, folder / name / task)
