"""The code lists and the key against which the other tools check, and the numbers in their rules."""

from typing import Final

from bench.deliveries import area_codes
from bench.world import DATASETS, PERIOD, WIJKEN, gemeente_codes
from expectations.columns import Column
from indicators.strata import AGE_BANDS

INDICATORS: Final = DATASETS
PERIODS: Final = (PERIOD.code,)
SEXES: Final = ("M", "V")
STATUSES: Final = ("definitief", "voorlopig")
BANDS: Final = AGE_BANDS
KEY: Final = (Column.INDICATOR, Column.PERIOD, Column.AREA_CODE, Column.AGE_BAND, Column.SEX)
"""What a file may hold once."""
MARGIN: Final = 0.05 + 1e-9
"""How far a percentage with one decimal may lie from numerator / denominator."""
CODES: Final = {
    Column.INDICATOR: INDICATORS,
    Column.PERIOD: PERIODS,
    Column.AGE_BAND: BANDS,
    Column.SEX: SEXES,
    Column.STATUS: STATUSES,
}
"""Of every coded column, the area aside, what it may hold."""


def areas() -> list[str]:
    """Every wijk of the region; only in the world of the benchmark."""
    return area_codes(len(gemeente_codes()) * len(WIJKEN))
