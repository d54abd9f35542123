"""What goes into and what comes out of judging deliveries; the judging itself is in `delivery.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from expectations.findings import Finding, Outcome, Severity
from indicators.periods import Period


@dataclass(frozen=True)
class FileToJudge:
    """The bytes of one delivery, and for which region and period it was sent."""

    content: bytes
    region_code: str
    period: Period


@dataclass(frozen=True)
class Judgement:
    """What the service says about one delivery.

    `findings` lists at most 1,000, worst first; `finding_counts` counts all of them by severity.
    `normalisations` are Dutch sentences, one per kind of clean-up. `dataset_keys` are the datasets that the file
    holds. `canonical` has `CANONICAL_COLUMNS`; it has no rows when the file is rejected.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    normalisations: tuple[str, ...]
    rows_read: int
    dataset_keys: tuple[int, ...]
    canonical: pd.DataFrame
