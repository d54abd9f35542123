"""`jzojp token`: the tokens with which regions' own systems deliver through the API."""

from typing import Annotated

import typer

from orchestration.commands.console import Format, operator, print_json, print_table, print_text
from orchestration.commands.options import FormatOption, ReasonOption, RegionOption
from register.home import Home

app = typer.Typer(
    name="token",
    help="Geef toegangscodes uit waarmee systemen van regio's aanleveren, toon ze en trek ze in.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def issue(
    region: RegionOption,
    label: Annotated[str, typer.Option("--label", metavar="NAAM", help="Wie of wat de code gebruikt.")],
    format_: FormatOption = Format.TEXT,
) -> None:
    """Maak een toegangscode voor een regio; zij wordt eenmaal getoond en nergens bewaard."""
    from register.tokens import issue_token

    issued = issue_token(Home.from_environment(), region, label, actor=operator())
    if format_ is Format.JSON:
        print_json(issued.model_dump(mode="json"))
        return
    print_text(f"Toegangscode {issued.token_id} voor {issued.region} ({issued.label}):")
    print_text(issued.secret)
    print_text("Bewaar haar nu als een wachtwoord; zij wordt niet nog eens getoond.")


@app.command("list")
def list_tokens(format_: FormatOption = Format.TEXT) -> None:
    """Toon alle toegangscodes, ook de ingetrokken; het geheim wordt nooit getoond."""
    from register.tokens import tokens

    found = tokens(Home.from_environment(), actor=operator())
    if format_ is Format.JSON:
        print_json([token.model_dump(mode="json") for token in found])
        return
    print_table("Toegangscodes", ("code", "regio", "naam", "uitgegeven", "door", "ingetrokken", "reden"), [
        (token.token_id, token.region, token.label, f"{token.issued_at:%Y-%m-%d}", token.issued_by,
         token.revoked_at and f"{token.revoked_at:%Y-%m-%d}", token.revoked_reason)
        for token in found
    ])  # fmt: skip


@app.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="CODE", help="De twaalf tekens uit 'jzojp token list'.")],
    reason: ReasonOption,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Trek een toegangscode in; zij opent meteen niets meer."""
    from register.tokens import revoke_token

    revoked = revoke_token(Home.from_environment(), token_id, reason=reason, actor=operator())
    if format_ is Format.JSON:
        print_json(revoked.model_dump(mode="json"))
        return
    print_text(f"Toegangscode {revoked.token_id} van {revoked.region} is ingetrokken.")
