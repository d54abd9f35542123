"""Loose values of afspraken as texts, the way people write them in Dutch: numbers, days, ja and nee.

Belongs here: reading and writing one value. Does not belong here: in which field or cell it stands.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator

from expectations.numbers import UnreadableCellError, read_value

YES: Final = "ja"
NO: Final = "nee"
_TRUTH: Final = {YES: True, NO: False, "waar": True, "onwaar": False}
_DUTCH_DAY: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)


def number_text(number: float) -> str:
    """A number with a decimal comma, exactly and without an exponent."""
    text = format(Decimal(repr(number)), "f").removesuffix(".0")
    return text.replace(".", ",")


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        amount = read_value(value).amount
    except UnreadableCellError as error:
        raise ValueError(error.rule) from error
    if amount is None or value.rstrip().endswith("%"):
        raise ValueError("a sign or a percentage is no number here")
    return amount


def _day(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        raise ValueError("a number is no day")
    if not isinstance(value, str):
        return value
    if match := _DUTCH_DAY.fullmatch(value.strip()):
        day, month, year = (int(part) for part in match.groups())
        return date(year, month, day)
    return date.fromisoformat(value.strip()) if value.strip() else None


def _truth(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    known = _TRUTH.get(value.strip().lower(), None if value.strip() else False)
    if known is None:
        raise ValueError("neither ja nor nee")
    return known


Number: TypeAlias = Annotated[float | None, BeforeValidator(_number)]
Day: TypeAlias = Annotated[date | None, BeforeValidator(_day)]
Truth: TypeAlias = Annotated[bool, BeforeValidator(_truth)]
