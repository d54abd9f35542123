"""Receiving deliveries: the one place where page, command, API and drop folder come together.

The order is the guarantee: the bytes are on disk, then the ledger says `received`, then the files are judged, then
the ledger says the verdict, and only then is there a receipt. A crash in between leaves a submission without
verdict; `resume` judges it again. Does not belong here: what a file must satisfy (`expectations/`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.findings import Outcome
from expectations.judgement import FileToJudge, Judgement
from indicators.areas import AreaLevel, area_register
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from register.access import Action, Actor, require
from register.errors import UnknownSubmissionError
from register.events import Accepted, Event, EventContent, Received, Rejected, Withdrawn
from register.failpoints import Failpoint, reach
from register.home import Home
from register.in_force import DeliveryKey, Submission, SubmissionState, delivery_key, pending, submissions
from register.ledger import Ledger
from register.raw_files import RawFiles, hash_of
from register.receipts import Receipt, dry_receipt, receipt_of
from register.rows import canonical_hash, keep_rows


@dataclass(frozen=True)
class Delivery:
    """One file as somebody sends it."""

    content: bytes
    file_name: str
    region_code: str
    period: Period


def receive(home: Home, deliveries: Sequence[Delivery], actor: Actor) -> list[Receipt]:
    """Store, judge and record deliveries; returns a receipt for each, in the same order.

    Bytes that were received before for the same region and period are the same submission. Files are judged
    together: a batch costs little more than one file.

    Raises:
        AccessDeniedError: `actor` may not submit for one of the regions; nothing is stored.
        UnknownCodeError: a region does not exist in its period; nothing is stored.
        StorageError: the disk is full; nothing counts, and the same call can be repeated.
    """
    for delivery in deliveries:
        _check(delivery, actor)
    RawFiles(home).store_all([delivery.content for delivery in deliveries])
    ledger, wanted = Ledger(home), [_received(delivery) for delivery in deliveries]
    events, added = ledger.append_decided(lambda known: _not_yet_received(wanted, known), actor=actor)
    reach(Failpoint.RECEIVE_BEFORE_JUDGE)
    found = _by_key(events)
    unjudged = {key: found[key] for key in map(delivery_key, wanted)}
    judged = _judge(home, ledger, [item for item in unjudged.values() if item.verdict is None], events, actor)
    return _receipts(wanted, judged, new={event.sequence for event in added})


def dry_run(deliveries: Sequence[Delivery], actor: Actor) -> list[Receipt]:
    """Judge deliveries without storing anything.

    Raises:
        AccessDeniedError: `actor` may not submit for one of the regions.
        UnknownCodeError: a region does not exist in its period.
    """
    from expectations.delivery import judge

    for delivery in deliveries:
        _check(delivery, actor)
    judgements = judge([FileToJudge(item.content, item.region_code, item.period) for item in deliveries])
    return [dry_receipt(_received(item), verdict) for item, verdict in zip(deliveries, judgements, strict=True)]


def resume(home: Home, actor: Actor) -> list[Receipt]:
    """Judge what was received and has no verdict, after a crash; safe to repeat.

    Raises:
        DamagedFileError: the bytes of such a submission are gone or damaged.
    """
    ledger = Ledger(home)
    events = ledger.events()
    unjudged = pending(events)
    if not unjudged:
        return []
    after = submissions(_judge(home, ledger, unjudged, events, actor))
    return [receipt_of(after[item.number], already_received=False) for item in unjudged]


def withdraw(home: Home, number: int, *, reason: str, actor: Actor) -> Submission:
    """Take a submission back, with a reason; the one before it counts again.

    Raises:
        UnknownSubmissionError: there is no such submission, or it does not count (not judged yet, rejected, withdrawn).
        AccessDeniedError: `actor` may not withdraw for its region.
    """

    def decide(events: Sequence[Event]) -> list[EventContent]:
        submission = _known(submissions(events), number)
        require(actor, Action.WITHDRAW, submission.delivery.region)
        _check_withdrawable(submission)
        return [Withdrawn(submission=number, reason=reason)]

    return submissions(Ledger(home).append_decided(decide, actor=actor).events)[number]


def _check(delivery: Delivery, actor: Actor) -> None:
    area = area_register().area(delivery.region_code)
    if area.level is not AreaLevel.REGION or not area.exists_on(delivery.period.start):
        raise UnknownCodeError(
            f"{delivery.region_code} is geen zorgkantoorregio in {delivery.period}. "
            "Kies een regio die in die periode bestaat, bijvoorbeeld ZK08."
        )
    require(actor, Action.SUBMIT, delivery.region_code)


def _received(delivery: Delivery) -> Received:
    return Received(
        region=delivery.region_code,
        period=delivery.period.code,
        uitvraag_version=_uitvraag_version(delivery.period),
        sha256=hash_of(delivery.content),
        size=len(delivery.content),
        file_name=delivery.file_name,
    )


def _uitvraag_version(period: Period) -> int | None:
    try:
        return uitvraag_for(period).version
    except UnknownCodeError:
        return None


def _by_key(events: Sequence[Event]) -> dict[DeliveryKey, Submission]:
    return {item.key: item for item in submissions(events).values()}


def _not_yet_received(wanted: Sequence[Received], events: Sequence[Event]) -> list[Received]:
    """What no earlier event or delivery of the same batch is; of doubles the first."""
    known = {delivery_key(event.content) for event in events if isinstance(event.content, Received)}
    new: dict[DeliveryKey, Received] = {}
    for item in wanted:
        if delivery_key(item) not in known:
            new.setdefault(delivery_key(item), item)
    return list(new.values())


def _judge(
    home: Home, ledger: Ledger, unjudged: Sequence[Submission], events: Sequence[Event], actor: Actor
) -> Sequence[Event]:
    """Judge submissions from their stored bytes and record the verdicts; returns the whole ledger."""
    if not unjudged:
        return events
    from expectations.delivery import judge

    files = RawFiles(home)
    judgements = judge([FileToJudge(files.read(i.delivery.sha256), i.delivery.region, i.period) for i in unjudged])
    verdicts = [_verdict(item, judged) for item, judged in zip(unjudged, judgements, strict=True)]
    reach(Failpoint.RECEIVE_BEFORE_VERDICT)
    events = ledger.append_decided(lambda known: _first_verdicts(verdicts, known), actor=actor, known=events).events
    reach(Failpoint.RECEIVE_AFTER_VERDICT)
    for item, judged in zip(unjudged, judgements, strict=True):
        if judged.outcome is not Outcome.REJECTED:
            keep_rows(
                home, sha256=item.delivery.sha256, region_code=item.delivery.region,
                period_code=item.delivery.period, frame=judged.canonical,
            )  # fmt: skip
    return events


def _verdict(submission: Submission, judgement: Judgement) -> Accepted | Rejected:
    read = {
        "submission": submission.number,
        "rows_read": judgement.rows_read,
        "findings": judgement.findings,
        "finding_counts": judgement.finding_counts,
        "normalisations": judgement.normalisations,
    }
    if judgement.outcome is Outcome.REJECTED:
        return Rejected.model_validate(read)
    names = {dataset.key: dataset.code for dataset in catalogue().datasets.values()}
    datasets = tuple(names[key] for key in judgement.dataset_keys)
    rows = {"datasets": datasets, "canonical_hash": canonical_hash(judgement.canonical)}
    return Accepted.model_validate({**read, **rows, "outcome": judgement.outcome})


def _first_verdicts(verdicts: Sequence[Accepted | Rejected], events: Sequence[Event]) -> list[EventContent]:
    """The verdicts on submissions that have none yet: another process may have judged the same bytes."""
    known = submissions(events)
    return [verdict for verdict in verdicts if known[verdict.submission].verdict is None]


def _receipts(wanted: Sequence[Received], events: Sequence[Event], *, new: set[int]) -> list[Receipt]:
    found = _by_key(events)
    receipts = []
    for item in wanted:
        submission = found[delivery_key(item)]
        receipts.append(receipt_of(submission, already_received=submission.number not in new))
        new = new - {submission.number}
    return receipts


def _known(found: Mapping[int, Submission], number: int) -> Submission:
    if number not in found:
        raise UnknownSubmissionError(f"Aanlevering {number} bestaat niet. Kijk op het ontvangstbewijs voor het nummer.")
    return found[number]


def _check_withdrawable(submission: Submission) -> None:
    if submission.state is SubmissionState.RECEIVED:
        raise UnknownSubmissionError(f"Aanlevering {submission.number} wordt nog beoordeeld. Trek haar daarna in.")
    if not submission.counts:
        raise UnknownSubmissionError(f"Aanlevering {submission.number} telt al niet mee; intrekken is niet nodig.")
