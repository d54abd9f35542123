"""Running a Great Expectations suite on a data frame: the one module that imports great_expectations.

Belongs here: the context, loading `suites/<name>.json`, and what each expectation said as plain types. An expectation
that raised says that nothing was checked; it never counts as passed.
"""

import json
import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from expectations.rows_where import TYPE as ROWS_WHERE
from expectations.rows_where import positions_where, register_expectation

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExpectationResult:
    """What one expectation said about a frame.

    `positions` are the index values of the rows that break it, ascending; empty for one about the whole table.
    """

    meta: Mapping[str, Any]
    is_checked: bool
    is_met: bool
    positions: Sequence[int]


def run_suite(name: str, frame: pd.DataFrame, parameters: Mapping[str, Any] | None = None) -> list[ExpectationResult]:
    """Check a frame with `suites/<name>.json`; see `run_expectations`."""
    return run_expectations(_read(name), frame, parameters)


def run_expectations(
    expectations: Sequence[Mapping[str, Any]], frame: pd.DataFrame, parameters: Mapping[str, Any] | None = None
) -> list[ExpectationResult]:
    """Check a frame with expectations in the form of Great Expectations' JSON; results in their order.

    The index of the frame names the failing rows. `parameters` fill the `$PARAMETER`s.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        named = _only(frame, _named_columns(expectations, frame))
        batch = _batch_definition().get_batch({"dataframe": named})
        validated = batch.validate(
            _numbered(expectations),
            result_format={"result_format": "COMPLETE"},
            expectation_parameters=dict(parameters or {}),
        )
    results = [_result(result, named) for result in validated.results]
    return sorted(results, key=lambda result: int(result.meta["number"]))


def warm_up() -> None:
    """Import Great Expectations and make its context, so that the first file does not wait for it."""
    _batch_definition()


def metas(name: str) -> list[Mapping[str, Any]]:
    """What each expectation of a suite says about itself, in order; needs no Great Expectations."""
    return [entry["meta"] for entry in _read(name)]


@cache
def _read(name: str) -> Sequence[Mapping[str, Any]]:
    raw = json.loads(files("expectations").joinpath("suites", f"{name}.json").read_text(encoding="utf-8"))
    return tuple(raw["expectations"])


def _only(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Some columns of a frame, without copying a million numbers."""
    return pd.DataFrame({name: frame[name] for name in names}, copy=False)


def _named_columns(expectations: Sequence[Mapping[str, Any]], frame: pd.DataFrame) -> list[str]:
    """The columns that expectations name, also in their conditions; fewer columns are checked faster."""
    words = {"position"} | set(re.findall(r"\w+", json.dumps([entry["kwargs"] for entry in expectations])))
    return [column for column in frame.columns if column in words]


def _numbered(expectations: Sequence[Mapping[str, Any]]) -> "ExpectationSuite":
    """The suite, each expectation numbered in its meta because results come in another order."""
    from great_expectations import ExpectationSuite

    numbered = [{**entry, "meta": {**entry["meta"], "number": number}} for number, entry in enumerate(expectations)]
    return ExpectationSuite(name="suite", expectations=numbered)


@cache
def _batch_definition() -> "BatchDefinition[Any]":
    """The one batch of an ephemeral context, without analytics and progress bars."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

        register_expectation()
        config = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        )
        context = great_expectations.get_context(mode="ephemeral", project_config=config)
        asset = context.data_sources.add_pandas("memory").add_dataframe_asset("frame")
        return asset.add_batch_definition_whole_dataframe("whole")


def _result(result: "ExpectationValidationResult", frame: pd.DataFrame) -> ExpectationResult:
    meta = result.expectation_config.meta if result.expectation_config else {}
    problem = _exception_message(result.exception_info)
    if problem:
        _log.error("Great Expectations could not check %s: %s", meta, problem)
    is_checked, is_met = problem is None, problem is None and bool(result.success)
    return ExpectationResult(meta or {}, is_checked, is_met, _positions(result, frame) if is_checked else ())


def _positions(result: "ExpectationValidationResult", frame: pd.DataFrame) -> Sequence[int]:
    """The rows that break an expectation: found by DuckDB where it has a condition, else told by the result."""
    config = result.expectation_config
    if config is None or config.type != ROWS_WHERE:
        return sorted(result.result.get("unexpected_index_list") or ())
    return [] if result.success else positions_where(frame, config.kwargs["condition"]).tolist()


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception, which Great Expectations gives flat or by metric."""
    entries = [info or {}] if "raised_exception" in (info or {}) else list((info or {}).values())
    return next((str(entry["exception_message"]) for entry in entries if entry.get("raised_exception")), None)
