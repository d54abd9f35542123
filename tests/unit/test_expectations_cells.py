"""Every spelling of a code: what it is read as, or which rule refuses it."""

from collections.abc import Callable
from typing import Any

import pytest

from expectations import cells
from expectations.numbers import UnreadableCellError
from expectations.rules import Rule

READ: list[tuple[Callable[[str], Any], str, str]] = [
    (cells.read_indicator, "pre02", "PRE02"),
    (cells.read_indicator, "PRE\u200b02", "PRE02"),
    (cells.read_period_cell, "2025Q4", "2025Q4"),
    (cells.read_period_cell, "4e kwartaal 2025", "2025Q4"),
    (cells.read_period_cell, "2025\u00adQ4", "2025Q4"),
    (cells.read_area_code, "GM0080", "GM0080"),
    (cells.read_area_code, "gm 0080", "GM0080"),
    (cells.read_area_code, "80", "GM0080"),
    (cells.read_area_code, "\u202eGM0080\u202c", "GM0080"),
    (cells.read_area_code, "WK008001", "WK008001"),
    (cells.read_age_band, "65-69", "65-69"),
    (cells.read_age_band, " 0 t/m  4 jaar", "0-4"),
    (cells.read_age_band, "90 jaar of ouder", "90+"),
    (cells.read_age_band, "", "totaal"),
    (cells.read_sex, "vrouwen", "V"),
    (cells.read_sex, "", "totaal"),
    (cells.read_status, "", "definitief"),
    (cells.read_status, "Voorlopig", "voorlopig"),
    (cells.read_optional_count, "", ""),
    (cells.read_optional_value, "13.0", "13,0"),
]
REFUSED: list[tuple[Callable[[str], Any], str, Rule]] = [
    (cells.read_indicator, " ", Rule.CELL_REQUIRED),
    (cells.read_indicator, "#N/B", Rule.CELL_EXCEL_ERROR),
    (cells.read_period_cell, "4-2025", Rule.PERIOD_AMBIGUOUS),
    (cells.read_period_cell, "2025Q5", Rule.PERIOD_INVALID),
    (cells.read_period_cell, "okt-25", Rule.PERIOD_INVALID),
    (cells.read_area_code, "Leeuwarden", Rule.AREA_FORM),
    (cells.read_area_code, "GM80", Rule.AREA_FORM),
    (cells.read_age_band, "65-70", Rule.AGE_UNKNOWN),
    (cells.read_age_band, "5-sep", Rule.AGE_UNKNOWN),
    (cells.read_sex, "onbekend", Rule.SEX_UNKNOWN),
    (cells.read_numerator, "", Rule.CELL_REQUIRED),
    (cells.read_status, "concept", Rule.STATUS_UNKNOWN),
]


@pytest.mark.parametrize(("read", "text", "spelling"), READ)
def test_a_spelling_is_read_as_the_one_spelling(read: Callable[[str], Any], text: str, spelling: str) -> None:
    assert cells.spell(read(text)) == spelling


@pytest.mark.parametrize(("read", "text", "rule"), REFUSED)
def test_another_text_is_refused_by_its_rule(read: Callable[[str], Any], text: str, rule: Rule) -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read(text)
    assert caught.value.rule is rule
