"""Great Expectations as its manual shows it: a pandas frame, expectations of its own, results COMPLETE."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from bench.contenders import Report
from bench.contenders.codes import CODES, KEY, MARGIN, areas
from bench.contenders.pandas_frame import DIFFERENCE, read_frame
from expectations.columns import Column

_KEY_TYPE: Final = "expect_compound_columns_to_be_unique"


class GreatExpectations:
    """One suite on one frame in an ephemeral context."""

    def load(self) -> None:
        """Import it and make a context."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import great_expectations as gx
            from great_expectations.data_context.types.base import ProgressBarsConfig

            context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("memory").add_dataframe_asset("frame")
        self._batches = asset.add_batch_definition_whole_dataframe("whole")
        self._suite = gx.ExpectationSuite(name="delivery", expectations=list(_expectations()))

    def report(self, path: Path) -> Report:
        """The unexpected rows by expectation."""
        frame = read_frame(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = self._batches.get_batch({"dataframe": frame})
            validated = batch.validate(self._suite, result_format={"result_format": "COMPLETE"})
        return {str(number): _rows(result, frame) for number, result in enumerate(validated.results)}


def _expectations() -> Iterator[dict[str, Any]]:
    numerator, denominator = Column.NUMERATOR.value, Column.DENOMINATOR.value
    for name, codes in {**CODES, Column.AREA_CODE: areas()}.items():
        yield _expect("column_values_to_be_in_set", column=name.value, value_set=list(codes))
    yield _expect("column_values_to_be_between", column=numerator, min_value=0)
    yield _expect("column_values_to_be_between", column=denominator, min_value=0, strict_min=True)
    yield _expect("column_values_to_be_between", column=DIFFERENCE, max_value=MARGIN)
    for counted in (numerator, denominator):
        yield _expect("column_values_to_not_be_null", column=counted)
    pair = {"column_A": denominator, "column_B": numerator, "or_equal": True}
    yield _expect("column_pair_values_a_to_be_greater_than_b", **pair, ignore_row_if="either_value_is_missing")
    yield _expect("compound_columns_to_be_unique", column_list=[name.value for name in KEY])


def _expect(what: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": f"expect_{what}", "kwargs": kwargs}


def _rows(result: Any, frame: pd.DataFrame) -> Any:
    """The rows that an expectation lists; of a repeated key it lists the first too, which is not wrong."""
    if any(entry.get("raised_exception") for entry in _entries(result.exception_info)):
        raise RuntimeError(f"Great Expectations could not check: {result.exception_info}")
    rows = result.result.get("unexpected_index_list") or []
    if result.expectation_config.type != _KEY_TYPE:
        return rows
    listed = frame.loc[sorted(rows), list(KEY)]
    return listed.index[listed.duplicated()]


def _entries(info: Any) -> list[Any]:
    return [info] if "raised_exception" in info else list(info.values())
