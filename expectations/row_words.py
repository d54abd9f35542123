"""The words with which a message speaks of a row: what was delivered, what the code means, what was expected.

Belongs here: from a position in `DeliveryRows` to the words in braces of `rules.yaml`. Only rows that are told need
them, so they are made one row at a time.
"""

import math
from collections.abc import Mapping
from typing import Any, Final

from expectations.columns import Column
from expectations.delivery_rows import DeliveryRows
from expectations.numbers import Number

_COUNTS: Final = ("equal_row", "conflicting_row", "missing_area_count", "missing_stratum_count", "population")
_VALUES: Final = ("region_value", "lower_limit", "upper_limit")


def row_words(rows: DeliveryRows, position: int, column: Column | None) -> dict[str, Any]:
    """Every word about one row, and about the count in one column; a word that does not apply is empty."""
    return {
        **_beside(rows, position, "denominator" if column is Column.DENOMINATOR else "numerator"),
        **_cells(rows, position),
        **_asked(rows, position),
        **_meanings(rows, position),
        **_figures(rows, position),
        **rows.lists.get(position, {}),
    }


def text_at(rows: DeliveryRows, column: Column, position: int) -> str:
    """What the file has in one cell."""
    return rows.shaped[column].texts.at(position) or ""


def _cells(rows: DeliveryRows, position: int) -> Mapping[str, Any]:
    values = {column: rows.shaped[column].values.at(position) for column in Column}
    period, sex = values[Column.PERIOD], values[Column.SEX]
    return {
        Column.NUMERATOR: text_at(rows, Column.NUMERATOR, position),
        Column.DENOMINATOR: text_at(rows, Column.DENOMINATOR, position),
        "indicator_code": values[Column.INDICATOR] or "",
        "period_code": period.code if period else "",
        "age_band": values[Column.AGE_BAND] or "",
        "sex": sex.code if sex is not None else "",
        "area_name": values[Column.AREA_NAME] or "",
    }


def _asked(rows: DeliveryRows, position: int) -> Mapping[str, Any]:
    from indicators.areas import area_register

    file = rows.files.at(position)
    if file is None:
        return {}
    return {
        "asked_period_code": file.period.code,
        "before_period_code": file.period.shifted(-1).code,
        "asked_region_code": file.region_code,
        "asked_region_name": area_register().area(file.region_code).name,
    }


def _meanings(rows: DeliveryRows, position: int) -> Mapping[str, Any]:
    area, dataset = rows.areas.at(position), rows.datasets.at(position)
    facts = {"area_code": rows.area_codes.at(position) or "", "right_name": "", "successors": ""}
    return facts | (area._asdict() if area else {}) | (dataset._asdict() if dataset else {})


def _figures(rows: DeliveryRows, position: int) -> Mapping[str, Any]:
    row = {name: float(column[position]) for name, column in rows.columns.items()}
    words = {name: _count(row[name]) for name in _COUNTS} | {name: _value(row[name], 2) for name in _VALUES}
    decimals = rows.shaped[Column.VALUE].values.at(position)
    words["expected_value_text"] = _value(row["expected_value"], max(decimals.decimals, 1) if decimals else 1)
    words["maximum_change_pct"] = _count(row["maximum_change_pct"])
    return words


def _beside(rows: DeliveryRows, position: int, part: str) -> Mapping[str, Any]:
    """The figures beside a count: of earlier quarters, and of the parts of a total."""
    before, year_ago, lowest, highest = (
        _count(float(rows.columns[f"{part}_{name}"][position]))
        for name in ("before", "year_ago", "at_least", "at_most")
    )
    at_most = f" en hoogstens {highest}" if highest else ""
    return {
        "before": before,
        "year_ago_words": f", een jaar eerder {year_ago}" if year_ago else "",
        "parts_words": lowest if lowest == highest else f"minstens {lowest}{at_most}",
    }


def _count(number: float) -> str:
    return "" if math.isnan(number) or math.isinf(number) else f"{number:.0f}"


def _value(number: float, decimals: int) -> str:
    return "" if math.isnan(number) else Number(number, decimals=decimals).spelling
