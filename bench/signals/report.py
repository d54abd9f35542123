"""The tables of docs/signals.md in Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bench.goals import Outcome
from bench.report import goal_table
from bench.signals.measuring import SIZES, Cell, OpeningRate, Share, is_within, largest_error
from bench.signals.rules import RULES
from bench.signals.tried import TRIED
from bench.signals.worlds import AREA_COUNT, LINGERING, PLAIN, SOON, UNEVEN, WORLDS, Course, World

Three = tuple[float, float, float]


class SignalResults(NamedTuple):
    """Everything that there is to tell."""

    pool_count: int
    shares: Mapping[Cell, Share]
    oracle: Sequence[Share]
    outcomes: Sequence[Outcome]
    rates: Sequence[OpeningRate]


DESIGNED: Final[Mapping[tuple[World, str, Course], Three]] = {
    (PLAIN, "not better than the previous quarter", Course.ON_COURSE): (100, 100, 100),
    (PLAIN, "end-point ratio < 10 % (UN)", Course.ON_COURSE): (87, 47, 6),
    (PLAIN, "end-point ratio < 10 % (UN)", Course.PLATEAU): (99, 97, 96),
    (PLAIN, "not better than a year ago, twice", Course.ON_COURSE): (54, 25, 3),
    (PLAIN, "not better than a year ago, twice", Course.PLATEAU): (83, 77, 72),
    (PLAIN, "8-quarter slope alone, twice", Course.ON_COURSE): (10, 10, 3),
    (PLAIN, "8-quarter slope alone, twice", Course.PLATEAU): (46, 75, 96),
    (PLAIN, "8-quarter slope alone, twice", Course.HALF_PACE): (34, 55, 67),
    (PLAIN, "A", Course.ON_COURSE): (9.5, 8.3, 2.5),
    (PLAIN, "A", Course.PLATEAU): (66, 91, 99),
    (PLAIN, "A", Course.HALF_PACE): (50, 72, 76),
    (PLAIN, "B", Course.ON_COURSE): (4.1, 3.8, 1.0),
    (PLAIN, "B", Course.PLATEAU): (51, 84, 97),
    (PLAIN, "B", Course.HALF_PACE): (32, 56, 63),
    (LINGERING, "A", Course.ON_COURSE): (12, 13, 8),
    (UNEVEN, "A", Course.ON_COURSE): (13, 15, 17),
    (UNEVEN, "A with max(own, pooled) τ²", Course.ON_COURSE): (10, 11, 11),
    (SOON, "A", Course.PLATEAU): (31, 50, 76),
}
"""What the design of the rule says, from an earlier simulation that is not kept."""
_DESIGNED_ERROR: Final = 0.7
_ORACLE_DESIGNED: Final[Three] = (91, 99.6, 100)


def signals_markdown(results: SignalResults) -> str:
    """All tables."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: SignalResults) -> Iterator[str]:
    shares, series_count = results.shares, results.pool_count * AREA_COUNT
    yield f"{series_count:,} series per number, in {results.pool_count:,} pools of {AREA_COUNT} areas; half a 95 %"
    yield f"interval is at most {largest_error(shares):.1f} points. Every cell is in percent, for n ="
    yield f"{' / '.join(map(str, SIZES))} per quarter."
    yield from ("", "### Goals", *goal_table(results.outcomes))
    yield from ("", "### Beside the numbers of the design", "")
    yield from ("| world, rule, course | design | found | |", "|---|---|---|---|")
    yield from _comparisons(results)
    yield from ("", "### False alarms per series and quarter", "")
    yield from _rate_table(results.rates)
    for world in WORLDS:
        yield from ("", f"### World: {world.title}", "")
        yield from _table(world, shares)
        if world is PLAIN:
            yield f"| oracle, at the false alarms of A | as A | {_percents(results.oracle)} | |"


def _table(world: World, shares: Mapping[Cell, Share]) -> Iterator[str]:
    yield "| rule | on course | plateau found in 8 quarters | half pace called stalled |"
    yield "|---|---|---|---|"
    for name in (*RULES, *TRIED):
        told = [_percents([shares[Cell(world, course, name, size)] for size in SIZES]) for course in Course]
        yield f"| {name} | {' | '.join(told)} |"


def _percents(shares: Sequence[Share]) -> str:
    return " / ".join(f"{share.percent:.1f}" for share in shares)


def _comparisons(results: SignalResults) -> Iterator[str]:
    for (world, name, course), expected in DESIGNED.items():
        found = [results.shares[Cell(world, course, name, size)] for size in SIZES]
        yield _comparison(f"{world.title}, {name}, {course}", expected, found)
    yield _comparison(f"{PLAIN.title}, oracle, {Course.PLATEAU}", _ORACLE_DESIGNED, results.oracle)


def _comparison(label: str, expected: Three, found: Sequence[Share]) -> str:
    same = [is_within(share, number, _DESIGNED_ERROR) for share, number in zip(found, expected, strict=True)]
    verdict = "reproduced" if all(same) else "**not reproduced**" if not any(same) else "**in part**"
    return f"| {label} | {' / '.join(f'{number:g}' for number in expected)} | {_percents(found)} | {verdict} |"


def _rate_table(rates: Sequence[OpeningRate]) -> Iterator[str]:
    gains = sorted({rate.gain for rate in rates})
    yield "| n per quarter | " + " | ".join(f"+{100 * gain:g} points" for gain in gains) + " |"
    yield "|--:|" + "--:|" * len(gains)
    for size in sorted({rate.size for rate in rates}):
        of_size = {rate.gain: rate.rate for rate in rates if rate.size == size}
        yield f"| {size} | " + " | ".join(f"{100 * of_size[gain]:.2f} %" for gain in gains) + " |"
