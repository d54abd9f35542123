"""The two steps of a delivery: download the template, upload the file that was filled in.

Belongs here: the form, and handing the file to the worker. Does not belong here: what happens to it
(`register.intake`) and showing the answer (`app/receipt_view.py`).
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from app import intake_worker
from app.figures import file_size
from app.marked_file import XLSX
from app.markup import element
from app.receipt_actions import ask_reinstating
from app.visits import Place, Visit, perform, show_refusal, tell
from register import intake
from register.door import Delivery, is_too_large, maximum_bytes, refuse_too_large
from register.receipts import Receipt
from register.templates import TemplateFormat, template

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

OPENED: Final = "aanlevering"
"""The query parameter with the number of the submission that is shown."""
MAXIMUM_MEGABYTES: Final = 100
"""What the server takes in at all (`maxUploadSize`); `register.door` may allow less."""
_CHECKED: Final = "checked"
_UPLOADS: Final = "uploads"
_FORMATS: Final[Mapping[TemplateFormat, tuple[str, str]]] = {
    TemplateFormat.XLSX: ("Sjabloon voor Excel", XLSX),
    TemplateFormat.CSV: ("Sjabloon als CSV", "text/csv"),
}


class Checked(NamedTuple):
    """A file that was checked and not kept: for whom, what was found, and its bytes as the browser sent them."""

    region_code: str
    period_code: str
    receipt: Receipt
    file: "UploadedFile"


def show_steps(visit: Visit) -> None:
    """Template on the left, upload on the right; under each other on a narrow screen."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_templates(visit)
    with right:
        _show_upload(visit)


def checked_file(visit: Visit) -> Checked | None:
    """The file that was only checked last, if that was for this region and quarter."""
    found: Checked | None = st.session_state.get(_CHECKED)
    here = (visit.region_code, visit.period.code)
    return found if found and (found.region_code, found.period_code) == here else None


def forget_checked() -> None:
    """Show the last check no longer."""
    st.session_state.pop(_CHECKED, None)


def _show_templates(visit: Visit) -> None:
    st.header("1. Sjabloon downloaden")
    st.html(
        element(
            "p",
            "Het sjabloon heeft een rij voor alles wat wij vragen. De cijfers van het kwartaal ervoor staan ernaast. "
            "Een eigen bestand met dezelfde kolommen mag ook.",
        )
    )
    for format_, (label, mime) in _FORMATS.items():
        st.download_button(
            label,
            partial(_template, visit, format_),
            file_name=f"sjabloon_{visit.region_code}_{visit.period.code}.{format_}",
            mime=mime,
            on_click="ignore",
            key=f"template_{format_}",
        )


def _template(visit: Visit, format_: TemplateFormat) -> bytes:
    made = intake_worker.run(template, visit.home, visit.region_code, visit.period, format_, actor=visit.actor)
    return made.content


def _show_upload(visit: Visit) -> None:
    st.header("2. Bestand aanleveren")
    number = st.session_state.setdefault(_UPLOADS, 0)
    with st.form("delivery", border=True):
        file = st.file_uploader(
            f"Uw bestand: Excel of CSV, hoogstens {_limit()}",
            type=None,
            max_upload_size=MAXIMUM_MEGABYTES,
            key=f"file_{number}",
        )
        is_dry = st.checkbox("Alleen controleren, niets bewaren", key="is_dry")
        is_sent = st.form_submit_button("Bestand aanleveren", type="primary")
    if is_sent:
        with st.spinner("Uw bestand wordt gecontroleerd. Een groot bestand kan tien seconden duren."):
            is_taken = _take(file, visit, is_dry=is_dry)
        if is_taken:
            st.rerun()


def _take(file: "UploadedFile | None", visit: Visit, *, is_dry: bool) -> bool:
    """Whether there is an answer to show; what is not taken is said on the spot."""
    if file is None:
        show_refusal(f"Er is nog geen bestand. Kies een bestand van hoogstens {_limit()} en probeer het opnieuw.")
        return False
    if is_too_large(file.size):
        _show_refused(refuse_too_large(file.name, file.size, visit.region_code, visit.period))
        return False
    return _check(file, visit) if is_dry else _deliver(file, visit)


def _check(file: "UploadedFile", visit: Visit) -> bool:
    found = perform(intake_worker.run, intake.dry_run, visit.home, [_delivery(file, visit)], visit.actor)
    if found is None:
        return False
    st.query_params.pop(OPENED, None)
    st.session_state[_CHECKED] = Checked(visit.region_code, visit.period.code, found[0], file)
    return True


def _deliver(file: "UploadedFile", visit: Visit) -> bool:
    """Deliver a file, open its answer, and give an empty form back."""
    found = perform(intake_worker.run, intake.receive, visit.home, [_delivery(file, visit)], visit.actor)
    if found is None:
        return False
    receipt = found[0]
    if receipt.submission is None:
        _show_refused(receipt)
        return False
    if receipt.already_received:
        tell(Place.ANSWER, receipt.message)
        ask_reinstating(receipt.submission)
    st.query_params[OPENED] = str(receipt.submission)
    st.session_state[_UPLOADS] += 1
    forget_checked()
    return True


def _show_refused(receipt: Receipt) -> None:
    show_refusal(" ".join((receipt.message, *receipt.sentences)))


def _delivery(file: "UploadedFile", visit: Visit) -> Delivery:
    return Delivery(file.getvalue(), file.name, visit.region_code, visit.period)


def _limit() -> str:
    return file_size(maximum_bytes()).replace(",0", "")
