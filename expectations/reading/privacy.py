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
from expectations.personal_data import MAYBE, PersonalData, holds, personal_data
from expectations.reading.notes import Notes
from expectations.rules import Rule

_AT_ONCE: Final = 10_000
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
    numbers = texts.indices.to_numpy(zero_copy_only=False)
    for kind in PersonalData:
        places = np.flatnonzero(_with(kind, texts.dictionary)[numbers])
        for place in places[:MAXIMUM_LISTED].tolist():
            _find(kind, int(rows[place]), column, personal_data(texts[place].as_py())[kind], notes)
        notes.count(_RULES[kind], column, max(0, len(places) - MAXIMUM_LISTED))


def _with(kind: PersonalData, texts: pa.StringArray) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of the texts hold personal data of a kind."""
    maybe = np.flatnonzero(pc.match_substring_regex(texts, MAYBE[kind]).to_numpy(zero_copy_only=False))
    flags = np.zeros(len(texts), dtype=np.bool_)
    for start in range(0, len(maybe), _AT_ONCE):
        numbers = maybe[start : start + _AT_ONCE]
        flags[numbers] = [holds(kind, text) for text in texts.take(pa.array(numbers)).to_pylist()]
    return flags


def _find(kind: PersonalData, row: int, column: str, parts: str, notes: Notes) -> None:
    notes.find(_RULES[kind], row=row, column=column, value=parts)
    notes.has_personal_data |= kind is PersonalData.BSN
