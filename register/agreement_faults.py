"""What is wrong with an afspraak that somebody enters: where, which value, which rule, what to do.

Belongs here: the shape of a fault, the closed list of rules, and the Dutch name of a place. Does not belong here: what
the rules are (`agreement_rules.py`).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from pydantic import BaseModel, ConfigDict

from expectations.personal_data import echo

Path: TypeAlias = tuple[str | int, ...]
"""Where in a draft: `("indicators", 0, "target", "value")`."""

FIELD_WORDS: Final[Mapping[str, str]] = {
    "region": "regio",
    "theme": "thema",
    "opgave": "opgave",
    "doel": "doel",
    "functie": "functie",
    "maatregel": "maatregel",
    "maatregel_code": "code van de maatregel",
    "movement": "beweging",
    "owner": "eigenaar",
    "parties": "partij",
    "contacts": "contactpersoon",
    "indicators": "indicator",
    "start_date": "begindatum",
    "end_date": "einddatum",
    "money": "geld",
    "evidence": "onderbouwing",
    "obstacle": "belemmering",
    "examples": "voorbeeld",
    "is_public": "openbaar",
    "name": "naam",
    "code": "code",
    "role": "functie van de persoon",
    "e_mail": "e-mailadres",
    "indicator": "indicator",
    "unit": "eenheid",
    "direction": "richting",
    "baseline": "uitgangssituatie",
    "milestones": "mijlpaal",
    "target": "bod",
    "value": "waarde",
    "period": "periode",
    "text": "tekst",
    "missing": "wat ontbreekt",
    "payer": "betaler",
    "kind": "soort",
    "amount_euro": "bedrag",
    "note": "toelichting",
    "title": "titel",
    "url": "koppeling",
    "status": "stand",
    "status_since": "stand sinds",
    "status_reason": "reden van de stand",
    "version": "versie",
    "signal": "signaal",
}
"""The Dutch name of every field, in messages, in the history and above the columns of a file."""


class AgreementRule(StrEnum):
    """Every rule that an afspraak can break."""

    REQUIRED = "afspraak.verplicht"
    FORM = "afspraak.vorm"
    UNKNOWN = "afspraak.onbekend"
    OWNER = "afspraak.eigenaar"
    DATES = "afspraak.datums"
    PATH = "afspraak.pad"
    UNIT = "afspraak.eenheid"
    NOT_DELIVERED = "afspraak.niet_geleverd"
    NO_NUMBER = "afspraak.geen_getal"
    DUPLICATE = "afspraak.dubbel"
    AMOUNT = "afspraak.bedrag"
    LINK = "afspraak.koppeling"
    PERSONAL_DATA = "afspraak.persoonsgegevens"
    CONTACT = "afspraak.contactpersoon"
    REGION = "afspraak.regio"
    STALE = "afspraak.verouderd"
    STATUS = "afspraak.stand"
    FILE = "afspraak.bestand"


class AgreementFault(BaseModel):
    """One thing that is wrong; a fault in a file also names its place there (`agreement` is what stands for it)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    place: str
    value: str | None
    rule: AgreementRule
    message: str
    remedy: str
    agreement: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def sentence(self) -> str:
        """All of it, for a person."""
        where = [
            self.sheet and f"blad {self.sheet}",
            self.row and f"rij {self.row}",
            self.column and f"kolom {self.column}",
            self.agreement,
            self.place,
        ]
        return f"{', '.join(part for part in where if part)}: {self.message} {self.remedy}"


def fault(path: Path, rule: AgreementRule, message: str, remedy: str, *, value: object = None) -> AgreementFault:
    """A fault at a place; the value is repeated without personal data."""
    shown = None if value is None else echo(str(value))
    return AgreementFault(
        path=path, place=place_words(path), value=shown, rule=rule, message=echo(message), remedy=remedy
    )


def place_words(path: Sequence[str | int]) -> str:
    """A place in Dutch: `indicator 1, bod, waarde`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(FIELD_WORDS.get(str(part), echo(str(part))))
    return ", ".join(words)


def told(faults: Sequence[AgreementFault]) -> str:
    """All faults as one text, a line each."""
    count = "1 fout" if len(faults) == 1 else f"{len(faults)} fouten"
    return "\n".join([f"Er is niets vastgelegd; {count}:", *(f"- {item.sentence}" for item in faults)])
