"""Which explanations there are and how they read before, as the events say.

Belongs here: pure functions of events. Does not belong here: who may see them (`explanations.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from register.access import Role
from register.events import Event, ExplanationChanged, ExplanationGiven, ExplanationWithdrawn


class ExplanationVersion(NamedTuple):
    """How an explanation read from a moment on; `version` is the sequence number of the event."""

    version: int
    occurred_at: datetime
    role: Role
    author: str | None
    """None for who may not know the name."""
    text: str


@dataclass(frozen=True)
class Explanation:
    """An explanation beside figures of an area and indicator; without a period it is about all of them."""

    code: str
    area: str
    indicator: str
    period: str | None
    signal: int | None
    versions: tuple[ExplanationVersion, ...]
    withdrawn_reason: str | None = None

    @property
    def current(self) -> ExplanationVersion:
        """How it reads now."""
        return self.versions[-1]


def explanation_states(events: Iterable[Event]) -> dict[str, Explanation]:
    """Every explanation by code, in the order in which they were given; withdrawn ones too."""
    found: dict[str, Explanation] = {}
    for event in events:
        match event.content:
            case ExplanationGiven() as given:
                found[given.code] = Explanation(
                    given.code,
                    given.area,
                    given.indicator,
                    given.period,
                    given.signal,
                    (_version(event, given.text),),
                )
            case ExplanationChanged(code=code, text=text):
                before = found[code]
                found[code] = replace(before, versions=(*before.versions, _version(event, text)))
            case ExplanationWithdrawn(code=code, reason=reason):
                found[code] = replace(found[code], withdrawn_reason=reason)
            case _:
                pass
    return found


def _version(event: Event, text: str) -> ExplanationVersion:
    return ExplanationVersion(event.sequence, event.occurred_at, event.actor.role, event.actor.name, text)
