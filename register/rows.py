"""The cache of canonical rows: one Parquet file per raw file, region and period.

Belongs here: keeping rows, and reading a raw file again when its rows are absent or damaged. The ledger says what
reading must give (`canonical_hash`), so a damaged cache and changed reading rules are both noticed.
Does not belong here: how a file is read (`expectations/`), and which batches count (`in_force.py`).
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from expectations.canonical import CANONICAL_COLUMNS, CANONICAL_DTYPES, empty_canonical
from indicators.measures import Source, catalogue
from register.errors import DamagedFileError, ReadDifferenceError
from register.home import Home
from register.in_force import BatchInForce
from register.locks import scratch
from register.raw_files import RawFiles

_HASH_TYPES: Final[Mapping[str, str]] = {"amount": "<f8", "is_provisional": "<u1"}
_log = logging.getLogger(__name__)
_UNREADABLE = (FileNotFoundError, KeyError, ValueError, OSError, pa.ArrowException)


def canonical_hash(frame: pd.DataFrame) -> str:
    """The SHA-256 of canonical rows: every column in order, as little-endian numbers, all absent amounts alike."""
    digest = hashlib.sha256(f"{CANONICAL_COLUMNS}:{len(frame)}".encode())
    for column in CANONICAL_COLUMNS:
        values = frame[column].to_numpy(dtype=_HASH_TYPES.get(column, "<i8"))
        digest.update((np.where(np.isnan(values), np.nan, values) if column == "amount" else values).tobytes())
    return digest.hexdigest()


def keep_rows(home: Home, *, sha256: str, region_code: str, period_code: str, frame: pd.DataFrame) -> None:
    """Put the rows of one raw file in the cache; it appears whole or not at all."""
    with scratch(home) as tmp:
        draft = tmp / uuid4().hex
        frame.to_parquet(draft, index=False)
        draft.replace(rows_path(home, sha256=sha256, region_code=region_code, period_code=period_code))


def rows_path(home: Home, *, sha256: str, region_code: str, period_code: str) -> Path:
    """Where the rows of a raw file, sent for a region (`NL` for open data) and period, are kept."""
    return home.rows_path / f"{sha256}_{region_code}_{period_code}.parquet"


def canonical_rows(home: Home, batch: BatchInForce) -> pd.DataFrame:
    """All canonical rows of the raw file of a batch, with `CANONICAL_COLUMNS`.

    Raises:
        DamagedFileError: the rows must be read again and the raw file is gone or damaged.
        ReadDifferenceError: reading again gives other rows than the ledger says.
    """
    kept = _kept(home, batch)
    return kept if kept is not None else _read_again(home, [batch])[0]


def rows_in_force(home: Home, batches: Sequence[BatchInForce]) -> pd.DataFrame:
    """The canonical rows of these batches under each other, of each only those of its own dataset.

    What cannot be read is left out and logged: it may not stop the delivery that mends it.
    """
    files: dict[Path, list[BatchInForce]] = {}
    for batch in batches:
        files.setdefault(_batch_path(home, batch), []).append(batch)
    parts = [_rows_of_datasets(home, of_file) for of_file in files.values()]
    return pd.concat(parts, ignore_index=True) if parts else empty_canonical()


def refresh_rows(home: Home, batches: Iterable[BatchInForce]) -> int:
    """Bring the cache up to date, reading all absent or damaged files together; returns how many.

    Raises:
        DamagedFileError: a raw file is gone or damaged.
        ReadDifferenceError: reading again gives other rows than the ledger says.
    """
    files = {_batch_path(home, batch): batch for batch in batches}
    stale = [batch for batch in files.values() if _kept(home, batch) is None]
    return len(_read_again(home, stale))


def _rows_of_datasets(home: Home, batches: Sequence[BatchInForce]) -> pd.DataFrame:
    """The rows of one file that belong to the datasets for which it is in force."""
    try:
        frame = canonical_rows(home, batches[0])
    except (DamagedFileError, ReadDifferenceError) as error:
        _log.warning("rows of batch %d are not compared with: %s", batches[0].number, error)
        return empty_canonical()
    measures = [m.key for batch in batches for m in catalogue().dataset(batch.dataset_code).measures]
    return frame[frame["measure_key"].isin(measures)]


def _batch_path(home: Home, batch: BatchInForce) -> Path:
    return rows_path(home, sha256=batch.sha256, region_code=batch.region_code, period_code=batch.period.code)


def _kept(home: Home, batch: BatchInForce) -> pd.DataFrame | None:
    """The rows in the cache, when they are there and are what the ledger says."""
    try:
        table = pq.ParquetFile(_batch_path(home, batch)).read(columns=list(CANONICAL_COLUMNS), use_threads=False)
        columns = {name: table[name].to_numpy().astype(kind) for name, kind in CANONICAL_DTYPES.items()}
    except _UNREADABLE:
        return None
    frame = pd.DataFrame(columns, copy=False)
    return frame if canonical_hash(frame) == batch.canonical_hash else None


def _read_again(home: Home, batches: Sequence[BatchInForce]) -> list[pd.DataFrame]:
    """The rows of each batch, read from its raw file, compared with the ledger and kept."""
    deliveries = [batch for batch in batches if batch.source is Source.DELIVERY]
    frames = dict(zip(deliveries, _judged_rows(home, deliveries), strict=True))
    frames |= {batch: _open_data_rows(home, batch) for batch in batches if batch.source is Source.OPEN_DATA}
    for batch, frame in frames.items():
        _compare(batch, frame)
        keep_rows(home, sha256=batch.sha256, region_code=batch.region_code, period_code=batch.period.code, frame=frame)
    return [frames[batch] for batch in batches]


def _judged_rows(home: Home, batches: Sequence[BatchInForce]) -> list[pd.DataFrame]:
    from expectations.delivery import judge
    from expectations.judgement import FileToJudge

    files = RawFiles(home)
    return [
        judgement.canonical
        for judgement in judge([FileToJudge(files.read(b.sha256), b.region_code, b.period) for b in batches])
    ]


def _open_data_rows(home: Home, batch: BatchInForce) -> pd.DataFrame:
    from register.open_data import OpenDataSource, read_open_data

    content = RawFiles(home).read(batch.sha256)
    return read_open_data(OpenDataSource(batch.dataset_code), content, batch.period).canonical


def _compare(batch: BatchInForce, frame: pd.DataFrame) -> None:
    if canonical_hash(frame) == batch.canonical_hash:
        return
    name = "Open data" if batch.source is Source.OPEN_DATA else "Aanlevering"
    raise ReadDifferenceError(
        f"{name} {batch.number} ({batch.dataset_code}, {batch.region_code}, {batch.period}) geeft bij opnieuw lezen "
        f"andere rijen dan toen zij is geaccepteerd (bestand {batch.sha256[:12]}): de leesregels zijn veranderd. "
        "Gebruik de versie van de software waarmee het is geaccepteerd, of trek het in en lever het opnieuw aan."
    )
