"""The subject `compute`: from landing tables to marts; which sizes are measured, and what must hold."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.compute.contenders.dbt_project import DBT
from bench.compute.facts import Size
from bench.compute.measuring import Job, measure_size
from bench.goals import Goal, LimitGoal, Outcome, RatioGoal
from bench.rounds import Runs

TEN_MILLION: Final = Size(is_per_wijk=False, quarter_count=40)
HUNDRED_MILLION: Final = Size(is_per_wijk=True, quarter_count=40)
_EIGHT_QUARTERS: Final = Size(is_per_wijk=True, quarter_count=8)
_SMALL: Final = Size(is_per_wijk=False, quarter_count=8, dataset_count=1)
FULL_SIZES: Final = (TEN_MILLION, _EIGHT_QUARTERS, HUNDRED_MILLION)
QUICK_SIZES: Final = (_SMALL,)


class Computed(NamedTuple):
    """What was measured, and what became of the goals."""

    runs: Mapping[str, Runs]
    outcomes: Sequence[Outcome]
    absent: Sequence[str]


def compute(folder: Path, sizes: Sequence[Size], rounds: int, tell: Callable[[str], None]) -> Computed:
    """Measure every size and hold it against the goals; goals of a size that is not measured are left out."""
    contenders = ["ours", "hand", *(["dbt"] if DBT.exists() else [])]
    runs: dict[str, Runs] = {}
    for size in sizes:
        runs |= measure_size(folder / size.code, size, contenders, rounds, tell)
    goals = _goals(sizes, has_dbt="dbt" in contenders)
    return Computed(runs, [goal.outcome(runs) for goal in goals], [] if DBT.exists() else ["dbt"])


def _goals(sizes: Sequence[Size], *, has_dbt: bool) -> list[Goal]:
    goals: list[Goal] = []
    for size in sizes:
        if size in (TEN_MILLION, HUNDRED_MILLION):
            goals += _size_goals(size, has_dbt=has_dbt)
    if HUNDRED_MILLION in sizes and _EIGHT_QUARTERS in sizes:
        long, short = (Job("ours", "again", size).label for size in (HUNDRED_MILLION, _EIGHT_QUARTERS))
        goals.append(RatioGoal("ours, one region-quarter again, 40 / 8 quarters", long, short, 1.2))
    if HUNDRED_MILLION in sizes:
        full = Job("ours", "full", HUNDRED_MILLION).label
        goals.append(LimitGoal("ours, everything, 3,400 wijken, memory", full, "peak_mb", 6_500, "MB"))
    return goals


def _size_goals(size: Size, *, has_dbt: bool) -> list[Goal]:
    def ratio(task: str, peer: str, at_most: float) -> Goal:
        ours, theirs = Job("ours", task, size), Job(peer, task, size)
        return RatioGoal(f"{ours.label} / {theirs.name}", ours.label, theirs.label, at_most)

    goals = [ratio("full", "hand", 1.2), ratio("again", "hand", 2)]
    if has_dbt:
        goals.append(ratio("full", "dbt", 1))
    nothing = Job("ours", "nothing", size).label
    return [*goals, LimitGoal(nothing, nothing, "work_seconds", 1, "s")]
