"""The ledger: an append-only, hash-chained list of events, on disk before anybody is told.

Belongs here: adding, reading and verifying events. Does not belong here: what events mean (`in_force.py`) and who
may cause them (`access.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError
from sqlalchemy import Connection, Row, func, insert, select

from register.access import Actor
from register.database import open_database, reading, writing
from register.errors import HeadMovedError, LedgerBrokenError
from register.events import GENESIS, Event, EventBody, EventContent, chain_hash
from register.failpoints import Failpoint, reach
from register.home import Home
from register.schema import event as event_table

Clock: TypeAlias = Callable[[], datetime]
"""Where the time of an event comes from; information, never order."""


def utc_now() -> datetime:
    """The clock of the machine; never used for order."""
    return datetime.now(UTC)


Decide: TypeAlias = Callable[[Sequence[Event]], Sequence[EventContent]]
"""What to add, given every event so far."""

Beside: TypeAlias = Callable[[Connection], None]
"""What is written in other tables of the register, in the transaction of the events."""


class Appended(NamedTuple):
    """The whole ledger after an addition, and the part that was added."""

    events: list[Event]
    added: list[Event]


class Ledger:
    """The ledger of one data directory; opening it makes or migrates the database where needed."""

    def __init__(self, home: Home, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._engine = open_database(home.create().ledger_path)

    def head(self) -> int:
        """The sequence number of the last event; 0 when there is none."""
        with reading(self._engine) as connection:
            return _head(connection)

    def events(self, after: int = 0) -> list[Event]:
        """The events with a sequence number above `after`, in order.

        Raises:
            LedgerBrokenError: an event cannot be read.
        """
        query = select(event_table).where(event_table.c.sequence > after).order_by(event_table.c.sequence)
        with reading(self._engine) as connection:
            return [_event(row) for row in connection.execute(query)]

    def append(
        self,
        contents: Sequence[EventContent],
        *,
        actor: Actor,
        expected_head: int | None = None,
        beside: Beside | None = None,
    ) -> list[Event]:
        """Add events in one transaction; when this returns they are on disk.

        Args:
            contents: what is added; without any nothing happens.
            actor: who adds it.
            expected_head: where the ledger must end now.
            beside: what is written in other tables in the same transaction.

        Raises:
            HeadMovedError: the ledger no longer ends at `expected_head`.
            StorageError: the database did not take them; none of them is there.
        """
        if not contents:
            return []
        with writing(self._engine) as connection:
            head = _head(connection)
            if expected_head is not None and head != expected_head:
                raise HeadMovedError(f"Het register ging van {expected_head} naar {head}.")
            reach(Failpoint.APPEND_BEFORE_INSERT)
            events = list(_chained(contents, actor, self._clock(), head, _hash_at(connection, head)))
            connection.execute(insert(event_table), [_row(event) for event in events])
            if beside is not None:
                beside(connection)
            reach(Failpoint.APPEND_BEFORE_COMMIT)
        reach(Failpoint.APPEND_AFTER_COMMIT)
        return events

    def append_decided(
        self, decide: Decide, *, actor: Actor, known: Sequence[Event] = (), beside: Beside | None = None
    ) -> Appended:
        """Add what `decide` makes of all events so far, without another event coming in between.

        `decide` is called again when another process was first. `known` are events already read, from the first on;
        `beside` is as in `append`.
        """
        events = [*known, *self.events(after=len(known))]
        while True:
            head = len(events)
            try:
                added = self.append(decide(events), actor=actor, expected_head=head, beside=beside)
            except HeadMovedError:
                events += self.events(after=head)
            else:
                return Appended([*events, *added], added)

    def verify(self, anchors: Mapping[int, str] | None = None) -> int:
        """Check the whole chain; returns how many events hold.

        Args:
            anchors: hashes known from elsewhere, such as manifests, by sequence number: they show that the
                end was not cut off or the whole chain made again.

        Raises:
            LedgerBrokenError: names the first event that is wrong.
        """
        awaited = dict(anchors or {})
        previous, count = GENESIS, 0
        with reading(self._engine) as connection:
            for row in connection.execute(select(event_table).order_by(event_table.c.sequence)):
                count += 1
                _check(row, count, previous)
                if awaited.pop(count, row.hash) != row.hash:
                    raise LedgerBrokenError(count, "een publicatie of ontvangstbewijs noemt een andere hash")
                previous = row.hash
        if awaited:
            raise LedgerBrokenError(count + 1, f"het register had al {max(awaited)} gebeurtenissen")
        return count


def _head(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(event_table.c.sequence), 0))) or 0


def _hash_at(connection: Connection, sequence: int) -> str:
    found = connection.scalar(select(event_table.c.hash).where(event_table.c.sequence == sequence))
    return found or GENESIS


def _chained(
    contents: Sequence[EventContent], actor: Actor, now: datetime, head: int, previous: str
) -> Iterator[Event]:
    for sequence, content in enumerate(contents, start=head + 1):
        body = EventBody(sequence=sequence, occurred_at=now, actor=actor, content=content)
        current = chain_hash(previous, body.canonical_json())
        yield Event(
            sequence=sequence, occurred_at=now, actor=actor, content=content, previous_hash=previous, hash=current
        )
        previous = current


def _row(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "body": event.canonical_json(),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _event(row: Row[Any]) -> Event:
    try:
        body = EventBody.model_validate_json(row.body)
    except ValidationError as error:
        raise LedgerBrokenError(row.sequence, "de inhoud is niet te lezen met deze versie van de software") from error
    return Event.model_construct(
        sequence=body.sequence, occurred_at=body.occurred_at, actor=body.actor, content=body.content,
        previous_hash=row.previous_hash, hash=row.hash,
    )  # fmt: skip


def _check(row: Row[Any], sequence: int, previous: str) -> None:
    if row.sequence != sequence:
        raise LedgerBrokenError(sequence, "de gebeurtenis ontbreekt")
    if row.previous_hash != previous:
        raise LedgerBrokenError(sequence, "de gebeurtenis sluit niet aan op de vorige")
    if chain_hash(previous, row.body) != row.hash:
        raise LedgerBrokenError(sequence, "de inhoud past niet bij de hash")
    if _event(row).sequence != sequence:
        raise LedgerBrokenError(sequence, "het nummer in de inhoud is een ander")
