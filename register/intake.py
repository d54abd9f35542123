"""Receiving deliveries: the one place where page, command, API and drop folder come together.

The order is the guarantee: the bytes are on disk, then the ledger says `received`, then the files are judged, then
the ledger says the verdict, and only then is there a receipt. A crash in between leaves a submission without
verdict; `resume` judges it again. Does not belong here: what a file must satisfy (`expectations/`), how a verdict is
made and recorded (`judging.py`), and what a sender decides afterwards (`decisions.py`).
"""

from collections.abc import Sequence

from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from register.access import Actor
from register.door import Delivery, check_sender, is_too_large, refuse_too_large, shown_name
from register.events import Event, Received
from register.failpoints import Failpoint, reach
from register.home import Home
from register.judging import Confirmation, ToJudge, judge_and_record, judge_unrecorded
from register.ledger import Clock, Ledger, utc_now
from register.lookup import optional_reason
from register.personal_data import set_apart, settle
from register.raw_files import RawFiles, hash_of
from register.receipts import Receipt, dry_receipt, receipt_of
from register.submissions import DeliveryKey, Submission, delivery_key, pending, submissions

__all__ = ["Confirmation", "Delivery", "dry_run", "receive", "resume"]


def receive(
    home: Home,
    deliveries: Sequence[Delivery],
    actor: Actor,
    *,
    confirmation: Confirmation | None = None,
    clock: Clock = utc_now,
) -> list[Receipt]:
    """Store, judge and record deliveries; returns a receipt for each, in the same order.

    Bytes that were received before for the same region and period are the same submission. Files are judged
    together: a batch costs little more than one file. A file that is too large is refused and not stored.

    Args:
        home: the data directory.
        deliveries: what was sent.
        actor: who sent it.
        confirmation: confirms every file with warnings in the same call, where its reason suffices.
        clock: the time of receipt; another than that of the machine is for fictitious data and tests.

    Raises:
        AccessDeniedError: `actor` may not submit for one of the regions; nothing is stored.
        ReasonNeededError: the reason of the confirmation cannot be kept; nothing is stored.
        UnknownCodeError: a region does not exist in its period; nothing is stored.
        StorageError: the disk is full; nothing counts, and the same call can be repeated.
    """
    for delivery in deliveries:
        check_sender(delivery.region_code, delivery.period, actor)
    taken = [delivery for delivery in deliveries if not is_too_large(len(delivery.content))]
    said = None if confirmation is None else Confirmation(optional_reason(confirmation.reason))
    receipts = iter(_take_in(home, taken, actor, said, clock))
    return [
        refuse_too_large(item.file_name, len(item.content), item.region_code, item.period)
        if is_too_large(len(item.content))
        else next(receipts)
        for item in deliveries
    ]


def dry_run(home: Home, deliveries: Sequence[Delivery], actor: Actor) -> list[Receipt]:
    """Judge deliveries beside what is in force, without storing anything.

    Raises:
        AccessDeniedError: `actor` may not submit for one of the regions.
        UnknownCodeError: a region does not exist in its period.
    """
    for delivery in deliveries:
        check_sender(delivery.region_code, delivery.period, actor)
    taken = [delivery for delivery in deliveries if not is_too_large(len(delivery.content))]
    events = Ledger(home).events() if home.ledger_path.exists() else []
    wanted = [_received(delivery) for delivery in taken]
    verdicts = judge_unrecorded(home, list(zip(wanted, taken, strict=True)), events)
    receipts = iter([dry_receipt(item, verdict) for item, verdict in zip(wanted, verdicts, strict=True)])
    return [
        refuse_too_large(item.file_name, len(item.content), item.region_code, item.period)
        if is_too_large(len(item.content))
        else next(receipts)
        for item in deliveries
    ]


def resume(home: Home, actor: Actor) -> list[Receipt]:
    """Finish what a crash left: judge what has no verdict, set apart and destroy what the ledger says; safe to repeat.

    Raises:
        DamagedFileError: the bytes of a submission without verdict are gone or damaged.
    """
    ledger = Ledger(home)
    events: Sequence[Event] = ledger.events()
    unjudged = pending(events)
    if unjudged:
        events = judge_and_record(home, ledger, _stored(home, unjudged, events), events, actor)
    settle(home, events)
    after = submissions(events)
    return [receipt_of(after[item.number]) for item in unjudged]


def not_yet_received(wanted: Sequence[Received], events: Sequence[Event]) -> list[Received]:
    """What no earlier event or delivery of the same batch is; of doubles the first."""
    known = {delivery_key(event.content) for event in events if isinstance(event.content, Received)}
    new: dict[DeliveryKey, Received] = {}
    for item in wanted:
        if delivery_key(item) not in known:
            new.setdefault(delivery_key(item), item)
    return list(new.values())


def _take_in(
    home: Home, deliveries: Sequence[Delivery], actor: Actor, confirmation: Confirmation | None, clock: Clock
) -> list[Receipt]:
    """Bytes, event, verdict, in this order; bytes that are known to hold personal data are not written again."""
    wanted = [_received(delivery) for delivery in deliveries]
    contents = {item.sha256: delivery.content for item, delivery in zip(wanted, deliveries, strict=True)}
    ledger = Ledger(home, clock=clock)
    known = ledger.events()
    personal = set_apart(known).all
    RawFiles(home).store_all([content for sha256, content in contents.items() if sha256 not in personal])
    events, added = ledger.append_decided(lambda events: not_yet_received(wanted, events), actor=actor, known=known)
    reach(Failpoint.RECEIVE_BEFORE_JUDGE)
    found = _by_key(events)
    sent = {item.number: item for item in (found[delivery_key(delivery)] for delivery in wanted)}
    to_judge = [
        ToJudge(item, None if item.delivery.sha256 in personal else contents[item.delivery.sha256])
        for item in sent.values()
        if item.verdict is None
    ]
    after = judge_and_record(home, ledger, to_judge, events, actor, confirmation=confirmation, sent=set(sent))
    settle(home, after, only=set(contents))
    return _receipts(wanted, after, new={event.sequence for event in added})


def _received(delivery: Delivery) -> Received:
    return Received(
        region=delivery.region_code,
        period=delivery.period.code,
        uitvraag_version=_uitvraag_version(delivery.period),
        sha256=hash_of(delivery.content),
        size=len(delivery.content),
        file_name=shown_name(delivery.file_name),
    )


def _uitvraag_version(period: Period) -> int | None:
    try:
        return uitvraag_for(period).version
    except UnknownCodeError:
        return None


def _by_key(events: Sequence[Event]) -> dict[DeliveryKey, Submission]:
    return {item.key: item for item in submissions(events).values()}


def _stored(home: Home, unjudged: Sequence[Submission], events: Sequence[Event]) -> list[ToJudge]:
    """The bytes of submissions, but for those of which the ledger knows that they hold personal data."""
    files, personal = RawFiles(home), set_apart(events).all
    return [
        ToJudge(item, None if item.delivery.sha256 in personal else files.read(item.delivery.sha256))
        for item in unjudged
    ]


def _receipts(wanted: Sequence[Received], events: Sequence[Event], *, new: set[int]) -> list[Receipt]:
    found = _by_key(events)
    receipts = []
    for item in wanted:
        submission = found[delivery_key(item)]
        receipts.append(receipt_of(submission, already_received=submission.number not in new))
        new = new - {submission.number}
    return receipts
