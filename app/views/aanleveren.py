"""Aanleveren: send one file for one region and one quarter, and read the answer.

Everything that happens to the file happens in `register.intake`, in the process of `app/intake_worker.py`.
"""

from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from app import intake_worker
from app.choices import choose
from app.figures import file_size, period_name
from app.receipt_view import show_receipt
from app.session import current_actor, home
from app.snapshots import regions_for
from indicators.errors import MonitorError
from indicators.periods import Period, last_complete_quarter
from register.access import Action
from register.intake import Delivery

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

MAXIMUM_MEGABYTES = 100
_QUARTERS = 20
_WIDTH = 640
_ANSWER = "answer"


def main() -> None:
    """Show the page."""
    st.title("Aanleveren")
    with st.container(width=_WIDTH):
        _ask_and_send()
    if _ANSWER in st.session_state:
        show_receipt(st.session_state[_ANSWER])


def _ask_and_send() -> None:
    regions = regions_for(current_actor(), Action.SUBMIT)
    if not regions:
        st.markdown(
            "Alleen een datamedewerker van een regio levert cijfers aan, voor de eigen regio. "
            "U kijkt nu mee als iemand die dat niet mag."
        )
        return
    st.markdown("Lever de cijfers van één kwartaal aan als CSV-bestand. U ziet meteen wat er goed en fout aan is.")
    region_code = _region(dict(regions))
    period = Period.parse(choose("Kwartaal", "kwartaal", _quarters(), default=_last_quarter().code))
    with st.form("delivery", border=True):
        file = st.file_uploader(
            f"Bestand (hoogstens {MAXIMUM_MEGABYTES} MB)", type=None, max_upload_size=MAXIMUM_MEGABYTES, key="file"
        )
        is_sent = st.form_submit_button("Bestand aanleveren", type="primary")
    if is_sent:
        _send(file, region_code, period)


def _region(regions: dict[str, str]) -> str:
    """The region for which is delivered: whoever may deliver for one, chooses nothing."""
    if len(regions) > 1:
        return choose("Regio", "regio", regions, default=next(iter(regions)))
    code, name = next(iter(regions.items()))
    st.markdown(f"Regio: **{name}** ({code})")
    return code


def _send(file: "UploadedFile | None", region_code: str, period: Period) -> None:
    st.session_state.pop(_ANSWER, None)
    if file is None:
        st.warning("U hebt nog geen bestand gekozen. Kies een bestand en probeer het opnieuw.")
        return
    if file.size > MAXIMUM_MEGABYTES * 1_000_000:
        st.error(
            f"Dit bestand is {file_size(file.size)}; hoogstens {MAXIMUM_MEGABYTES} MB kan. "
            "Verdeel de indicatoren over twee bestanden."
        )
        return
    delivery = Delivery(file.getvalue(), file.name, region_code, period)
    with st.spinner("Uw bestand wordt opgeslagen en gecontroleerd."):
        _receive(delivery)


def _receive(delivery: Delivery) -> None:
    try:
        st.session_state[_ANSWER] = intake_worker.receive(home(), delivery, current_actor())
    except MonitorError as error:
        st.error(str(error))
    except BrokenProcessPool:
        st.error("Het controleren is afgebroken. Lever hetzelfde bestand nog een keer aan; dubbel ontvangen kan niet.")


def _quarters() -> dict[str, str]:
    last = _last_quarter()
    codes = [last.shifted(-steps).code for steps in range(_QUARTERS)]
    return {code: period_name(code) for code in codes}


def _last_quarter() -> Period:
    return last_complete_quarter(datetime.now(tz=ZoneInfo("Europe/Amsterdam")).date())


if __name__ == "__main__":
    main()
