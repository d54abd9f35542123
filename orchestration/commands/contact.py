"""`jzojp contact`: organisations, and who of them is told about signals and deliveries.

Belongs here: what is asked and printed. Does not belong here: what they must keep to (`register/contacts.py`), and
sending (`notify.py`).
"""

from typing import Annotated

import typer

from indicators.definition_model import Theme
from orchestration.commands.console import ExitCode, Format, operator, print_json, print_table, print_text
from orchestration.commands.options import FormatOption, ReasonOption
from register.contact_events import Notice, OrganisationKind
from register.contacts import Recipient
from register.home import Home

app = typer.Typer(
    name="contact",
    help="Toon organisaties en ontvangers van berichten, voeg ze toe en verwijder ze.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="De code uit 'jzojp contact list'.")]


@app.command("list")
def list_contacts(format_: FormatOption = Format.TEXT) -> None:
    """Toon de organisaties en hun ontvangers."""
    from register.contacts import recipients
    from register.organisations import organisations

    home, actor = Home.from_environment(), operator()
    found, people = organisations(home, actor=actor), recipients(home, actor=actor)
    if format_ is Format.JSON:
        print_json({
            "organisations": [
                {"code": item.code, "name": item.name, "kind": item.kind, "region": item.region} for item in found
            ],
            "recipients": [_shown(item) for item in people],
        })  # fmt: skip
        return
    print_table("Organisaties", ("code", "naam", "soort", "regio"), [
        (item.code, item.name, item.kind, item.region or "landelijk") for item in found
    ])  # fmt: skip
    print_table("Ontvangers", ("code", "organisatie", "naam", "e-mail", "thema's", "regio's", "bericht"), [
        (item.code, item.organisation.name, item.person.name, item.person.e_mail, _all(item.themes),
         _all(item.regions), item.notice)
        for item in people
    ])  # fmt: skip


@app.command("add-organisation")
def add_organisation(
    name: Annotated[str, typer.Argument(metavar="NAAM", help="Hoe de organisatie heet.")],
    kind: Annotated[OrganisationKind, typer.Option("--kind", help="Wat voor organisatie het is.")],
    region: Annotated[str | None, typer.Option("--region", help="Van welke regio; zonder is zij landelijk.")] = None,
) -> None:
    """Voeg een organisatie toe."""
    from register.errors import EntryRefusedError
    from register.organisations import add_organisation as add

    try:
        added = add(Home.from_environment(), name, kind, region=region, actor=operator())
    except EntryRefusedError as error:
        print_text(str(error))
        raise typer.Exit(ExitCode.REFUSED_INPUT) from error
    print_text(f"Organisatie {added.code} ({added.name}) is toegevoegd.")


@app.command("add")
def add_recipient(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATIE", help="De code van de organisatie.")],
    *,
    name: Annotated[str, typer.Option("--name", help="Naam van de ontvanger.")],
    e_mail: Annotated[str, typer.Option("--e-mail", help="E-mailadres.")],
    theme: Annotated[list[Theme] | None, typer.Option("--theme", help="Thema; zonder alle. Mag vaker.")] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="Regio; zonder alle. Mag vaker.")] = None,
    notice: Annotated[Notice, typer.Option("--notice", help="Wanneer hij bericht krijgt.")] = Notice.WEEKLY,
) -> None:
    """Voeg een ontvanger van berichten toe."""
    from register.agreement_draft import DraftContact
    from register.contacts import RecipientEntry
    from register.contacts import add_recipient as add
    from register.errors import EntryRefusedError

    entry = RecipientEntry(
        person=DraftContact(name=name, e_mail=e_mail), themes=tuple(theme or ()), regions=tuple(region or ()),
        notice=notice,
    )  # fmt: skip
    try:
        added = add(Home.from_environment(), organisation, entry, actor=operator())
    except EntryRefusedError as error:
        print_text(str(error))
        raise typer.Exit(ExitCode.REFUSED_INPUT) from error
    print_text(f"Ontvanger {added.code} ({added.person.name}) is toegevoegd.")


@app.command("remove")
def remove(code: CodeArgument, reason: ReasonOption) -> None:
    """Verwijder een ontvanger of een organisatie; de gegevens van personen worden gewist."""
    from register.contacts import remove_recipient
    from register.organisations import remove_organisation

    home, actor = Home.from_environment(), operator()
    if code.upper().startswith("ORG"):
        remove_organisation(home, code.upper(), reason=reason, actor=actor)
    else:
        remove_recipient(home, code.upper(), reason=reason, actor=actor)
    print_text(f"{code.upper()} is verwijderd; persoonsgegevens zijn gewist.")


def _shown(item: Recipient) -> dict[str, object]:
    return {
        "code": item.code, "organisation": item.organisation.code, "name": item.person.name,
        "e_mail": item.person.e_mail, "themes": list(item.themes), "regions": list(item.regions),
        "notice": item.notice,
    }  # fmt: skip


def _all(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) or "alle"
