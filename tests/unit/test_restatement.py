"""What must be computed again follows from which landing tables and which batches changed."""

from datetime import date

import pandas as pd
import pytest

from orchestration.agreed_paths import path_tables
from orchestration.landing_tables import definition_tables
from orchestration.restatement import BATCHES, Restatement, known_until, restatement

COLUMNS = ["batch_number", "period_key", "region_key", "dataset_key", "is_correction"]
DEFINITIONS = definition_tables() | path_tables([])
WITHOUT_HISTORY = ("target", "agreed_path", "agreed_point", "asked_dataset")
KEYS = dict(zip(DEFINITIONS["dataset"]["dataset_code"], DEFINITIONS["dataset"]["dataset_key"], strict=True))
NL = 1_000_000


def _batches(*rows: tuple[int, int, int, str, bool]) -> pd.DataFrame:
    return pd.DataFrame([(n, period, region, KEYS[code], c) for n, period, region, code, c in rows], columns=COLUMNS)


BEFORE = _batches((1, 20231, 2000008, "PRE02", False), (2, 20232, 2000008, "PRE02", False))


def test_a_new_batch_reaches_its_own_period() -> None:
    after = pd.concat([BEFORE, _batches((3, 20233, 2000008, "OUD01", False))])
    expected = Restatement((BATCHES,), date(2023, 7, 1), date(2023, 9, 30))
    assert restatement(DEFINITIONS, BEFORE, after, {BATCHES}) == expected


def test_a_correction_and_a_withdrawal_together_reach_from_the_first_to_the_last() -> None:
    after = _batches((3, 20231, 2000008, "PRE02", True))
    expected = Restatement((BATCHES,), date(2023, 1, 1), date(2023, 6, 30))
    assert restatement(DEFINITIONS, BEFORE, after, {BATCHES}) == expected


def test_a_yearly_source_of_a_yearly_indicator_reaches_its_year() -> None:
    after = pd.concat([BEFORE, _batches((3, 20220, NL, "vektis", False))])
    expected = Restatement((BATCHES,), date(2022, 1, 1), date(2022, 12, 31))
    assert restatement(DEFINITIONS, BEFORE, after, {BATCHES}) == expected


def test_population_weighs_every_period() -> None:
    after = pd.concat([BEFORE, _batches((3, 20220, NL, "population", False))])
    assert restatement(DEFINITIONS, BEFORE, after, {BATCHES}) == Restatement((BATCHES,), None, None)


@pytest.mark.parametrize("table", sorted(set(DEFINITIONS) - set(WITHOUT_HISTORY)))
def test_a_changed_definition_table_reaches_everything(table: str) -> None:
    assert restatement(DEFINITIONS, BEFORE, BEFORE, {table}) == Restatement((table,), None, None)


@pytest.mark.parametrize("table", WITHOUT_HISTORY)
def test_targets_and_what_is_asked_have_no_history(table: str) -> None:
    assert restatement(DEFINITIONS, BEFORE, BEFORE, {table}).start is not None


def test_nothing_in_force_before_or_after_needs_no_period() -> None:
    empty = _batches()
    assert restatement(DEFINITIONS, empty, empty, {"target"}) == Restatement(("target",), None, None)


def test_known_until_is_the_end_of_the_last_period() -> None:
    beginning = date(2011, 1, 1)
    assert known_until(pd.concat([BEFORE, _batches((9, 20230, NL, "vektis", False))]), beginning=beginning) == date(
        2023, 12, 31
    )
    assert known_until(_batches(), beginning=beginning) == date(2011, 2, 1)
