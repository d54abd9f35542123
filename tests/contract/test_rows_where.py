"""The one expectation of ours: DuckDB finds rows in a frame of numbers, Great Expectations judges, nothing leaks."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from expectations.rows_where import TYPE, _connection, count_where, positions_where
from expectations.suite import run_expectations

FRAME = pd.DataFrame(
    {"position": [0, 1, 2, 3], "amount": [1.0, np.nan, -2.0, 0.0], "is_known": [True, True, False, False]}
)
META = {"rule": "getal.negatief", "column": "Teller", "report": "row"}


@pytest.mark.parametrize(
    ("condition", "positions"),
    [
        ("amount < 0", [2]),
        ("amount is null", [1]),
        ("not is_known", [2, 3]),
        ("is_known and amount <> 1", []),
        ("coalesce(amount, 0) = 0", [1, 3]),
    ],
)
def test_a_missing_number_is_null_and_a_flag_is_a_boolean(condition: str, positions: list[int]) -> None:
    assert positions_where(FRAME, condition).tolist() == positions
    assert count_where(FRAME, condition) == len(positions)


@pytest.mark.parametrize(("condition", "positions"), [("amount < 0", [2]), ("amount > 9", [])])
def test_great_expectations_judges_what_was_found(condition: str, positions: list[int]) -> None:
    (result,) = run_expectations([{"type": TYPE, "kwargs": {"condition": condition}, "meta": META}], FRAME)
    assert (result.is_checked, result.is_met) == (True, not positions)
    assert list(result.positions) == positions


def test_a_condition_that_cannot_run_is_not_checked() -> None:
    (result,) = run_expectations([{"type": TYPE, "kwargs": {"condition": "amonut < 0"}, "meta": META}], FRAME)
    assert (result.is_checked, result.is_met, list(result.positions)) == (False, False, [])


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "secret.csv"
    path.write_text("position\n7919\n", "utf-8")
    yield path


@pytest.mark.parametrize("reads", ["read_csv", "read_text", "glob"])
def test_the_connection_cannot_reach_files(readable: Path, reads: str) -> None:
    with pytest.raises(duckdb.PermissionException):
        _connection().execute(f"select * from {reads}($path)", {"path": str(readable)})


@pytest.mark.parametrize("setting", ["enable_external_access = true", "lock_configuration = false"])
def test_the_connection_cannot_be_unlocked(setting: str) -> None:
    with pytest.raises(duckdb.Error):
        _connection().execute(f"set {setting}")
