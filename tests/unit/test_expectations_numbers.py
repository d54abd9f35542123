"""Every spelling of a number: what it is read as, or which rule refuses it."""

import pytest

from expectations.canonical import SignCode
from expectations.numbers import Number, UnreadableCellError, read_count, read_value
from expectations.rules import Rule

COUNTS = {
    "312": 312,
    "0": 0,
    "1.234": 1234,
    "1.234.500": 1234500,
    "1 234": 1234,
    "12\u00a0340": 12340,
    "1\u202f234": 1234,
    "12'340": 12340,
    "12’340": 12340,
    "1,234,567": 1234567,
    "2400,0": 2400,
    "1.234,00": 1234,
    "1,234.00": 1234,
    " 12 ": 12,
    "-5": -5,
    "−5": -5,
    "(5)": -5,
    "5-": -5,
}
VALUES = {"13,0": 13.0, "13.0": 13.0, "13": 13.0, "13,0 %": 13.0, "1,234": 1.234, "1.234,5": 1234.5, "1,234.5": 1234.5}
SIGNS = {
    "<10": SignCode.BELOW_TEN,
    "< 10": SignCode.BELOW_TEN,
    "1-9": SignCode.BELOW_TEN,
    "≤9": SignCode.BELOW_TEN,
    "minder dan 10": SignCode.BELOW_TEN,
    ".": SignCode.UNKNOWN,
    "x": SignCode.SECRET,
    "X": SignCode.SECRET,
}
REFUSED_COUNTS = {
    "1,234": Rule.NUMBER_AMBIGUOUS,
    "12,345": Rule.NUMBER_AMBIGUOUS,
    "1.5": Rule.NUMBER_NOT_WHOLE,
    "1,5": Rule.NUMBER_NOT_WHOLE,
    "0.123": Rule.NUMBER_NOT_WHOLE,
    "1.23": Rule.NUMBER_NOT_WHOLE,
    "n.v.t.": Rule.NUMBER_NONE,
    "1e5": Rule.NUMBER_NONE,
    "12%": Rule.NUMBER_NONE,
    "-": Rule.NUMBER_NONE,
    "1.2345": Rule.NUMBER_NOT_WHOLE,
    "1.23.456": Rule.NUMBER_NONE,
    "#N/B": Rule.CELL_EXCEL_ERROR,
    "#DEEL/0!": Rule.CELL_EXCEL_ERROR,
    "٣": Rule.NUMBER_NONE,
}


@pytest.mark.parametrize("text", COUNTS)
def test_a_count_is_read(text: str) -> None:
    assert read_count(text) == Number(COUNTS[text])


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_read(text: str) -> None:
    assert read_value(text).amount == VALUES[text]


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_stands_for_no_number(text: str) -> None:
    assert read_count(text) == Number(None, SIGNS[text])


@pytest.mark.parametrize("text", REFUSED_COUNTS)
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read_count(text)
    assert caught.value.rule is REFUSED_COUNTS[text]


@pytest.mark.parametrize(("read", "text"), [(read_count, "1,234"), (read_value, "1.234")])
def test_two_readings_are_both_named(read: object, text: str) -> None:
    with pytest.raises(UnreadableCellError) as caught:
        read(text)  # type: ignore[operator]
    assert caught.value.details["readings"] == "1234 (duizendtallen) of 1,234 (cijfers achter de komma)"


def test_a_value_keeps_the_decimals_that_were_written() -> None:
    assert read_value("13,50").spelling == "13,50"
    assert read_value("13.5").spelling == "13,5"
