"""What a warehouse file was computed from, kept inside it, so that "nothing to do" is found out without SQLMesh.

Belongs here: the fingerprint of the input (definitions, batches, models) and reading and writing it.
Does not belong here: what follows from a difference (`transform.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from orchestration.gateways import Gateway

_PROJECT: Final = Path(__file__).resolve().parents[1]
_MODEL_FILES: Final = ("config.yaml", "external_models.yaml", "models/**/*.sql", "audits/**/*.sql")


@dataclass(frozen=True)
class WarehouseState:
    """Everything that decides the content of the marts, and what was found about them."""

    models_hash: str
    table_hashes: Mapping[str, str]
    loaded_batches: tuple[int, ...]
    audits: tuple[tuple[str, str], ...]
    """Model and name of every audit; all passed, else the warehouse would not be in force."""


@cache
def models_hash(gateway: Gateway = Gateway.DUCKDB) -> str:
    """The SHA-256 of all that SQLMesh computes with: project files, the engine and the versions of both."""
    digest = hashlib.sha256()
    for pattern in _MODEL_FILES:
        for file in sorted(_PROJECT.glob(pattern)):
            digest.update(f"{file.relative_to(_PROJECT).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    libraries = ("sqlmesh", *gateway.libraries)
    digest.update(" ".join([gateway.value, *(f"{name} {_version(name)}" for name in libraries)]).encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    """The version installed; that of a gateway may be absent, which connecting will tell."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def frame_hash(frame: pd.DataFrame) -> str:
    """The SHA-256 of a small table: its columns and rows, in any order of rows."""
    text = frame.to_csv(index=False, lineterminator="\n")
    header, *rows = text.splitlines()
    return hashlib.sha256("\n".join([header, *sorted(rows)]).encode()).hexdigest()


def read_state(warehouse: Path) -> WarehouseState | None:
    """What the warehouse was computed from; None where there is no warehouse that can be read."""
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            row = connection.execute("SELECT content FROM monitor.state").fetchone()
    except (duckdb.Error, OSError):
        return None
    return _from_json(row[0]) if row else None


def read_batches(warehouse: Path) -> pd.DataFrame:
    """The batches in force from which the warehouse was computed."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute("SELECT * FROM landing.batch_in_force").df()


def state_text(state: WarehouseState) -> str:
    """The state as it is kept."""
    return json.dumps(asdict(state))


def write_state(warehouse: Path, state: WarehouseState) -> None:
    """Keep the state in the warehouse and leave no write-ahead log behind."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS monitor")
        connection.execute("CREATE OR REPLACE TABLE monitor.state (content TEXT)")
        connection.execute("INSERT INTO monitor.state VALUES (?)", [state_text(state)])
        connection.execute("CHECKPOINT")


def _from_json(text: str) -> WarehouseState:
    content = json.loads(text)
    return WarehouseState(
        models_hash=content["models_hash"],
        table_hashes=content["table_hashes"],
        loaded_batches=tuple(content["loaded_batches"]),
        audits=tuple((model, name) for model, name in content["audits"]),
    )
