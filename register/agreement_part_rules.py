"""What the parts of an afspraak must keep to that need nothing but themselves: persons, amounts, links, texts.

Belongs here: those rules, and what several rules share. Does not belong here: which rules there are together
(`agreement_rules.py`).
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from expectations.personal_data import personal_data
from register.agreement_draft import AgreementDraft, DraftContact, DraftExample, DraftMoney
from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_fields import MoneyKind
from register.persons import is_e_mail

_MAXIMUM_URL: Final = 500
_LONGEST_PERSON_FIELD: Final = 200


def faults_of_contacts(draft: AgreementDraft) -> Iterator[AgreementFault]:
    """What is wrong with the contact persons."""
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
            yield fault(
                (*path, name),
                AgreementRule.FORM,
                "Dit is te lang.",
                f"Gebruik hoogstens {_LONGEST_PERSON_FIELD} tekens.",
            )


def faults_of_money(draft: AgreementDraft) -> Iterator[AgreementFault]:
    """What is wrong with who pays and gains."""
    for number, money in enumerate(draft.money):
        yield from _faults_of_amount(("money", number), money)


def _faults_of_amount(path: Path, money: DraftMoney) -> Iterator[AgreementFault]:
    for name in ("payer", "kind", "amount_euro"):
        if getattr(money, name) is None:
            yield fault(
                (*path, name), AgreementRule.REQUIRED, "Dit is leeg.", "Vul het in, of verwijder de hele regel."
            )
    yield from choice_fault((*path, "kind"), money.kind, MoneyKind)
    if money.amount_euro is not None and money.amount_euro < 0:
        yield fault(
            (*path, "amount_euro"), AgreementRule.AMOUNT, f"Een bedrag van {money.amount_euro:g} euro kan niet.",
            f"Schrijf een bedrag van 0 of hoger; wie geld terugziet, krijgt een eigen regel met '{MoneyKind.GAINS}'.",
            value=f"{money.amount_euro:g}",
        )  # fmt: skip


def faults_of_examples(draft: AgreementDraft) -> Iterator[AgreementFault]:
    """Links that are not https, or carry a name."""
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


def faults_of_personal_data(draft: AgreementDraft) -> Iterator[AgreementFault]:
    """Personal data in a text, which the ledger would keep for ever."""
    for path, text in texts(draft.model_dump(exclude={"contacts": True, "examples": {"__all__": {"url"}}}), ()):
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


def choice_fault(path: Path, text: str | None, allowed: type[StrEnum]) -> Iterator[AgreementFault]:
    """A text that is not in a closed list; upper and lower case are the same."""
    if text is not None and text.lower() not in set(allowed):
        yield fault(
            path, AgreementRule.UNKNOWN, f"'{text}' staat niet in de lijst.",
            f"Kies uit: {', '.join(allowed)}.", value=text,
        )  # fmt: skip


def duplicates(path: Path, names: Iterable[str | None]) -> Iterator[AgreementFault]:
    """A name that stands twice in a list, at the second place."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name is not None and name in seen:
            yield fault(
                (*path, number),
                AgreementRule.DUPLICATE,
                f"'{name}' staat er twee keer.",
                "Verwijder er een.",
                value=name,
            )
        seen.add(name or "")
