"""What must be computed again when landing tables change: pure functions on the tables before and after.

Does not belong here: doing it (`transform.py`).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

import pandas as pd

from indicators.periods import Period

BATCHES: Final = "batch_in_force"
_WITHOUT_HISTORY: Final = frozenset({"target", "agreed_path", "agreed_point", "asked_dataset"})
"""Tables on which only models without a time axis depend."""
_COVERAGE_WEIGHT: Final = "population"
"""The dataset whose figures weigh every period."""


class Batch(NamedTuple):
    """A row of `landing.batch_in_force`."""

    batch_number: int
    period_key: int
    region_key: int
    dataset_key: int
    is_correction: int


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
    everywhere = _datasets_of_every_period(definitions)
    if changed - _WITHOUT_HISTORY - {BATCHES} or any(batch.dataset_key in everywhere for batch in batches):
        return Restatement(tables, None, None)
    periods = [Period.from_key(batch.period_key) for batch in batches or _batches(after)]
    if not periods:
        return Restatement(tables, None, None)
    return Restatement(tables, min(period.start for period in periods), max(period.end for period in periods))


def changed_batches(before: pd.DataFrame, after: pd.DataFrame) -> set[Batch]:
    """The batches that are in only one of two states of what is in force."""
    return _batches(before) ^ _batches(after)


def known_until(batches: pd.DataFrame, *, beginning: date) -> date:
    """The last day of the last period of any batch; a month after the beginning where there is none."""
    ends = (Period.from_key(int(key)).end for key in batches["period_key"].unique())
    return max(ends, default=beginning + timedelta(days=31))


def _datasets_of_every_period(definitions: Mapping[str, pd.DataFrame]) -> set[int]:
    datasets, indicators = definitions["dataset"], definitions["indicator"]
    parts = definitions["indicator_part"].merge(datasets, on="dataset_key")
    parts = parts.merge(indicators[["version_key", "frequency_code"]], on="version_key", suffixes=("", "_of_indicator"))
    borrowed = parts[parts["frequency_code"] != parts["frequency_code_of_indicator"]]
    weights = datasets[datasets["dataset_code"] == _COVERAGE_WEIGHT]
    return {int(key) for key in [*borrowed["dataset_key"], *weights["dataset_key"]]}


def _batches(frame: pd.DataFrame) -> set[Batch]:
    return {Batch(*map(int, row)) for row in frame[list(Batch._fields)].itertuples(index=False)}
