"""What reading an open-data file gives, whatever the source."""

from dataclasses import dataclass

import pandas as pd

from expectations.findings import Finding, Outcome, collect
from indicators.periods import Period


@dataclass(frozen=True)
class OpenDataFile:
    """The canonical rows of one file and what was found and tidied on the way.

    `canonical` has no rows when an error was found.
    """

    dataset_code: str
    period: Period
    canonical: pd.DataFrame
    findings: tuple[Finding, ...]
    normalisations: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """The verdict over the file."""
        return collect(self.findings).outcome
