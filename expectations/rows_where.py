"""The one expectation of ours: no row satisfies a condition. DuckDB finds the rows, Great Expectations judges.

Belongs here: the expectation, its metric, and the locked-down connection on which conditions run. A condition is ours,
written in a suite; a value of a user is only ever data in the frame. Everything of Great Expectations is made inside
`register_expectation`, because its import costs seconds.
"""

from collections.abc import Mapping
from functools import cache
from threading import Lock
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
_VIEW: Final = "delivery_row"
_THREADS: Final = 2
_one_at_a_time = Lock()


def count_where(frame: pd.DataFrame, condition: str) -> int:
    """How many rows of a frame of numbers and flags satisfy a condition; NaN is absent."""
    return int(_asked(frame, f"select count(*) as row_count from {_VIEW} where {condition}")["row_count"][0])  # noqa: S608


def positions_where(frame: pd.DataFrame, condition: str) -> npt.NDArray[np.int64]:
    """The positions (0, 1, ...) of the rows that satisfy a condition, ascending."""
    found: npt.NDArray[np.int64] = _asked(frame, f"select position from {_VIEW} where {condition}")["position"]  # noqa: S608
    return np.sort(found)


def _asked(frame: pd.DataFrame, query: str) -> Mapping[str, Any]:
    with _one_at_a_time:
        connection = _connection()
        connection.register(_VIEW, frame)
        try:
            found = connection.execute(query).fetchnumpy()
        finally:
            connection.unregister(_VIEW)
    return found


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
