"""Duiding beside figures: what somebody said, and the form in which who may adds to it.

Belongs here: showing and asking. Does not belong here: who may see and say what (`register/explanations.py`).
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from app import deliveries
from app.figures import moment, period_name
from app.markup import Html, element
from app.session import ROLES
from app.visits import perform
from register.access import Action, Actor, may
from register.explanation_states import Explanation
from register.explanations import MAXIMUM_TEXT, Subject, explain, withdraw_explanation
from register.home import Home
from register.lookup import MAXIMUM_REASON

_ALL_PERIODS: Final = "alle perioden"
_TOLD: Final = "explained"


def show_explanations(
    home: Home, area: str, indicator: str, periods: Sequence[str], *, actor: Actor, signal: int | None = None
) -> None:
    """What was said about one indicator of an area, and the form to say more.

    Args:
        home: whose register it is.
        area: region or `NL`.
        indicator: its code.
        periods: that an explanation can be about, the newest first.
        actor: who looks.
        signal: the number of the signal that a new one answers.
    """
    found = [item for item in deliveries.explained(home, area, actor) if item.indicator == indicator]
    shown = [item for item in found if signal is None or item.signal == signal]
    if shown:
        st.html(element("ul", *map(explanation_html, shown), _class="jzojp-targets"))
    if may(actor, Action.EXPLAIN, area):
        key = f"{area}_{indicator}_{signal or ''}"
        _show_told(key)
        with st.expander("Duiding geven bij deze cijfers", key=f"explain_{key}"):
            _ask(home, Subject(area, indicator, signal=signal), periods, actor, key)
            for item in shown:
                _ask_withdrawal(home, item, actor, key)


def explanation_html(item: Explanation) -> Html:
    """One explanation with who said it and when; an earlier text stays known."""
    current = item.current
    who = ROLES[current.role].lower() if current.author is None else f"{current.author} ({ROLES[current.role].lower()})"
    about = "alle perioden" if item.period is None else period_name(item.period)
    changed = f", {len(item.versions) - 1} keer gewijzigd" if len(item.versions) > 1 else ""
    answers = "" if item.signal is None else f", bij signaal {item.signal}"
    return element(
        "li",
        element("strong", f"Duiding, {about}: "),
        current.text,
        element("span", f"{who}, {moment(current.occurred_at)}{changed}{answers}. Dit is een uitleg, geen cijfer."),
    )


def _ask(home: Home, subject: Subject, periods: Sequence[str], actor: Actor, key: str) -> None:
    with st.form(f"explanation_{key}", border=False):
        names = {_ALL_PERIODS: _ALL_PERIODS} | {code: period_name(code) for code in periods}
        period = st.selectbox("Over welke periode?", list(names), format_func=names.__getitem__)
        text = st.text_area("Wat verklaart deze cijfers? (verplicht)", max_chars=MAXIMUM_TEXT, height=100)
        is_sent = st.form_submit_button("Duiding vastleggen")
    if is_sent:
        about = subject._replace(period=None if period == _ALL_PERIODS else period)
        if perform(explain, home, about, text, actor=actor) is not None:
            _tell(key, "De duiding is vastgelegd.")


def _ask_withdrawal(home: Home, item: Explanation, actor: Actor, key: str) -> None:
    with st.form(f"withdraw_{item.code}", border=False):
        reason = st.text_input(f"{item.code} intrekken, omdat", max_chars=MAXIMUM_REASON)
        is_sent = st.form_submit_button(f"Duiding {item.code} intrekken")
    if is_sent:
        done = perform(withdraw_explanation, home, item.code, version=item.current.version, reason=reason, actor=actor)
        if done is not None:
            _tell(key, "De duiding is ingetrokken; zij blijft in de geschiedenis staan.")


def _tell(key: str, text: str) -> None:
    """Say it beside the figures that it is about, when the page is made again."""
    st.session_state[_TOLD] = (key, text)
    st.rerun()


def _show_told(key: str) -> None:
    told_at, text = st.session_state.get(_TOLD, (None, ""))
    if told_at == key:
        del st.session_state[_TOLD]
        st.html(element("p", text, role="status", _class="jzojp-notice"))
