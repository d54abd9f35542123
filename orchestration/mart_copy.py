"""What an external engine computed, as tables of the warehouse file, where every reader looks for it.

Belongs here: which tables are fetched, and writing them. Does not belong here: how an engine is read
(`engine_tables.py`), and when (`transform.py`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from orchestration.sqlmesh_bridge import SqlmeshBridge

_FETCHED_SCHEMAS: Final = ("mart.", "reference.")
_FETCHED_TABLES: Final = ("core.period", "landing.batch_in_force", "landing.dataset")
"""What periods are called, and from which follows on which deliveries the marts rest."""


def fetch_marts(bridge: SqlmeshBridge) -> dict[str, pa.Table]:
    """What publications are made from, by name with the schema; the models between landing and marts stay there."""
    models = [name for name in bridge.model_names() if name.startswith(_FETCHED_SCHEMAS)]
    return {name: bridge.read(name) for name in [*models, *_FETCHED_TABLES]}


def write_marts(warehouse: Path, tables: Mapping[str, pa.Table]) -> None:
    """Put the tables in the warehouse file, in the place of those that it has."""
    with duckdb.connect(str(warehouse)) as connection:
        for name, table in tables.items():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.from_arrow(table).create(name)
