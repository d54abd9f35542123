"""Personal data in what people write freely: the explanation, columns that nobody asked for, lines above the header.

Belongs here: where is looked, and what is found. Counts and codes are not looked at: they cannot hold a person, and a
figure of nine digits is a valid BSN by chance. How personal data looks is in `expectations/personal_data.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from expectations.findings import MAXIMUM_LISTED
from expectations.personal_data import MAYBE_PERSONAL, PersonalData, personal_data
from expectations.reading.notes import Notes
from expectations.rules import Rule

_RULES: Final[Mapping[PersonalData, Rule]] = {
    PersonalData.BSN: Rule.PRIVACY_BSN,
    PersonalData.CONTACT: Rule.PRIVACY_CONTACT,
    PersonalData.BIRTH_DATE: Rule.PRIVACY_BIRTH_DATE,
}


def find_in_row(row: int, fields: Sequence[str], notes: Notes) -> None:
    """Find personal data in a row that is no data."""
    for kind, parts in personal_data("; ".join(fields)).items():
        _find(kind, row, f"rij {row}", parts, notes)


def find_in_column(
    texts: pa.DictionaryArray, rows: np.ndarray[Any, np.dtype[np.int64]], column: str, notes: Notes
) -> None:
    """Find personal data in a column of texts, at each row that has it."""
    maybe = np.flatnonzero(pc.match_substring_regex(texts.dictionary, MAYBE_PERSONAL).to_numpy(zero_copy_only=False))
    found = {int(number): personal_data(texts.dictionary[int(number)].as_py()) for number in maybe}
    numbers = texts.indices.to_numpy(zero_copy_only=False)
    for kind in PersonalData:
        having = [number for number, parts in found.items() if kind in parts]
        places = np.flatnonzero(np.isin(numbers, having)) if having else ()
        for place in places[:MAXIMUM_LISTED]:
            _find(kind, int(rows[place]), column, found[int(numbers[place])][kind], notes)
        notes.count(_RULES[kind], column, max(0, len(places) - MAXIMUM_LISTED))


def _find(kind: PersonalData, row: int, column: str, parts: str, notes: Notes) -> None:
    notes.find(_RULES[kind], row=row, column=column, value=parts)
    notes.has_personal_data |= kind is PersonalData.BSN
