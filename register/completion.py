"""Declaring a period *gereed*: what is asked beside what is in force, and what was said about the difference.

Belongs here: counting missing rows, and the declaration. Does not belong here: what one file lacks
(`expectations/completeness.py`) and the overview of all regions (`delivery_status.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd
from pydantic import BaseModel, ConfigDict

from expectations.facts import expected_areas, stratum_name
from indicators.areas import area_key, area_register
from indicators.periods import Period
from indicators.strata import TOTAL_STRATUM
from indicators.uitvraag import AskedDataset, uitvraag_for
from register.access import Action, Actor, require
from register.errors import ReasonNeededError
from register.events import Event, EventContent, PeriodCompleted
from register.home import Home
from register.in_force import BatchInForce, batches_in_force
from register.ledger import Ledger
from register.lookup import optional_reason
from register.rows import rows_in_force

_NAMED = 5


class Completion(BaseModel):
    """What a region declared about a period, and whether that still holds.

    `missing_then` and `missing_now` count the asked rows that were and are not in force, by dataset. It still holds
    while of no dataset more is missing than was said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    period: str
    declared_at: datetime
    declared_by: str
    reason: str | None
    missing_then: Mapping[str, int]
    missing_now: Mapping[str, int]
    holds: bool
    message: str


class Missing(NamedTuple):
    """The asked rows of one dataset that are not in force: how many, and the names of the first few."""

    dataset_code: str
    row_count: int
    names: tuple[str, ...]


def declare_complete(home: Home, region_code: str, period: Period, *, reason: str | None, actor: Actor) -> Completion:
    """Declare that a region has delivered everything for a period; declaring the same again changes nothing.

    Raises:
        AccessDeniedError: `actor` may not declare this for the region.
        ReasonNeededError: rows are missing and there is no reason; the text says which.
        UnknownCodeError: the region does not exist in the period, or nothing is asked about it.
    """
    area_register().region_in(region_code, period)
    require(actor, Action.DECLARE_COMPLETE, region_code)
    uitvraag_for(period)
    said = optional_reason(reason)

    def decide(events: Sequence[Event]) -> list[EventContent]:
        missing = missing_rows(home, region_code, period, batches_in_force(events))
        if missing and said is None:
            raise ReasonNeededError(_missing_text(region_code, period, missing))
        wanted = PeriodCompleted(
            region=region_code, period=period.code, reason=said if missing else None,
            missing={item.dataset_code: item.row_count for item in missing},
        )  # fmt: skip
        last = last_declaration(events, region_code, period)
        return [] if last is not None and last.content == wanted else [wanted]

    events = Ledger(home).append_decided(decide, actor=actor).events
    found = _completion(home, region_code, period, events)
    if found is None:
        raise AssertionError("a declaration that was recorded is in the ledger")
    return found


def completion(home: Home, region_code: str, period: Period, *, actor: Actor) -> Completion | None:
    """What a region last declared about a period, and whether it still holds; None when it declared nothing.

    Raises:
        AccessDeniedError: `actor` may not see what the region delivered.
        UnknownCodeError: the region does not exist.
    """
    require(actor, Action.READ_DELIVERY_STATUS, region_code)
    return _completion(home, region_code, period, Ledger(home).events())


def last_declaration(events: Iterable[Event], region_code: str, period: Period) -> Event | None:
    """The last event with which a region declared a period *gereed*."""
    found = None
    for event in events:
        content = event.content
        if isinstance(content, PeriodCompleted) and (content.region, content.period) == (region_code, period.code):
            found = event
    return found


def missing_rows(home: Home, region_code: str, period: Period, batches: Iterable[BatchInForce]) -> list[Missing]:
    """What is asked (the datasets that are not optional, at their first level) and not in force; a sign is an answer.

    Raises:
        UnknownCodeError: nothing is asked about the period.
    """
    own = {item.dataset_code: item for item in batches if (item.region_code, item.period) == (region_code, period)}
    found = []
    for asked in uitvraag_for(period).asks:
        if not asked.is_optional:
            rows = rows_in_force(home, [own[asked.code]] if asked.code in own else [])
            found.append(_missing(asked, region_code, period, rows))
    return [item for item in found if item.row_count]


def asked_count(asked: AskedDataset, region_code: str, period: Period) -> int:
    """How many rows (area x stratum) make a dataset complete for a region and period."""
    return len(expected_areas(asked.code, region_code, period)) * len(asked.strata)


def _missing(asked: AskedDataset, region_code: str, period: Period, rows: pd.DataFrame) -> Missing:
    present = set(zip(rows["area_key"], rows["stratum_key"], strict=True))
    absent = [
        f"{asked.code} {area.code} ({area.name}){'' if stratum == TOTAL_STRATUM else f' {stratum_name(stratum.key)}'}"
        for area in expected_areas(asked.code, region_code, period)
        for stratum in asked.strata
        if (area_key(area.code), stratum.key) not in present
    ]
    return Missing(asked.code, len(absent), tuple(absent[:_NAMED]))


def _completion(home: Home, region_code: str, period: Period, events: Sequence[Event]) -> Completion | None:
    event = last_declaration(events, region_code, period)
    if event is None or not isinstance(event.content, PeriodCompleted):
        return None
    missing = missing_rows(home, region_code, period, batches_in_force(events))
    now, then = {item.dataset_code: item.row_count for item in missing}, event.content.missing
    holds = all(count <= then.get(code, 0) for code, count in now.items())
    return Completion(
        region=region_code,
        period=period.code,
        declared_at=event.occurred_at,
        declared_by=event.actor.name,
        reason=event.content.reason,
        missing_then=then,
        missing_now=now,
        holds=holds,
        message=_message(region_code, period, missing, holds=holds),
    )


def _message(region_code: str, period: Period, missing: Sequence[Missing], *, holds: bool) -> str:
    declared = f"{region_code} heeft {period} gereed gemeld"
    if not holds:
        return f"{declared}, maar daarna is er iets weggevallen: {_summary(missing)}. Lever het aan of meld opnieuw."
    return f"{declared}; er ontbreekt nog: {_summary(missing)}." if missing else f"{declared}; alles is er."


def _missing_text(region_code: str, period: Period, missing: Sequence[Missing]) -> str:
    return (
        f"Voor {region_code} ontbreken over {period} nog cijfers: {_summary(missing)}. Lever ze aan, of geef een reden "
        "waarom ze ontbreken."
    )


def _summary(missing: Sequence[Missing]) -> str:
    total = sum(item.row_count for item in missing)
    names = [name for item in missing for name in item.names[:2]][:_NAMED]
    per_dataset = ", ".join(f"{item.dataset_code} {item.row_count}" for item in missing)
    return f"{total} {'rij' if total == 1 else 'rijen'} ({per_dataset}), zoals {'; '.join(names)}"
