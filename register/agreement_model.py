"""An afspraak as the ledger keeps it: complete and sound, without personal data.

Belongs here: its fields, and the way from and to what people enter (`agreement_draft.py`). Does not belong here: what
is refused (`agreement_rules.py`), its status and history (`agreement_states.py`).
"""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from indicators.agreed_path import AgreedPath, Direction, Level
from indicators.areas import area_register
from indicators.definition_model import Movement, Theme
from indicators.definitions import definitions
from indicators.periods import read_period
from register.agreement_draft import (
    AgreementDraft,
    DraftContact,
    DraftExample,
    DraftIndicator,
    DraftLevel,
    DraftMoney,
    DraftParty,
)
from register.agreement_fields import MoneyKind, Owner
from register.event_fields import Content, RegionCode
from register.persons import Person, PersonReference


class Party(Content):
    """Who agreed; `code` where it is a gemeente or region."""

    name: str
    code: str | None = None


class AgreedIndicator(Content):
    """What is agreed on one indicator: a path in its unit, or a text and what is missing for a path."""

    indicator: str
    path: AgreedPath | None = None
    text: str | None = None
    missing: str | None = None


class Money(Content):
    """An amount that a party pays or gains."""

    payer: str
    kind: MoneyKind
    amount_euro: float = Field(ge=0)
    note: str | None = None


class Example(Content):
    """A link to an example elsewhere."""

    title: str | None = None
    url: str


class Agreement(Content):
    """All that is agreed."""

    region: RegionCode
    theme: Theme
    opgave: str
    doel: str
    functie: str
    maatregel: str
    maatregel_code: str | None = None
    movement: Movement
    owner: Owner
    parties: tuple[Party, ...] = Field(min_length=1)
    contacts: tuple[PersonReference, ...] = ()
    indicators: tuple[AgreedIndicator, ...] = ()
    start_date: date
    end_date: date
    money: tuple[Money, ...] = ()
    evidence: str | None = None
    obstacle: str | None = None
    examples: tuple[Example, ...] = ()
    is_public: bool = False


def settled(draft: AgreementDraft, contacts: Iterable[PersonReference]) -> Agreement:
    """The afspraak of a draft without faults; `contacts` are the references to its contact persons."""
    values = draft.model_dump(exclude={"contacts", "indicators", "parties", "money", "theme", "movement", "owner"})
    return Agreement.model_validate(
        values
        | {
            "theme": Theme(_choice(draft.theme)),
            "movement": Movement(_choice(draft.movement)),
            "owner": Owner(_choice(draft.owner)),
            "parties": tuple(_party(item) for item in draft.parties),
            "contacts": tuple(contacts),
            "indicators": tuple(_indicator(item) for item in draft.indicators),
            "money": tuple(_money(item) for item in draft.money),
        }
    )


def draft_of(agreement: Agreement, contacts: Iterable[Person]) -> AgreementDraft:
    """What somebody would enter to get this afspraak, to show in a form or file."""
    values = agreement.model_dump(exclude={"contacts", "indicators", "parties", "money", "examples"})
    return AgreementDraft.model_validate(
        values
        | {
            "parties": tuple(DraftParty(name=item.name, code=item.code) for item in agreement.parties),
            "contacts": tuple(DraftContact(**item.model_dump()) for item in contacts),
            "indicators": tuple(_draft_indicator(item) for item in agreement.indicators),
            "money": tuple(DraftMoney(**item.model_dump(mode="json")) for item in agreement.money),
            "examples": tuple(DraftExample(**item.model_dump()) for item in agreement.examples),
        }
    )


def persons_of(draft: AgreementDraft) -> tuple[Person, ...]:
    """The contact persons in a draft without faults."""
    return tuple(Person(name=item.name or "", role=item.role, e_mail=item.e_mail) for item in draft.contacts)


def _party(draft: DraftParty) -> Party:
    name = draft.name or area_register().area(draft.code or "").name
    return Party(name=name, code=draft.code)


def _money(draft: DraftMoney) -> Money:
    kind = MoneyKind(_choice(draft.kind))
    return Money.model_validate(draft.model_dump() | {"kind": kind})


def _indicator(draft: DraftIndicator) -> AgreedIndicator:
    path = agreed_path(draft) if draft.has_numbers else None
    return AgreedIndicator(indicator=draft.indicator or "", path=path, text=draft.text, missing=draft.missing)


def agreed_path(draft: DraftIndicator) -> AgreedPath:
    """The path of a draft in which every number and period is there."""
    return AgreedPath(
        baseline=_level(draft.baseline),
        milestones=tuple(_level(item) for item in draft.milestones),
        target=_level(draft.target),
        direction=direction_of(draft.direction),
    )


def direction_of(text: str | None) -> Direction:
    """A direction by its code or its Dutch words.

    Raises:
        ValueError: it is no direction.
    """
    words = {direction.words: direction for direction in Direction}
    return words.get(_choice(text)) or Direction(_choice(text))


def unit_of(indicator_code: str) -> str | None:
    """The unit of an indicator, which is the same in all its versions; None when there is none of that code."""
    return next((item.unit for item in definitions().values() if item.code == indicator_code), None)


def _level(draft: DraftLevel) -> Level:
    if draft.value is None or draft.period is None:
        raise ValueError("a level without value or period is refused before")
    return Level(value=draft.value, period=read_period(draft.period))


def _draft_indicator(agreed: AgreedIndicator) -> DraftIndicator:
    path = agreed.path
    if path is None:
        return DraftIndicator(indicator=agreed.indicator, text=agreed.text, missing=agreed.missing)
    return DraftIndicator(
        indicator=agreed.indicator,
        unit=unit_of(agreed.indicator),
        direction=path.direction,
        baseline=_draft_level(path.baseline),
        milestones=tuple(_draft_level(item) for item in path.milestones),
        target=_draft_level(path.target),
    )


def _draft_level(level: Level) -> DraftLevel:
    return DraftLevel(value=level.value, period=level.period.code)


def _choice(text: str | None) -> str:
    """A choice from a list as its value."""
    return (text or "").lower()
