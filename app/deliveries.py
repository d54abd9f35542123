"""The questions that pages ask the register, each asked once per state of the ledger.

Belongs here: the cache. Every answer follows from the events, the day and who asks, so it holds until the ledger has
another last event. Does not belong here: SQL on publications (`app/queries.py`), and whatever changes the ledger.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, ParamSpec, TypeVar

import streamlit as st

from indicators.functies import Functie
from indicators.periods import Period
from register import agreements, completion, delivery_status, explanations, history, reports, signals
from register.access import Action, Actor, require
from register.agreement_states import AgreementStep
from register.agreement_views import AgreementView
from register.completion import Completion, Missing
from register.delivery_status import DeliveryCell
from register.explanation_states import Explanation
from register.functie_list import functie_list
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.receipts import Receipt
from register.reports import Reminder
from register.signal_states import Signal

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_MOST: Final = 100
"""How many answers of each kind are kept; one with a thousand findings is about a megabyte."""


def _state(home: Home) -> str:
    """A data directory as its ledger ends now."""
    return f"{home.path} {Ledger(home).head()}"


_NAMES: Final[dict[type | str, Callable[[Any], str]]] = {Home: _state, Actor: Actor.model_dump_json, Period: str}


def kept(ask: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Keep the answers of a question; they are never changed, so they need not be copied."""
    return st.cache_resource(max_entries=_MOST, show_spinner=False, hash_funcs=_NAMES)(ask)


@kept
def cells(home: Home, today: date, periods: tuple[Period, ...], actor: Actor) -> list[DeliveryCell]:
    """How the deliveries of these periods stand, of the regions that `actor` may see."""
    return delivery_status.delivery_matrix(home, today=today, periods=periods, actor=actor)


@kept
def receipt(home: Home, number: int, actor: Actor) -> Receipt:
    """The receipt of a submission."""
    return history.receipt(home, number, actor=actor)


@kept
def sent(home: Home, region_code: str, actor: Actor) -> list[Receipt]:
    """Everything that a region sent, newest first."""
    return history.history(home, region_code=region_code, actor=actor)


@kept
def declared(home: Home, region_code: str, period: Period, actor: Actor) -> Completion | None:
    """What a region declared about a period."""
    return completion.completion(home, region_code, period, actor=actor)


@kept
def missing(home: Home, region_code: str, period: Period, actor: Actor) -> list[Missing]:
    """What is asked of a region about a period and is not in force."""
    require(actor, Action.READ_DELIVERY_STATUS, region_code)
    return completion.missing_rows(home, region_code, period, batches_in_force(Ledger(home).events()))


@kept
def reports_of(home: Home, region_code: str, period: Period, actor: Actor) -> list[Receipt]:
    """What a region sent about a period, without figures for who may not read them."""
    return reports.reports(home, region_code, period, actor=actor)


@kept
def reminders(home: Home, actor: Actor) -> list[Reminder]:
    """The reminders that were recorded, newest first."""
    return reports.reminders(home, actor=actor)


@kept
def explained(home: Home, area: str, actor: Actor) -> list[Explanation]:
    """The duiding beside figures of an area that `actor` may see."""
    return explanations.explanations(home, area, actor=actor)


@kept
def signalled(home: Home, actor: Actor) -> list[Signal]:
    """Every signal that `actor` may see, the newest first."""
    return signals.signals(home, actor=actor)


@kept
def agreed(home: Home, region_code: str | None, actor: Actor) -> list[AgreementView]:
    """The afspraken that `actor` may see, of one region or of all."""
    return agreements.agreements(home, region_code, actor=actor)


@kept
def functies(home: Home) -> Mapping[str, Functie]:
    """The vocabulary of afspraken, with what regions added."""
    return functie_list(home)


@kept
def steps(home: Home, code: str, actor: Actor) -> list[AgreementStep]:
    """What happened to one afspraak, oldest first."""
    return agreements.agreement_history(home, code, actor=actor)
