"""`jzojp kernset`: check, begin, lock and export the definitions of the indicators and the kernsets that list them.

Belongs here: where those files are and what is printed. Does not belong here: what a definition must say
(`indicators/definitions.py`), what is looked for (`indicators/kernset_check.py`) and what a new file holds
(`indicators/definition_scaffold.py`, `indicators/kernset_scaffold.py`).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import indicators
from indicators.definition_scaffold import scaffold
from indicators.kernset_finding import GUIDE, Finding, Severity
from indicators.lock import LOCKED_FOLDERS, check_lock, definition_files, lock_new_files
from orchestration.commands.console import ExitCode, Format, print_json, print_text
from orchestration.commands.options import FormatOption

app = typer.Typer(
    name="kernset",
    help="Controleer de definities van de indicatoren, begin een nieuwe, vergrendel ze en voer ze uit.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FolderOption = Annotated[
    Path,
    typer.Option(
        "--folder",
        metavar="MAP",
        exists=True,
        file_okay=False,
        show_default=False,
        help="De map met definitions/, kernsets/ en measures.yaml; anders die van dit programma.",
    ),
]
SHIPPED = Path(indicators.__file__).parent
_LAST_STEPS = (
    "Kijk wat er nog ontbreekt: jzojp kernset check",
    "Vergrendel wat nieuw is: jzojp kernset lock",
    "Maak de pagina opnieuw: jzojp kernset export --page docs/kernset.md",
)


@app.command()
def check(folder: FolderOption = SHIPPED, format_: FormatOption = Format.TEXT) -> None:
    """Noem alles wat ontbreekt of fout is in definities en kernsets, in een keer."""
    from indicators.kernset_check import check_kernset
    from register.open_data import OpenDataSource
    from register.submissions import today_in_the_netherlands

    findings = check_kernset(folder, today=today_in_the_netherlands(), loaded=OpenDataSource)
    _print_findings(findings, format_)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(ExitCode.FAILURE)


@app.command()
def new(
    code: Annotated[str, typer.Argument(metavar="CODE", help="De indicator, bijvoorbeeld PRE02.")],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="VERSIE", help="De versie die wordt overgenomen, bijvoorbeeld PRE02@1."),
    ] = None,
    folder: FolderOption = SHIPPED,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Maak het bestand van een nieuwe indicator, of van een nieuwe versie van een indicator die er al is.

    Wat nog moet worden ingevuld, begint met INVULLEN. Een bestand dat er al is, wordt nooit overschreven.
    """
    definitions = folder / "definitions"
    existing = {file.name: file.read_text(encoding="utf-8") for file in definition_files(definitions)}
    made = scaffold(code, existing, source=source)
    path = definitions / made.file_name
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(made.text)
    steps = _next_steps(path, made.file_name)
    _print_steps(path, steps, format_)


@app.command(name="next")
def next_(
    versions: Annotated[
        list[str] | None, typer.Argument(metavar="VERSIE...", help="Wat erin komt, bijvoorbeeld PRE02@2 PRE09@1.")
    ] = None,
    retire: Annotated[
        list[str] | None, typer.Option("--retire", metavar="CODE", help="Een indicator die vervalt.")
    ] = None,
    folder: FolderOption = SHIPPED,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Maak het bestand van de volgende kernset: die van nu, met andere versies.

    Een kernset die vergrendeld is, verandert niet meer. Wat nog moet worden ingevuld, begint met INVULLEN.
    """
    from indicators.definitions import load_definitions, load_kernsets
    from indicators.kernset_scaffold import next_kernset
    from indicators.measures import Catalogue, Dataset
    from indicators.yaml_models import read_models

    known = load_definitions(folder / "definitions", Catalogue(read_models(Dataset, folder / "measures.yaml")))
    newest = load_kernsets(folder / "kernsets", known)[-1]
    name, text = next_kernset(newest, versions or (), retire or (), known=known)
    path = folder / "kernsets" / f"{name}.yaml"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    steps = [f"Vul {path} in, en haal elk INVULLEN weg.", *_LAST_STEPS]
    _print_steps(path, steps, format_)


def _print_steps(path: Path, steps: Sequence[str], format_: Format) -> None:
    if format_ is Format.JSON:
        print_json({"path": str(path.resolve()), "next_steps": steps})
        return
    print_text(f"{path}\n")
    for number, step in enumerate(steps, start=1):
        print_text(f"{number}. {step}")


@app.command()
def lock(folder: FolderOption = SHIPPED, format_: FormatOption = Format.TEXT) -> None:
    """Vergrendel nieuwe definities en kernsets; daarna veranderen zij niet meer. Een fout bestand wordt geweigerd."""
    from indicators.kernset_check import check_lockable

    wrong = check_lockable(folder)
    if wrong:
        _print_findings(wrong, format_)
        raise typer.Exit(ExitCode.FAILURE)
    locked = [name for guarded in LOCKED_FOLDERS for name in lock_new_files(folder / guarded)]
    for guarded in LOCKED_FOLDERS:
        check_lock(folder / guarded)
    if format_ is Format.JSON:
        print_json({"locked": locked})
        return
    print_text("\n".join(f"Vergrendeld: {name}" for name in locked) or "Er is geen nieuw bestand.")


@app.command()
def export(
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="BESTAND", dir_okay=False, help="Alles, voor een machine.")
    ] = None,
    page_file: Annotated[
        Path | None, typer.Option("--page", metavar="BESTAND", dir_okay=False, help="De pagina, in Markdown.")
    ] = None,
) -> None:
    """Voer de kernset met alle definities uit, als JSON of als pagina; een oud bestand wordt vervangen."""
    from indicators.definitions import definitions, kernset
    from indicators.kernset_document import kernset_document
    from indicators.methods_page import methods_page

    if json_file is None and page_file is None:
        raise typer.BadParameter("Noem een bestand met --json of --page.")
    if json_file is not None:
        document = json.dumps(kernset_document(kernset(), definitions()), ensure_ascii=False, indent=2)
        _write(json_file, f"{document}\n")
    if page_file is not None:
        _write(page_file, methods_page(kernset(), definitions()))


def _print_findings(findings: Sequence[Finding], format_: Format) -> None:
    """Every finding: where, what and what to do (once, where files share it); then how many there are."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    if format_ is Format.JSON:
        print_json({"counts": counts, "findings": [finding._asdict() for finding in findings]})
        return
    alike: dict[Finding, list[str]] = {}
    for finding in findings:
        alike.setdefault(finding._replace(file=""), []).append(finding.file)
    for finding, files in alike.items():
        place = ", ".join([*files, *([finding.field] if finding.field else [])])
        print_text(f"{finding.severity.words}: {place}: {finding.message}\n    -> {finding.remedy}")
    print_text(", ".join(f"{severity.words}: {count}" for severity, count in counts.items()))


def _next_steps(path: Path, file_name: str) -> list[str]:
    identity = file_name.removesuffix(".yaml").replace(".v", "@")
    return [
        f"Vul {path} in, en haal elk INVULLEN weg; {GUIDE} legt elk veld uit.",
        "Zet nieuwe tellingen in measures.yaml, en wat regio's moeten leveren in uitvraag/.",
        f"Vergrendel {file_name}: jzojp kernset lock",
        f"Zet de versie in de volgende kernset: jzojp kernset next {identity}",
        "Schrijf een regel in docs/indicator-changelog.md.",
        *_LAST_STEPS,
    ]


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except FileNotFoundError as error:
        raise typer.BadParameter(f"De map '{path.parent}' bestaat niet; maak haar of kies een andere.") from error
    print_text(str(path))
