"""What in a text points at one person: a BSN, an e-mail address, a telephone number, a birth date.

Belongs here: recognising it and making it unreadable. Which texts are looked at is for `reading/privacy.py`; that no
finding repeats it is seen to in `rules.make_finding`. Nine digits are only a BSN when they satisfy the elfproef, as
one in eleven figures does by chance. All repeats in the patterns are bounded, because a cell can be very long.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

_LONGEST_ECHO: Final = 2_000
_LONGEST_PART: Final = 100
"""What is cut off again, because personal data that was cut through is not recognised."""
_DOT: Final = "•"
_LEFT_VISIBLE: Final = 2
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MARK: Final = r"[ .\-\u00a0\u202f]"
_MONTH: Final = r"(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,6}\.?"
_DAY: Final = rf"\d{{1,2}}[-/. ]{{1,2}}(?:\d{{1,2}}|{_MONTH})[-/. ]{{1,2}}"
_BORN: Final = r"\b(?:geb(?:oren|oorte[a-z]{0,6}|\.? ?dat(?:um)?)?|dob)\b[^\d\n]{0,15}"


class PersonalData(StrEnum):
    """A kind of text that points at one person."""

    BSN = "bsn"
    CONTACT = "contact"
    BIRTH_DATE = "birth_date"


_NINE_DIGITS: Final = re.compile(rf"(?<!\d)(?<!\d\.)(?=(?P<digits>\d(?:{_MARK}?\d){{8}})(?!\d)(?!\.\d))", re.ASCII)
_E_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.ASCII | re.IGNORECASE)
_TELEPHONE: Final = re.compile(
    r"(?<![\w.,])(?:\(?(?:\+|00) ?31\)?(?: ?\(0\))?|\(?0(?=[ -]{0,3}[1-9]))(?:[ -]{0,3}\d\)?){9}(?![.,]?\d)", re.ASCII
)
_BIRTH_DATES: Final = (
    re.compile(rf"{_BORN}(?:{_DAY}(?:\d{{4}}|\d\d)|\d{{4}}-\d\d-\d\d)(?!\d)", re.ASCII | re.IGNORECASE),
    re.compile(rf"(?<![\d-])(?:{_DAY}19\d\d|19\d\d-\d\d-\d\d)(?!\d)", re.ASCII | re.IGNORECASE),
)
_PATTERNS: Final[Mapping[PersonalData, tuple[re.Pattern[str], ...]]] = {
    PersonalData.BSN: (_NINE_DIGITS,),
    PersonalData.CONTACT: (_E_MAIL, _TELEPHONE),
    PersonalData.BIRTH_DATE: _BIRTH_DATES,
}


MAYBE: Final[Mapping[PersonalData, str]] = {
    PersonalData.BSN: r"\d([ .\-\x{A0}\x{202F}]?\d){8}",
    PersonalData.CONTACT: r"@|\d([ )\-]{0,4}\d){8}",
    PersonalData.BIRTH_DATE: r"(?i)\d[-/. ]{1,2}[a-z0-9]{1,10}\.?[-/. ]{1,2}\d\d|\d{4}-\d\d-\d\d",
}
"""What every text with personal data of a kind has, in the regular expressions of Arrow: for a quick first look."""


def holds(kind: PersonalData, text: str) -> bool:
    """Whether a text seems to hold personal data of a kind."""
    return any(_places(kind, pattern, text) for pattern in _PATTERNS[kind])


def personal_data(text: str) -> dict[PersonalData, str]:
    """Per kind of personal data in a text: all that was found of it, made unreadable."""
    found = {kind: ", ".join(_masked(kind, text[start:end]) for start, end in _spans(kind, text)) for kind in _PATTERNS}
    return {kind: parts for kind, parts in found.items() if parts}


def mask_personal_data(text: str) -> str:
    """The text with every BSN, e-mail address, telephone number and birth date made unreadable."""
    for kind in _PATTERNS:
        parts, done = [], 0
        for start, end in _spans(kind, text):
            parts += [text[done:start], _masked(kind, text[start:end])]
            done = end
        text = "".join(parts) + text[done:]
    return text


def echo(text: str) -> str:
    """A text of a file as it may be repeated: without personal data, and not endlessly long."""
    if len(text) <= _LONGEST_ECHO:
        return mask_personal_data(text)
    return f"{mask_personal_data(text[:_LONGEST_ECHO])[:-_LONGEST_PART]}…"


def is_bsn(text: str) -> bool:
    """Whether a text is nine digits, grouped by one kind of mark or not at all, that satisfy the elfproef."""
    groups = re.split(_MARK, text)
    is_grouped = len(groups) > 1
    if is_grouped and (len(set(re.findall(_MARK, text))) > 1 or min(map(len, groups)) < _LEFT_VISIBLE):
        return False
    digits = [int(digit) for digit in "".join(groups)]
    is_nine = len(digits) == len(_WEIGHTS) and any(digits)
    return is_nine and sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def _spans(kind: PersonalData, text: str) -> Iterator[tuple[int, int]]:
    """Where a kind of personal data begins and ends; the places do not overlap."""
    end = 0
    for place in sorted(place for pattern in _PATTERNS[kind] for place in _places(kind, pattern, text)):
        if place[0] >= end:
            yield place
            end = place[1]


def _places(kind: PersonalData, pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    places = [match.span(match.lastgroup or 0) for match in pattern.finditer(text)]
    return [place for place in places if kind is not PersonalData.BSN or is_bsn(text[slice(*place)])]


def _masked(kind: PersonalData, text: str) -> str:
    if "@" in text:
        return f"{_DOT * 3}@{_DOT * 3}"
    if kind is PersonalData.BIRTH_DATE:
        return re.sub(r"\d", _DOT, text)
    digits = re.sub(r"\D", "", text)
    return _DOT * (len(digits) - _LEFT_VISIBLE) + digits[-_LEFT_VISIBLE:]
