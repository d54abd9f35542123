"""Leveringen: who has delivered what, for the programme; a region sees its own row.

Belongs here: the overview of regions and quarters, and one cell of it with its submissions. Nothing is decided here.
"""

from collections.abc import Sequence

import streamlit as st

from app import deliveries
from app.charts import show_chart
from app.choices import address_of
from app.delivery_charts import quarter_scores, score_chart
from app.delivery_form import OPENED
from app.delivery_history import history_table
from app.delivery_matrix import delivery_matrix_html, region_table
from app.delivery_words import QUALITY, cell_html, states_legend
from app.figures import period_name
from app.markup import element, link, table_html
from app.receipt_view import show_discretion, show_facts, show_findings, show_reading, show_verdict
from app.reminder_table import reminder_table
from app.session import current_actor, home
from app.snapshots import region_names
from indicators.periods import Period, last_complete_quarter
from register.access import ALLOWED, Action, Actor, may
from register.delivery_status import DeliveryCell
from register.receipts import Receipt
from register.submissions import today_in_the_netherlands

_QUARTERS = 8


def main() -> None:
    """Show the page."""
    st.title("Leveringen")
    actor = current_actor()
    if Action.READ_DELIVERY_STATUS not in ALLOWED[actor.role]:
        text = "Deze pagina is voor programmamedewerkers en voor regio's die aanleveren. U kijkt als lezer."
        st.html(element("p", text))
        return
    cells = deliveries.cells(home(), today_in_the_netherlands(), _periods(), actor)
    chosen = _chosen(cells)
    if chosen is None:
        _show_all(cells, actor)
    else:
        _show_one(chosen, actor)


def _periods() -> tuple[Period, ...]:
    """The running quarter and those before it."""
    running = last_complete_quarter(today_in_the_netherlands()).shifted(1)
    return tuple(running.shifted(-steps) for steps in range(_QUARTERS))


def _chosen(cells: Sequence[DeliveryCell]) -> DeliveryCell | None:
    """The cell that the address names, when there is one that the visitor may see."""
    asked = (st.query_params.get("regio"), st.query_params.get("kwartaal"))
    return next((cell for cell in cells if (cell.region, cell.period) == asked), None)


def _show_all(cells: Sequence[DeliveryCell], actor: Actor) -> None:
    names = region_names()
    if not cells:
        st.html(element("p", "Over deze kwartalen is niets gevraagd."))
        return
    st.html(element("p", "Kies een vak om te zien wat een regio over dat kwartaal stuurde."))
    st.html(delivery_matrix_html(cells, names, address=_address))
    st.html(states_legend())
    st.header("Op tijd en kwaliteit")
    st.html(element("p", QUALITY))
    if actor.region is None:
        show_chart(score_chart(quarter_scores(cells)), key="scores")
    else:
        st.html(table_html(region_table(cells, caption=f"{names[actor.region]} per kwartaal")))
    st.header("Herinneringen")
    _show_reminders(actor)


def _show_one(cell: DeliveryCell, actor: Actor) -> None:
    st.html(element("p", link("Terug naar alle leveringen", address_of("leveringen"))))
    st.header(f"{region_names()[cell.region]}, {period_name(cell.period)}")
    st.html(cell_html(cell))
    if may(actor, Action.SUBMIT, cell.region):
        href = address_of("aanleveren", regio=cell.region, kwartaal=cell.period)
        st.html(element("p", link("Naar Aanleveren voor dit kwartaal", href)))
    sent = deliveries.reports_of(home(), cell.region, Period.parse(cell.period), actor)
    if not sent:
        st.html(element("p", "Over dit kwartaal is nog niets gestuurd."))
    else:
        st.html(table_html(history_table(sent, address=_address_of_report)))
    _show_report(sent, is_own=may(actor, Action.READ_OWN, cell.region))
    st.header("Herinneringen")
    _show_reminders(actor, cell)


def _show_report(sent: Sequence[Receipt], *, is_own: bool) -> None:
    """The report that the address names, else the newest."""
    asked = st.query_params.get(OPENED)
    receipt = next((item for item in sent if str(item.submission) == asked), next(iter(sent), None))
    if receipt is None:
        return
    if not is_own:
        show_discretion()
    show_verdict(receipt)
    show_findings(receipt)
    show_reading(receipt)
    show_facts(receipt)


def _show_reminders(actor: Actor, cell: DeliveryCell | None = None) -> None:
    found = deliveries.reminders(home(), actor)
    if cell is not None:
        place = (cell.region, cell.period)
        found = [item for item in found if (item.region, item.period) == place]
    if not found:
        st.html(element("p", "Er zijn geen herinneringen vastgelegd."))
        return
    st.html(table_html(reminder_table(found, region_names())))


def _address(region: str, period: str) -> str:
    return address_of("leveringen", regio=region, kwartaal=period)


def _address_of_report(receipt: Receipt) -> str:
    return address_of("leveringen", regio=receipt.region, kwartaal=receipt.period, **{OPENED: str(receipt.submission)})


if __name__ == "__main__":
    main()
