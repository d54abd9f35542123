"""Who visits which quarter of which region, and how a page carries out what that visitor asks.

Belongs here: running a use case of the register from a page, and telling in Dutch how it went. Does not belong here:
who may do what (`register.access`, asked again by every use case at the moment of writing).
"""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
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
    """Carry out a use case; None when it was refused or broke off, which the page then says.

    Args:
        use_case: what to do; its own answer is never None.
        args: what it is called with.
        kwargs: the same, by name.
    """
    try:
        return use_case(*args, **kwargs)
    except MonitorError as error:
        tell_refusal(str(error))
    except BrokenProcessPool:
        tell_refusal(_BROKEN)
    return None


def tell(text: str) -> None:
    """Say something at the top of the page, once, after it has been made again."""
    st.session_state[_TOLD] = element("p", text, role="status", _class="jzojp-notice")


def tell_refusal(text: str) -> None:
    """The same for something that was not done."""
    st.session_state[_TOLD] = element("p", text, role="alert", _class="jzojp-notice jzojp-refused")


def show_told() -> None:
    """Show what was told since the page was made the last time."""
    if _TOLD in st.session_state:
        st.html(st.session_state.pop(_TOLD))
