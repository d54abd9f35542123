"""The template: every row that a region is asked for one quarter, with last quarter's figures beside it.

Belongs here: which rows, and what is filled in. How they become a file is in `template_csv.py` and
`template_workbook.py`; who may have it, and where last quarter's rows come from, is in `register/templates.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import pandas as pd

from expectations.canonical import SignCode
from expectations.cells import FINAL
from expectations.columns import Column, ReferenceColumn
from expectations.facts import expected_areas
from expectations.numbers import Number
from indicators.areas import Area, area_key, area_register
from indicators.periods import Period
from indicators.strata import AGE_BANDS, Stratum
from indicators.uitvraag import AskedDataset, Uitvraag, uitvraag_for

HEADERS: Final = (
    *(Column.INDICATOR, Column.PERIOD, Column.AREA_CODE, Column.AREA_NAME, Column.AGE_BAND, Column.SEX),
    *(Column.NUMERATOR, Column.DENOMINATOR, ReferenceColumn.NUMERATOR, ReferenceColumn.DENOMINATOR),
    *(Column.VALUE, Column.STATUS, Column.NOTE),
)
"""The columns in the order of the template: reference figures stand beside the cells that they are compared with."""

_Place: TypeAlias = tuple[int, int, int]
"""Measure, area and stratum key."""


class TemplateRow(NamedTuple):
    """One row that is asked; what a region fills in is empty."""

    asked: AskedDataset
    period: Period
    area: Area
    stratum: Stratum
    previous_numerator: Number | None = None
    previous_denominator: Number | None = None

    @property
    def asks_denominator(self) -> bool:
        """Whether the region supplies the denominator."""
        return self.asked.denominator is not None

    def cells(self) -> Mapping[str, str]:
        """The text per header of the template."""
        filled = {
            Column.INDICATOR: self.asked.code,
            Column.PERIOD: self.period.code,
            Column.AREA_CODE: self.area.code,
            Column.AREA_NAME: self.area.name,
            Column.AGE_BAND: self.stratum.age_band,
            Column.SEX: self.stratum.sex.code,
            ReferenceColumn.NUMERATOR: _spelled(self.previous_numerator),
            ReferenceColumn.DENOMINATOR: _spelled(self.previous_denominator),
            Column.STATUS: FINAL,
        }
        return {header: filled.get(header, "") for header in HEADERS}


@dataclass(frozen=True)
class Template:
    """What is asked of one region for one quarter."""

    region: Area
    period: Period
    uitvraag: Uitvraag
    rows: tuple[TemplateRow, ...]

    @property
    def age_bands(self) -> list[str]:
        """The five-year bands into which anything is split, youngest first."""
        asked = {row.stratum.age_band for row in self.rows}
        return [band for band in AGE_BANDS if band in asked]

    @property
    def file_stem(self) -> str:
        """The name of the file, without its ending."""
        return f"sjabloon_{self.region.code}_{self.period.code}"


def make_template(region_code: str, period: Period, previous: pd.DataFrame | None = None) -> Template:
    """The template of a region and quarter.

    Args:
        region_code: a zorgkantoorregio.
        period: the quarter that is asked.
        previous: canonical rows of the quarter before, as far as they are known; other rows are left out.

    Raises:
        UnknownCodeError: the region does not exist in the period, or nothing is asked about it.
    """
    region = area_register().region_in(region_code, period)
    return Template(region, period, uitvraag_for(period), tuple(template_rows(region_code, period, previous)))


def template_rows(region_code: str, period: Period, previous: pd.DataFrame | None = None) -> list[TemplateRow]:
    """Every row that is asked: each dataset at its first level, by area and stratum; arguments as `make_template`."""
    known = _figures(previous, period.shifted(-1))
    return [
        TemplateRow(asked, period, area, stratum, *_previous(known, asked, area, stratum))
        for asked in uitvraag_for(period).asks
        for area, stratum in _places(asked, region_code, period)
    ]


def _places(asked: AskedDataset, region_code: str, period: Period) -> Iterator[tuple[Area, Stratum]]:
    for area in expected_areas(asked.code, region_code, period):
        yield from ((area, stratum) for stratum in asked.strata)


def _figures(previous: pd.DataFrame | None, period: Period) -> Mapping[_Place, Number]:
    if previous is None:
        return {}
    own = previous[previous["period_key"] == period.key]
    keys = zip(own["measure_key"].tolist(), own["area_key"].tolist(), own["stratum_key"].tolist(), strict=True)
    return dict(zip(keys, map(_number, own["amount"].tolist(), own["sign_code"].tolist()), strict=True))


def _number(amount: float, sign_code: int) -> Number:
    sign = SignCode(sign_code)
    return Number(amount) if sign is SignCode.NUMBER else Number(None, sign)


def _previous(
    known: Mapping[_Place, Number], asked: AskedDataset, area: Area, stratum: Stratum
) -> tuple[Number | None, Number | None]:
    """Numerator and denominator of the quarter before; None where they are not known or not asked."""
    measures = (asked.numerator, asked.denominator)
    place = (area_key(area.code), stratum.key)
    numerator, denominator = (known.get((measure.key, *place)) if measure else None for measure in measures)
    return numerator, denominator


def _spelled(number: Number | None) -> str:
    return "" if number is None else number.spelling
