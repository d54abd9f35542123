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

from expectations.rows_where import positions_where, register_expectation, rows_view

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
    named = frame[_named_columns(expectations, frame)]
    return [_result(result, _told_positions(result)) for result in _validated(expectations, named, parameters)]


def run_conditions(name: str, frame: pd.DataFrame) -> list[ExpectationResult]:
    """Check a frame with `suites/<name>.json`, in which every expectation is a condition that no row may satisfy.

    Args:
        name: the name of the suite.
        frame: numbers and flags only, with a column `position`.
    """
    with rows_view(frame) as handle:
        return [_result(result, _found_positions(result, handle)) for result in _validated(_read(name), handle)]


def _validated(
    expectations: Sequence[Mapping[str, Any]], frame: pd.DataFrame, parameters: Mapping[str, Any] | None = None
) -> "list[ExpectationValidationResult]":
    """The results of Great Expectations, in the order of the expectations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        batch = _batch_definition().get_batch({"dataframe": frame})
        validated = batch.validate(
            _numbered(expectations),
            result_format={"result_format": "COMPLETE"},
            expectation_parameters=dict(parameters or {}),
        )
    return sorted(validated.results, key=lambda result: int(_meta(result)["number"]))


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


def _named_columns(expectations: Sequence[Mapping[str, Any]], frame: pd.DataFrame) -> list[str]:
    """The columns that expectations name, also in their conditions; fewer columns are checked faster."""
    words = set(re.findall(r"\w+", json.dumps([entry["kwargs"] for entry in expectations])))
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


def _result(result: "ExpectationValidationResult", positions: Sequence[int]) -> ExpectationResult:
    problem = _exception_message(result.exception_info)
    if problem:
        _log.error("Great Expectations could not check %s: %s", _meta(result), problem)
        return ExpectationResult(_meta(result), is_checked=False, is_met=False, positions=())
    return ExpectationResult(_meta(result), is_checked=True, is_met=bool(result.success), positions=positions)


def _meta(result: "ExpectationValidationResult") -> Mapping[str, Any]:
    return (result.expectation_config.meta if result.expectation_config else None) or {}


def _told_positions(result: "ExpectationValidationResult") -> Sequence[int]:
    return sorted(result.result.get("unexpected_index_list") or ())


def _found_positions(result: "ExpectationValidationResult", handle: pd.DataFrame) -> Sequence[int]:
    """The rows that break a condition; looked for only when Great Expectations says that there are some."""
    config = result.expectation_config
    if config is None or result.success or _exception_message(result.exception_info):
        return ()
    positions: list[int] = positions_where(handle, config.kwargs["condition"]).tolist()
    return positions


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception, which Great Expectations gives flat or by metric."""
    entries = [info or {}] if "raised_exception" in (info or {}) else list((info or {}).values())
    return next((str(entry["exception_message"]) for entry in entries if entry.get("raised_exception")), None)
