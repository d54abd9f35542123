"""The subject `signals`: what is simulated, what must hold, and what is written of it."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.goals import Outcome
from bench.signals.measuring import SIZES, Cell, OpeningRate, Share, measure, opening_rates, oracle_share
from bench.signals.report import SignalResults, signals_markdown
from bench.signals.rules import RULES
from bench.signals.tried import TRIED
from bench.signals.worlds import PLAIN, UNEVEN, WORLDS, Course, World
from indicators.trend import RULE

FULL_POOLS: Final = 650
"""20,150 series."""
QUICK_POOLS: Final = 20
_ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = _ROOT / "docs" / "signals.md"
_RATES: Final = _ROOT / "indicators" / "reference" / "false_alarm.csv"
BEGIN: Final = "<!-- written by `make bench`: from here -->\n"
END: Final = "<!-- written by `make bench`: up to here -->\n"
_GOALS: Final = (
    (PLAIN, Course.PLATEAU, ">=", (70, 93, 99)),
    (PLAIN, Course.ON_COURSE, "<=", (10, 10, 3)),
    (PLAIN, Course.HALF_PACE, "<=", (40, 60, 70)),
    (UNEVEN, Course.ON_COURSE, "<=", (12, 12, 6)),
)


def signals(pool_count: int, tell: Callable[[str], None]) -> SignalResults:
    """Simulate everything."""
    shares = measure(WORLDS, {**RULES, **TRIED}, pool_count, tell)
    alarms = [shares[Cell(PLAIN, Course.ON_COURSE, "A", size)].percent for size in SIZES]
    oracle = [oracle_share(PLAIN, size, pool_count, percent) for size, percent in zip(SIZES, alarms, strict=True)]
    rates = tuple(opening_rates(pool_count, tell))
    return SignalResults(pool_count, shares, oracle, list(_outcomes(shares)), rates)


def write_signals(results: SignalResults) -> None:
    """Replace the tables on the page and the table that the service reads."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{signals_markdown(results)}\n{END}{after}", encoding="utf-8")
    write_rates(results.rates)


def write_rates(rates: Sequence[OpeningRate]) -> None:
    """The table of `indicators/false_alarms.py`."""
    with _RATES.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["rule_version", "size", "gain", "rate"])
        rows.writerows([RULE.version, rate.size, f"{rate.gain:g}", f"{rate.rate:.5f}"] for rate in rates)


def _outcomes(shares: Mapping[Cell, Share]) -> Iterator[Outcome]:
    for world, course, sign, limits in _GOALS:
        yield _outcome(world, course, sign, limits, [shares[Cell(world, course, RULE.version, size)] for size in SIZES])


def _outcome(world: World, course: Course, sign: str, limits: Sequence[float], found: Sequence[Share]) -> Outcome:
    pairs = list(zip((each.percent for each in found), limits, strict=True))
    is_met = all(percent >= limit if sign == ">=" else percent <= limit for percent, limit in pairs)
    told = " / ".join(f"{percent:.1f}" for percent, _ in pairs)
    return Outcome(
        f"{RULE.version}, {course}, {world.title}",
        told,
        f"{sign} {' / '.join(f'{limit:g}' for limit in limits)}",
        is_met,
    )
