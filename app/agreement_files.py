"""Afspraken as a file on a page: taking one home, and bringing one in, with every fault listed.

Belongs here: the buttons and the answer. Does not belong here: what a file holds and which rules it keeps
(`register/agreement_import.py`).
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app import intake_worker
from app.markup import Table, element, table_html
from app.visits import Place, show_refusal, tell
from indicators.errors import MonitorError
from register.access import Action, Actor, may
from register.agreement_export import AgreementFormat, export
from register.agreement_faults import AgreementFault
from register.agreement_import import Effect, ImportReport, import_agreements
from register.errors import EntryRefusedError
from register.home import Home
from register.lookup import MAXIMUM_REASON

_MIME = {
    AgreementFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    AgreementFormat.JSON: "application/json",
}
_NAMES = {AgreementFormat.XLSX: "Excel", AgreementFormat.JSON: "JSON"}


def show_files(home: Home, region_code: str, actor: Actor) -> None:
    """Downloads for who reads the afspraken of the region whole, and the upload for who makes them."""
    if not may(actor, Action.READ_AGREEMENT, region_code):
        return
    st.header("Als bestand")
    for format_ in AgreementFormat:
        st.download_button(
            f"Afspraken downloaden ({_NAMES[format_]})",
            partial(_content, home, region_code, format_, actor),
            file_name=f"afspraken_{region_code}.{format_}",
            mime=_MIME[format_],
            on_click="ignore",
            key=f"agreements_{format_}",
        )
    if may(actor, Action.MANAGE_AGREEMENT, region_code):
        _show_upload(home, actor)


def faults_table(faults: Sequence[AgreementFault]) -> Table:
    """Every fault of a file or form: where, what is there, what is wrong, what to do."""
    rows = [(_place(item), item.value or "", item.message, item.remedy) for item in faults]
    return Table(
        "Wat er niet klopt; er is niets vastgelegd",
        ("Waar", "Er staat", "Melding", "Wat u kunt doen"),
        rows,
        stacks=True,
    )


def _content(home: Home, region_code: str, format_: AgreementFormat, actor: Actor) -> bytes:
    return export(home, region_code, format_, actor=actor).content


def _show_upload(home: Home, actor: Actor) -> None:
    st.html(
        element(
            "p",
            "Afspraken maken of wijzigen gaat met het Excelbestand: download het, vul het aan en stuur het op. Een rij "
            "met een code wijzigt die afspraak, een rij zonder maakt een nieuwe. Alles wordt vastgelegd, of niets.",
        )
    )
    with st.form("agreements", border=True):
        file = st.file_uploader("Uw bestand met afspraken", type=None, key="agreement_file")
        reason = st.text_area("Waarom? (verplicht)", max_chars=MAXIMUM_REASON, height=80, key="agreement_reason")
        is_dry = st.checkbox("Alleen controleren, niets vastleggen", key="agreement_dry")
        is_sent = st.form_submit_button("Afspraken opsturen", type="primary")
    if not is_sent:
        return
    if file is None:
        show_refusal("Er is nog geen bestand. Kies een bestand en probeer het opnieuw.")
        return
    try:
        report = intake_worker.run(import_agreements, home, file.getvalue(), reason=reason, dry_run=is_dry, actor=actor)
    except EntryRefusedError as error:
        st.html(table_html(faults_table(error.faults)))
    except MonitorError as error:
        show_refusal(str(error))
    else:
        tell(Place.AGREEMENTS, report_sentence(report))
        st.rerun()


def report_sentence(report: ImportReport) -> str:
    """What a file did, or would do."""
    counts = ", ".join(f"{report.count(effect)} {effect.value}" for effect in Effect)
    return f"{'Alleen gecontroleerd, niets vastgelegd' if report.is_dry_run else 'Vastgelegd'}: {counts}."


def _place(item: AgreementFault) -> str:
    parts = (item.sheet, f"rij {item.row}" if item.row else None, item.column)
    return ", ".join(part for part in parts if part) or item.place
