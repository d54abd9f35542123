"""What the judge sees beside a delivery: earlier quarters of the region, and the population.

Belongs here: which rows in force those are. Does not belong here: what is compared with them (`expectations/`).
Judging again for the canonical rows gives nothing of this: rows do not depend on it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from expectations.canonical import empty_canonical
from expectations.judgement import HISTORY_QUARTERS, Known
from indicators.measures import Source
from indicators.periods import Period, PeriodKind
from register.home import Home
from register.in_force import BatchInForce
from register.rows import rows_in_force

Place = tuple[str, Period]
_POPULATION: Final = "population"


def known_for(home: Home, batches: Sequence[BatchInForce], places: Collection[Place]) -> Mapping[Place, Known]:
    """What is in force beside deliveries for these regions and periods; every file is read once.

    Args:
        home: the data directory.
        batches: everything in force.
        places: region and period of each delivery; only a quarter has a history.
    """
    needed = {earlier for place in places for earlier in _earlier(place)}
    by_place = _by_place(batch for batch in batches if batch.source is Source.DELIVERY)
    frames = {place: rows_in_force(home, by_place[place]) for place in needed if place in by_place}
    years = {place: _population_batch(batches, place[1]) for place in places}
    population = {batch: rows_in_force(home, [batch]) for batch in years.values() if batch is not None}
    return {place: Known(_history(place, frames), _people(years[place], population)) for place in places}


def _earlier(place: Place) -> list[Place]:
    region, period = place
    if period.kind is not PeriodKind.QUARTER:
        return []
    return [(region, period.shifted(-steps)) for steps in range(1, HISTORY_QUARTERS + 1)]


def _by_place(batches: Iterable[BatchInForce]) -> dict[Place, list[BatchInForce]]:
    found: dict[Place, list[BatchInForce]] = {}
    for batch in batches:
        found.setdefault((batch.region_code, batch.period), []).append(batch)
    return found


def _history(place: Place, frames: Mapping[Place, pd.DataFrame]) -> pd.DataFrame:
    found = [frames[earlier] for earlier in _earlier(place) if earlier in frames]
    return pd.concat(found, ignore_index=True) if found else empty_canonical()


def _population_batch(batches: Sequence[BatchInForce], period: Period) -> BatchInForce | None:
    """The population of the latest year that is not after the year of the period."""
    years = [item for item in batches if item.dataset_code == _POPULATION and item.period.year <= period.year]
    return max(years, key=lambda batch: batch.period.year, default=None)


def _people(batch: BatchInForce | None, frames: Mapping[BatchInForce, pd.DataFrame]) -> pd.DataFrame:
    return empty_canonical() if batch is None else frames[batch]
