"""The one expectation of ours: DuckDB finds rows in a frame of numbers, Great Expectations judges, nothing leaks."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from expectations.rows_where import TYPE, _connection, count_where, positions_where, rows_view
from expectations.suite import ExpectationResult, run_conditions

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
    with rows_view(FRAME) as handle:
        assert positions_where(handle, condition).tolist() == positions
        assert count_where(handle, condition) == len(positions)


def judged_by(condition: str, monkeypatch: pytest.MonkeyPatch) -> list[ExpectationResult]:
    suite = ({"type": TYPE, "kwargs": {"condition": condition}, "meta": META},)
    monkeypatch.setattr("expectations.suite._read", lambda _: suite)
    return run_conditions("one", FRAME)


@pytest.mark.parametrize(("condition", "positions"), [("amount < 0", [2]), ("amount > 9", [])])
def test_great_expectations_judges_what_was_found(
    condition: str, positions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (result,) = judged_by(condition, monkeypatch)
    assert (result.is_checked, result.is_met) == (True, not positions)
    assert list(result.positions) == positions


def test_a_condition_that_cannot_run_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    (result,) = judged_by("amonut < 0", monkeypatch)
    assert (result.is_checked, result.is_met, list(result.positions)) == (False, False, [])


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text("position\n7919\n", "utf-8")
    return path


@pytest.mark.parametrize("reads", ["read_csv", "read_text", "glob"])
def test_the_connection_cannot_reach_files(readable: Path, reads: str) -> None:
    with pytest.raises(duckdb.PermissionException):
        _connection().execute(f"from {reads}($path)", {"path": str(readable)})


@pytest.mark.parametrize("setting", ["enable_external_access = true", "lock_configuration = false"])
def test_the_connection_cannot_be_unlocked(setting: str) -> None:
    with pytest.raises(duckdb.Error):
        _connection().execute(f"set {setting}")
