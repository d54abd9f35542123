"""Declaring that a quarter is complete (*gereed*): what is missing, why, and what was declared before.

Belongs here: asking and telling. Does not belong here: what is missing and what a declaration means
(`register.completion`).
"""

from collections.abc import Sequence

import streamlit as st

from app import deliveries
from app.figures import moment, number
from app.markup import Table, element, join, table_html
from app.visits import Place, Visit, perform, show_told, tell
from expectations.facts import stratum_name
from indicators.measures import catalogue
from indicators.strata import TOTAL_STRATUM
from register.access import Action
from register.completion import Completion, Missing, declare_complete
from register.lookup import MAXIMUM_REASON


def show_completion(visit: Visit) -> None:
    """How complete the quarter is, and the button with which the region says that it has delivered everything."""
    st.header("Compleet melden")
    show_told(Place.COMPLETION)
    declared = deliveries.declared(visit.home, visit.region_code, visit.period, visit.actor)
    missing = deliveries.missing(visit.home, visit.region_code, visit.period, visit.actor)
    st.html(element("p", _standing(declared, missing)))
    if missing:
        st.html(table_html(missing_table(missing)))
    if visit.may(Action.DECLARE_COMPLETE) and (declared is None or not declared.holds or _lost_its_gaps(declared)):
        _ask(visit, missing)


def missing_table(missing: Sequence[Missing]) -> Table:
    """What is asked and is not there, per indicator."""
    return Table(
        "Wat er nog ontbreekt",
        ("Indicator", "Rijen", "Zoals"),
        [
            (
                join([catalogue().dataset(item.dataset_code).name, element("small", item.dataset_code)]),
                number(item.row_count),
                "; ".join(_place(name, item.dataset_code) for name in item.names),
            )
            for item in missing
        ],
        numeric=frozenset({1}),
        stacks=True,
    )


def _place(name: str, dataset_code: str) -> str:
    """The name of a missing row, without the indicator that stands beside it and a breakdown that is none."""
    return name.removeprefix(f"{dataset_code} ").removesuffix(f" {stratum_name(TOTAL_STRATUM.key)}")


def _standing(declared: Completion | None, missing: Sequence[Missing]) -> str:
    if declared is None:
        told = "Dit kwartaal is nog niet compleet gemeld."
        return told if missing else f"{told} Alles wat wij vragen is er."
    when = f"Compleet gemeld op {moment(declared.declared_at)} door {declared.declared_by}."
    reason = f" Reden voor wat er ontbreekt: {declared.reason}" if declared.reason else ""
    lost = "" if declared.holds else " Daarna is er iets weggevallen. Lever het aan, of meld opnieuw."
    return f"{when}{reason}{lost}"


def _lost_its_gaps(declared: Completion) -> bool:
    """Whether rows were missing when it was declared and fewer are now, so that it can be said anew."""
    return sum(declared.missing_now.values()) < sum(declared.missing_then.values())


def _ask(visit: Visit, missing: Sequence[Missing]) -> None:
    with st.form("completion", enter_to_submit=False, border=False):
        reason = ""
        if missing:
            reason = st.text_area(
                "Waarom ontbreken deze cijfers? (verplicht)", max_chars=MAXIMUM_REASON, height=80, key="missing_reason"
            )
        is_sent = st.form_submit_button("Dit kwartaal is compleet")
    if is_sent:
        said = reason or None
        found = perform(declare_complete, visit.home, visit.region_code, visit.period, reason=said, actor=visit.actor)
        if found is not None:
            tell(Place.COMPLETION, found.message)
            st.rerun()
