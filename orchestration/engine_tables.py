"""The tables of one engine: rows in and out in bulk, whose they are, and how they are all dropped.

Belongs here: what SQLMesh's adapter does not do the same, or fast enough, on every engine; the only place in Python
that tells engines apart. The adapter is handed over by `sqlmesh_bridge.py`; SQLMesh is not imported here.
Does not belong here: SQL of the models, and when rows are loaded or read (`transform.py`).
"""

from collections.abc import Callable, Collection, Mapping
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv
from sqlglot import exp

from indicators.errors import MonitorError
from orchestration.gateways import Gateway

_MARK: Final = "monitor.state"
_ARROW_TYPES: Final[Mapping[str, pa.DataType]] = {
    "INT": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "TEXT": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
}


class EngineUnreachableError(MonitorError):
    """The engine does not answer, or its library is not installed."""


class OccupiedEngineError(MonitorError):
    """The engine holds tables with our names that this service did not make."""


class EngineTables:
    """The tables that one adapter of SQLMesh reaches; a column type is one of SQLGlot's, by column name."""

    def __init__(self, adapter: Any, gateway: Gateway) -> None:
        self._adapter = adapter
        self._gateway = gateway

    def create(self, name: str, types: Mapping[str, Any]) -> None:
        """Make a table, unless it exists."""
        self._adapter.create_schema(name.split(".")[0])
        self._adapter.create_table(name, dict(types))

    def replace(self, name: str, frame: pd.DataFrame, types: Mapping[str, Any]) -> None:
        """Put the rows of `frame` in the place of all rows."""
        self._adapter.drop_table(name)
        self.create(name, types)
        if not frame.empty:
            self.append(name, frame, types)

    def append(self, name: str, frame: pd.DataFrame, types: Mapping[str, Any]) -> None:
        """Add the rows of `frame`; PostgreSQL by COPY, since SQLMesh would write every row as text of a query."""
        if self._gateway is Gateway.POSTGRES:
            _copy_in(self._adapter, name, arrow_table(frame, types))
        else:
            self._adapter.insert_append(name, frame[list(types)], target_columns_to_types=dict(types))

    def read(self, name: str) -> pa.Table:
        """All rows, in the types that the columns have in the engine."""
        types = self._adapter.columns(name)
        query = f"SELECT {', '.join(types)} FROM {name}"  # noqa: S608 - names of our own models
        if self._gateway is Gateway.POSTGRES:
            return _copy_out(self._adapter, query, arrow_schema(types))
        return arrow_table(self._adapter.fetchdf(query), types)

    def mark(self) -> str | None:
        """What was last kept with `write_mark`; None in an engine that never was ours."""
        if not self._adapter.table_exists(_MARK):
            return None
        row = self._adapter.fetchone(f"SELECT content FROM {_MARK}")  # noqa: S608 - a constant
        return str(row[0]) if row else ""

    def write_mark(self, text: str) -> None:
        """Keep a text beside the tables: from what they were computed."""
        self.replace(_MARK, pd.DataFrame({"content": [text]}), {"content": exp.DataType.build("text")})

    def clear(self, schemas: Collection[str]) -> None:
        """Drop these schemas with all that is in them.

        Raises:
            OccupiedEngineError: one of them has tables, and the engine has no mark of ours.
        """
        if self.mark() is None and (found := [name for name in schemas if self._adapter.get_data_objects(name)]):
            raise OccupiedEngineError(
                f"De database van '{self._gateway.value}' heeft al tabellen in {', '.join(sorted(found))} die niet van "
                "deze dienst zijn. Geef de dienst een lege database (docs/engines.md)."
            )
        for name in schemas:
            self._adapter.drop_schema(name, ignore_if_not_exists=True, cascade=True)


def reached(make_adapter: Callable[[], Any], gateway: Gateway) -> Any:
    """The adapter that is made, connected, so that what follows may trust that the engine is there.

    Raises:
        EngineUnreachableError: it is not, or its library is not installed.
    """
    try:
        adapter = make_adapter()
        adapter.fetchone("SELECT 1")
    except _connection_errors(gateway) as error:
        raise EngineUnreachableError(
            f"De rekenmachine '{gateway.value}' is niet te bereiken: {' '.join(str(error).split())} "
            "De instellingen en wat nodig is staan in docs/engines.md."
        ) from error
    return adapter


def _connection_errors(gateway: Gateway) -> tuple[type[Exception], ...]:
    """What connecting can raise."""
    if gateway is Gateway.POSTGRES and find_spec("psycopg2"):
        from psycopg2 import Error

        return (Error,)
    if gateway is Gateway.SPARK and find_spec("pyspark"):
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return (PySparkException, Py4JError)
    return (ImportError,)


def arrow_schema(types: Mapping[str, Any]) -> pa.Schema:
    """The columns as Arrow types."""
    return pa.schema([(name, _ARROW_TYPES[kind.sql()]) for name, kind in types.items()])


def arrow_table(frame: pd.DataFrame, types: Mapping[str, Any]) -> pa.Table:
    """The columns of `frame` in these types; an empty cell of any kind is null."""
    return pa.Table.from_pandas(frame[list(types)], schema=arrow_schema(types), preserve_index=False)


def _copy_in(adapter: Any, name: str, table: pa.Table) -> None:
    """An unquoted empty cell is null and a quoted one an empty text, in Arrow as in PostgreSQL.

    PostgreSQL plans badly with a table of which it knows nothing yet; `config.yaml` does the same for the models.
    """
    content = BytesIO()
    csv.write_csv(table, content, csv.WriteOptions(include_header=False))
    content.seek(0)
    with adapter.transaction():
        adapter.cursor.copy_expert(f"COPY {name} ({', '.join(table.column_names)}) FROM STDIN (FORMAT csv)", content)
    adapter.execute(f"ANALYZE {name}")


def _copy_out(adapter: Any, query: str, schema: pa.Schema) -> pa.Table:
    content = BytesIO()
    with adapter.transaction():
        adapter.cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", content)
    content.seek(0)
    if not content.getbuffer().nbytes:
        return schema.empty_table()
    reading = csv.ReadOptions(column_names=schema.names)
    converting = csv.ConvertOptions(
        column_types=schema,
        null_values=[""],
        true_values=["t"],
        false_values=["f"],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    return csv.read_csv(content, reading, csv.ParseOptions(newlines_in_values=True), converting)
