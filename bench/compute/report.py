"""The report on the computation in Markdown."""

from collections.abc import Iterator
from typing import NamedTuple

from bench.compute.subject import Computed
from bench.machine import CORES, Machine
from bench.report import goal_table
from bench.rounds import Runs


class ComputeResults(NamedTuple):
    """Everything that there is to tell."""

    machine: Machine
    rounds: int
    computed: Computed


def compute_markdown(results: ComputeResults) -> str:
    """The whole report."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: ComputeResults) -> Iterator[str]:
    machine, computed = results.machine, results.computed
    versions = {name: machine.versions[name] for name in ("Python", "duckdb", "sqlmesh", "sqlglot")}
    yield f"Machine: {machine.described}."
    yield f"Versions: {', '.join(f'{name} {number}' for name, number in versions.items())}."
    yield f"{results.rounds} rounds, {CORES} cores for each."
    if computed.absent:
        yield f"Not measured, because not installed: {', '.join(computed.absent)}."
    if computed.outcomes:
        yield from goal_table(computed.outcomes)
    yield from ("", "| who, what, facts | min s | median s | copying s | processor s | peak MB | before s |")
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for label, runs in computed.runs.items():
        yield _row(label, runs)


def _row(label: str, runs: Runs) -> str:
    seconds = [runs.least("work_seconds"), *map(runs.median, ("work_seconds", "copy_seconds", "cpu_seconds"))]
    told = [f"{number:.2f}" for number in seconds]
    return f"| {label} | {' | '.join(told)} | {runs.most('peak_mb'):,.0f} | {runs.median('import_seconds'):.2f} |"
