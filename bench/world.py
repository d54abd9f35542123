"""The uitvraag and the region that the benchmark judges against.

No uitvraag asks a million different rows of one region. The benchmark therefore has a uitvraag of its own, per wijk and
in all strata, and takes two real regions together as one. Everything else is the service as it is.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from expectations import facts
from indicators import areas
from indicators.areas import AreaLevel, area_register
from indicators.measures import Breakdown
from indicators.periods import Period
from indicators.reference_tables import reference_rows
from indicators.uitvraag import AskedDataset, Uitvraag

PERIOD: Final = Period.parse("2025Q4")
REGION: Final = "ZK23"
"""The region with most gemeenten."""
DATASETS: Final = ("PRE02", "PRE03", "OUD08", "GGZ03", "DIG01", "DIG03")
"""The delivered datasets that are a percentage, so that every rule on numbers speaks about every row."""
WIJKEN: Final = range(100)
"""The two last digits of the code of a wijk."""

_JOINED: Final = "ZK04"
"""The region that comes second in number of gemeenten; here it is part of `REGION`."""
_CACHED: Final = (
    areas.area_register,
    facts.area_facts,
    facts.dataset_facts,
    facts.expected_areas,
    facts.expected_area_keys,
    facts.gemeente_codes_by_name,
)


@contextmanager
def bench_world() -> Iterator[None]:
    """Have the service know the uitvraag and the region of the benchmark, and nothing of them afterwards."""
    _forget()
    with (
        patch("indicators.uitvraag.uitvragen", lambda: (_uitvraag(),)),
        patch("indicators.areas.reference_rows", _reference_rows),
    ):
        try:
            yield
        finally:
            _forget()


def gemeente_codes() -> list[str]:
    """The gemeenten of the region; only in the world of the benchmark."""
    return [area.code for area in area_register().gemeenten_of(REGION, PERIOD.end)]


def _uitvraag() -> Uitvraag:
    asks = [
        AskedDataset(code=code, levels=(AreaLevel.WIJK,), breakdown=Breakdown.AGE_SEX, maximum_change_pct=50)
        for code in DATASETS
    ]
    begin = Period.parse("2021Q1")
    return Uitvraag(version=99, name="Bench", valid_from=begin, due_days=45, reminder_days=(3,), asks=tuple(asks))


def _reference_rows(table: str) -> Iterator[Mapping[str, str]]:
    for row in reference_rows(table):
        is_joined = table == "membership" and row["region_code"] == _JOINED
        yield {**row, "region_code": REGION} if is_joined else row


def _forget() -> None:
    """Empty what the service remembers about areas and datasets."""
    for remembered in _CACHED:
        remembered.cache_clear()
