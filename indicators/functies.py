"""The vocabulary of afspraken: functies, and kinds of maatregel that work under them.

Belongs here: the list that is shipped. Does not belong here: functies that a region adds (`register/functie_list.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from indicators.definition_model import Theme
from indicators.reference_tables import reference_rows


class FunctieKind(StrEnum):
    """What a code stands for."""

    FUNCTIE = "functie"
    MAATREGEL = "maatregel"


class Functie(NamedTuple):
    """One functie or kind of maatregel; one of the theme `generiek` serves all themes."""

    code: str
    name: str
    theme: Theme
    kind: FunctieKind
    note: str | None
    source: str


@cache
def functies() -> Mapping[str, Functie]:
    """Everything in the list, by code, in its order."""
    found = (
        Functie(
            code=row["code"],
            name=row["name"],
            theme=Theme(row["theme"]),
            kind=FunctieKind(row["kind"]),
            note=row["note"] or None,
            source=row["source"],
        )
        for row in reference_rows("functie")
    )
    return {functie.code: functie for functie in found}
