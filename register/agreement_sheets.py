"""The sheets of a file with afspraken: which columns there are, and in which field each comes.

A row of a sheet other than the first belongs to the afspraak that its first column names. Belongs here: that layout,
the same for writing (`agreement_workbook.py`) and reading (`agreement_files.py`).
"""

from typing import Final, NamedTuple

from register.agreement_faults import FIELD_WORDS

KEY: Final = "Afspraak"
"""The first column of every sheet: a code of the register, or a word of one's own for a new afspraak."""


class SheetColumn(NamedTuple):
    """A column, and the field within the afspraak or its part."""

    header: str
    path: tuple[str, ...]


class SheetPlan(NamedTuple):
    """A sheet; `field` is the list of the afspraak that its rows fill, None where a row is an afspraak."""

    name: str
    field: str | None
    columns: tuple[SheetColumn, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers, from the first column on."""
        return (KEY, *(column.header for column in self.columns))


def _columns(*paths: str, **renamed: str) -> tuple[SheetColumn, ...]:
    """Columns with the Dutch name of their field, unless another is given."""
    named = {path: FIELD_WORDS[path].capitalize() for path in paths}
    return tuple(SheetColumn(header, tuple(path.split("__"))) for path, header in (named | renamed).items())


HEAD: Final = ("version", "status", "status_since", "status_reason")
"""The fields of a row that are not part of what is agreed."""

MAIN: Final = SheetPlan(
    "Afspraken",
    None,
    _columns(
        "version", "region", "theme", "opgave", "doel", "functie", "maatregel", "maatregel_code", "movement", "owner",
        "start_date", "end_date", "evidence", "obstacle", "is_public", "status", "status_since", "status_reason",
    ),
)  # fmt: skip
INDICATORS: Final = SheetPlan(
    "Indicatoren",
    "indicators",
    _columns(
        "indicator", "unit", "direction", baseline__value="Beginwaarde", baseline__period="Beginperiode",
        target__value="Bod", target__period="Bodperiode", text="Tekst", missing="Wat ontbreekt",
    ),
)  # fmt: skip
MILESTONES: Final = SheetPlan("Mijlpalen", "milestones", _columns("indicator", "value", "period"))
"""Rows of this sheet belong to an indicator of an afspraak."""
PARTS: Final = (
    SheetPlan("Partijen", "parties", _columns("name", "code")),
    SheetPlan("Contactpersonen", "contacts", _columns("name", "role", "e_mail")),
    INDICATORS,
    SheetPlan("Geld", "money", _columns("payer", "kind", "amount_euro", "note")),
    SheetPlan("Voorbeelden", "examples", _columns("title", "url")),
)
SHEETS: Final = (MAIN, *PARTS, MILESTONES)
EXPLANATION: Final = "Uitleg"
"""The sheet that explains the others; it is not read."""
