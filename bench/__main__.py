"""The command: `make bench`, or `make bench BENCH="--quick"`."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from bench.compute.report import ComputeResults, compute_markdown
from bench.compute.subject import FULL_SIZES, QUICK_SIZES, compute
from bench.goals import Outcome
from bench.intake import LARGEST, intake
from bench.machine import this_machine
from bench.page import Section, write_section
from bench.report import Results, markdown
from bench.rounds import measure
from bench.signals.report import signals_markdown
from bench.signals.subject import FULL_POOLS, QUICK_POOLS, signals, write_signals
from bench.world import bench_world

_QUICK_ROWS: Final = 50_000
_QUICK_ROUNDS: Final = 2


class Subject(StrEnum):
    """What is measured."""

    INTAKE = "intake"
    COMPUTE = "compute"
    SIGNALS = "signals"
    ALL = "all"


def main(
    *,
    subject: Annotated[
        Subject,
        typer.Option(
            help="Intake of deliveries, from landing tables to marts, or the rule that says an indicator stalls."
        ),
    ] = Subject.ALL,
    rows: Annotated[
        int, typer.Option(help="Rows of the large deliveries; goals in seconds hold at a million.")
    ] = LARGEST,
    rounds: Annotated[int, typer.Option(help="How often everything is measured.")] = 5,
    quick: Annotated[bool, typer.Option(help="Small files and two rounds, to see that it works.")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/benchmarks.md and docs/signals.md.")] = False,
) -> None:
    """Measure beside other tools, and say which goals are met."""
    if quick:
        rows, rounds = _QUICK_ROWS, _QUICK_ROUNDS
    outcomes: list[Outcome] = []
    for section, report, found in _reports(subject, rows, rounds, is_quick=quick):
        sys.stdout.write(report)
        if write:
            write_section(section, report)
        outcomes += found
    if subject in (Subject.SIGNALS, Subject.ALL):
        outcomes += _signals(is_quick=quick, is_written=write)
    raise typer.Exit(0 if all(outcome.is_met for outcome in outcomes) or rows != LARGEST else 1)


def _reports(
    subject: Subject, rows: int, rounds: int, *, is_quick: bool
) -> Iterator[tuple[Section, str, list[Outcome]]]:
    """The subjects that take time, one after the other."""
    if subject in (Subject.INTAKE, Subject.ALL):
        intake_results = _intake(rows, rounds)
        yield Section.INTAKE, markdown(intake_results), list(intake_results.outcomes)
    if subject in (Subject.COMPUTE, Subject.ALL):
        compute_results = _compute(rounds, is_quick=is_quick)
        yield Section.COMPUTE, compute_markdown(compute_results), list(compute_results.computed.outcomes)


def _intake(rows: int, rounds: int) -> Results:
    machine = this_machine()
    _tell(machine.described)
    with TemporaryDirectory(prefix="bench-") as folder, bench_world():
        subject = intake(Path(folder), rows)
        measured = measure(subject.jobs, rounds, _tell)
    outcomes = [goal.outcome(measured) for goal in subject.goals]
    return Results(machine, rows, rounds, outcomes, measured, subject.absent)


def _compute(rounds: int, *, is_quick: bool) -> ComputeResults:
    machine = this_machine()
    _tell(machine.described)
    with TemporaryDirectory(prefix="bench-") as folder:
        computed = compute(Path(folder), QUICK_SIZES if is_quick else FULL_SIZES, rounds, _tell)
    return ComputeResults(machine, rounds, computed)


def _signals(*, is_quick: bool, is_written: bool) -> Sequence[Outcome]:
    """The simulation: no times, so no machine either. What the service reads is only written from a full run."""
    results = signals(QUICK_POOLS if is_quick else FULL_POOLS, _tell)
    sys.stdout.write(signals_markdown(results))
    if is_written and not is_quick:
        write_signals(results)
    return results.outcomes


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    typer.run(main)
