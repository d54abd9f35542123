"""What an afspraak must keep to, all of it told at once.

Belongs here: every rule but those on its indicators (`agreement_indicator_rules.py`). Does not belong here: who may
enter it (`agreements.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from expectations.personal_data import personal_data
from indicators.areas import AreaLevel, area_register
from indicators.definition_model import Movement, Theme
from indicators.errors import UnknownCodeError
from indicators.functies import Functie, FunctieKind
from register.agreement_draft import AgreementDraft, DraftContact, DraftExample, DraftMoney, DraftParty
from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_fields import MoneyKind, Owner
from register.agreement_indicator_rules import indicator_faults
from register.agreement_model import Agreement
from register.persons import is_e_mail

_REQUIRED: Final = (
    "region", "theme", "opgave", "doel", "functie", "maatregel", "movement", "owner", "start_date", "end_date",
)  # fmt: skip
_MAXIMUM_URL: Final = 500
_LONGEST_PERSON_FIELD: Final = 200
_NO_PERSONAL_DATA: Final = frozenset({"contacts", "examples"})


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
    told = [item for check in _CHECKS for item in check(draft, known)]
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
    places = (("functie", draft.functie, FunctieKind.FUNCTIE), ("maatregel_code", draft.maatregel_code, FunctieKind.MAATREGEL))
    for name, code, kind in places:
        found = known.functies.get(code or "")
        if code is not None and (found is None or found.kind is not kind):
            codes = ", ".join(item.code for item in known.functies.values() if item.kind is kind)
            yield fault(
                (name,), AgreementRule.UNKNOWN, f"'{code}' is geen {kind} uit de lijst.",
                f"Kies een code: {codes}. Een regio kan een functie toevoegen, met een reden.", value=code,
            )  # fmt: skip


def choice_fault(path: Path, text: str | None, allowed: type[StrEnum]) -> Iterator[AgreementFault]:
    """A text that is not in a closed list; upper and lower case are the same."""
    if text is not None and text.lower() not in set(allowed):
        yield fault(
            path, AgreementRule.UNKNOWN, f"'{text}' staat niet in de lijst.",
            f"Kies uit: {', '.join(allowed)}.", value=text,
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
            ("region",), AgreementRule.REGION, f"De afspraak is van {known.before.region} en gaat niet naar een andere.",
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


def _faults_of_contacts(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for number, contact in enumerate(draft.contacts):
        yield from contact_faults(("contacts", number), contact)


def contact_faults(path: Path, contact: DraftContact) -> Iterator[AgreementFault]:
    """What is wrong with a person; the value is not repeated."""
    if contact.name is None:
        yield fault((*path, "name"), AgreementRule.REQUIRED, "De naam is leeg.", "Geef een naam.")
    if contact.e_mail is not None and not is_e_mail(contact.e_mail):
        yield fault(
            (*path, "e_mail"), AgreementRule.CONTACT, "Dit is geen e-mailadres.",
            "Schrijf een adres als naam@organisatie.nl.",
        )  # fmt: skip
    for name in ("name", "role"):
        if len(getattr(contact, name) or "") > _LONGEST_PERSON_FIELD:
            yield fault((*path, name), AgreementRule.FORM, "Dit is te lang.", f"Gebruik hoogstens {_LONGEST_PERSON_FIELD} tekens.")


def _faults_of_indicators(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for number, indicator in enumerate(draft.indicators):
        yield from indicator_faults(("indicators", number), indicator)
    yield from duplicates(("indicators",), (item.indicator for item in draft.indicators))


def _faults_of_money(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for number, money in enumerate(draft.money):
        yield from _faults_of_amount(("money", number), money)


def _faults_of_amount(path: Path, money: DraftMoney) -> Iterator[AgreementFault]:
    for name in ("payer", "kind", "amount_euro"):
        if getattr(money, name) is None:
            yield fault((*path, name), AgreementRule.REQUIRED, "Dit is leeg.", "Vul het in, of verwijder de hele regel.")
    yield from choice_fault((*path, "kind"), money.kind, MoneyKind)
    if money.amount_euro is not None and money.amount_euro < 0:
        yield fault(
            (*path, "amount_euro"), AgreementRule.AMOUNT, f"Een bedrag van {money.amount_euro:g} euro kan niet.",
            f"Schrijf een bedrag van 0 of hoger; wie geld terugziet, krijgt een eigen regel met '{MoneyKind.GAINS}'.",
            value=f"{money.amount_euro:g}",
        )  # fmt: skip


def _faults_of_examples(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for number, example in enumerate(draft.examples):
        if not _is_link(example):
            yield fault(
                ("examples", number, "url"), AgreementRule.LINK, "Dit is geen koppeling die hier mag staan.",
                "Schrijf een adres dat met https:// begint, zonder naam of wachtwoord erin.", value=example.url,
            )  # fmt: skip


def _is_link(example: DraftExample) -> bool:
    url = example.url or ""
    if len(url) > _MAXIMUM_URL or any(not character.isprintable() or character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc


def _faults_of_personal_data(draft: AgreementDraft, _known: Known) -> Iterator[AgreementFault]:
    for path, text in texts(draft.model_dump(exclude=set(_NO_PERSONAL_DATA)), ()):
        if found := personal_data(text):
            yield fault(
                path, AgreementRule.PERSONAL_DATA, f"Hier staan persoonsgegevens ({', '.join(found.values())}).",
                "Haal ze weg; namen en adressen horen alleen bij de contactpersonen.",
            )  # fmt: skip


def texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in nested values, with its place."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*path, name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from texts(inner, (*path, number))
    elif isinstance(value, str):
        yield path, value


def duplicates(path: Path, names: Iterable[str | None]) -> Iterator[AgreementFault]:
    """A name that stands twice in a list, at the second place."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name is not None and name in seen:
            yield fault(
                (*path, number), AgreementRule.DUPLICATE, f"'{name}' staat er twee keer.", "Verwijder er een.", value=name
            )
        seen.add(name or "")


def _exists(code: str, day: date, *levels: AreaLevel) -> bool:
    try:
        area = area_register().area(code)
    except UnknownCodeError:
        return False
    return area.level in levels and area.exists_on(day)


_CHECKS: Final[tuple[Callable[[AgreementDraft, Known], Iterator[AgreementFault]], ...]] = (
    _faults_of_absence, _faults_of_choices, _faults_of_dates, _faults_of_parties, _faults_of_contacts,
    _faults_of_indicators, _faults_of_money, _faults_of_examples, _faults_of_personal_data,
)  # fmt: skip
