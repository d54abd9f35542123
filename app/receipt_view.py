"""The answer to a delivery on a page: verdict, what to mend, what changes, the details and the receipt.

Belongs here: the order and the headings. Does not belong here: words and tables (`app/receipt_words.py`,
`app/finding_tables.py`) and what can be done about it (`app/receipt_actions.py`).
"""

import streamlit as st

from app.finding_tables import finding_table, group_table
from app.markup import element, table_html
from app.receipt_words import (
    act_table,
    answer_html,
    dataset_table,
    difference_table,
    facts_html,
    normalisations_html,
    title_of,
)
from register.receipts import Receipt


def show_verdict(receipt: Receipt) -> None:
    """How it stands, and everything that must be mended, once per kind."""
    st.header(title_of(receipt))
    st.html(answer_html(receipt))
    if receipt.groups:
        st.subheader("Wat er aan te merken is")
        st.html(table_html(group_table(receipt.groups)))


def show_changes(receipt: Receipt) -> None:
    """What the file changes in what counted before; nothing when nothing counted."""
    if receipt.changes is None or receipt.changes.is_empty or not receipt.changes.differences:
        return
    st.subheader("Wat er verandert")
    st.html(table_html(difference_table(receipt.changes.differences)))


def show_findings(receipt: Receipt) -> None:
    """The first findings with their row, column and value; nothing when the groups told all of it already."""
    has_rows = any(finding.row is not None for finding in receipt.findings)
    if not has_rows and len(receipt.groups) == sum(receipt.finding_counts.values()):
        return
    st.subheader("Rij voor rij")
    st.html(table_html(finding_table(receipt.findings, receipt.finding_counts)))


def show_reading(receipt: Receipt) -> None:
    """How complete the file is, and what was read otherwise than it was written."""
    if receipt.dataset_rows:
        st.subheader("Hoe volledig het bestand is")
        st.html(table_html(dataset_table(receipt)))
    if receipt.normalisations:
        st.subheader("Wat bij het lezen is rechtgezet")
        st.html(normalisations_html(receipt.normalisations))


def show_facts(receipt: Receipt) -> None:
    """The proof of receipt and everything that happened since."""
    st.subheader("Ontvangstbewijs" if receipt.submission is not None else "Het bestand")
    st.html(facts_html(receipt))
    if receipt.acts:
        st.html(table_html(act_table(receipt.acts)))


def show_discretion() -> None:
    """Say that a report leaves out what the file says."""
    text = "U ziet welke regels niet klopten en waar. Wat er in het bestand staat, ziet alleen de regio zelf."
    st.html(element("p", text, _class="jzojp-notice"))
