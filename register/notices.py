"""Which notices must be sent now, to whom and about what; and writing down that one is sent and what became of it.

Once per receiver and happening, whatever runs and however often. Who wants to know at once gets one notice with all
that is new, who wants it weekly one on Monday with what happened before it. Belongs here: that rule, and when a notice
is tried again. Does not belong here: the words and the sending (`orchestration/notifying.py`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from indicators.areas import COUNTRY
from indicators.definition_model import Theme
from register.access import Action, Actor, require
from register.contact_events import Notice
from register.events import Event, EventContent, NoticeFailed, NoticeSending, NoticeSent
from register.happenings import Happening, HappeningKind, happenings
from register.home import Home
from register.ledger import Ledger
from register.notice_events import FailureReason
from register.notice_states import NoticeState, SentNotice, notices_of

NEWS: Final = timedelta(days=14)
"""What is older than this is told to nobody any more; it stands on the page Signalen."""
BACK_OFF: Final = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
"""How long is waited after each attempt that failed; after the last one a notice is given up."""
DIGEST_AT: Final = time(7)
"""When on Monday the weekly notices are due."""
_NETHERLANDS: Final = ZoneInfo("Europe/Amsterdam")


class Begun(NamedTuple):
    """A notice that may be handed over now, and what it tells."""

    notice: SentNotice
    told: tuple[Happening, ...]


@dataclass(frozen=True)
class Receiver:
    """Who can be told; without themes or regions about all of them."""

    code: str
    cadence: Notice
    themes: tuple[Theme, ...] = ()
    regions: tuple[str, ...] = ()
    reminded_of: tuple[str, ...] = ()
    """The regions of whose deliveries he is reminded: the deliveries of others are not his to send."""
    since: int = 0
    """After which event things are told to him: what happened before he was a recipient is no news."""

    def is_told(self, happening: Happening) -> bool:
        """Whether it concerns him."""
        if happening.number <= self.since:
            return False
        if happening.kind is HappeningKind.DUE_SOON:
            return happening.area in self.reminded_of
        is_region = not self.regions or happening.area in self.regions
        theme = happening.theme
        return is_region and (not self.themes or theme in (None, Theme.GENERIEK) or theme in self.themes)


def due_notices(events: Sequence[Event], receivers: Iterable[Receiver], now: datetime) -> list[NoticeSending]:
    """The notices to send now: first those that failed and are tried again, then what is new.

    Args:
        events: the whole ledger.
        receivers: everybody who can be told; to others nothing is sent, also not again.
        now: with a time zone.
    """
    known = {item.code: item for item in receivers if item.cadence is not Notice.NEVER}
    standing = notices_of(events).values()
    told = {(item.receiver, number) for item in standing for number in item.about}
    new = happenings(events)
    return [*_again(standing, known, now), *_new(new, known.values(), told, now)]


def begin(
    home: Home, receivers: Sequence[Receiver], *, now: datetime, actor: Actor, events: Sequence[Event] = ()
) -> Begun | None:
    """Write down that the first notice that is due is handed over now; None when none is due.

    Only who gets a notice from here may send it: another process gets another one.

    Args:
        home: whose ledger it is.
        receivers: who can be told.
        now: with a time zone.
        actor: who has it sent.
        events: the beginning of the ledger, where it was read already.

    Raises:
        AccessDeniedError: `actor` may not do this.
    """
    require(actor, Action.NOTIFY, COUNTRY)

    def decide(found: Sequence[Event]) -> Sequence[EventContent]:
        return due_notices(found, receivers, now)[:1]

    appended = Ledger(home).append_decided(decide, actor=actor, known=events)
    for event in appended.added:
        if isinstance(event.content, NoticeSending):
            notice = notices_of(appended.events)[event.content.first or event.sequence]
            return Begun(notice, tuple(item for item in happenings(appended.events) if item.number in notice.about))
    return None


def finish(home: Home, sending: SentNotice, failure: FailureReason | None, *, now: datetime, actor: Actor) -> None:
    """Write down what became of an attempt.

    Raises:
        AccessDeniedError: `actor` may not do this.
    """
    require(actor, Action.NOTIFY, COUNTRY)

    def decide(events: Sequence[Event]) -> Sequence[EventContent]:
        last = max(event.sequence for event in events if _is_attempt(event, sending.number))
        if failure is None:
            return [NoticeSent(sending=last)]
        return [NoticeFailed(sending=last, reason=failure, next_attempt_at=next_attempt_at(sending.attempt, now))]

    Ledger(home).append_decided(decide, actor=actor)


def notices(home: Home, *, actor: Actor) -> list[SentNotice]:
    """Every notice, the newest first.

    Raises:
        AccessDeniedError: `actor` may not see them.
    """
    require(actor, Action.NOTIFY, COUNTRY)
    return sorted(notices_of(Ledger(home).events()).values(), key=lambda item: -item.number)


def next_attempt_at(attempt: int, now: datetime) -> datetime | None:
    """When a notice is tried again of which this attempt failed now; None: never."""
    return now + BACK_OFF[attempt - 1] if attempt <= len(BACK_OFF) else None


def last_digest_moment(now: datetime) -> datetime:
    """The last Monday morning on which weekly notices were due."""
    local = now.astimezone(_NETHERLANDS)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), DIGEST_AT, _NETHERLANDS)
    return monday if monday <= local else monday - timedelta(days=7)


def _again(standing: Iterable[SentNotice], known: Mapping[str, Receiver], now: datetime) -> Iterator[NoticeSending]:
    for item in standing:
        is_time = item.next_attempt_at is not None and item.next_attempt_at <= now
        if item.state is NoticeState.WAITING and is_time and item.receiver in known:
            yield NoticeSending(
                receiver=item.receiver, cadence=item.cadence, about=item.about, attempt=item.attempt + 1,
                first=item.number,
            )  # fmt: skip


def _new(
    found: Sequence[Happening], known: Iterable[Receiver], told: Collection[tuple[str, int]], now: datetime
) -> Iterator[NoticeSending]:
    monday = last_digest_moment(now)
    for receiver in known:
        until = monday if receiver.cadence is Notice.WEEKLY else now
        about = tuple(
            item.number
            for item in found
            if until - NEWS <= item.at <= until and (receiver.code, item.number) not in told and receiver.is_told(item)
        )
        if about:
            yield NoticeSending(receiver=receiver.code, cadence=receiver.cadence, about=about)


def _is_attempt(event: Event, number: int) -> bool:
    content = event.content
    return isinstance(content, NoticeSending) and number in (event.sequence, content.first)
