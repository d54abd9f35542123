"""Judging all signals at once: after a publication, and every day for what is due.

Belongs here: the evidence from the register, and writing down what follows. Does not belong here: the rules
(`signal_rules.py`), and reading the marts (`orchestration/signals.py`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from indicators.areas import COUNTRY
from indicators.periods import Period, last_complete_quarter
from register.access import Action, Actor, require
from register.delivery_status import DeliveryCell, delivery_cells
from register.events import Event, EventContent, UitvraagOpened
from register.home import Home
from register.ledger import Ledger
from register.signal_rules import CauseEvidence, Evidence, PathEvidence, to_record
from register.signal_states import signals_of

JUDGED_QUARTERS: Final = 4
"""Of how many last quarters that were asked the deliveries are judged."""


def evaluate(
    home: Home,
    paths: Sequence[PathEvidence] | None,
    series: Sequence[CauseEvidence] | None,
    *,
    today: date,
    actor: Actor,
) -> list[Event]:
    """Open, see again and close signals; returns the new events. Safe to repeat: the second time there are none.

    Args:
        home: whose ledger it is.
        paths: every agreed path, as the marts say it; None where there are no marts.
        series: the last quarter of every series; None likewise.
        today: for what is due.
        actor: who has it done.

    Raises:
        AccessDeniedError: `actor` may not do this.
    """
    require(actor, Action.EVALUATE_SIGNALS, COUNTRY)

    def decide(events: Sequence[Event]) -> list[EventContent]:
        cells = tuple(delivery_cells(events, today, _periods(events, today)))
        return to_record(signals_of(events).values(), _evidence(paths, series, cells))

    return Ledger(home).append_decided(decide, actor=actor).added


def _evidence(
    paths: Sequence[PathEvidence] | None, series: Sequence[CauseEvidence] | None, cells: Sequence[DeliveryCell]
) -> Evidence:
    return Evidence(
        paths=None if paths is None else tuple(paths),
        series=None if series is None else tuple(series),
        deliveries=tuple(cells),
    )


def _periods(events: Sequence[Event], today: date) -> list[Period]:
    """The last quarters that were asked, and the one before them to compare with."""
    opened = {Period.parse(event.content.period) for event in events if isinstance(event.content, UitvraagOpened)}
    last = last_complete_quarter(today)
    return [period for at in range(JUDGED_QUARTERS, -1, -1) if (period := last.shifted(-at)) in opened]
