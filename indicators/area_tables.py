"""The reference tables of areas as text, read as far as they can be read.

Belongs here: days, codes and shares out of rows, and what is wrong with a row by itself. Does not belong here: what
must hold between rows and files (`area_checks.py`, `classification_checks.py`), and what an area is (`areas.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple, TypeAlias

from indicators.kernset_finding import Finding, Severity
from indicators.reference_tables import rows_of

Row: TypeAlias = Mapping[str, str]

ONE_DAY: Final = timedelta(days=1)
_FORMS: Final = {"region": re.compile(r"ZK[0-9]{2}"), "gemeente": re.compile(r"GM[0-9]{4}")}


class Span(NamedTuple):
    """The days from the first to the last; an open end is the last day there is."""

    first: date
    last: date

    def __str__(self) -> str:
        """As a fault tells it."""
        return f"{self.first} to {'now' if self.is_open else self.last}"

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.last == date.max

    @property
    def day_after(self) -> date:
        """The first day after it; the last day there is when it still goes on."""
        return self.last if self.is_open else self.last + ONE_DAY

    def has(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last

    def holds(self, other: "Span") -> bool:
        """Whether every day of `other` is in it."""
        return self.has(other.first) and self.has(other.last)


class AreaTables(NamedTuple):
    """The rows that could be read: the days of every region and gemeente, its successor, and how they hang together."""

    spans: Mapping[str, Span]
    successors: Mapping[str, str]
    memberships: Mapping[str, Sequence[tuple[str, Span]]]
    shares: Mapping[str, Sequence[tuple[str, float]]]

    def exists(self, code: str, day: date) -> bool:
        """Whether a known area exists on a day."""
        return code in self.spans and self.spans[code].has(day)


def read_area_tables(folder: Traversable, findings: list[Finding]) -> AreaTables:
    """The tables of `indicators/reference/` or a copy of it; what is wrong with a row is added to the findings."""
    lives = list(_lives(folder, findings))
    memberships = defaultdict(list)
    for row in rows_of(folder.joinpath("membership.csv")):
        if span := read_span(row, "membership.csv", row["gemeente_code"], findings):
            memberships[row["gemeente_code"]].append((row["region_code"], span))
    return AreaTables(
        spans={code: span for code, span, _ in lives},
        successors={code: successor for code, _, successor in lives if successor},
        memberships=memberships,
        shares=_shares(folder, findings),
    )


def fault(file: str, code: str, rule: str, remedy: str) -> Finding:
    """One fault in a reference table."""
    return Finding(Severity.ERROR, f"reference/{file}", code, rule, remedy)


def read_span(row: Row, file: str, code: str, findings: list[Finding]) -> Span | None:
    """The days of a row; what is wrong with them is noted and gives None."""
    try:
        span = Span(date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"] or "9999-12-31"))
    except ValueError as error:
        findings.append(fault(file, code, f"a day cannot be read ({error})", "write it as 2023-01-01"))
        return None
    if span.last < span.first:
        findings.append(fault(file, code, f"it ends before it begins ({span})", "correct valid_from or valid_until"))
        return None
    return span


def gaps_and_overlaps(spans: Iterable[Span], whole: Span) -> Iterator[str]:
    """Where spans that should follow on over the whole do not."""
    next_day = whole.first
    for span in sorted(spans):
        if span.first < next_day:
            yield f"overlap on {span.first}"
        elif span.first > next_day:
            yield f"gap from {next_day} to {span.first - ONE_DAY}"
        next_day = max(next_day, span.day_after)
    if next_day <= whole.last and not (whole.is_open and next_day == date.max):
        yield f"gap from {next_day} on"


def _lives(folder: Traversable, findings: list[Finding]) -> Iterator[tuple[str, Span, str]]:
    """Code, days and successor of every region and gemeente."""
    known: set[str] = set()
    for table, form in _FORMS.items():
        for row in rows_of(folder.joinpath(f"{table}.csv")):
            code, file = row["code"], f"{table}.csv"
            if not form.fullmatch(code):
                findings.append(fault(file, code, f"it is no code of a {table}", f"write it as {form.pattern}"))
            elif code in known:
                findings.append(fault(file, code, "it has two rows", "keep one; an area has one life"))
            elif span := read_span(row, file, code, findings):
                yield code, span, row["successor"]
            known.add(code)


def _shares(folder: Traversable, findings: list[Finding]) -> Mapping[str, Sequence[tuple[str, float]]]:
    """Per ended area the targets with their shares."""
    found = defaultdict(list)
    for row in rows_of(folder.joinpath("conversion.csv")):
        try:
            found[row["from_code"]].append((row["to_code"], float(row["share"])))
        except ValueError:
            rule = f"its share '{row['share']}' is no number"
            findings.append(fault("conversion.csv", row["from_code"], rule, "write it as 0.155"))
    return found
