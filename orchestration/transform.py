"""From landing to marts: on a copy of the warehouse, swapped in only when every audit passes (DESIGN 4.4).

Restating is not atomic, so the warehouse in force is never touched: copy, load, plan, gate, swap. On an external engine
the tables change in place; the warehouse in force is a DuckDB file all the same, with what SQLMesh remembers, and gets
the marts from the engine when every audit passes (decision 0019).
Belongs here: what must be computed again, and the order of those steps.
Does not belong here: which batches are in force (`register.in_force`), SQLMesh itself (`sqlmesh_bridge.py`).
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

import duckdb
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from indicators.periods import Period
from orchestration.garbage import without_collecting
from orchestration.gateways import Gateway
from orchestration.mart_copy import fetch_marts, write_marts
from orchestration.restatement import BATCHES, Restatement, known_until, restatement
from orchestration.sqlmesh_bridge import AuditOutcome, SqlmeshBridge, mark_of
from orchestration.warehouse_state import (
    WarehouseState,
    frame_hash,
    models_hash,
    read_batches,
    read_state,
    state_text,
    write_state,
)
from register.durable import fsync_folder
from register.home import Home

OBSERVATION: Final = "observation"
Mart: TypeAlias = Literal["indicator_value", "spread", "delivery_status", "target"]
Say: TypeAlias = Callable[[str], None]

_RUN: Final = "transform"
_ROWS_AT_ONCE: Final = 1_000_000
_UNFINISHED: Final = "unfinished"
_MART_QUERIES: Final[Mapping[Mart, str]] = {
    "indicator_value": "SELECT * FROM mart.indicator_value",
    "spread": "SELECT * FROM mart.spread",
    "delivery_status": "SELECT * FROM mart.delivery_status",
    "target": "SELECT * FROM mart.target",
}


@dataclass(frozen=True)
class LandingTables:
    """What the models read.

    Attributes:
        definitions: the small tables by name, see `landing_tables.definition_tables`.
        batches: the batches in force, with the columns of `landing.batch_in_force`.
        rows_of: the canonical rows of a batch, by batch number; asked only for batches not loaded before.
    """

    definitions: Mapping[str, pd.DataFrame]
    batches: pd.DataFrame
    rows_of: Callable[[int], pd.DataFrame]


@dataclass(frozen=True)
class TransformReport:
    """What a transformation did.

    Attributes:
        is_changed: whether there was anything to do.
        is_accepted: whether every audit passed; if not, the warehouse in force is as it was.
        is_rebuilt: whether everything was computed from nothing.
        audits: the outcome of every audit of every model.
        restated: what was computed again, None for nothing or everything.
        batches_loaded: the batches whose rows were added.
        seconds: how long it took.
    """

    is_changed: bool
    is_accepted: bool
    is_rebuilt: bool
    audits: tuple[AuditOutcome, ...]
    restated: Restatement | None
    batches_loaded: tuple[int, ...]
    seconds: float


def transform(
    home: Home, tables: LandingTables, *, gateway: Gateway = Gateway.DUCKDB, say: Say = lambda _: None
) -> TransformReport:
    """Bring the warehouse up to date with the landing tables; the caller holds the writer lock.

    Raises:
        ModelError: a model cannot be computed; the warehouse in force is as it was.
        EngineUnreachableError, OccupiedEngineError: the engine does not answer, or holds tables of somebody else.
    """
    started = time.monotonic()
    hashes = {name: frame_hash(frame) for name, frame in _small_tables(tables).items()}
    run = _Run(home, tables, gateway, _usable_state(home, gateway), hashes)
    if run.state is not None and not run.changed:
        return _nothing_to_do(run.state, time.monotonic() - started)
    if run.state is not None and not _can_go_on_from(run.state, gateway):
        run = replace(run, state=None)
    with _workspace(home) as work:
        computed = _compute(run, work, say)
        if computed.is_accepted:
            say("warehouse vervangen")
            _swap(work, home.warehouse_path)
    return TransformReport(
        is_changed=True,
        is_accepted=computed.is_accepted,
        is_rebuilt=run.state is None,
        audits=computed.audits,
        restated=computed.restated,
        batches_loaded=computed.loaded,
        seconds=time.monotonic() - started,
    )


def _nothing_to_do(state: WarehouseState, seconds: float) -> TransformReport:
    """The audits of a warehouse in force passed, else it would not be in force."""
    return TransformReport(
        is_changed=False,
        is_accepted=True,
        is_rebuilt=False,
        audits=tuple(AuditOutcome(model, name, failing_count=0) for model, name in state.audits),
        restated=None,
        batches_loaded=(),
        seconds=seconds,
    )


def read_mart(warehouse: Path, name: Mart) -> pd.DataFrame:
    """A mart of a warehouse file, with the columns of docs/architecture.md."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(_MART_QUERIES[name]).df()


def _usable_state(home: Home, gateway: Gateway) -> WarehouseState | None:
    """The state of the warehouse in force; None when it must be made from nothing.

    A write-ahead log beside it means that something else than this module wrote in it.
    """
    if _log_of(home.warehouse_path).exists():
        return None
    state = read_state(home.warehouse_path)
    return state if state is not None and state.models_hash == models_hash(gateway) else None


def _can_go_on_from(state: WarehouseState, gateway: Gateway) -> bool:
    """Whether the tables in the engine are those of the warehouse in force; a computation that failed left others."""
    return not gateway.is_external or (gateway.can_restate and mark_of(gateway) == state_text(state))


def _small_tables(tables: LandingTables) -> dict[str, pd.DataFrame]:
    return {**tables.definitions, BATCHES: tables.batches}


