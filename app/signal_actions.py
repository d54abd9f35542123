"""What a visitor does with one signal: take it up, put it off, close it.

Belongs here: the forms. Does not belong here: who may do it (`register.access`, asked again by each use case).
"""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from app.visits import Place, perform, tell
from register.access import Action, Actor, may
from register.home import Home
from register.lookup import MAXIMUM_REASON
from register.signal_states import Signal
from register.signals import acknowledge, close, snooze

_USUAL_DELAY: Final = timedelta(days=90)


def show_actions(home: Home, signal: Signal, *, today: date, actor: Actor) -> None:
    """The three forms, for who may use them and while the signal is not closed."""
    if signal.is_closed or not may(actor, Action.HANDLE_SIGNAL, signal.cause.area):
        return
    taken_up, put_off, closed = st.tabs(["Oppakken", "Uitstellen", "Sluiten"])
    with taken_up:
        _acknowledge(home, signal, actor)
    with put_off:
        _snooze(home, signal, today, actor)
    with closed:
        _close(home, signal, actor)


def _acknowledge(home: Home, signal: Signal, actor: Actor) -> None:
    with st.form("acknowledge", border=False):
        plan = st.text_area("Wat gaat u doen? (verplicht)", max_chars=MAXIMUM_REASON, height=80)
        is_sent = st.form_submit_button("Signaal oppakken")
    if is_sent and perform(acknowledge, home, signal.number, plan=plan, actor=actor) is not None:
        _told("Het signaal is opgepakt.")


def _snooze(home: Home, signal: Signal, today: date, actor: Actor) -> None:
    with st.form("snooze", border=False):
        until = st.date_input("Tot wanneer? (verplicht)", value=today + _USUAL_DELAY, format="DD-MM-YYYY")
        owner = st.text_input("Wie zorgt ervoor? (verplicht)", max_chars=200)
        reason = st.text_area("Waarom later? (verplicht)", max_chars=MAXIMUM_REASON, height=80)
        is_sent = st.form_submit_button("Signaal uitstellen")
    if is_sent and isinstance(until, date):
        done = perform(snooze, home, signal.number, until=until, owner=owner, reason=reason, today=today, actor=actor)
        if done is not None:
            _told("Het signaal is uitgesteld en komt op die dag terug.")


def _close(home: Home, signal: Signal, actor: Actor) -> None:
    with st.form("close", border=False):
        reason = st.text_area("Waarom kan het dicht? (verplicht)", max_chars=MAXIMUM_REASON, height=80)
        is_sent = st.form_submit_button("Signaal sluiten")
    if is_sent and perform(close, home, signal.number, reason=reason, actor=actor) is not None:
        _told("Het signaal is gesloten. Het gaat weer open als de regel ook in een later kwartaal geldt.")


def _told(text: str) -> None:
    tell(Place.SIGNALS, text)
    st.rerun()
