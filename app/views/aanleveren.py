"""Aanleveren: everything that a region does for one quarter, from template to *gereed*.

Belongs here: who sees which part, and in which order. What happens to a file is in `register.intake`, in the process
of `app/intake_worker.py`; what can be done afterwards in `app/receipt_actions.py`.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from app import deliveries, intake_worker
from app.choices import address_of, choose
from app.completion_panel import show_completion
from app.delivery_form import OPENED, Checked, checked_file, forget_checked, show_steps
from app.delivery_history import history_table
from app.delivery_words import standing_html
from app.figures import period_name
from app.marked_file import XLSX, marked_content, marked_label, marked_name
from app.markup import element, table_html
from app.receipt_actions import show_decisions, show_keepsakes, show_marked_copy, show_withdrawal
from app.receipt_view import show_changes, show_facts, show_findings, show_reading, show_verdict
from app.session import current_actor, home
from app.snapshots import region_names, regions_for
from app.token_panel import show_tokens
from app.visits import Place, Visit, perform, show_told
from indicators.periods import Period, last_complete_quarter
from register.access import Action, Actor
from register.receipts import Receipt
from register.submissions import today_in_the_netherlands

_QUARTERS = 20


def main() -> None:
    """Show the page."""
    st.title("Aanleveren")
    regions = _regions(current_actor())
    if not regions:
        st.html(
            element(
                "p",
                "Alleen een datamedewerker van een regio levert cijfers aan, voor de eigen regio. "
                "Beleidsmedewerkers van die regio lezen mee.",
            )
        )
        return
    visit = _visit(regions)
    _show_standing(visit)
    if visit.may(Action.SUBMIT):
        show_steps(visit)
    _show_answer(visit)
    show_completion(visit)
    _show_history(visit)
    show_tokens(visit)


def _regions(actor: Actor) -> Mapping[str, str]:
    """The regions for which somebody may deliver, or of which he reads along."""
    if actor.region is not None:
        return {actor.region: region_names()[actor.region]}
    return regions_for(actor, Action.SUBMIT)


def _visit(regions: Mapping[str, str]) -> Visit:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        region_code = _region(regions)
    with right:
        period = choose("Kwartaal", "kwartaal", _quarters(), default=_last_quarter().code)
    return Visit(home(), current_actor(), region_code, regions[region_code], Period.parse(period))


def _region(regions: Mapping[str, str]) -> str:
    """The region for which is delivered: whoever may deliver for one, chooses nothing."""
    if len(regions) > 1:
        return choose("Regio", "regio", regions, default=next(iter(regions)))
    code, name = next(iter(regions.items()))
    st.html(element("p", "Regio: ", element("strong", name), f" ({code})"))
    return code


def _show_standing(visit: Visit) -> None:
    cells = deliveries.cells(visit.home, today_in_the_netherlands(), (visit.period,), visit.actor)
    st.html(standing_html(next((cell for cell in cells if cell.region == visit.region_code), None)))


def _show_answer(visit: Visit) -> None:
    """The answer that is open: of a file that was only checked, or of a submission."""
    show_told(Place.ANSWER)
    checked, opened = checked_file(visit), _opened(visit)
    if opened is not None:
        forget_checked()
        _show_submission(opened, visit)
    elif checked is not None:
        _show_checked(checked)


def _opened(visit: Visit) -> Receipt | None:
    """The submission that the address names, when it is one of this region and quarter that the visitor may read."""
    asked = st.query_params.get(OPENED, "")
    if not asked.isdecimal():
        return None
    found = perform(deliveries.receipt, visit.home, int(asked), visit.actor)
    if found is None or (found.region, found.period) != (visit.region_code, visit.period.code):
        del st.query_params[OPENED]
        return None
    return found


def _show_submission(receipt: Receipt, visit: Visit) -> None:
    show_verdict(receipt)
    show_marked_copy(receipt, visit)
    show_changes(receipt)
    show_decisions(receipt, visit)
    show_findings(receipt)
    show_reading(receipt)
    show_facts(receipt)
    show_keepsakes(receipt, visit)
    show_withdrawal(receipt, visit)


def _show_checked(checked: Checked) -> None:
    receipt = checked.receipt
    show_verdict(receipt)
    label = marked_label(receipt)
    if label is not None:
        st.download_button(
            label,
            partial(_marked, checked),
            file_name=marked_name(receipt.file_name),
            mime=XLSX,
            on_click="ignore",
            key="marked",
        )
    show_changes(receipt)
    show_findings(receipt)
    show_reading(receipt)
    show_facts(receipt)


def _marked(checked: Checked) -> bytes:
    return intake_worker.run(marked_content, checked.file.getvalue(), checked.receipt.findings)


def _show_history(visit: Visit) -> None:
    st.header("Eerdere aanleveringen")
    found = deliveries.sent(visit.home, visit.region_code, visit.actor)
    if not found:
        st.html(element("p", "Uw regio heeft nog niets aangeleverd."))
        return
    st.html(table_html(history_table(found, address=_address)))


def _address(receipt: Receipt) -> str:
    return address_of("aanleveren", regio=receipt.region, kwartaal=receipt.period, **{OPENED: str(receipt.submission)})


def _quarters() -> dict[str, str]:
    last = _last_quarter()
    codes = [last.shifted(-steps).code for steps in range(_QUARTERS)]
    return {code: period_name(code) for code in codes}


def _last_quarter() -> Period:
    return last_complete_quarter(today_in_the_netherlands())


if __name__ == "__main__":
    main()
