"""What is computed again after corrections, withdrawals and late quarters gives what a rebuild gives, and no more is
computed again than the quarters that changed."""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from indicators.periods import Period
from orchestration.transform import transform
from register.home import Home
from tests.support_landing import Landing, add_open_data, add_quarter, marts_hash

REGIONS = ("ZK01", "ZK08")
QUARTERS = tuple(Period.quarter(2023, 1).shifted(step) for step in range(6))
DELIVERED = QUARTERS[1:5]
"""One quarter before it and one after it arrive late."""
DATASETS = ("PRE02", "OUD01", "DIG01", "DIG02")
"""A rolling year, a standardised rate, a count per region, and an index."""
MARKED = {
    "staging.observation": "is_converted",
    "core.component": "is_converted",
    "core.area_part": "is_bounded",
    "core.gemeente_status": "is_bounded_in_region",
    "core.region_status": "is_part_bounded",
    "core.area_status": "is_part_bounded",
    "core.area_component": "is_converted",
    "core.basis": "is_converted",
}
"""Models by quarter, and a column in which a change changes no figure's audit."""


class Delivery(NamedTuple):
    """A region delivers a quarter, for the first time or again."""

    region: str
    period: Period
    seed: int

    def __call__(self, landing: Landing) -> None:
        """Put it in force."""
        add_quarter(landing, self.region, self.period, seed=self.seed)


class Withdrawal(NamedTuple):
    """What a region delivered of one dataset counts no longer."""

    region: str
    period: Period
    dataset: str

    def __call__(self, landing: Landing) -> None:
        """Take it out of force, where there is any."""
        landing.withdraw(self.region, self.period, self.dataset)


class OpenData(NamedTuple):
    """A year of open data arrives."""

    code: str
    year: int

    def __call__(self, landing: Landing) -> None:
        """Put it in force."""
        add_open_data(landing, self.code, self.year)


deliveries = st.builds(Delivery, st.sampled_from(REGIONS), st.sampled_from(QUARTERS), st.integers(1, 9))
withdrawals = st.builds(Withdrawal, st.sampled_from(REGIONS), st.sampled_from(DELIVERED), st.sampled_from(DATASETS))
open_data = st.builds(OpenData, st.sampled_from(["population", "vektis"]), st.sampled_from([2022, 2023]))
changes = st.lists(st.one_of(deliveries, deliveries, withdrawals, withdrawals, open_data), min_size=1, max_size=3)
"""What changed since the last computation."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, bytes]:
    """A warehouse, and the landing from which it was computed."""
    home, landing = Home(tmp_path_factory.mktemp("built") / "var").create(), Landing()
    add_open_data(landing, "population", 2023)
    for period in DELIVERED:
        for region in REGIONS:
            add_quarter(landing, region, period)
    assert transform(home, landing.tables()).is_rebuilt
    return home, pickle.dumps(landing)


@pytest.fixture(scope="module")
def copied(
    built: tuple[Home, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], tuple[Home, Landing, Path]]:
    """A fresh copy of both, and a folder for more."""

    def copy() -> tuple[Home, Landing, Path]:
        folder = tmp_path_factory.mktemp("copy")
        shutil.copytree(built[0].path, folder / "var")
        landing: Landing = pickle.loads(built[1])  # noqa: S301 - made by this module
        return Home(folder / "var"), landing, folder

    return copy


@given(steps=st.lists(changes, min_size=1, max_size=3))
@example(
    steps=[
        [Delivery("ZK08", QUARTERS[5], 0), Withdrawal("ZK01", QUARTERS[3], "PRE02")],
        [OpenData("vektis", 2022), Delivery("ZK01", QUARTERS[2], 7), Withdrawal("ZK08", QUARTERS[4], "DIG02")],
        [OpenData("population", 2022), Delivery("ZK08", QUARTERS[0], 0)],
    ]
)
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a step of shrinking takes a minute
)
def test_step_by_step_gives_what_a_rebuild_gives(
    copied: Callable[[], tuple[Home, Landing, Path]], steps: list[list[Callable[[Landing], None]]]
) -> None:
    home, landing, folder = copied()
    for step in steps:
        before = landing.batches()
        for change in step:
            _apply(change, landing)
        report = transform(home, landing.tables())
        assert report.is_accepted
        assert not report.is_rebuilt
        assert report.is_changed != landing.batches().equals(before)
    fresh = Home(folder / "fresh").create()
    assert transform(fresh, landing.tables()).is_rebuilt
    assert marts_hash(home.warehouse_path) == marts_hash(fresh.warehouse_path)


def _apply(change: Callable[[Landing], None], landing: Landing) -> None:
    """What was withdrawn before cannot be withdrawn again."""
    try:
        change(landing)
    except KeyError:
        assert isinstance(change, Withdrawal)


def test_other_quarters_are_not_computed_again(copied: Callable[[], tuple[Home, Landing, Path]]) -> None:
    home, landing, _ = copied()
    corrected = QUARTERS[2]
    _mark(home.warehouse_path)
    marked = _by_quarter(home.warehouse_path)
    add_quarter(landing, "ZK08", corrected, seed=3)
    report = transform(home, landing.tables())
    assert report.restated is not None
    assert (report.restated.start, report.restated.end) == (corrected.start, corrected.end)
    after = _by_quarter(home.warehouse_path)
    for model in MARKED:
        day = pd.Timestamp(corrected.start)
        is_corrected = after[model]["period_start"] == day
        pd.testing.assert_frame_equal(
            _sorted(after[model][~is_corrected]), _sorted(marked[model][marked[model]["period_start"] != day])
        )
        assert not after[model].loc[is_corrected, MARKED[model]].all(), model


def _mark(warehouse: Path) -> None:
    """Make one column true in every row of every model by quarter: what is computed again loses it."""
    with duckdb.connect(str(warehouse)) as connection:
        for model, column in MARKED.items():
            schema, view = model.split(".")
            row = connection.execute(
                "SELECT sql FROM duckdb_views() WHERE schema_name = ? AND view_name = ?", [schema, view]
            ).fetchone()
            assert row is not None
            table = row[0].rpartition(" FROM ")[2].strip(" ;")
            connection.execute(f"UPDATE {table} SET {column} = TRUE")  # noqa: S608 - names of this module
        connection.execute("CHECKPOINT")


def _by_quarter(warehouse: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {model: connection.execute(f"SELECT * FROM {model}").df() for model in MARKED}  # noqa: S608


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame.columns), ignore_index=True)
