"""What is in force: per region, period and dataset of the deliveries, and per source and period of open data.

Pure functions of the events; the clock plays no part. Of the submissions that count the one that ranks last is in
force, per dataset that it holds (`submissions.py`); of open data the last ingest per source and period.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from indicators.areas import COUNTRY
from indicators.measures import Source
from indicators.periods import Period
from register.events import Accepted, DemoStarted, Event, Ingested
from register.submissions import Submission, submissions


class BatchInForce(NamedTuple):
    """The batch whose rows count for a region, period and dataset.

    `number` is the sequence number of the `received` or `ingested` event; `region_code` is `NL` for open data.
    """

    number: int
    source: Source
    region_code: str
    period: Period
    dataset_code: str
    sha256: str
    canonical_hash: str
    is_correction: bool


class _Candidate(NamedTuple):
    """A batch that counts or counted for one region, period and dataset.

    `counts_from` is the event with which it might count for the first time, `counts_again_from` that with which it was
    reinstated, else the same.
    """

    batch: BatchInForce
    rank: int
    counts_from: int
    counts_again_from: int
    is_withdrawn: bool


def batches_in_force(events: Sequence[Event]) -> list[BatchInForce]:
    """The batch that counts per region, period and dataset, ordered by period, region and dataset."""
    return batches_of(submissions(events).values(), events)


def batches_of(found: Iterable[Submission], events: Iterable[Event]) -> list[BatchInForce]:
    """The same, for whoever already has the submissions that follow from the events."""
    candidates = [*_delivered(found), *_ingested(events)]
    groups = groupby(sorted(candidates, key=_place_and_rank), key=lambda item: _place(item.batch))
    return [batch for _, group in groups if (batch := _last(list(group))) is not None]


def is_fictitious(events: Iterable[Event]) -> bool:
    """Whether this data directory holds a demo."""
    return any(isinstance(event.content, DemoStarted) for event in events)


def _delivered(found: Iterable[Submission]) -> Iterable[_Candidate]:
    for item in found:
        if isinstance(item.verdict, Accepted) and item.counts_from is not None:
            for dataset in item.datasets:
                batch = BatchInForce(
                    item.number, Source.DELIVERY, item.delivery.region, item.period, dataset,
                    item.delivery.sha256, item.verdict.canonical_hash, is_correction=False,
                )  # fmt: skip
                again = max(item.counts_from, item.rank)
                yield _Candidate(batch, item.rank, item.counts_from, again, is_withdrawn=item.is_withdrawn)


def _ingested(events: Iterable[Event]) -> Iterable[_Candidate]:
    for event in events:
        if isinstance(event.content, Ingested):
            content = event.content
            batch = BatchInForce(
                event.sequence, Source.OPEN_DATA, COUNTRY, Period.parse(content.period), content.source,
                content.sha256, content.canonical_hash, is_correction=False,
            )  # fmt: skip
            yield _Candidate(batch, event.sequence, event.sequence, event.sequence, is_withdrawn=False)


def _place(batch: BatchInForce) -> tuple[int, str, str]:
    return (batch.period.key, batch.region_code, batch.dataset_code)


def _place_and_rank(candidate: _Candidate) -> tuple[int, str, str, int]:
    return (*_place(candidate.batch), candidate.rank)


def _last(candidates: Sequence[_Candidate]) -> BatchInForce | None:
    """The last one that was not withdrawn; a correction when another one counted before it, or before it came back."""
    standing = [candidate for candidate in candidates if not candidate.is_withdrawn]
    if not standing:
        return None
    last = standing[-1]
    is_correction = any(item is not last and item.counts_from < last.counts_again_from for item in candidates)
    return last.batch._replace(is_correction=is_correction)
