"""The report in Markdown: the machine, whether the goals are met, and every time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.goals import Outcome
from bench.intake import LARGEST
from bench.machine import CORES, Machine
from bench.rounds import Runs


class Results(NamedTuple):
    """Everything that there is to tell."""

    machine: Machine
    rows: int
    rounds: int
    outcomes: Sequence[Outcome]
    measured: Mapping[str, Runs]
    absent: Sequence[str]


def markdown(results: Results) -> str:
    """The whole report."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    machine = results.machine
    yield f"Machine: {machine.described}."
    yield f"Versions: {', '.join(f'{name} {number}' for name, number in machine.versions.items())}."
    yield f"Files of {results.rows:,} rows, {results.rounds} rounds, {CORES} cores for each tool."
    if results.rows != LARGEST:
        yield f"The goals hold for {LARGEST:,} rows; smaller files say little, because every tool has a fixed cost."
    if results.absent:
        yield f"Not measured, because not installed: {', '.join(results.absent)}."
    yield from goal_table(results.outcomes)
    yield from ("", "| tool and file | min s | median s | processor s | peak MB | import s | warm-up s |")
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for label, runs in results.measured.items():
        yield _row(label, runs)


def goal_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Whether each goal is met."""
    yield from ("", "| goal | measured | may be | |", "|---|---|---|---|")
    for outcome in outcomes:
        yield f"| {outcome.what} | {outcome.measured} | {outcome.goal} | {'pass' if outcome.is_met else '**fail**'} |"


def _row(label: str, runs: Runs) -> str:
    seconds = [runs.least("work_seconds"), runs.median("work_seconds"), runs.median("cpu_seconds")]
    before = [runs.median("import_seconds"), runs.median("warm_up_seconds")]
    told = [*(f"{number:.2f}" for number in seconds), f"{runs.most('peak_mb'):,.0f}", *(f"{n:.2f}" for n in before)]
    return f"| {label} | {' | '.join(told)} |"
