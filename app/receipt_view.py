"""The answer to a delivery: verdict, findings, clean-ups and the receipt.

Belongs here: showing a `Receipt`. Does not belong here: what is in it (`register.receipts`).
"""

import streamlit as st

from app.figures import file_size, moment, number, period_name
from app.markup import Html, Table, element, join, table_html
from expectations.findings import Finding, Outcome, Severity
from register.receipts import Receipt

_VERDICTS = {
    Outcome.ACCEPTED: "Geaccepteerd",
    Outcome.ACCEPTED_WITH_WARNINGS: "Waarschuwingen",
    Outcome.REJECTED: "Afgekeurd",
}
_COUNTS = "De cijfers worden nu doorgerekend. Zodra er een nieuwe publicatie is, staan ze bij Regio."
_NEXT = {
    Outcome.ACCEPTED: _COUNTS,
    Outcome.ACCEPTED_WITH_WARNINGS: "",
    Outcome.REJECTED: "Verbeter het bestand en lever het opnieuw aan.",
}
_SEVERITIES = {Severity.ERROR: "Fout", Severity.WARNING: "Waarschuwing", Severity.INFO: "Ter informatie"}
_HEADINGS = ("Rij", "Kolom", "Waarde", "Soort", "Melding", "Wat u kunt doen")


def show_receipt(receipt: Receipt) -> None:
    """Verdict first, then what to mend, then the proof of receipt."""
    if receipt.outcome is None:
        st.markdown(receipt.message)
        return
    st.header("Antwoord")
    st.html(
        element(
            "div",
            element("p", _VERDICTS[receipt.outcome], _class="jzojp-verdict"),
            element("p", receipt.message),
            element("p", f"{number(receipt.rows_read)} rijen gelezen. {_NEXT[receipt.outcome]}"),
            *(element("p", sentence) for sentence in receipt.sentences),
            role="status",
            _class=f"jzojp-answer jzojp-{receipt.outcome.value.replace('_', '-')}",
        )
    )
    _show_findings(receipt)
    if receipt.normalisations:
        st.subheader("Wat bij het lezen is rechtgezet")
        st.html(element("ul", *(element("li", text) for text in receipt.normalisations)))
    st.subheader("Ontvangstbewijs")
    st.html(receipt_html(receipt))
    st.download_button(
        "Ontvangstbewijs bewaren",
        receipt.model_dump_json(indent=2),
        file_name=f"ontvangstbewijs-{receipt.submission}.json",
        mime="application/json",
        on_click="ignore",
    )


def findings_table(receipt: Receipt) -> Table:
    """Every listed finding with its place, in the order of the receipt: worst first."""
    counted = sum(receipt.finding_counts.values())
    listed = len(receipt.findings)
    caption = f"{number(counted)} {'bevinding' if counted == 1 else 'bevindingen'}"
    return Table(
        caption if listed == counted else f"{caption}, waarvan de eerste {number(listed)} hier staan",
        _HEADINGS,
        [_finding_row(finding) for finding in receipt.findings],
        stacks=True,
    )


def receipt_html(receipt: Receipt) -> Html:
    """What the sender can keep: number, file, fingerprint and time."""
    received = "" if receipt.received_at is None else moment(receipt.received_at)
    rows = (
        ("Nummer", str(receipt.submission)),
        ("Ontvangen op", received),
        ("Regio en periode", f"{receipt.region}, {period_name(receipt.period)}"),
        ("Bestand", f"{receipt.file_name} ({file_size(receipt.size)})"),
        ("Vingerafdruk (SHA-256)", receipt.sha256 or "niet bepaald"),
    )
    return element(
        "dl", *(join([element("dt", term), element("dd", text)]) for term, text in rows), _class="jzojp-definition"
    )


def _show_findings(receipt: Receipt) -> None:
    if not receipt.findings:
        return
    st.subheader("Bevindingen")
    st.html(table_html(findings_table(receipt)))


def _finding_row(finding: Finding) -> tuple[str, ...]:
    return (
        "heel bestand" if finding.row is None else str(finding.row),
        finding.column or "",
        finding.value or "",
        _SEVERITIES[finding.severity],
        finding.message,
        finding.remedy,
    )
