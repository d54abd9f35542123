"""Judging deliveries: read, shape, suite, findings, canonical rows. Many files are judged in one go.

Belongs here: the order of the steps. The rules are in `rules.yaml`, `shape.py` and `suites/delivery.json`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from expectations.canonical import empty_canonical
from expectations.delivery_frame import delivery_frame
from expectations.findings import FindingList, Outcome, collect
from expectations.judgement import FileToJudge, Judgement
from expectations.long_rows import long_rows
from expectations.normalisations import cell_normalisations
from expectations.reading import ReadFile, read_delivery
from expectations.report import broken_expectations, broken_shapes, report_file
from expectations.rules import Rule, make_finding
from expectations.shape import shape_columns
from expectations.suite import run_suite
from indicators.errors import UnknownCodeError
from indicators.uitvraag import uitvraag_for

SUITE = "delivery"


def judge(files: Sequence[FileToJudge]) -> list[Judgement]:
    """Judge deliveries, in the order given; one bad file does not touch the others.

    Raises:
        UnknownCodeError: a region that never existed; the sender's region is not the sender's text.
    """
    read = [_read(file) for file in files]
    texts = _together(read)
    if texts.empty:
        return [_unreadable(file) for file in read]
    shaped = shape_columns(texts)
    frame = delivery_frame(texts, shaped, files)
    broken = [*broken_shapes(shaped), *broken_expectations(run_suite(SUITE, frame), len(frame))]
    spans = _spans(read)
    reports = [report_file(broken, frame, rows, file.findings) for file, rows in zip(read, spans, strict=True)]
    accepted = [number for number, report in enumerate(reports) if report.outcome is not Outcome.REJECTED]
    canonical = long_rows(frame, accepted, len(files))
    return [
        _verdict(
            file,
            report,
            normalisations=cell_normalisations(shaped, frame["source_row"], rows),
            dataset_keys=frame["dataset_key"].iloc[rows.start : rows.stop],
            canonical=own,
        )
        for file, rows, report, own in zip(read, spans, reports, canonical, strict=True)
    ]


def _read(file: FileToJudge) -> ReadFile:
    """The cells of one file; none when nothing was asked about its period."""
    try:
        uitvraag_for(file.period)
    except UnknownCodeError as error:
        finding = make_finding(Rule.PERIOD_NOT_ASKED, asked_period_code=file.period.code, reason=str(error))
        return ReadFile(read_delivery(b"").cells, (finding,))
    return read_delivery(file.content)


def _together(read: Sequence[ReadFile]) -> pd.DataFrame:
    numbered = [file.cells.assign(file_number=number) for number, file in enumerate(read)]
    return pd.concat(numbered, ignore_index=True) if numbered else pd.DataFrame()


def _spans(read: Sequence[ReadFile]) -> list[range]:
    """Per file the positions of its rows in the frame of all files."""
    ends = [int(end) for end in np.cumsum([len(file.cells) for file in read])]
    return [range(end - len(file.cells), end) for file, end in zip(read, ends, strict=True)]


def _unreadable(file: ReadFile) -> Judgement:
    nothing = pd.Series(dtype="int64")
    return _verdict(file, collect(file.findings), normalisations=(), dataset_keys=nothing, canonical=empty_canonical())


def _verdict(
    file: ReadFile,
    report: FindingList,
    *,
    normalisations: Sequence[str],
    dataset_keys: "pd.Series[int]",
    canonical: pd.DataFrame,
) -> Judgement:
    return Judgement(
        outcome=report.outcome,
        findings=report.listed,
        finding_counts=report.counts,
        normalisations=(*file.normalisations, *normalisations),
        rows_read=len(file.cells),
        dataset_keys=tuple(sorted(int(key) for key in dataset_keys.dropna().unique())),
        canonical=canonical,
        groups=(),
        dataset_rows={},
        asks_reason=False,
        has_personal_data=False,
    )
