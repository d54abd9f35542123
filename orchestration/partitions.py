"""The partitions of landing: one cell per period and region, from code lists and nowhere else.

Static on purpose: a partition key is never made from a file name or another text of a user.
"""

from collections.abc import Collection, Iterable, Mapping

import dagster as dg

from indicators.areas import AreaLevel, area_register
from indicators.errors import UnknownCodeError
from indicators.periods import Period, quarters_between

FIRST_PERIOD = Period.quarter(2021, 1)
LAST_PERIOD = Period.quarter(2035, 4)
"""Cells are defined until here; Dagster shows the future ones as missing."""


def _region_codes() -> list[str]:
    return [area.code for code, area in sorted(area_register().areas.items()) if area.level is AreaLevel.REGION]


PERIODS = [period.code for period in quarters_between(FIRST_PERIOD, LAST_PERIOD)]
REGIONS = _region_codes()
CELLS = dg.MultiPartitionsDefinition(
    {
        "period": dg.StaticPartitionsDefinition(PERIODS),
        "region": dg.StaticPartitionsDefinition(REGIONS),
    }
)


def cell_key(period: Period, region_code: str) -> str:
    """The partition key of one cell."""
    return dg.MultiPartitionKey({"period": period.code, "region": region_code})


def cells_of(keys: Iterable[str]) -> list[tuple[Period, str]]:
    """The cells that partition keys name.

    Raises:
        UnknownCodeError: a key that is no cell.
    """
    return [_cell(CELLS.get_partition_key_from_str(key).keys_by_dimension) for key in keys]


def _cell(part: Mapping[str, str]) -> tuple[Period, str]:
    """Dagster takes a key apart without looking whether the cell exists."""
    if part["period"] not in PERIODS or part["region"] not in REGIONS:
        raise UnknownCodeError(f"'{part['period']}|{part['region']}' is geen cel van aanlevering.")
    return Period.parse(part["period"]), part["region"]


def covering_range(cells: Collection[tuple[Period, str]]) -> tuple[str, str]:
    """The corners of the smallest rectangle of partitions that holds all cells (landing a cell twice does no harm)."""
    periods = sorted(period for period, _ in cells)
    regions = sorted(region for _, region in cells)
    return cell_key(periods[0], regions[0]), cell_key(periods[-1], regions[-1])
