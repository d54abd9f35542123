"""Duiding: what a region, or the programme for the country, says beside a figure.

Belongs here: giving, changing, withdrawing and reading explanations. Does not belong here: the figures (`values.py`)
and the signals that an explanation may answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from expectations.personal_data import personal_data
from indicators.areas import COUNTRY, AreaLevel, area_register, level_of
from indicators.definitions import definitions
from indicators.errors import UnknownCodeError
from indicators.periods import read_period
from register.access import Action, Actor, may, require
from register.agreement_draft import tidy_text
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.errors import EntryRefusedError, StaleVersionError, UnknownRecordError, WrongStateError
from register.events import Event, EventContent, ExplanationChanged, ExplanationGiven, ExplanationWithdrawn
from register.explanation_states import Explanation, explanation_states
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.publications import open_publication, released
from register.submissions import today_in_the_netherlands

MAXIMUM_TEXT: Final = 2_000
_PUBLISHED: Final = "select distinct indicator_code, period_code from value where area_code = $area"


class Subject(NamedTuple):
    """What an explanation is about; without a period all figures of the indicator in the area (`NL` or a region)."""

    area: str
    indicator: str
    period: str | None = None
    signal: int | None = None
    """The number of the signal that it answers."""


def explain(home: Home, subject: Subject, text: str, *, actor: Actor, today: date | None = None) -> Explanation:
    """Put an explanation beside a figure.

    Raises:
        AccessDeniedError: `actor` may not explain figures of the area.
        EntryRefusedError: it breaks rules; every fault is told.
        UnknownCodeError: the area does not exist.
    """
    require(actor, Action.EXPLAIN, subject.area)
    said, code = tidy_text(text), ""
    _refuse([*_faults_of_subject(subject, today or today_in_the_netherlands()), *_faults_of_text(said)])
    period = None if subject.period is None else read_period(subject.period).code

    def decide(events: Sequence[Event]) -> list[EventContent]:
        nonlocal code
        count = sum(item.area == subject.area for item in explanation_states(events).values())
        code = f"{subject.area}-D{count + 1:03}"
        return [ExplanationGiven(
            code=code, area=subject.area, indicator=subject.indicator, period=period, text=said,
            signal=subject.signal,
        )]  # fmt: skip

    return explanation_states(Ledger(home).append_decided(decide, actor=actor).events)[code]


def change_explanation(home: Home, code: str, text: str, *, version: int, actor: Actor) -> Explanation:
    """Let an explanation read otherwise; how it read before stays. The same text again changes nothing.

    Raises:
        AccessDeniedError: `actor` may not explain figures of the area.
        EntryRefusedError: it breaks rules; every fault is told.
        StaleVersionError: somebody changed it since `version`.
        UnknownRecordError: it does not exist for the actor.
        WrongStateError: it is withdrawn.
    """
    said = tidy_text(text)
    _refuse([*_faults_of_text(said)])

    def decide(events: Sequence[Event]) -> list[EventContent]:
        current = _standing(events, code, version, actor).current
        return [] if current.text == said else [ExplanationChanged(code=code, text=said, based_on=version)]

    return explanation_states(Ledger(home).append_decided(decide, actor=actor).events)[code]


def withdraw_explanation(home: Home, code: str, *, version: int, reason: str, actor: Actor) -> Explanation:
    """Take an explanation away from the figure.

    Raises:
        AccessDeniedError: `actor` may not explain figures of the area.
        ReasonNeededError: there is no reason.
        StaleVersionError: somebody changed it since `version`.
        UnknownRecordError: it does not exist for the actor.
        WrongStateError: it is withdrawn already.
    """
    said = needed_reason(reason, to="de duiding in te trekken")

    def decide(events: Sequence[Event]) -> list[EventContent]:
        _standing(events, code, version, actor)
        return [ExplanationWithdrawn(code=code, reason=said)]

    return explanation_states(Ledger(home).append_decided(decide, actor=actor).events)[code]


def explanations(
    home: Home, area: str, indicator: str | None = None, *, signal: int | None = None, with_withdrawn: bool = False,
    actor: Actor,
) -> list[Explanation]:  # fmt: skip
    """The explanations beside figures of an area that `actor` may see, oldest first.

    Who may see concepts of the area sees all, with the names of the authors and, `with_withdrawn`, what was withdrawn.
    Everybody else sees how those read that are about published figures, with the role of the author only.

    Raises:
        UnknownCodeError: the area does not exist.
    """
    is_insider = may(actor, Action.READ_CONCEPT, area) or may(actor, Action.EXPLAIN, area)
    found = [
        item
        for item in explanation_states(Ledger(home).events()).values()
        if item.area == area and indicator in (None, item.indicator) and signal in (None, item.signal)
    ]
    if is_insider:
        return [item for item in found if with_withdrawn or item.withdrawn_reason is None]
    shown = [item for item in found if item.withdrawn_reason is None]
    published = _published(home, area) if shown else frozenset()
    return [
        replace(item, versions=(item.current._replace(author=None),))
        for item in shown
        if any(item.indicator == code and item.period in (None, period) for code, period in published)
    ]


def _published(home: Home, area: str) -> frozenset[tuple[str, str]]:
    """Of which indicators and periods everybody can read what is known of an area."""
    publication = released(home)
    if publication is None:
        return frozenset()
    with open_publication(home, publication) as reader:
        rows = reader.query(_PUBLISHED, {"area": area})
    return frozenset(zip(rows["indicator_code"], rows["period_code"], strict=True))


def _standing(events: Sequence[Event], code: str, version: int, actor: Actor) -> Explanation:
    """An explanation that `actor` may change and that nobody changed since a version."""
    found = explanation_states(events).get(code)
    if found is None or not may(actor, Action.EXPLAIN, found.area):
        raise UnknownRecordError(f"Duiding {code} bestaat niet, of u hebt er geen recht op.")
    if found.withdrawn_reason is not None:
        raise WrongStateError(f"Duiding {code} is ingetrokken ({found.withdrawn_reason}); geef een nieuwe.")
    if version != found.current.version:
        raise StaleVersionError(
            f"Duiding {code} is intussen gewijzigd: u werkte met versie {version}, nu geldt {found.current.version}. "
            "Er is niets vastgelegd. Lees de duiding opnieuw en breng uw wijziging daarin aan."
        )
    return found


def _refuse(faults: Sequence[AgreementFault]) -> None:
    if faults:
        raise EntryRefusedError(tuple(faults))


def _faults_of_subject(subject: Subject, today: date) -> Iterator[AgreementFault]:
    if subject.area != COUNTRY and not _is_region(subject.area, today):
        yield fault(
            ("region",), AgreementRule.UNKNOWN, f"'{subject.area}' is geen regio die nu bestaat.",
            "Geef duiding bij een zorgkantoorregio, of bij NL.", value=subject.area,
        )  # fmt: skip
    if not any(item.code == subject.indicator for item in definitions().values()):
        yield fault(
            ("indicator",), AgreementRule.UNKNOWN, f"'{subject.indicator}' is geen indicator.",
            "Schrijf een code uit de kernset, bijvoorbeeld PRE02.", value=subject.indicator,
        )  # fmt: skip
    if subject.period is not None and (message := _fault_of_period(subject.period, today)):
        yield fault(
            ("period",),
            AgreementRule.FORM,
            message,
            "Schrijf een kwartaal of jaar dat is begonnen.",
            value=subject.period,
        )
    if subject.signal is not None and subject.signal < 1:
        yield fault(
            ("signal",), AgreementRule.FORM, "Dit is geen nummer van een signaal.", "Neem het over van het signaal."
        )


def _faults_of_text(text: str) -> Iterator[AgreementFault]:
    if not text:
        yield fault(("text",), AgreementRule.REQUIRED, "De tekst is leeg.", "Schrijf wat het cijfer verklaart.")
    if len(text) > MAXIMUM_TEXT:
        yield fault(
            ("text",),
            AgreementRule.FORM,
            f"De tekst heeft {len(text)} tekens.",
            f"Gebruik er hoogstens {MAXIMUM_TEXT}.",
        )
    if found := personal_data(text):
        yield fault(
            ("text",), AgreementRule.PERSONAL_DATA, f"Hier staan persoonsgegevens ({', '.join(found.values())}).",
            "Haal ze weg; iedereen kan een duiding lezen.",
        )  # fmt: skip


def _fault_of_period(text: str, today: date) -> str | None:
    try:
        period = read_period(text)
    except UnknownCodeError as error:
        return str(error)
    return None if period.start <= today else f"{period} is nog niet begonnen."


def _is_region(code: str, today: date) -> bool:
    return level_of(code) is AreaLevel.REGION and area_register().area(code).exists_on(today)
