"""What people do with signals: look, take up, put off, close.

Belongs here: these use cases. Does not belong here: what opens and closes a signal by itself (`signal_rules.py`), and
telling people about it (notifications).
"""

from collections.abc import Sequence
from datetime import date

from indicators.areas import COUNTRY
from register.access import Action, Actor, may, require
from register.errors import UnknownSignalError, WrongStateError
from register.events import Event, EventContent
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.signal_events import ClosedBecause, SignalAcknowledged, SignalClosed, SignalSnoozed
from register.signal_states import Signal, signals_of


def signals(home: Home, *, actor: Actor) -> list[Signal]:
    """Every signal that `actor` may see, the newest first, with its history.

    Raises:
        AccessDeniedError: `actor` may see none.
    """
    require(actor, Action.READ_SIGNALS, actor.region or COUNTRY)
    found = signals_of(Ledger(home).events()).values()
    return [signal for signal in reversed(list(found)) if may(actor, Action.READ_SIGNALS, signal.cause.area)]


def acknowledge(home: Home, number: int, *, plan: str, actor: Actor) -> Signal:
    """Take a signal up: say what will be done. Doing it again replaces what was said.

    Raises:
        AccessDeniedError: `actor` may not do this for the region.
        ReasonNeededError: it is not said what will be done.
        UnknownSignalError: there is no such signal.
        WrongStateError: it is closed.
    """
    said = needed_reason(plan, to="het signaal op te pakken: wat gaat u doen")
    return _record(home, number, SignalAcknowledged(signal=number, plan=said), actor)


def snooze(home: Home, number: int, *, until: date, owner: str, reason: str, today: date, actor: Actor) -> Signal:
    """Put a signal off until a day; somebody by name takes care of it until then.

    Raises:
        AccessDeniedError: `actor` may not do this for the region.
        ReasonNeededError: there is no reason or no name.
        UnknownSignalError: there is no such signal.
        WrongStateError: it is closed, or the day is not in the future.
    """
    said = needed_reason(reason, to="het signaal uit te stellen")
    named = needed_reason(owner, to="het signaal uit te stellen: wie zorgt ervoor")
    if until <= today:
        raise WrongStateError(
            f"Signaal {number} kan niet worden uitgesteld tot {until:%d-%m-%Y}: die dag ligt niet na vandaag "
            f"({today:%d-%m-%Y}). Kies een latere dag."
        )
    return _record(home, number, SignalSnoozed(signal=number, until=until, owner=named, reason=said), actor)


def close(home: Home, number: int, *, reason: str, actor: Actor) -> Signal:
    """Close a signal by hand. It opens again when its rule holds in the figures of a later period.

    Raises:
        AccessDeniedError: `actor` may not do this for the region.
        ReasonNeededError: there is no reason.
        UnknownSignalError: there is no such signal.
        WrongStateError: it is closed already.
    """
    said = needed_reason(reason, to="het signaal te sluiten")
    return _record(home, number, SignalClosed(signal=number, because=ClosedBecause.PERSON, reason=said), actor)


def _record(home: Home, number: int, content: EventContent, actor: Actor) -> Signal:
    def decide(events: Sequence[Event]) -> list[EventContent]:
        signal = signals_of(events).get(number)
        if signal is None or not may(actor, Action.READ_SIGNALS, signal.cause.area):
            raise UnknownSignalError(f"Signaal {number} bestaat niet. Kijk op de pagina Signalen welke er zijn.")
        require(actor, Action.HANDLE_SIGNAL, signal.cause.area)
        if signal.is_closed:
            raise WrongStateError(f"Signaal {number} is al gesloten; er kan niets meer mee worden gedaan.")
        return [content]

    events = Ledger(home).append_decided(decide, actor=actor).events
    return signals_of(events)[number]
