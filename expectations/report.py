"""From rows that break a rule to findings per file, in the words of the rule.

Belongs here: counting everything and wording only what is listed, because a bad file breaks rules a million times.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np

from expectations.columns import Column
from expectations.delivery_rows import DeliveryRows
from expectations.findings import MAXIMUM_LISTED, Finding, FindingGroup, FindingList, Severity, collect
from expectations.reading import ReadFile, Unlisted
from expectations.row_words import row_words, text_at
from expectations.rules import Rule, make_finding, rule_texts
from expectations.shape import ShapedColumn
from expectations.suite import ExpectationResult

Positions = np.ndarray[Any, np.dtype[np.int64]]

_MANY_ROWS: Final = 100
_MOST: Final = 0.9


class Report(StrEnum):
    """How the rows that break a rule are told."""

    ROW = "row"
    """A finding per row, at that row."""
    FILE = "file"
    """A finding per row that speaks about the file as a whole."""
    ONCE = "once"
    """One finding per file, with the number of rows."""


class Broken(NamedTuple):
    """One rule in one column, and the positions (ascending, over all files) of the rows that break it."""

    rule: Rule
    column: Column | None
    positions: Positions
    report: Report = Report.ROW
    check: str = ""
    """The check that was not carried out, where that is what is wrong."""

    @property
    def severity(self) -> Severity:
        """How much the rule weighs."""
        return rule_texts()[self.rule].severity

    def within(self, start: int, end: int) -> "Broken":
        """The part of it in one file."""
        first, last = np.searchsorted(self.positions, (start, end))
        return self._replace(positions=self.positions[first:last])


class FileReport(NamedTuple):
    """What is told about one file: what is listed, how often each rule is broken, and how many rows have a warning."""

    listed: FindingList
    groups: tuple[FindingGroup, ...]
    warned: Positions


def broken_shapes(shaped: Mapping[Column, ShapedColumn]) -> list[Broken]:
    """What the row model refused: per column and rule the rows whose text breaks it."""
    return [
        Broken(rule, column, np.flatnonzero(content.texts.among(numbers)))
        for column, content in shaped.items()
        for rule, numbers in _texts_by_rule(content).items()
    ]


def _texts_by_rule(content: ShapedColumn) -> Mapping[Rule, list[int]]:
    found: dict[Rule, list[int]] = {}
    for number, (rule, _) in content.broken.items():
        found.setdefault(rule, []).append(number)
    return found


def broken_expectations(results: Sequence[ExpectationResult], row_count: int) -> list[Broken]:
    """What the suite found; an expectation that could not be checked breaks every file."""
    broken = []
    for result in results:
        rule, column = Rule(result.meta["rule"]), result.meta["column"]
        if not result.is_checked:
            broken.append(Broken(Rule.NOT_CHECKED, None, np.arange(row_count), Report.ONCE, rule))
        elif len(result.positions):
            positions = np.asarray(result.positions, dtype=np.int64)
            broken.append(Broken(rule, column and Column(column), positions, Report(result.meta["report"])))
    return broken


def report_file(broken: Sequence[Broken], rows: DeliveryRows, span: range, file: ReadFile) -> FileReport:
    """The findings of one file with rows.

    Args:
        broken: every broken rule, over all files.
        rows: the rows of all files.
        span: the positions of this file's rows.
        file: what was found while it was read.
    """
    here = [part for part in (item.within(span.start, span.stop) for item in broken) if len(part.positions)]
    told = [*file.findings, *_mostly_wrong(here, span)]
    worded = [_worded(item, rows, place) for item, place in _to_list(here)]
    unlisted = _counts(file.unlisted)
    for item in here:
        unlisted[item.severity] += _count(item)
    unlisted.subtract(finding.severity for finding in worded)
    groups = [*_read_groups(told, file.unlisted), *(_group(item, rows) for item in here)]
    return FileReport(collect([*told, *worded], unlisted), _merged(groups), _warned(here))


def report_unread(file: ReadFile) -> FileReport:
    """The findings of a file without rows."""
    groups = _merged(_read_groups(file.findings, file.unlisted))
    return FileReport(collect(file.findings, _counts(file.unlisted)), groups, np.array([], dtype=np.int64))


def _counts(unlisted: Iterable[Unlisted]) -> Counter[Severity]:
    counts: Counter[Severity] = Counter()
    for item in unlisted:
        counts[rule_texts()[item.rule].severity] += item.further
    return counts


def _read_groups(findings: Sequence[Finding], unlisted: Iterable[Unlisted]) -> list[FindingGroup]:
    """The groups of what was found while a file was read; what is not listed counts with the first that is."""
    further = {(item.rule.value, item.column): item.further for item in unlisted}
    return [_as_group(finding, 1 + further.pop((finding.rule, finding.column), 0)) for finding in findings]


def _count(item: Broken) -> int:
    return 1 if item.report is Report.ONCE else len(item.positions)


def _to_list(here: Sequence[Broken]) -> list[tuple[Broken, int]]:
    """What is worded: worst first and then from top to bottom, at most as many as are listed."""
    weights = list(Severity)
    places = [
        (weights.index(item.severity), place, number)
        for number, item in enumerate(here)
        for place in item.positions[: 1 if item.report is Report.ONCE else MAXIMUM_LISTED].tolist()
    ]
    return [(here[number], place) for _, place, number in sorted(places)[:MAXIMUM_LISTED]]


def _worded(item: Broken, rows: DeliveryRows, position: int) -> Finding:
    words = row_words(rows, position, item.column)
    if item.column:
        content = rows.shaped[item.column]
        _, own = content.broken.get(int(content.texts.codes[position]), (item.rule, {}))
        words |= own
    is_at_row, source_row = item.report is Report.ROW, int(rows.source_row[position])
    return make_finding(
        item.rule,
        row=source_row if is_at_row else None,
        column=item.column,
        value=text_at(rows, item.column, position) if is_at_row and item.column else None,
        **words | {"source_row": source_row, "row_count": thousands(len(item.positions)), "check": item.check},
    )


def _group(item: Broken, rows: DeliveryRows) -> FindingGroup:
    return _as_group(_worded(item, rows, int(item.positions[0])), _count(item))


def _as_group(first: Finding, count: int) -> FindingGroup:
    return FindingGroup(
        rule=first.rule,
        column=first.column,
        severity=first.severity,
        count=count,
        first_row=first.row,
        message=first.message,
        remedy=first.remedy,
    )


def _merged(groups: Iterable[FindingGroup]) -> tuple[FindingGroup, ...]:
    """One group per rule and column: worst first, then the one that comes back most."""
    merged: dict[tuple[str, str | None], FindingGroup] = {}
    for group in groups:
        known = merged.get((group.rule, group.column), group.model_copy(update={"count": 0}))
        merged[group.rule, group.column] = known.model_copy(update={"count": known.count + group.count})
    weights = list(Severity)
    return tuple(sorted(merged.values(), key=lambda group: (weights.index(group.severity), -group.count)))


def _warned(here: Sequence[Broken]) -> Positions:
    """The rows with a warning of their own."""
    warned = [item.positions for item in here if item.severity is Severity.WARNING and item.report is Report.ROW]
    return np.unique(np.concatenate(warned)) if warned else np.array([], dtype=np.int64)


def _mostly_wrong(broken: Sequence[Broken], span: range) -> list[Finding]:
    """One finding for a file of which nearly every row has an error: it is probably another file."""
    is_wrong = np.zeros(len(span), dtype=np.bool_)
    for item in broken:
        if item.severity is Severity.ERROR:
            is_wrong[item.positions - span.start] = True
    row_count, wrong_rows = len(span), int(is_wrong.sum())
    if row_count < _MANY_ROWS or wrong_rows < _MOST * row_count:
        return []
    counts = {"wrong_rows": thousands(wrong_rows), "row_count": thousands(row_count)}
    return [make_finding(Rule.FILE_TOO_MANY_ERRORS, row=None, column=None, value=None, **counts)]


def thousands(count: int) -> str:
    """A count as a Dutch reader writes it."""
    return f"{count:,}".replace(",", ".")
