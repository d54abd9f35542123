"""The columns of a delivery: their Dutch headers and the other spellings of those headers found in practice."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final


class Column(StrEnum):
    """A column of the delivery format, by the header of the template."""

    INDICATOR = "Indicator"
    PERIOD = "Periode"
    AREA_CODE = "Gebiedscode"
    AREA_NAME = "Gebiedsnaam"
    AGE_BAND = "Leeftijd"
    SEX = "Geslacht"
    NUMERATOR = "Teller"
    DENOMINATOR = "Noemer"
    VALUE = "Waarde"
    STATUS = "Status"
    NOTE = "Toelichting"


class ReferenceColumn(StrEnum):
    """A column that the template fills in for comparison and that says nothing about the delivered quarter."""

    NUMERATOR = "Vorig kwartaal teller"
    DENOMINATOR = "Vorig kwartaal noemer"


REQUIRED: Final = (Column.INDICATOR, Column.PERIOD, Column.AREA_CODE, Column.NUMERATOR)
"""The columns without which nothing can be read; which others an indicator needs is a rule of the suite."""

_SYNONYMS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.INDICATOR: ("indicator", "indicatorcode", "codeindicator"),
    Column.PERIOD: ("periode", "kwartaal", "tijdvak"),
    Column.AREA_CODE: ("gebiedscode", "gebiedcode", "codegebied", "gemeentecode", "gmcode"),
    Column.AREA_NAME: ("gebiedsnaam", "gebiednaam", "naamgebied", "gemeentenaam", "gemeente"),
    Column.AGE_BAND: ("leeftijd", "leeftijdsklasse", "leeftijdsgroep"),
    Column.SEX: ("geslacht",),
    Column.NUMERATOR: ("teller", "aantal"),
    Column.DENOMINATOR: ("noemer",),
    Column.VALUE: ("waarde", "uitkomst", "resultaat"),
    Column.STATUS: ("status",),
    Column.NOTE: ("toelichting", "opmerking", "opmerkingen"),
}


_LONGEST_HEADER: Final = 60


def recognise(header: str) -> Column | None:
    """The column that a header cell means; capitals, spaces and punctuation make no difference."""
    return _recognise(header) if len(header) <= _LONGEST_HEADER else None


def is_reference(header: str) -> bool:
    """Whether a header cell is one of the template's reference columns, which are left out without a word."""
    return len(header) <= _LONGEST_HEADER and _plain(header) in REFERENCE_HEADERS


def recognised_count(cells: Sequence[str]) -> int:
    """How many different columns a row of cells names, if it were the header."""
    return len({recognise(cell) for cell in cells} - {None})


@lru_cache(maxsize=4096)
def _recognise(header: str) -> Column | None:
    return _column_by_plain_header().get(_plain(header))


@cache
def _column_by_plain_header() -> dict[str, Column]:
    return {synonym: column for column, synonyms in _SYNONYMS.items() for synonym in synonyms}


def _plain(header: str) -> str:
    return "".join(letter for letter in header.casefold() if letter.isalnum())


REFERENCE_HEADERS: Final = frozenset(_plain(header) for header in ReferenceColumn)
"""The headers of the reference columns, in plain letters."""
