"""Signalen: what asks attention, who took it up, and what became of it."""

from collections.abc import Sequence

import streamlit as st

from app import deliveries, queries, target_queries
from app.choices import choose, choose_one_of_few
from app.explanation_panel import show_explanations
from app.markup import element, table_html
from app.session import current_actor, home
from app.signal_actions import show_actions
from app.signal_tables import history_table, inbox_table, of_state, rules_html, title
from app.snapshots import published, region_names
from app.target_panel import false_alarm_sentence
from app.visits import Place, show_told
from indicators.areas import COUNTRY
from register.access import Action, may
from register.errors import NoPublicationError
from register.signal_kinds import SignalKind
from register.signal_states import Signal, SignalState
from register.submissions import today_in_the_netherlands

_ALL = "alle"
_STATES = {
    SignalState.OPEN.value: "Open",
    SignalState.ACKNOWLEDGED.value: "Opgepakt",
    SignalState.SNOOZED.value: "Uitgesteld",
    SignalState.CLOSED.value: "Gesloten",
}


def main() -> None:
    """Show the page."""
    actor = current_actor()
    st.title("Signalen")
    if not may(actor, Action.READ_SIGNALS, actor.region or COUNTRY):
        st.markdown(
            "Signalen zijn er voor medewerkers van een regio en voor programmamedewerkers. Log in om ze te zien."
        )
        _show_rules()
        return
    st.markdown("Wat aandacht vraagt. Een signaal is het begin van een gesprek, geen oordeel.")
    show_told(Place.SIGNALS)
    found = deliveries.signalled(home(), actor)
    names, indicators = {COUNTRY: "Nederland"} | dict(region_names()), _indicator_names()
    shown = _choose(found)
    if shown:
        st.html(table_html(inbox_table(shown, names, indicators, today_in_the_netherlands())))
        _show_one(shown, {signal.number: title(signal, names, indicators) for signal in shown})
    else:
        st.markdown("Er zijn geen signalen die hieraan voldoen.")
    _show_rules()


def _choose(found: Sequence[Signal]) -> Sequence[Signal]:
    """The signals of the state and kind that the visitor chooses."""
    today = today_in_the_netherlands()
    counted = {state: len(of_state(found, SignalState(state), today)) for state in _STATES}
    labels = {state: f"{words} ({counted[state]})" for state, words in _STATES.items()}
    state = SignalState(choose_one_of_few("Stand", "stand", labels, default=SignalState.OPEN.value))
    kinds = {_ALL: "Alle soorten"} | {kind.value: kind.words.capitalize() for kind in SignalKind}
    kind = choose("Soort", "soort", kinds, default=_ALL)
    return [signal for signal in of_state(found, state, today) if kind in {_ALL, signal.cause.signal.value}]


def _show_one(shown: Sequence[Signal], titles: dict[int, str]) -> None:
    st.header("Een signaal bekijken")
    names = {str(number): f"{number}: {words}" for number, words in titles.items()}
    number = int(choose("Signaal", "signaal", names, default=next(iter(names))))
    signal = next(item for item in shown if item.number == number)
    st.html(element("p", signal.cause.signal.rule))
    st.html(table_html(history_table(signal)))
    if signal.cause.indicator is not None:
        show_explanations(
            home(), signal.cause.area, signal.cause.indicator, [signal.seen_in],
            actor=current_actor(), signal=signal.number,
        )  # fmt: skip
    show_actions(home(), signal, today=today_in_the_netherlands(), actor=current_actor())


def _show_rules() -> None:
    st.header("De regels")
    st.html(rules_html())
    try:
        snapshot = published(home(), current_actor(), COUNTRY)
    except NoPublicationError:
        return
    st.markdown(false_alarm_sentence(target_queries.assessed(snapshot)))


def _indicator_names() -> dict[str, str]:
    try:
        return {item.code: item.name for item in queries.indicators(published(home(), current_actor(), COUNTRY))}
    except NoPublicationError:
        return {}


if __name__ == "__main__":
    main()
