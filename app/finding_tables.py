"""Tables of what is wrong with a file: once per remedy, and once per row.

Belongs here: which columns, in which order and words. Does not belong here: the words of a rule
(`expectations.rules`) and what somebody may not see (`app/discretion.py`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from app.figures import number
from app.markup import Content, Html, Table, element, join
from expectations.findings import Finding, FindingGroup, Severity
from register.personal_data import HIDDEN

SHOWN: Final = 50
"""How many findings a page shows; the marked copy of the file has the others."""
SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "Fout",
    Severity.WARNING: "Waarschuwing",
    Severity.INFO: "Opmerking",
}
_MANY: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "fouten",
    Severity.WARNING: "waarschuwingen",
    Severity.INFO: "opmerkingen",
}
_ONE: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "fout",
    Severity.WARNING: "waarschuwing",
    Severity.INFO: "opmerking",
}
_SIGNS: Final[Mapping[Severity, str]] = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}
_WHOLE_FILE: Final = "heel bestand"
SIGN: Final = "…"
"""Stands in a message for words that are not shown."""
_HIDDEN_WORDS: Final = re.compile(f"(?:{re.escape(HIDDEN)})+")


def counts_text(counts: Mapping[Severity, int]) -> str:
    """How many of each, worst first: `3 fouten, 1 waarschuwing`; `geen opmerkingen` when there are none."""
    told = [
        f"{number(counts[severity])} {(_ONE if counts[severity] == 1 else _MANY)[severity]}"
        for severity in Severity
        if counts.get(severity)
    ]
    return ", ".join(told) or "geen opmerkingen"


def group_table(groups: Sequence[FindingGroup]) -> Table:
    """One row per thing to mend, in the order of the receipt: worst first, then the one that comes back most."""
    return Table(
        "Per soort, met wat u kunt doen",
        ("Soort", "Aantal", "Kolom", "Wat er aan de hand is", "Wat u kunt doen"),
        [_group_row(group) for group in groups],
        numeric=frozenset({1}),
        stacks=True,
    )


def finding_table(findings: Sequence[Finding], counts: Mapping[Severity, int]) -> Table:
    """The first findings with their place, in the order of the receipt: worst first.

    Args:
        findings: what the receipt lists.
        counts: how many there are in all, by severity.
    """
    shown, total = findings[:SHOWN], sum(counts.values())
    caption = f"{number(total)} {'melding' if total == 1 else 'meldingen'}"
    return Table(
        caption if len(shown) == total else f"De eerste {number(len(shown))} van {caption}",
        ("Rij", "Kolom", "Waarde", "Soort", "Melding", "Wat u kunt doen"),
        [_finding_row(finding) for finding in shown],
        stacks=True,
    )


def severity_html(severity: Severity) -> Html:
    """Sign and word: never colour alone."""
    sign = element("span", _SIGNS[severity], aria_hidden="true", _class=f"jzojp-sign jzojp-{severity.value}")
    return join([sign, SEVERITIES[severity]])


def readable(text: str) -> str:
    """A text with one short sign for words that are not shown: some messages leave out six of them."""
    return _HIDDEN_WORDS.sub(SIGN, text)


def _group_row(group: FindingGroup) -> Sequence[Content]:
    first = "" if group.first_row is None else element("small", _first_row(group))
    return (
        severity_html(group.severity),
        number(group.count),
        group.column or _WHOLE_FILE,
        join([readable(group.message), first]),
        readable(group.remedy),
    )


def _first_row(group: FindingGroup) -> str:
    return f"rij {group.first_row}" if group.count == 1 else f"voor het eerst in rij {group.first_row}"


def _finding_row(finding: Finding) -> Sequence[Content]:
    return (
        _WHOLE_FILE if finding.row is None else str(finding.row),
        finding.column or "",
        readable(finding.value or ""),
        severity_html(finding.severity),
        readable(finding.message),
        readable(finding.remedy),
    )
