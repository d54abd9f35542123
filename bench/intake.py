"""The subject `intake`: judging one delivery, beside the other tools."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from bench.deliveries import Delivery, make_delivery
from bench.goals import Goal, LimitGoal, RatioGoal
from bench.rounds import Job

LARGEST: Final = 1_000_000
"""At this size the goals in seconds and memory hold."""
_SMALL: Final = 10_000
_WARM_UP: Final = 500
_FRICTIONLESS: Final = 100_000
_SHARES: Final = {"clean": 0.0, "1 % bad": 0.01, "50 % bad": 0.5}
_PEERS: Final = {
    "duckdb": "DuckDB SQL", "pandera": "pandera", "great_expectations": "Great Expectations",
}  # fmt: skip
_AT_MOST: Final = {"duckdb": 2.5, "pandera": 2.5, "great_expectations": 0.5, "frictionless": 0.1}
"""Per tool how many times its time ours may be: at least 2 x faster is at most half."""
OURS: Final = "ours"


class Subject(NamedTuple):
    """What is measured and what must hold."""

    jobs: Sequence[Job]
    goals: Sequence[Goal]
    absent: Sequence[str]
    """The tools that are not installed."""


class _Files(NamedTuple):
    """The deliveries of the subject."""

    warm_up: Delivery
    warm_up_workbook: Delivery
    by_share: dict[str, Delivery]
    small: Delivery
    frictionless: Delivery
    workbook: Delivery


def intake(folder: Path, rows: int) -> Subject:
    """Make the deliveries, and say what is done with them; only in the world of the benchmark.

    Args:
        folder: where the files are written.
        rows: of the large deliveries.
    """
    files = _files(folder, rows)
    peers = [name for name in (*_PEERS, "frictionless") if find_spec(name)]
    jobs = [*_large_jobs(files, peers), *_other_jobs(files, rows, peers)]
    absent = [name for name in _AT_MOST if name not in peers]
    return Subject(jobs, [*_ratio_goals(rows, peers), *(_limit_goals() if rows == LARGEST else ())], absent)


def _files(folder: Path, rows: int) -> _Files:
    return _Files(
        warm_up=make_delivery(folder, _WARM_UP, 0.02),
        warm_up_workbook=make_delivery(folder, _WARM_UP, 0.02, suffix="xlsx"),
        by_share={name: make_delivery(folder, rows, share) for name, share in _SHARES.items()},
        small=make_delivery(folder, _SMALL, 0.01),
        frictionless=make_delivery(folder, _frictionless_rows(rows), 0.01),
        workbook=make_delivery(folder, rows // 5, suffix="xlsx"),
    )


def _frictionless_rows(rows: int) -> int:
    """At most 100,000, because more takes minutes; what is measured grows with the rows."""
    return min(rows, _FRICTIONLESS)


def _large_jobs(files: _Files, peers: Sequence[str]) -> list[Job]:
    """Every tool on every large file."""
    return [
        Job(_large(name, share), name, delivery, files.warm_up)
        for share, delivery in files.by_share.items()
        for name in (OURS, *(peer for peer in _PEERS if peer in peers))
    ]


def _other_jobs(files: _Files, rows: int, peers: Sequence[str]) -> list[Job]:
    clean = files.by_share["clean"]
    jobs = [
        Job(_HISTORY, OURS, clean, files.warm_up, known_rows=rows),
        Job(_TEN_THOUSAND, OURS, files.small, files.warm_up),
        Job(_WORKBOOK, OURS, files.workbook, files.warm_up_workbook),
    ]
    if "frictionless" in peers:
        jobs.append(Job(_BY_ROW, "frictionless", files.frictionless, files.warm_up))
        jobs.append(Job(_BY_ROW_PYTHON, "frictionless_python", files.frictionless, files.warm_up))
    return jobs


def _large(name: str, share: str) -> str:
    return f"{_PEERS.get(name, name)}, {share}"


_HISTORY: Final = "ours, clean, with two earlier quarters"
_TEN_THOUSAND: Final = "ours, 10,000 rows, 1 % bad"
_WORKBOOK: Final = "ours, XLSX, a fifth of the rows"
_BY_ROW: Final = "frictionless, at most 100,000 rows, 1 % bad"
_BY_ROW_PYTHON: Final = "frictionless with a check in Python, same file"


def _ratio_goals(rows: int, peers: Sequence[str]) -> list[Goal]:
    goals: list[Goal] = [
        RatioGoal(f"ours / {_PEERS[name]}, {share}", _large(OURS, share), _large(name, share), _AT_MOST[name])
        for name in _PEERS
        if name in peers
        for share in _SHARES
    ]
    if "frictionless" in peers:
        factor = rows // _frictionless_rows(rows)
        scaled = f" ({factor} x its {_frictionless_rows(rows):,} rows)" if factor > 1 else ""
        what = f"ours / frictionless, 1 % bad{scaled}"
        goals.append(RatioGoal(what, _large(OURS, "1 % bad"), _BY_ROW, _AT_MOST["frictionless"], factor))
    goals.append(RatioGoal("ours, 50 % bad / clean", _large(OURS, "50 % bad"), _large(OURS, "clean"), 2))
    return goals


def _limit_goals() -> list[Goal]:
    """What holds at the full size."""
    clean = _large(OURS, "clean")
    return [
        LimitGoal("1,000,000 rows CSV, warm", clean, "work_seconds", 10, "s"),
        LimitGoal("1,000,000 rows CSV, with two earlier quarters", _HISTORY, "work_seconds", 10, "s"),
        LimitGoal("1,000,000 rows CSV, memory of all processes", clean, "peak_mb", 1_500, "MB"),
        LimitGoal("10,000 rows CSV, warm", _TEN_THOUSAND, "work_seconds", 1, "s"),
        LimitGoal("200,000 rows XLSX, warm", _WORKBOOK, "work_seconds", 20, "s"),
    ]
