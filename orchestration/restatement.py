"""What must be computed again when landing tables change: pure functions on the tables before and after.

Does not belong here: doing it (`transform.py`).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from indicators.periods import Period

BATCHES: Final = "batch_in_force"
_WITHOUT_HISTORY: Final = frozenset({"target"})
"""Tables on which only models without a time axis depend."""
_COVERAGE_WEIGHT: Final = "population"
"""The dataset whose figures weigh every period."""


@dataclass(frozen=True)
class Restatement:
    """Landing tables that changed, and the days for which the models by quarter follow; None: all days."""

    tables: tuple[str, ...]
    start: date | None
    end: date | None


def restatement(
    definitions: Mapping[str, pd.DataFrame], before: pd.DataFrame, after: pd.DataFrame, changed: AbstractSet[str]
) -> Restatement:
    """What follows from the tables named in `changed`, with the batches in force before and after.

    A changed definition reaches every period. A changed batch reaches its own period, unless other periods use it
    too: yearly figures under quarterly indicators, and the population, which weighs coverage everywhere.
    """
    tables = tuple(sorted(changed))
    batches = changed_batches(before, after)
    if changed - _WITHOUT_HISTORY - {BATCHES} or set(batches["dataset_key"]) & _datasets_of_every_period(definitions):
        return Restatement(tables, None, None)
    periods = _periods(batches if not batches.empty else after)
    if not periods:
        return Restatement(tables, None, None)
    return Restatement(tables, min(period.start for period in periods), max(period.end for period in periods))


def changed_batches(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The rows that are in only one of two states of the batches in force."""
    columns = list(after.columns)
    both = pd.concat([before[columns].astype(str), after[columns].astype(str)])
    single = ~both.duplicated(keep=False).to_numpy()
    return pd.concat([before[columns], after])[single]


def known_until(batches: pd.DataFrame, *, beginning: date) -> date:
    """The last day of the last period of any batch; a month after the beginning where there is none."""
    return max((period.end for period in _periods(batches)), default=beginning + timedelta(days=31))


def _datasets_of_every_period(definitions: Mapping[str, pd.DataFrame]) -> set[int]:
    datasets, indicators = definitions["dataset"], definitions["indicator"]
    parts = definitions["indicator_part"].merge(datasets, on="dataset_key")
    parts = parts.merge(indicators[["version_key", "frequency_code"]], on="version_key", suffixes=("", "_of_indicator"))
    borrowed = parts[parts["frequency_code"] != parts["frequency_code_of_indicator"]]
    weights = datasets[datasets["dataset_code"] == _COVERAGE_WEIGHT]
    return {int(key) for key in [*borrowed["dataset_key"], *weights["dataset_key"]]}


def _periods(batches: pd.DataFrame) -> list[Period]:
    return [Period.from_key(int(key)) for key in batches["period_key"].unique()]
