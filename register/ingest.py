"""Ingesting open data: the same order as for deliveries (bytes, ledger, rows), with the verdict first.

A refused file is not stored: the operator downloads it again from its public source, so there is nothing to lose,
and the store keeps only what figures can rest on. That is the difference with a delivery, whose bytes only the
sender has.
"""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from expectations.findings import Finding, Outcome, Severity, collect
from expectations.open_data.open_data_file import OpenDataFile
from indicators.areas import COUNTRY
from indicators.periods import Period
from register.access import Action, Actor, require
from register.errors import IngestRefusedError
from register.events import Event, Ingested
from register.home import Home
from register.ledger import Ledger
from register.open_data import OpenDataSource, read_open_data, year_in_name
from register.raw_files import RawFiles, hash_of
from register.rows import canonical_hash, keep_rows


class IngestReceipt(BaseModel):
    """One open-data file that counts; `sequence` is its number in the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: int
    source: OpenDataSource
    period: str
    file_name: str
    sha256: str
    rows_read: int
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    normalisations: tuple[str, ...]
    already_received: bool


def ingest(
    home: Home,
    source: OpenDataSource,
    content: bytes,
    file_name: str,
    actor: Actor,
    *,
    period: Period | None = None,
) -> IngestReceipt:
    """Read, store and record a file of open data; the same bytes as those in force change nothing.

    Args:
        home: the data directory.
        source: whose file it is.
        content: its bytes.
        file_name: its name, kept as information.
        actor: who ingests it.
        period: the year that it is about; without it the year in the name.

    Raises:
        AccessDeniedError: `actor` may not ingest.
        IngestRefusedError: the file cannot be read; carries the findings.
        StorageError: the disk is full; nothing counts, and the same call can be repeated.
        UnknownCodeError: no year is named, or it is no year.
    """
    require(actor, Action.INGEST, COUNTRY)
    file = read_open_data(source, content, period or year_in_name(file_name))
    if file.outcome is Outcome.REJECTED:
        raise IngestRefusedError(_refusal(source, file_name, file.findings), file.findings)
    RawFiles(home).store(content)
    wanted = _ingested(source, content, file_name, file)
    events, added = Ledger(home).append_decided(lambda known: _unless_in_force(wanted, known), actor=actor)
    keep_rows(home, sha256=wanted.sha256, region_code=COUNTRY, period_code=wanted.period, frame=file.canonical)
    sequence = max(event.sequence for event in events if _is_same(event, wanted))
    return _receipt(sequence, wanted, already_received=not added)


def _ingested(source: OpenDataSource, content: bytes, file_name: str, file: OpenDataFile) -> Ingested:
    found = collect(file.findings)
    return Ingested(
        source=source,
        period=file.period.code,
        sha256=hash_of(content),
        size=len(content),
        file_name=file_name,
        rows_read=int(file.canonical["source_row"].nunique()),
        canonical_hash=canonical_hash(file.canonical),
        findings=found.listed,
        finding_counts=found.counts,
        normalisations=file.normalisations,
    )


def _unless_in_force(wanted: Ingested, events: Sequence[Event]) -> list[Ingested]:
    """Nothing when the same bytes are the latest of this source and period."""
    same_place = [
        event.content
        for event in events
        if isinstance(event.content, Ingested)
        and (event.content.source, event.content.period) == (wanted.source, wanted.period)
    ]
    return [] if same_place and same_place[-1].sha256 == wanted.sha256 else [wanted]


def _is_same(event: Event, wanted: Ingested) -> bool:
    content = event.content
    return isinstance(content, Ingested) and (content.source, content.period, content.sha256) == (
        wanted.source, wanted.period, wanted.sha256,
    )  # fmt: skip


def _receipt(sequence: int, content: Ingested, *, already_received: bool) -> IngestReceipt:
    return IngestReceipt(
        sequence=sequence,
        source=OpenDataSource(content.source),
        period=content.period,
        file_name=content.file_name,
        sha256=content.sha256,
        rows_read=content.rows_read,
        findings=content.findings,
        finding_counts=content.finding_counts,
        normalisations=content.normalisations,
        already_received=already_received,
    )


def _refusal(source: OpenDataSource, file_name: str, findings: Sequence[Finding]) -> str:
    first = next(finding for finding in findings if finding.severity is Severity.ERROR)
    return f"{file_name} is geen bruikbaar bestand van {source}: {first.message} {first.remedy} Er is niets opgeslagen."