@contextmanager
def _workspace(home: Home) -> Iterator[Path]:
    """An empty folder; what a killed run left is removed first.

    It always has the same name (the lock allows one run at a time), because SQLMesh keeps parsed models per database.
    """
    work = home.work_path(_RUN)
    shutil.rmtree(work.parents[1], ignore_errors=True)
    work.parent.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work.parent, ignore_errors=True)


def _compute(run: "_Run", work: Path, say: Say) -> "_Computed":
    """Copy, load, plan and gate; afterwards `work` is closed and complete."""
    if run.state is not None:
        say("warehouse kopiëren")
        shutil.copyfile(run.home.warehouse_path, work)
    say("modellen lezen")
    cache = run.home.warehouse_path.parent / "sqlmesh_cache"
    with without_collecting(), SqlmeshBridge(work, cache=cache, gateway=run.gateway) as bridge:
        say("gegevens laden")
        _prepare(bridge, run)
        loaded = _load(bridge, run)
        say("rekenen")
        again = run.restatement()
        computed = _Computed(tuple(_plan(bridge, run.tables.batches, again)), again, loaded)
        marts = _take_over(bridge, run, computed)
    if computed.is_accepted:
        say("controles gehaald")
        write_marts(work, marts)
        write_state(work, run.state_after(computed))
    return computed


def _prepare(bridge: SqlmeshBridge, run: "_Run") -> None:
    """In an external engine: empty it for a computation from nothing, and say that its tables are being changed."""
    if not run.gateway.is_external:
        return
    if run.state is None:
        bridge.start_empty()
    bridge.mark(_UNFINISHED)


def _take_over(bridge: SqlmeshBridge, run: "_Run", computed: "_Computed") -> dict[str, pa.Table]:
    """The marts of an external engine, which from then on holds what the warehouse file says."""
    if not run.gateway.is_external or not computed.is_accepted:
        return {}
    marts = fetch_marts(bridge)
    bridge.mark(state_text(run.state_after(computed)))
    return marts


def _load(bridge: SqlmeshBridge, run: "_Run") -> tuple[int, ...]:
    """Replace the small tables that changed and append the batches that were never loaded."""
    bridge.create_landing_table(OBSERVATION)
    for name in sorted(run.changed):
        bridge.create_landing_table(name)
        bridge.replace_landing(name, _small_tables(run.tables)[name])
    wanted = sorted({int(number) for number in run.tables.batches["batch_number"]} - set(run.loaded_before))
    for frames in _bundles(_observations(run.tables, number) for number in wanted):
        bridge.append_landing(OBSERVATION, pd.concat(frames))
    return tuple(wanted)


def _bundles(frames: Iterable[pd.DataFrame]) -> Iterator[list[pd.DataFrame]]:
    """The frames in groups of about a million rows: history fits in no memory, a statement per batch takes long."""
    bundle: list[pd.DataFrame] = []
    for frame in frames:
        bundle.append(frame)
        if sum(map(len, bundle)) >= _ROWS_AT_ONCE:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def _observations(tables: LandingTables, number: int) -> pd.DataFrame:
    rows = tables.rows_of(number)
    starts = {key: Period.from_key(int(key)).start for key in rows["period_key"].unique()}
    return rows.assign(batch_number=number, period_start=rows["period_key"].map(starts))


def _plan(bridge: SqlmeshBridge, batches: pd.DataFrame, again: Restatement | None) -> list[AuditOutcome]:
    last_day = known_until(batches, beginning=bridge.first_day())
    if again is None:
        return bridge.build(known_until=last_day)
    start, end = again.start or bridge.first_day(), again.end or last_day
    return bridge.restate(again.tables, start=start, end=end, known_until=max(last_day, end))


def _swap(work: Path, warehouse: Path) -> None:
    """Put the new file in the place of the old one, so that a reader sees one or the other."""
    descriptor = os.open(work, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _log_of(warehouse).unlink(missing_ok=True)
    work.replace(warehouse)
    fsync_folder(warehouse.parent)


def _log_of(warehouse: Path) -> Path:
    return warehouse.with_name(f"{warehouse.name}.wal")


@dataclass(frozen=True)
class _Computed:
    """What one computation found."""

    audits: tuple[AuditOutcome, ...]
    restated: Restatement | None
    loaded: tuple[int, ...]

    @property
    def is_accepted(self) -> bool:
        return all(audit.passed for audit in self.audits)


@dataclass(frozen=True)
class _Run:
    """One transformation: what is wanted, and from which state it starts (None: from nothing)."""

    home: Home
    tables: LandingTables
    gateway: Gateway
    state: WarehouseState | None
    hashes: Mapping[str, str]

    @property
    def changed(self) -> set[str]:
        """The small tables that differ from those in the warehouse."""
        before = self.state.table_hashes if self.state else {}
        return {name for name, digest in self.hashes.items() if before.get(name) != digest}

    @property
    def loaded_before(self) -> tuple[int, ...]:
        """The batches whose rows the warehouse already has."""
        return self.state.loaded_batches if self.state else ()

    def restatement(self) -> Restatement | None:
        """What must be computed again; None: everything, from nothing."""
        if self.state is None:
            return None
        before = read_batches(self.home.warehouse_path)
        return restatement(self.tables.definitions, before, self.tables.batches, self.changed)

    def state_after(self, computed: _Computed) -> WarehouseState:
        """What the new warehouse is computed from."""
        names = tuple((audit.model, audit.name) for audit in computed.audits)
        return WarehouseState(models_hash(self.gateway), self.hashes, (*self.loaded_before, *computed.loaded), names)
