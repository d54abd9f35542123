"""One parser for every number in a delivery: Dutch and English spellings, signs, and nothing guessed.

A spelling with two possible readings is refused and both readings are named. What a sign means is in `canonical.py`.
"""

import re
from typing import Final, NamedTuple

from expectations.canonical import SIGN_SPELLINGS, SignCode
from expectations.rules import Rule


class UnreadableCellError(ValueError):
    """The text of a cell that cannot be read, with the rule that says so."""

    def __init__(self, rule: Rule, **details: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


class Number(NamedTuple):
    """A number with the decimals that were written, or the sign that stands for it (then `amount` is None)."""

    amount: float | None
    sign: SignCode = SignCode.NUMBER
    decimals: int = 0

    @property
    def spelling(self) -> str:
        """The one spelling: digits with a decimal comma, or the sign."""
        if self.amount is None:
            return SIGN_SPELLINGS[self.sign]
        return f"{self.amount:.{self.decimals}f}".replace(".", ",")


_OTHER_BELOW_TEN: Final = ("1-9", "≤9", "<=9", "minderdan10", "1t/m9")
_SIGNS: Final = {spelling: sign for sign, spelling in SIGN_SPELLINGS.items()} | dict.fromkeys(
    _OTHER_BELOW_TEN, SignCode.BELOW_TEN
)
_EXCEL_ERROR: Final = re.compile(r"#.*")
_BRACKETED: Final = re.compile(r"\((.+)\)")
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PLAIN: Final = re.compile(r"-?\d+", re.ASCII)
_GROUPED: Final = re.compile(r"-?[1-9]\d{0,2}(?P<mark>[ .'’,])\d{3}(?:(?P=mark)\d{3})*", re.ASCII)
_DUTCH: Final = re.compile(r"(?P<whole>-?(?:\d+|[1-9]\d{0,2}(?:[ .'’]\d{3})+)),(?P<decimals>\d+)", re.ASCII)
_ENGLISH: Final = re.compile(r"(?P<whole>-?(?:\d+|[1-9]\d{0,2}(?:[ ,'’]\d{3})+))\.(?P<decimals>\d+)", re.ASCII)


def read_count(text: str) -> Number:
    """Read a whole number or a sign.

    A point between groups of three is a thousands mark, because a count has no decimals; a comma there could be
    either, so it is refused.

    Raises:
        UnreadableCellError: not a number, not whole, or two readings.
    """
    tidy = _tidy(text)
    if _has_two_readings(tidy, mark=","):
        raise UnreadableCellError(Rule.NUMBER_AMBIGUOUS, readings=_readings(tidy, mark=","))
    number = _sign(tidy) or _whole(tidy) or _decimal(tidy)
    if number is None:
        raise UnreadableCellError(Rule.NUMBER_NONE)
    if number.amount is not None and not number.amount.is_integer():
        raise UnreadableCellError(Rule.NUMBER_NOT_WHOLE)
    return number._replace(decimals=0)


def read_value(text: str) -> Number:
    """Read a number that may have decimals, or a sign; a percent sign is left out.

    Raises:
        UnreadableCellError: not a number, or two readings (`1.234` and `1,234` can be a thousand or one and a bit).
    """
    tidy = _tidy(text).removesuffix("%").rstrip()
    if _has_two_readings(tidy, mark="."):
        raise UnreadableCellError(Rule.NUMBER_AMBIGUOUS, readings=_readings(tidy, mark="."))
    number = _sign(tidy) or _decimal(tidy) or _whole(tidy)
    if number is None:
        raise UnreadableCellError(Rule.NUMBER_NONE)
    return number


def _tidy(text: str) -> str:
    """One minus sign, one kind of space, and the negative spellings `(5)` and `5-` as `-5`."""
    tidy = _SPACES.sub(" ", text).strip().replace("−", "-").replace("–", "-")
    if _EXCEL_ERROR.fullmatch(tidy):
        raise UnreadableCellError(Rule.CELL_EXCEL_ERROR)
    bracketed = _BRACKETED.fullmatch(tidy)
    if bracketed:
        return f"-{bracketed[1]}"
    return f"-{tidy[:-1]}" if tidy.endswith("-") and len(tidy) > 1 else tidy


def _sign(tidy: str) -> Number | None:
    sign = _SIGNS.get(tidy.lower().replace(" ", ""))
    return None if sign is None else Number(None, sign)


def _whole(tidy: str) -> Number | None:
    if not (_PLAIN.fullmatch(tidy) or _GROUPED.fullmatch(tidy)):
        return None
    return Number(float(re.sub(r"[^\d-]", "", tidy)))


def _decimal(tidy: str) -> Number | None:
    match = _DUTCH.fullmatch(tidy) or _ENGLISH.fullmatch(tidy)
    if match is None:
        return None
    whole = re.sub(r"[^\d-]", "", match["whole"])
    return Number(float(f"{whole}.{match['decimals']}"), decimals=len(match["decimals"]))


def _has_two_readings(tidy: str, *, mark: str) -> bool:
    """Whether exactly one group of three digits follows the mark, so that it could be decimals."""
    grouped = _GROUPED.fullmatch(tidy)
    return grouped is not None and grouped["mark"] == mark and tidy.count(mark) == 1


def _readings(tidy: str, *, mark: str) -> str:
    whole, rest = tidy.split(mark)
    return f"{whole}{rest} (duizendtallen) of {whole},{rest} (cijfers achter de komma)"
