"""Making a publication: read the marts, judge them, write files that never change, and point to them.

The order is the guarantee: own snapshots and publication are whole on disk, then the ledger says `published`, then
the pointer moves. A crash in between leaves the pointer on the publication before, and the same call makes another.
Does not belong here: any calculation (`models/`), and what must hold of a publication (`expectations/`).
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from expectations.publication import CheckResult
from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.definitions import kernset
from indicators.errors import MonitorError
from indicators.periods import Period
from indicators.protection import POLICY
from orchestration.backlog import definition_hashes, inputs_in_force, latest_manifest
from orchestration.code_version import code_version
from orchestration.publication_judge import judge_apart
from orchestration.snapshot import (
    VIEW_OWN,
    VIEW_PUBLISHED,
    MartReader,
    Tables,
    changed_indicators,
    content_hash,
    write_database,
    write_parquet,
)
from register.access import Actor
from register.durable import rename_durably
from register.events import GENESIS, Event, Published
from register.home import MANIFEST_NAME, Home
from register.in_force import is_fictitious
from register.ledger import Ledger
from register.locks import scratch
from register.publications import (
    Manifest,
    ManifestCheck,
    ManifestInput,
    ManifestPolicy,
    Pointer,
    PublicationStatus,
    pointer,
    replace_pointer,
)


@dataclass(frozen=True)
class PublishReport:
    """What came of publishing: the checks, and the manifest where all of them passed."""

    checks: Sequence[CheckResult]
    manifest: Manifest | None
    is_new: bool


class WarehouseUnknownError(MonitorError):
    """The warehouse holds figures of which the ledger knows nothing."""


def publish_marts(home: Home, *, status: PublicationStatus, actor: Actor) -> PublishReport:
    """Judge the marts of the warehouse in force and publish them; needs the writer lock.

    Nothing is made, and nothing judged again, when the latest publication holds the same inputs, definitions and
    content, with a status at least as final.

    Raises:
        WarehouseUnknownError: the warehouse does not fit the ledger.
    """
    previous = latest_manifest(home)
    old_values = _values_of(home, previous)
    with MartReader(home.warehouse_path) as marts:
        tables = marts.tables(view=VIEW_PUBLISHED)
        prefix = ledger_prefix(Ledger(home).events(), marts.batches())
        draft = _draft(prefix, tables, previous, old_values, status, marts.agreed())
        if previous is not None and _says_the_same(previous, draft):
            return PublishReport(_checks_then(previous), previous, is_new=False)
        verdict = judge_apart(_judged(tables), old_values.to_pandas() if old_values is not None else None)
        with _draft_folders(home, draft.id) as drafts:
            _write(drafts, draft, tables, marts)
            checks = verdict.result()
            if not all(check.passed for check in checks):
                return PublishReport(checks, None, is_new=False)
            manifest = _settle(home, drafts, draft, checks)
    _announce(home, manifest, actor)
    return PublishReport(checks, manifest, is_new=True)


def ledger_prefix(events: Sequence[Event], batches: frozenset[tuple[int, str, int]]) -> Sequence[Event]:
    """The longest beginning of the ledger from which these batches follow.

    Events may have been added since the warehouse was computed; a publication names the ledger that it rests on.

    Raises:
        WarehouseUnknownError: they follow from no beginning of this ledger.
    """
    for length in range(len(events), -1, -1):
        inputs = inputs_in_force(events[:length])
        if {(item.number, item.dataset, Period.parse(item.period).key) for item in inputs} == batches:
            return events[:length]
    raise WarehouseUnknownError(
        "De berekende cijfers passen niet bij het register. Maak ze opnieuw met 'jzojp rebuild'."
    )


def _checks_then(manifest: Manifest) -> list[CheckResult]:
    """What the checks said when the publication was made; it exists because all of them passed."""
    return [CheckResult(item.name, item.passed, item.detail, failing_count=0) for item in manifest.checks]


def _draft(
    prefix: Sequence[Event],
    tables: Tables,
    previous: Manifest | None,
    old_values: pa.Table | None,
    status: PublicationStatus,
    agreed: str,
) -> Manifest:
    """The manifest without what is not known yet: the verdict and the hashes of the files."""
    made_at, digest = datetime.now(UTC), content_hash(tables)
    inputs, before = inputs_in_force(prefix), frozenset(previous.inputs) if previous else frozenset()
    return Manifest(
        id=f"{made_at:%Y%m%dT%H%M%SZ}_{digest[:12]}",
        status=status,
        made_at=made_at,
        previous=previous.id if previous else None,
        content_hash=digest,
        files={},
        ledger_sequence=prefix[-1].sequence if prefix else 0,
        ledger_hash=prefix[-1].hash if prefix else GENESIS,
        inputs=_ordered(inputs),
        inputs_added=_ordered(inputs - before),
        inputs_removed=_ordered(before - inputs),
        indicators_changed=changed_indicators(old_values, tables["value"]),
        kernset_version=kernset().version,
        definitions=definition_hashes(),
        agreed_paths=agreed,
        policy=ManifestPolicy(version=POLICY.version, threshold=POLICY.threshold, rounding_base=POLICY.rounding_base),
        code_version=code_version(),
        checks=(),
        is_fictitious=is_fictitious(prefix),
    )


def _says_the_same(old: Manifest, new: Manifest) -> bool:
    finality = list(PublicationStatus)
    return (
        (old.content_hash, old.inputs, old.definitions, old.agreed_paths)
        == (new.content_hash, new.inputs, new.definitions, new.agreed_paths)
        and finality.index(old.status) >= finality.index(new.status)
    )  # fmt: skip


class _Drafts(NamedTuple):
    """The folders in which a publication is written before it gets its name."""

    own: Path
    public: Path


@contextmanager
def _draft_folders(home: Home, publication_id: str) -> Iterator[_Drafts]:
    """Two new folders among the half-written files; what is left in them at the end is thrown away."""
    with scratch(home) as tmp:
        drafts = _Drafts(tmp / f"own_{publication_id}", tmp / f"publication_{publication_id}")
        try:
            for folder in drafts:
                folder.mkdir()
            yield drafts
        finally:
            for folder in drafts:
                shutil.rmtree(folder, ignore_errors=True)


def _write(drafts: _Drafts, draft: Manifest, tables: Tables, marts: MartReader) -> None:
    about = {"publication": _about(draft)}
    for region in area_register().existing(AreaLevel.REGION, date(REPORTING_YEAR, 1, 1)):
        exact = marts.tables(view=VIEW_OWN, region=region.code)
        write_database(drafts.own / f"{region.code}.duckdb", {**exact, **about})
    write_database(drafts.public / f"publication_{draft.id}.duckdb", {**tables, **about})
    write_parquet(drafts.public, {**tables, **about})


def _settle(home: Home, drafts: _Drafts, draft: Manifest, checks: Sequence[CheckResult]) -> Manifest:
    """Complete the manifest, flush everything and give both folders their names; own snapshots first."""
    verdict = tuple(ManifestCheck(name=item.name, passed=item.passed, detail=item.message) for item in checks)
    manifest = draft.model_copy(update={"files": _hashes(drafts.public), "checks": verdict})
    (drafts.public / MANIFEST_NAME).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    rename_durably(drafts.own, home.own_path / draft.id)
    rename_durably(drafts.public, home.publication_path(draft.id))
    return manifest


def _announce(home: Home, manifest: Manifest, actor: Actor) -> None:
    published = Published(
        publication_id=manifest.id,
        status=manifest.status.value,
        ledger_sequence=manifest.ledger_sequence,
        content_hash=manifest.content_hash,
    )
    Ledger(home).append([published], actor=actor)
    before = pointer(home)
    is_released = manifest.status is not PublicationStatus.CONCEPT
    released = manifest.id if is_released else before.released if before else None
    replace_pointer(home, Pointer(latest=manifest.id, released=released))


def _hashes(folder: Path) -> Mapping[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _about(draft: Manifest) -> pa.Table:
    """The one row that a reader of the snapshot needs to say what it is."""
    names = ("id", "status", "made_at", "ledger_sequence", "kernset_version", "code_version", "is_fictitious")
    return pa.Table.from_pylist([{name: getattr(draft, name) for name in names} | {"status": draft.status.value}])


def _values_of(home: Home, manifest: Manifest | None) -> pa.Table | None:
    if manifest is None:
        return None
    return pq.read_table(home.publication_path(manifest.id) / "value.parquet")


def _judged(tables: Tables) -> pd.DataFrame:
    """Every figure that is about to be published: of the versions that applied, and the past under those of today."""
    frame: pd.DataFrame = pa.concat_tables([tables["value"], tables["recomputed"]]).to_pandas()
    return frame


def _ordered(inputs: frozenset[ManifestInput]) -> tuple[ManifestInput, ...]:
    return tuple(sorted(inputs, key=lambda item: (item.period, item.region, item.dataset, item.number)))
