"""One script for DuckDB alone, by hand: no bookkeeping and nothing kept but the basis of the figures and the marts.

The counting is written apart (`hand_written.sql`). The formulas after it and the small tables about definitions before
it are the text of the models, because another text of the same formulas would be the same text. Counts are summed as
decimals, as ours are, so that the order of rows does not matter; what is kept passes the same checks.
"""

import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

import duckdb

from bench.compute.contenders import SETTINGS, Steps, warehouse_in
from bench.compute.facts import LAST, Size, corrected, delivered_again, facts
from bench.compute.queries import ModelQueries, model_queries

_SCRIPT: Final = Path(__file__).with_name("hand_written.sql")
_ABOUT_DEFINITIONS: Final = (
    "core.period",
    "core.part",
    "core.indicator_group",
    "core.indicator_period",
    "core.part_source",
)
_COUNTING: Final = frozenset(
    f"core.{name}"
    for name in (
        "area_component", "area_part", "area_status", "classification_status", "component", "country_status",
        "gemeente_status", "population", "region_status", "wijk_status",
    )
) | {"staging.observation"}  # fmt: skip
"""Models that it does without; `core.basis` is what it counts."""
_ALWAYS: Final = (date(1900, 1, 1), date(2100, 1, 1))
_COUNTED: Final = "core.basis"
_BASIS: Final = """
CREATE TABLE core.basis (
    version_key INT, area_key INT, group_key INT, level_code TEXT, period_key INT, period_start DATE,
    numerator DOUBLE, denominator DOUBLE, squares DOUBLE, minus_numerator DOUBLE, minus_denominator DOUBLE,
    expected DOUBLE, standardised_rate DOUBLE, standardised_variance DOUBLE,
    is_delivered BOOLEAN, coverage DOUBLE, is_bounded BOOLEAN, is_unknown BOOLEAN, is_part_bounded BOOLEAN,
    is_provisional BOOLEAN, is_revised BOOLEAN, is_converted BOOLEAN, is_estimated BOOLEAN
)
"""


class HandWritten:
    """DuckDB on two threads."""

    def load(self, folder: Path, size: Size) -> None:  # noqa: ARG002 - as every contender
        """Read the queries, and make the rows to come."""
        self._queries: ModelQueries = model_queries()
        self._counting = _SCRIPT.read_text(encoding="utf-8")
        self._batches, number = corrected(facts(size).batches)
        self._rows = delivered_again(size).assign(batch_number=number, period_start=LAST.start)

    def full(self, folder: Path) -> Steps:
        """From landing tables to marts."""
        with _connected(folder) as connection:
            for schema in ("reference", "core", "mart"):
                connection.execute(f"CREATE SCHEMA {schema}")
            for name in self._queries.models:
                if name.startswith("reference."):
                    self._table(connection, name)
            connection.execute(_BASIS)
            return self._compute(connection, *_ALWAYS)

    def again(self, folder: Path) -> Steps:
        """Add the rows, count the quarter again, and make what is shown of all quarters again."""
        began = time.perf_counter()
        with _connected(folder) as connection:
            for table, frame in {"observation": self._rows, "batch_in_force": self._batches}.items():
                connection.register("changed", frame)
                columns = ", ".join(column for column in frame.columns if column != "source_row")
                if table == "batch_in_force":
                    connection.execute("DELETE FROM landing.batch_in_force")
                connection.execute(f"INSERT INTO landing.{table} BY NAME SELECT {columns} FROM changed")  # noqa: S608
            loading = time.perf_counter() - began
            return {"loading": loading, **self._compute(connection, LAST.start, LAST.end)}

    def _compute(self, connection: duckdb.DuckDBPyConnection, first: date, last: date) -> Steps:
        times = [time.perf_counter()]
        for name in _ABOUT_DEFINITIONS:
            self._table(connection, name)
        connection.execute("SET VARIABLE first = $1::DATE", [first])
        connection.execute("SET VARIABLE last = $1::DATE", [last])
        connection.execute(self._counting)
        times.append(time.perf_counter())
        for name in self._queries.models:
            if not name.startswith("reference.") and name not in {*_ABOUT_DEFINITIONS, *_COUNTING, _COUNTED}:
                self._table(connection, name)
        times.append(time.perf_counter())
        for name, query in self._queries.audits.items():
            if name.rpartition(".")[0] not in _COUNTING and connection.execute(query).fetchone():
                raise AssertionError(name)
        times.append(time.perf_counter())
        return dict(zip(("counting", "formulas", "checks"), (later - at for at, later in pairwise(times)), strict=True))

    def _table(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {self._queries.models[name]}")


def _connected(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(warehouse_in(folder)), config=dict(SETTINGS))
