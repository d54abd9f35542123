"""How a receipt reads in a terminal: what happened, what to do, the findings in groups, and then the first of them.

Belongs here: the text for a person. A machine gets the receipt itself, with `--format json`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from expectations.findings import Finding, FindingGroup, Severity
from orchestration.commands.console import Format, print_json, print_pairs, print_table, print_text

if TYPE_CHECKING:
    from register.receipts import Receipt

SHOWN: Final = 40
"""How many findings a person sees in the terminal; a machine gets all that are listed."""
_SEVERITIES: Final[Mapping[Severity, tuple[str, str]]] = {
    Severity.ERROR: ("fout", "fouten"),
    Severity.WARNING: ("waarschuwing", "waarschuwingen"),
    Severity.INFO: ("opmerking", "opmerkingen"),
}


def print_receipt(receipt: "Receipt", format_: Format) -> None:
    """Print a receipt for a person or a machine."""
    if format_ is Format.JSON:
        print_json(receipt.model_dump(mode="json"))
        return
    print_text(receipt.message)
    for sentence in receipt.sentences:
        print_text(sentence)
    print_pairs(_facts(receipt))
    for sentence in receipt.normalisations:
        print_text(f"aangepast bij het lezen: {sentence}")
    print_groups(receipt.groups)
    print_findings(receipt.findings, total=sum(receipt.finding_counts.values()))


def print_groups(groups: Sequence[FindingGroup]) -> None:
    """Print how many findings there are of each kind, because one remedy mends a whole group."""
    headings = ("aantal", "ernst", "kolom", "eerste rij", "voorbeeld", "herstel")
    rows = [(item.count, _severity(item), item.column, item.first_row, item.message, item.remedy) for item in groups]
    if rows:
        print_table("Bevindingen per soort", headings, rows)


def print_findings(findings: Sequence[Finding], *, total: int) -> None:
    """Print the first findings as a table, and how many more there are."""
    rows = [
        (_SEVERITIES[item.severity][0], item.row, item.column, item.value, item.message, item.remedy)
        for item in findings[:SHOWN]
    ]
    if rows:
        print_table("Bevindingen", ("ernst", "rij", "kolom", "waarde", "melding", "herstel"), rows)
    if total > len(rows):
        print_text(f"... en nog {total - len(rows)}; met --format json staan de eerste {len(findings)} erin.")


def _severity(group: FindingGroup) -> str:
    one, many = _SEVERITIES[group.severity]
    return one if group.count == 1 else many


def _facts(receipt: "Receipt") -> Mapping[str, object]:
    facts = {
        "nummer": receipt.submission or "geen",
        "stand": receipt.state_words,
        "regio en periode": f"{receipt.region} {receipt.period}",
        "gelezen rijen": receipt.rows_read,
        "SHA-256": receipt.sha256,
    }
    return {name: value for name, value in facts.items() if value is not None}
