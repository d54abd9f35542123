"""The command: `make bench`, or `make bench BENCH="--quick"`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from bench.intake import LARGEST, intake
from bench.machine import Machine, this_machine
from bench.page import write_page
from bench.report import Results, markdown
from bench.rounds import measure
from bench.world import bench_world

_QUICK_ROWS: Final = 50_000
_QUICK_ROUNDS: Final = 2


def main(
    *,
    rows: Annotated[int, typer.Option(help="Rows of the large files; goals in seconds hold at a million.")] = LARGEST,
    rounds: Annotated[int, typer.Option(help="How often everything is measured.")] = 5,
    quick: Annotated[bool, typer.Option(help="Small files and two rounds, to see that it works.")] = False,
    write: Annotated[bool, typer.Option(help="Write docs/benchmarks.md.")] = False,
) -> None:
    """Measure the intake of deliveries beside other tools, and say which goals are met."""
    if quick:
        rows, rounds = _QUICK_ROWS, _QUICK_ROUNDS
    results = _measured(this_machine(), rows, rounds)
    sys.stdout.write(markdown(results))
    if write:
        write_page(results)
    is_met = all(outcome.is_met for outcome in results.outcomes)
    raise typer.Exit(0 if is_met or rows != LARGEST else 1)


def _measured(machine: Machine, rows: int, rounds: int) -> Results:
    _tell(machine.described)
    with TemporaryDirectory(prefix="bench-") as folder, bench_world():
        subject = intake(Path(folder), rows)
        measured = measure(subject.jobs, rounds, _tell)
    outcomes = [goal.outcome(measured) for goal in subject.goals]
    return Results(machine, rows, rounds, outcomes, measured, subject.absent)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    typer.run(main)
