"""Measuring: jobs, each in a fresh process, in rounds of which every other one runs backwards.

A time counts only when the job found exactly the rows that were made wrong.
"""

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.contender import BEGINS, ENDS, fingerprint
from bench.deliveries import Delivery
from bench.machine import CORES
from bench.watch import watch


class Job(NamedTuple):
    """One contender on one delivery."""

    label: str
    contender: str
    delivery: Delivery
    small: Delivery
    """What it judges first, so that it is warm."""
    known_rows: int = 0
    """How many rows of each of two earlier quarters are known."""


class Run(NamedTuple):
    """One job in one round."""

    import_seconds: float
    warm_up_seconds: float
    work_seconds: float
    cpu_seconds: float
    peak_mb: float
    copy_seconds: float = 0
    """Moving a file as a whole, which is shown and not in the time of the work."""


class Runs(NamedTuple):
    """One job in all rounds."""

    runs: Sequence[Run]

    @property
    def seconds(self) -> list[float]:
        """How long the work took, per round."""
        return [run.work_seconds for run in self.runs]

    def median(self, name: str) -> float:
        """The median of one of the numbers of a run."""
        return statistics.median(float(getattr(run, name)) for run in self.runs)

    def least(self, name: str) -> float:
        """The smallest."""
        return min(float(getattr(run, name)) for run in self.runs)

    def most(self, name: str) -> float:
        """The largest."""
        return max(float(getattr(run, name)) for run in self.runs)


class OtherRowsError(RuntimeError):
    """A contender called other rows bad than those that were made so."""


def measure(jobs: Sequence[Job], rounds: int, tell: Callable[[str], None]) -> dict[str, Runs]:
    """Every job in every round, by label: A B C, C B A, A B C, ...

    Raises:
        OtherRowsError: a job found other rows.
    """
    runs: dict[str, list[Run]] = {job.label: [] for job in jobs}
    for number in range(rounds):
        for job in jobs if number % 2 == 0 else reversed(jobs):
            run = run_once(job)
            tell(f"round {number + 1}/{rounds}  {job.label:<46}{run.work_seconds:8.2f} s{run.peak_mb:8.0f} MB")
            runs[job.label].append(run)
    return {label: Runs(tuple(found)) for label, found in runs.items()}


def run_once(job: Job) -> Run:
    """One job in a fresh process.

    Raises:
        OtherRowsError: it found other rows.
    """
    files = [str(job.delivery.path), str(job.small.path)]
    command = [sys.executable, "-m", "bench.contender", job.contender, *files, str(job.known_rows)]
    watched = watch(command, marks=(BEGINS, ENDS), cores=CORES)
    said = json.loads(watched.output)
    planted = fingerprint(job.delivery.bad_rows)
    found = {name: said.pop(name) for name in planted}
    if found != planted:
        raise OtherRowsError(f"{job.label}: found {found}, planted {planted}")
    return Run(**said, cpu_seconds=watched.work_cpu_seconds, peak_mb=watched.peak_mb)
