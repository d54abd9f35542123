"""Who visits which quarter of which region, and how a page carries out what that visitor asks.

Belongs here: running a use case of the register from a page, and telling in Dutch how it went. Does not belong here:
who may do what (`register.access`, asked again by every use case at the moment of writing).
"""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from typing import Final, NamedTuple, ParamSpec, TypeVar

import streamlit as st

from app.markup import element
from indicators.errors import MonitorError
from indicators.periods import Period
from register.access import Action, Actor, may
from register.home import Home

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_TOLD: Final = "told"
_BROKEN: Final = (
    "Het controleren is afgebroken. Probeer het nog een keer; hetzelfde bestand wordt nooit dubbel ontvangen. "
    "Lukt het weer niet, meld het dan bij de beheerder."
)


class Place(StrEnum):
    """Where a page says what was done: near the button that did it."""

    ANSWER = "answer"
    DECISION = "decision"
    WITHDRAWAL = "withdrawal"
    COMPLETION = "completion"
    TOKENS = "tokens"
    SIGNALS = "signals"
    AGREEMENTS = "agreements"


class Visit(NamedTuple):
    """One visitor, and the region and quarter that the page is about."""

    home: Home
    actor: Actor
    region_code: str
    region_name: str
    period: Period

    def may(self, action: Action) -> bool:
        """Whether the visitor may do something for this region."""
        return may(self.actor, action, self.region_code)


def perform(use_case: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | None:
    """Carry out a use case; None when it was refused or broke off, which is said on the spot.

    Args:
        use_case: what to do; its own answer is never None.
        args: what it is called with.
        kwargs: the same, by name.
    """
    try:
        return use_case(*args, **kwargs)
    except MonitorError as error:
        show_refusal(str(error))
    except BrokenProcessPool:
        show_refusal(_BROKEN)
    return None


def show_refusal(text: str) -> None:
    """Say here that something was not done, and why."""
    st.html(element("p", text, role="alert", _class="jzojp-notice jzojp-refused"))


def tell(place: Place, text: str) -> None:
    """Say what was done, once, at a place of the page that is made again now."""
    st.session_state[_TOLD] = (place, text)


def show_told(place: Place) -> None:
    """Show what was told for this place since the page was made the last time."""
    told_at, text = st.session_state.get(_TOLD, (None, ""))
    if told_at == place:
        del st.session_state[_TOLD]
        st.html(element("p", text, role="status", _class="jzojp-notice"))
