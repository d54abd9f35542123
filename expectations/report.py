"""From rows that break a rule to findings per file, in the words of the rule.

Belongs here: counting everything and wording only what is listed, because a bad file breaks rules a million times.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from expectations.columns import Column
from expectations.findings import MAXIMUM_LISTED, Finding, FindingList, Severity, collect
from expectations.rules import Rule, make_finding, rule_texts, words_of
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
    """One rule, and the positions (ascending, in the frame of all files) of the rows that break it."""

    rule: Rule
    column: Column | None
    positions: Positions
    report: Report = Report.ROW
    words: Mapping[str, str] = {}

    def within(self, start: int, end: int) -> "Broken":
        """The part of it in one file."""
        first, last = np.searchsorted(self.positions, (start, end))
        return self._replace(positions=self.positions[first:last])


def broken_shapes(shaped: Mapping[Column, ShapedColumn]) -> list[Broken]:
    """What the row model refused, per distinct text."""
    return [
        Broken(rule, column, content.rows_with(number), words=words)
        for column, content in shaped.items()
        for number, (rule, words) in content.broken.items()
    ]


def broken_expectations(results: Sequence[ExpectationResult], row_count: int) -> list[Broken]:
    """What the suite found; an expectation that could not be checked breaks every file."""
    broken = []
    for result in results:
        rule, column = Rule(result.meta["rule"]), result.meta["column"]
        if not result.is_checked:
            everywhere = np.arange(row_count)
            broken.append(Broken(Rule.NOT_CHECKED, None, everywhere, Report.ONCE, {"check": rule}))
        elif len(result.positions):
            positions = np.asarray(result.positions, dtype=np.int64)
            broken.append(Broken(rule, column and Column(column), positions, Report(result.meta["report"])))
    return broken


def report_file(broken: Sequence[Broken], frame: pd.DataFrame, rows: range, earlier: Sequence[Finding]) -> FindingList:
    """The findings of one file.

    Args:
        broken: every broken rule, over all files.
        frame: the rows of all files.
        rows: the positions of this file's rows.
        earlier: what was found while the file was read.
    """
    here = [part for part in (item.within(rows.start, rows.stop) for item in broken) if len(part.positions)]
    findings = [*earlier, *_mostly_wrong(here, len(rows))]
    unlisted: Counter[Severity] = Counter()
    for item in here:
        worded = list(_worded(item, frame))
        findings += worded
        if item.report is not Report.ONCE:
            unlisted[rule_texts()[item.rule].severity] += len(item.positions) - len(worded)
    return collect(findings, unlisted)


def _worded(broken: Broken, frame: pd.DataFrame) -> Iterator[Finding]:
    """The findings of one rule in one file, as far as they can be listed."""
    limit = 1 if broken.report is Report.ONCE else MAXIMUM_LISTED
    names = [name for name in frame.columns if name in words_of(broken.rule)]
    shown = {name: frame[name] for name in {*names, "source_row", *(filter(None, [broken.column]))}}
    taken = pd.DataFrame({name: column.take(broken.positions[:limit]) for name, column in shown.items()})
    for words in taken.to_dict("records"):
        is_at_row = broken.report is Report.ROW
        details = {str(name): words[name] for name in [*names, "source_row"]} | dict(broken.words)
        yield make_finding(
            broken.rule,
            row=words["source_row"] if is_at_row else None,
            column=broken.column,
            value=words[broken.column] if is_at_row and broken.column else None,
            row_count=len(broken.positions),
            **details,
        )


def _mostly_wrong(broken: Sequence[Broken], row_count: int) -> list[Finding]:
    """One finding for a file of which nearly every row has an error: it is probably another file."""
    errors = [item.positions for item in broken if rule_texts()[item.rule].severity is Severity.ERROR]
    wrong_rows = len(np.unique(np.concatenate(errors))) if errors else 0
    if row_count < _MANY_ROWS or wrong_rows < _MOST * row_count:
        return []
    counts = {"wrong_rows": _thousands(wrong_rows), "row_count": _thousands(row_count)}
    return [make_finding(Rule.FILE_TOO_MANY_ERRORS, row=None, column=None, value=None, **counts)]


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")
