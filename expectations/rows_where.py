"""The one expectation of ours: no row satisfies a condition. DuckDB finds the rows, Great Expectations judges.

Belongs here: the expectation, its metric, and the locked-down connection on which conditions run. A condition is ours,
written in a suite; a value of a user is only ever data in the frame. Everything of Great Expectations is made inside
`register_expectation`, because its import costs seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from great_expectations.execution_engine.execution_engine import ExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation

TYPE: Final = "expect_no_rows_where"
_METRIC: Final = "delivery.row_count_where"
_HANDLE: Final = "view"
_THREADS: Final = 2
_numbers = count(1)


@contextmanager
def rows_view(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Put a frame of numbers and flags (NaN is absent) where conditions see it.

    Yields:
        A frame of one row that names it. Great Expectations gets this one as its batch, because it hashes every batch
        twice: for a million rows that cost more than all conditions together.
    """
    view = f"delivery_row_{next(_numbers)}"
    connection = _connection().cursor()
    connection.register(view, frame)
    try:
        _cursors[view] = connection
        yield pd.DataFrame({_HANDLE: [view]})
    finally:
        del _cursors[view]
        connection.close()


def count_where(handle: pd.DataFrame, condition: str) -> int:
    """How many rows satisfy a condition."""
    return int(_asked(handle, "count(*)", condition)[0])


def positions_where(handle: pd.DataFrame, condition: str) -> npt.NDArray[np.int64]:
    """The positions (0, 1, ...) of the rows that satisfy a condition, ascending."""
    return np.sort(_asked(handle, "position", condition))


def _asked(handle: pd.DataFrame, column: str, condition: str) -> npt.NDArray[np.int64]:
    view = str(handle[_HANDLE].iloc[0])
    query = f"select {column} as answer from {view} where {condition}"  # noqa: S608 - each part is ours
    return np.asarray(_cursors[view].execute(query).fetchnumpy()["answer"], dtype=np.int64)


_cursors: dict[str, duckdb.DuckDBPyConnection] = {}


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": _THREADS, "enable_external_access": False, "lock_configuration": True,
    }  # fmt: skip
    return duckdb.connect(config=settings)


@cache
def register_expectation() -> "type[BatchExpectation]":
    """Make the expectation known to Great Expectations under `TYPE`."""
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

    class RowCountWhere(TableMetricProvider):
        """The number of rows that satisfy a condition."""

        metric_name = _METRIC
        value_keys = ("condition",)

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(
            cls,  # noqa: N805 - called by Great Expectations with the class
            execution_engine: PandasExecutionEngine,
            metric_domain_kwargs: dict[str, Any],
            metric_value_kwargs: dict[str, Any],
            **_: Any,
        ) -> int:
            frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type="table")
            return count_where(frame, metric_value_kwargs["condition"])

    class ExpectNoRowsWhere(BatchExpectation):
        """Expect that no row satisfies the condition."""

        condition: str
        metric_dependencies = (_METRIC,)
        success_keys = ("condition",)

        def _validate(
            self,
            metrics: dict[str, Any],
            runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002 - the signature is not ours
            execution_engine: "ExecutionEngine[Any] | None" = None,  # noqa: ARG002
        ) -> dict[str, Any]:
            count = metrics[_METRIC]
            return {"success": count == 0, "result": {"observed_value": count}}

    return ExpectNoRowsWhere
