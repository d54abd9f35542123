"""What an afspraak must keep to, all of it told at once.

Belongs here: the rules on the whole; those on parts are in `agreement_indicator_rules.py` and
`agreement_part_rules.py`. Does not belong here: who may enter it (`agreements.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from indicators.areas import AreaLevel, area_register
from indicators.definition_model import Movement, Theme
from indicators.errors import UnknownCodeError
from indicators.functies import Functie, FunctieKind
from register.agreement_draft import AgreementDraft, DraftParty
from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_fields import Owner
from register.agreement_indicator_rules import indicator_faults
from register.agreement_model import Agreement
from register.agreement_part_rules import (
    choice_fault,
    duplicates,
    faults_of_contacts,
    faults_of_examples,
    faults_of_money,
    faults_of_personal_data,
)

_REQUIRED: Final = (
    "region", "theme", "opgave", "doel", "functie", "maatregel", "movement", "owner", "start_date", "end_date",
)  # fmt: skip


class Known(NamedTuple):
    """Beside what a draft is held."""

    functies: Mapping[str, Functie]
    today: date
    before: Agreement | None = None
    """What it changes."""


def agreement_faults(draft: AgreementDraft, known: Known, unread: Iterable[Path] = ()) -> list[AgreementFault]:
    """Everything that is wrong with a draft.

    Args:
        draft: what somebody entered.
        known: beside what it is held.
        unread: places of which it was already told that they cannot be read; nothing more is told about them.
    """
    alone = (item for check in _CHECKS_OF_PARTS for item in check(draft))
    told = [*(item for check in _CHECKS for item in check(draft, known)), *alone]
    skipped = tuple(unread)
    return [item for item in told if not any(item.path[: len(path)] == path for path in skipped)]


def _faults_of_absence(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for name in _REQUIRED:
        if getattr(draft, name) is None:
            yield fault((name,), AgreementRule.REQUIRED, "Dit is leeg.", "Vul het in.")
    if not draft.parties:
        yield fault(
            ("parties",), AgreementRule.REQUIRED, "Er is geen partij.",
            "Noem wie de afspraak maakt, met een naam of de code van een gemeente.",
        )  # fmt: skip


def _faults_of_choices(draft: AgreementDraft, known: Known) -> Iterator[AgreementFault]:
    yield from choice_fault(("theme",), draft.theme, Theme)
    yield from choice_fault(("movement",), draft.movement, Movement)
    yield from _faults_of_owner(draft.owner)
    yield from _faults_of_region(draft.region, known)
    places = (
        ("functie", draft.functie, FunctieKind.FUNCTIE),
        ("maatregel_code", draft.maatregel_code, FunctieKind.MAATREGEL),
    )
    for name, code, kind in places:
        found = known.functies.get(code or "")
        if code is not None and (found is None or found.kind is not kind):
            codes = ", ".join(item.code for item in known.functies.values() if item.kind is kind)
            yield fault(
                (name,), AgreementRule.UNKNOWN, f"'{code}' is geen {kind} uit de lijst.",
                f"Kies een code: {codes}. Een regio kan een functie toevoegen, met een reden.", value=code,
            )  # fmt: skip


def _faults_of_owner(text: str | None) -> Iterator[AgreementFault]:
    if text is None or text.lower() in set(Owner):
        return
    named = [owner for owner in Owner if owner in text.lower()]
    message = f"'{text}' noemt meer dan een eigenaar." if len(named) > 1 else f"'{text}' is geen eigenaar."
    yield fault(
        ("owner",), AgreementRule.OWNER, message,
        f"Kies er precies een: {', '.join(Owner)}. Zijn er meer samen verantwoordelijk, kies dan 'samen'.", value=text,
    )  # fmt: skip


def _faults_of_region(code: str | None, known: Known) -> Iterator[AgreementFault]:
    if code is None:
        return
    if not _exists(code, known.today, AreaLevel.REGION):
        yield fault(
            ("region",), AgreementRule.UNKNOWN, f"'{code}' is geen zorgkantoorregio die nu bestaat.",
            "Schrijf de code van de regio, bijvoorbeeld ZK08.", value=code,
        )  # fmt: skip
    elif known.before is not None and code != known.before.region:
        yield fault(
            ("region",), AgreementRule.REGION, f"De afspraak is van {known.before.region} en blijft daar.",
            "Laat de regio staan, of maak een nieuwe afspraak.", value=code,
        )  # fmt: skip


def _faults_of_dates(draft: AgreementDraft, known: Known) -> Iterator[AgreementFault]:
    start, end = draft.start_date, draft.end_date
    if end is None:
        return
    if start is not None and end < start:
        yield fault(
            ("end_date",), AgreementRule.DATES, f"De einddatum {end} ligt voor de begindatum {start}.",
            "Verander een van de twee.", value=end,
        )  # fmt: skip
    is_new = known.before is None or known.before.end_date != end
    if is_new and end < known.today:
        yield fault(
            ("end_date",), AgreementRule.DATES, f"De einddatum {end} is al voorbij.",
            "Kies een datum in de toekomst; is de afspraak afgelopen, geef dat dan aan met de stand.", value=end,
        )  # fmt: skip


def _faults_of_parties(draft: AgreementDraft, known: Known) -> Iterator[AgreementFault]:
    for number, party in enumerate(draft.parties):
        yield from _faults_of_party(("parties", number), party, known)
    yield from duplicates(("parties",), (party.code or party.name for party in draft.parties))


def _faults_of_party(path: Path, party: DraftParty, known: Known) -> Iterator[AgreementFault]:
    if party.code is None and party.name is None:
        yield fault(path, AgreementRule.REQUIRED, "De partij heeft geen naam.", "Geef een naam of een code.")
    elif party.code is not None and not _exists(party.code, known.today, AreaLevel.GEMEENTE, AreaLevel.REGION):
        yield fault(
            (*path, "code"), AgreementRule.UNKNOWN, f"'{party.code}' is geen gemeente of regio die nu bestaat.",
            "Schrijf een code als GM0363 of ZK08, of laat de code leeg en geef alleen een naam.", value=party.code,
        )  # fmt: skip


def _faults_of_indicators(draft: AgreementDraft) -> Iterator[AgreementFault]:
    for number, indicator in enumerate(draft.indicators):
        yield from indicator_faults(("indicators", number), indicator)
    yield from duplicates(("indicators",), (item.indicator for item in draft.indicators))


def _exists(code: str, day: date, *levels: AreaLevel) -> bool:
    try:
        area = area_register().area(code)
    except UnknownCodeError:
        return False
    return area.level in levels and area.exists_on(day)


_CHECKS: Final[tuple[Callable[[AgreementDraft, Known], Iterator[AgreementFault]], ...]] = (
    _faults_of_absence, _faults_of_choices, _faults_of_dates, _faults_of_parties,
)  # fmt: skip
_CHECKS_OF_PARTS: Final[tuple[Callable[[AgreementDraft], Iterator[AgreementFault]], ...]] = (
    _faults_of_indicators, faults_of_contacts, faults_of_money, faults_of_examples, faults_of_personal_data,
)  # fmt: skip
