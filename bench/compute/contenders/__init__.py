"""Those who make marts of the same landing tables: this project, hand-written SQL, and dbt.

Belongs here: what a contender is, and the marts that it leaves for comparison. Each has a module of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import duckdb

from bench.compute.facts import Size
from register.home import Home

SETTINGS: Final[Mapping[str, str | int]] = {"threads": 2, "memory_limit": "5GB"}
"""Of DuckDB, for the others; ours has those of the service."""
COPYING: Final = "copying"
"""The step that moves the whole warehouse and computes nothing; shown, and not in the time."""
Steps: TypeAlias = Mapping[str, float]
"""Seconds by step."""


class Contender(Protocol):
    """Someone who makes marts; the folder is a `Home` whose warehouse has landing tables."""

    def load(self, folder: Path, size: Size) -> None:
        """Everything that needs no time when it has run before: import, parsed models, the rows to come."""
        ...

    def full(self, folder: Path) -> Steps:
        """Compute everything from landing tables."""
        ...

    def again(self, folder: Path) -> Steps:
        """Where `full` was done: take in one region-quarter that is delivered again."""
        ...


def warehouse_in(folder: Path) -> Path:
    """The database of a folder."""
    return Home(folder).warehouse_path


def keep_marts(folder: Path, kept: Path) -> None:
    """Write the marts as Parquet."""
    kept.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(warehouse_in(folder)), read_only=True) as connection:
        marts = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'mart'"
        for (mart,) in connection.execute(marts).fetchall():
            connection.execute(f"COPY (SELECT * FROM mart.{mart}) TO '{kept / mart}.parquet'")  # noqa: S608 - ours
