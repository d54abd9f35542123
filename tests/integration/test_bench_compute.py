"""The benchmark of the computation compares equal work: hand-written SQL and ours make the same marts. No times."""

from pathlib import Path

import pandas as pd
import pytest

from bench.compute.equality import OtherFiguresError, assert_equal_marts
from bench.compute.facts import Size, corrected, delivered_again, facts
from bench.compute.measuring import measure_size

SMALL = Size(is_per_wijk=True, quarter_count=4, dataset_count=2)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compute") / SMALL.code
    told: list[str] = []
    runs = measure_size(folder, SMALL, ["ours", "hand"], rounds=1, tell=told.append)
    assert told[0].startswith("1,591,200 facts")
    assert len(runs) == 5
    return folder


def test_figures_differ_after_the_quarter_is_delivered_again(measured: Path) -> None:
    assert_equal_marts(measured / "ours" / "again", measured / "hand" / "again")
    with pytest.raises(OtherFiguresError, match=r"indicator_value\.numerator differs"):
        assert_equal_marts(measured / "ours" / "full", measured / "hand" / "again")


def test_most_figures_are_there_and_some_are_hidden(measured: Path) -> None:
    values = pd.read_parquet(measured / "ours" / "full" / "indicator_value.parquet")
    is_hidden = values["reason_code"] == "suppressed"
    assert 0 < is_hidden.mean() < 0.2
    assert values.loc[values["period_code"] == "2025Q4", "value"].notna().mean() > 0.5


def test_only_one_region_quarter_is_delivered_again() -> None:
    batches = facts(SMALL).batches
    after, number = corrected(batches)
    changed = after[after["batch_number"] != batches["batch_number"]]
    assert set(changed["batch_number"]) == {number}
    assert len(changed) == SMALL.dataset_count
    assert set(delivered_again(SMALL)["period_key"]) == {20254}
