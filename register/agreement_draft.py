"""An afspraak as somebody enters it: everything may be absent or wrong, so that all faults are told at once.

Page, JSON and spreadsheet all make an `AgreementDraft`. Belongs here: its fields, and reading it from loose values.
Does not belong here: what it must keep to (`agreement_rules.py`) and what is kept (`agreement_model.py`).
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_values import Day, Number, Truth

MAXIMUM_TEXT: Final = 4_000
MAXIMUM_PARTS: Final = 100
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def tidy_text(text: str) -> str:
    """A text as it is kept: one kind of line end, no control characters, nothing around it."""
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _or_none(text: str | None) -> str | None:
    return tidy_text(text) or None if text is not None else None


Text: TypeAlias = Annotated[str | None, Field(max_length=MAXIMUM_TEXT), AfterValidator(_or_none)]


class DraftPart(BaseModel):
    """What all parts of a draft share."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, coerce_numbers_to_str=True)


class DraftParty(DraftPart):
    """A party by name, or by the code of a gemeente or region."""

    name: Text = None
    code: Text = None


class DraftContact(DraftPart):
    """Somebody who can be asked; personal data."""

    name: Text = None
    role: Text = None
    e_mail: Text = None


class DraftLevel(DraftPart):
    """A value at the end of a period."""

    value: Number = None
    period: Text = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return self.value is None and self.period is None


class DraftIndicator(DraftPart):
    """What an afspraak says of one indicator: a path in its unit, or a text with what is missing for that."""

    indicator: Text = None
    unit: Text = None
    direction: Text = None
    baseline: DraftLevel = DraftLevel()
    milestones: tuple[DraftLevel, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    target: DraftLevel = DraftLevel()
    text: Text = None
    missing: Text = None

    @property
    def has_numbers(self) -> bool:
        """Whether a path is meant."""
        levels = (self.baseline, *self.milestones, self.target)
        return self.direction is not None or not all(level.is_empty for level in levels)


class DraftMoney(DraftPart):
    """Who pays or gains how much."""

    payer: Text = None
    kind: Text = None
    amount_euro: Number = None
    note: Text = None


class DraftExample(DraftPart):
    """A link to an example elsewhere."""

    title: Text = None
    url: Text = None


class AgreementDraft(DraftPart):
    """All that is agreed; code, version and status stand beside it."""

    region: Text = None
    theme: Text = None
    opgave: Text = None
    doel: Text = None
    functie: Text = None
    maatregel: Text = None
    maatregel_code: Text = None
    movement: Text = None
    owner: Text = None
    parties: tuple[DraftParty, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    contacts: tuple[DraftContact, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    indicators: tuple[DraftIndicator, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    start_date: Day = None
    end_date: Day = None
    money: tuple[DraftMoney, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    evidence: Text = None
    obstacle: Text = None
    examples: tuple[DraftExample, ...] = Field(default=(), max_length=MAXIMUM_PARTS)
    is_public: Truth = False


class DraftHead(DraftPart):
    """What stands beside an afspraak in a file: its version, and the state in which it is."""

    version: int | None = None
    status: Text = None
    status_since: Day = None
    status_reason: Text = None


PartT = TypeVar("PartT", bound=DraftPart)


def read_loose(model: type[PartT], raw: Mapping[str, Any]) -> tuple[PartT, list[AgreementFault]]:
    """Make a draft of loose values, such as JSON; what cannot be read is left out and told."""
    faults: list[AgreementFault] = []
    values: Any = deepcopy(dict(raw))
    while True:
        try:
            return model.model_validate(values), faults
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                faults.append(_unreadable(item["loc"], item["type"], item["input"]))
                _leave_out(values, item["loc"])


def _leave_out(values: Any, path: Path) -> None:
    """Make a value absent; in a list it becomes empty, so that the places of the others stay."""
    for part in path[:-1]:
        values = values[part]
    if isinstance(values, dict):
        values.pop(path[-1], None)
    else:
        values[path[-1]] = {}


_NO_NUMBER: Final = ("Dit is geen getal.", "Schrijf een getal als 12,5 of 25000, zonder punt, teken of eenheid.")
_NO_DAY: Final = ("Dit is geen datum.", "Schrijf een datum als 2026-12-31.")
_FIELDS: Final = {
    "value": _NO_NUMBER,
    "amount_euro": _NO_NUMBER,
    "start_date": _NO_DAY,
    "end_date": _NO_DAY,
    "is_public": ("Dit is geen ja of nee.", "Schrijf ja of nee."),
}
_KINDS: Final = {
    "string_too_long": (f"Deze tekst is langer dan {MAXIMUM_TEXT} tekens.", "Maak de tekst korter."),
    "too_long": (f"Dit zijn er meer dan {MAXIMUM_PARTS}.", "Voeg ze samen of laat er weg."),
    "extra_forbidden": ("Dit veld bestaat niet.", "Verwijder het of schrijf de naam zoals in een uitgevoerd bestand."),
}
_OTHER: Final = ("Dit heeft niet de vorm die hier hoort.", "Kijk in een uitgevoerd bestand hoe het moet.")


def _unreadable(path: Path, kind: str, value: object) -> AgreementFault:
    message, remedy = _KINDS.get(kind) or _FIELDS.get(str(path[-1]), _OTHER)
    return fault(path, AgreementRule.FORM, message, remedy, value=_excerpt(value))


def _excerpt(value: object) -> str:
    text = str(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
