"""From the text of one cell to its value, per column; a value knows its one spelling, so every clean-up is visible.

Belongs here: spellings. Whether a well-written code exists, or fits its row, is for the suite.
Every reader raises `UnreadableCellError` naming the rule that the text breaks.
"""

import re
import unicodedata
from typing import Final

from expectations.numbers import Number, UnreadableCellError, read_count, read_value
from expectations.rules import Rule
from indicators.areas import level_of
from indicators.errors import UnknownCodeError
from indicators.periods import Period, read_period
from indicators.strata import TOTAL, Sex, Stratum

FINAL: Final = "definitief"
PROVISIONAL: Final = "voorlopig"
_EXCEL_ERROR: Final = re.compile(r"#\S+[!?/]\S*|#N/[AB]|#+")
_DIGITS_ONLY: Final = re.compile(r"\d{1,4}", re.ASCII)
_MONTH_OR_QUARTER: Final = re.compile(r"(?P<number>[1-4])-(?P<year>\d{4})", re.ASCII)
_AGE_BAND: Final = re.compile(r"(?P<start>\d{1,2}) ?(?:-|t/m|tot en met) ?(?P<end>\d{1,2})(?: jaar)?", re.ASCII)
_OLDEST: Final = re.compile(r"90 ?(?:\+|jaar (?:en|of) ouder|plus)(?: jaar)?")
_SEXES: Final = {"m": "M", "man": "M", "mannen": "M", "v": "V", "vrouw": "V", "vrouwen": "V", TOTAL: TOTAL}
_STATUSES: Final = {
    FINAL: FINAL,
    "def": FINAL,
    "def.": FINAL,
    PROVISIONAL: PROVISIONAL,
    "voorl": PROVISIONAL,
    "voorl.": PROVISIONAL,
}


def tidy_text(text: str) -> str:
    """The text without invisible characters, with single ordinary spaces."""
    visible = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc") or letter in "\t\n")
    return " ".join(visible.split())


def read_indicator(text: str) -> str:
    """An indicator code in capitals."""
    return _filled(text).upper()


def read_area_code(text: str) -> str:
    """An area code, empty when a name may stand for it; bare digits are a gemeente without its letters and zeros."""
    if not tidy_text(text):
        return ""
    code = _filled(text).upper().replace(" ", "")
    if _DIGITS_ONLY.fullmatch(code):
        return f"GM{int(code):04d}"
    try:
        level_of(code)
    except UnknownCodeError as error:
        raise UnreadableCellError(Rule.AREA_FORM) from error
    return code


def read_period_cell(text: str) -> Period:
    """A period in any spelling; a number before a year could be a month, so it is refused."""
    tidy = _filled(text)
    either = _MONTH_OR_QUARTER.fullmatch(tidy)
    if either:
        readings = f"maand {either['number']} of kwartaal {either['number']} van {either['year']}"
        raise UnreadableCellError(Rule.PERIOD_AMBIGUOUS, readings=readings)
    try:
        return read_period(tidy)
    except UnknownCodeError as error:
        raise UnreadableCellError(Rule.PERIOD_INVALID) from error


def read_age_band(text: str) -> str:
    """A five-year band or the total; empty is the total."""
    tidy = tidy_text(text).lower()
    if _OLDEST.fullmatch(tidy):
        return "90+"
    match = _AGE_BAND.fullmatch(tidy)
    band = f"{int(match['start'])}-{int(match['end'])}" if match else tidy or TOTAL
    try:
        return Stratum.parse(band, TOTAL).age_band
    except UnknownCodeError as error:
        raise UnreadableCellError(Rule.AGE_UNKNOWN) from error


def read_sex(text: str) -> Sex:
    """M, V or the total; empty is the total."""
    tidy = tidy_text(text).lower() or TOTAL
    if tidy not in _SEXES:
        raise UnreadableCellError(Rule.SEX_UNKNOWN)
    return Stratum.parse(TOTAL, _SEXES[tidy]).sex


def read_numerator(text: str) -> Number:
    """A count or a sign; never empty."""
    return read_count(_filled(text))


def read_optional_count(text: str) -> Number | None:
    """A count, a sign or nothing."""
    tidy = tidy_text(text)
    return read_count(tidy) if tidy else None


def read_optional_value(text: str) -> Number | None:
    """A number with decimals, a sign or nothing."""
    tidy = tidy_text(text)
    return read_value(tidy) if tidy else None


def read_status(text: str) -> str:
    """Definitive or provisional; empty is definitive."""
    tidy = tidy_text(text).lower() or FINAL
    if tidy not in _STATUSES:
        raise UnreadableCellError(Rule.STATUS_UNKNOWN)
    return _STATUSES[tidy]


def spell(value: object) -> str:
    """The one spelling of a value that a reader of this module gave."""
    match value:
        case None:
            return ""
        case Number():
            return value.spelling
        case Sex() | Period():
            return value.code
        case _:
            return str(value)


def _filled(text: str) -> str:
    tidy = tidy_text(text)
    if not tidy:
        raise UnreadableCellError(Rule.CELL_REQUIRED)
    if _EXCEL_ERROR.fullmatch(tidy):
        raise UnreadableCellError(Rule.CELL_EXCEL_ERROR)
    return tidy
