"""What goes into and what comes out of judging deliveries; the judging itself is in `delivery.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from expectations.canonical import empty_canonical
from expectations.findings import Finding, FindingGroup, Outcome, Severity
from indicators.periods import Period

HISTORY_QUARTERS: Final = 12
"""How many quarters before the delivered one the checks on time look at."""


@dataclass(frozen=True, eq=False)
class Known:
    """What the register has in force for a region, beside which a delivery is judged.

    Both frames have `CANONICAL_COLUMNS`. `history` holds the deliveries of at most `HISTORY_QUARTERS` earlier quarters;
    `population` the inhabitants (open data) of the last year at or before the delivered quarter.
    """

    history: pd.DataFrame = field(default_factory=empty_canonical)
    population: pd.DataFrame = field(default_factory=empty_canonical)


@dataclass(frozen=True)
class FileToJudge:
    """The bytes of one delivery, and for which region and period it was sent.

    `received_on` is the day in the Netherlands on which it arrived; without it nothing is said about too early or late.
    """

    content: bytes
    region_code: str
    period: Period
    received_on: date | None = None
    known: Known = field(default_factory=Known)


class DatasetRows(NamedTuple):
    """How much of what is asked for one dataset a file answers, in rows (area x stratum)."""

    asked: int
    delivered: int
    """Rows with a number; a sign is an answer without one."""
    warned: int
    """Of those, the rows with a warning."""


@dataclass(frozen=True)
class Judgement:
    """What the service says about one delivery.

    `findings` lists at most 1,000, worst first; `finding_counts` counts all of them by severity, and `groups` counts
    all of them by rule and column. `normalisations` are Dutch sentences, one per kind of clean-up. `dataset_keys` are
    the datasets that the file holds. `canonical` has `CANONICAL_COLUMNS`; it has no rows when the file is rejected.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    groups: tuple[FindingGroup, ...]
    normalisations: tuple[str, ...]
    rows_read: int
    dataset_keys: tuple[int, ...]
    dataset_rows: Mapping[str, DatasetRows]
    canonical: pd.DataFrame
    asks_reason: bool
    """Whether a warning can only be confirmed with a reason."""
    has_personal_data: bool
    """Whether the bytes must go to quarantine."""
