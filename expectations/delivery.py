"""Judging deliveries: read, shape, suite, findings, canonical rows. Many files are judged in one go.

Belongs here: the order of the steps. The rules are in `rules.yaml`, `shape.py` and `suites/delivery.json`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from expectations.canonical import empty_canonical
from expectations.columns import Column
from expectations.comparisons import add_comparisons
from expectations.completeness import add_completeness
from expectations.dataset_rows import dataset_rows
from expectations.delivery_rows import DeliveryRows, delivery_rows
from expectations.findings import Finding, Outcome
from expectations.judgement import FileToJudge, Judgement
from expectations.long_rows import long_rows
from expectations.normalisations import cell_normalisations
from expectations.reading import ReadFile, read_deliveries
from expectations.report import FileReport, broken_expectations, broken_shapes, report_file, report_unread, thousands
from expectations.rules import Rule, asks_reason, make_finding
from expectations.shape import shape_columns
from expectations.suite import run_conditions
from expectations.timeliness import timeliness
from indicators.errors import UnknownCodeError
from indicators.uitvraag import uitvraag_for

SUITE: Final = "delivery"
_FILLED_IN: Final = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.NOTE)
"""The columns of which one at least is filled in a row that was delivered."""


def judge(files: Sequence[FileToJudge]) -> list[Judgement]:
    """Judge deliveries, in the order given; one bad file does not touch the others.

    Raises:
        UnknownCodeError: a region that never existed; the sender's region is not the sender's text.
    """
    read = [_without_empty_rows(file) for file in _read(files)]
    spans = _spans(read)
    table = pa.concat_tables([file.cells for file in read]).unify_dictionaries() if read else None
    if table is None or not table.num_rows:
        return [_unreadable(file) for file in read]
    rows = _joined(table, spans, files)
    broken = [*broken_shapes(rows.shaped), *broken_expectations(run_conditions(SUITE, rows.frame()), table.num_rows)]
    reports = [report_file(broken, rows, span, file) for file, span in zip(read, spans, strict=True)]
    return [
        _Judged(rows, span, report).verdict(file, to_judge)
        for file, to_judge, span, report in zip(read, files, spans, reports, strict=True)
    ]


def _read(files: Sequence[FileToJudge]) -> list[ReadFile]:
    """The cells of every file; none of a file about whose period nothing was asked."""
    read = read_deliveries([file.content for file in files])
    return [_on_time(file, to_judge) for file, to_judge in zip(read, files, strict=True)]


def _on_time(file: ReadFile, to_judge: FileToJudge) -> ReadFile:
    refusal = _not_asked(to_judge)
    if refusal is not None:
        return replace(file, cells=file.cells.slice(0, 0), findings=(refusal,))
    return replace(file, findings=(*file.findings, *timeliness(to_judge)))


def _not_asked(file: FileToJudge) -> Finding | None:
    try:
        uitvraag_for(file.period)
    except UnknownCodeError as error:
        return make_finding(Rule.PERIOD_NOT_ASKED, asked_period_code=file.period.code, reason=str(error))
    return None


def _without_empty_rows(file: ReadFile) -> ReadFile:
    """The file without the rows in which nothing was filled in, as a template has them; that is told."""
    if not file.cells.num_rows:
        return file
    is_filled = pa.array(np.zeros(file.cells.num_rows, dtype=bool))
    for column in _FILLED_IN:
        is_filled = pc.or_(is_filled, _has_text(file.cells.column(column.value)))
    count = file.cells.num_rows - pc.sum(is_filled).as_py()
    if not count:
        return file
    first = file.cells.column("source_row").filter(pc.invert(is_filled))[0].as_py()
    is_all = count == file.cells.num_rows
    rule = Rule.FILE_NOT_FILLED if is_all else Rule.ROWS_NOT_FILLED
    told = make_finding(rule, row_count=thousands(count), source_row=first)
    return replace(file, cells=file.cells.filter(is_filled), findings=(*file.findings, told))


def _has_text(texts: pa.ChunkedArray) -> pa.Array:
    one = texts.combine_chunks()
    return pc.not_equal(pc.utf8_trim_whitespace(one.dictionary), "").take(one.indices)


def _spans(read: Sequence[ReadFile]) -> list[range]:
    """Per file the positions of its rows in the table of all files."""
    ends = np.cumsum([file.cells.num_rows for file in read]).tolist()
    return [range(end - file.cells.num_rows, end) for file, end in zip(read, ends, strict=True)]


def _joined(table: pa.Table, spans: Sequence[range], files: Sequence[FileToJudge]) -> DeliveryRows:
    """Everything that is known of every row, with the figures beside which it is held."""
    file_number = np.repeat(np.arange(len(spans)), [len(span) for span in spans])
    source_row = table.column("source_row").to_numpy()
    rows = delivery_rows(shape_columns(table), source_row, file_number, files)
    add_comparisons(rows, files, spans)
    add_completeness(rows, files)
    return rows


def _unreadable(file: ReadFile) -> Judgement:
    listed, groups, _ = report_unread(file)
    return Judgement(
        outcome=listed.outcome,
        findings=listed.listed,
        finding_counts=listed.counts,
        groups=groups,
        normalisations=file.normalisations,
        rows_read=0,
        dataset_keys=(),
        dataset_rows={},
        canonical=empty_canonical(),
        asks_reason=asks_reason(groups),
        has_personal_data=file.has_personal_data,
    )


class _Judged(NamedTuple):
    """What was found about one file with rows."""

    rows: DeliveryRows
    span: range
    report: FileReport

    def verdict(self, file: ReadFile, to_judge: FileToJudge) -> Judgement:
        if not len(self.span):
            return _unreadable(file)
        listed, groups, warned = self.report
        datasets = self.rows.part(self.span, "dataset_key")["dataset_key"].dropna().unique()
        tidied = cell_normalisations(self.rows.shaped, self.rows.source_row, self.span)
        return Judgement(
            outcome=listed.outcome,
            findings=listed.listed,
            finding_counts=listed.counts,
            groups=groups,
            normalisations=(*file.normalisations, *tidied),
            rows_read=len(self.span),
            dataset_keys=tuple(sorted(int(key) for key in datasets)),
            dataset_rows=dataset_rows(self.rows, self.span, warned, to_judge),
            canonical=self._canonical(),
            asks_reason=asks_reason(groups),
            has_personal_data=file.has_personal_data,
        )

    def _canonical(self) -> pd.DataFrame:
        """The canonical rows; those of a rejected file would mean nothing."""
        is_rejected = self.report.listed.outcome is Outcome.REJECTED
        return empty_canonical() if is_rejected else long_rows(self.rows, self.span)
