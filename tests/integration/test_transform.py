"""The transformation on the real models: what it computes again, what it leaves alone, and what it survives."""

import hashlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators.areas import area_key
from indicators.periods import Period
from orchestration.transform import LandingTables, read_mart, transform
from register.home import Home
from tests.support_landing import Landing, add_open_data, add_quarter, canonical, gemeenten, marts_hash

REGIONS = ("ZK01", "ZK08", "ZK26")
QUARTERS = tuple(Period.quarter(2023, 4).shifted(step) for step in range(5))
LAST = QUARTERS[-1]


def _landing() -> Landing:
    landing = Landing()
    add_open_data(landing, "population", 2023)
    for period in QUARTERS[:-1]:
        for region_code in REGIONS:
            add_quarter(landing, region_code, period)
    return landing


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, bytes]:
    """A warehouse of `_landing`, made once, and that landing; tests work on copies."""
    home, landing = Home(tmp_path_factory.mktemp("built") / "var").create(), _landing()
    report = transform(home, landing.tables())
    assert report.is_rebuilt
    assert report.batches_loaded == tuple(range(1, len(landing.rows) + 1))
    return home, pickle.dumps(landing)


@pytest.fixture
def home(built: tuple[Home, bytes], tmp_path: Path) -> Home:
    shutil.copytree(built[0].path, tmp_path / "var")
    return Home(tmp_path / "var")


@pytest.fixture
def landing(built: tuple[Home, bytes]) -> Landing:
    """The landing from which the warehouse in `home` was made."""
    found: Landing = pickle.loads(built[1])  # noqa: S301 - made by this module
    return found


def _fresh_hash(landing: Landing, tmp_path: Path, name: str = "fresh") -> str:
    """The marts as a first transformation makes them."""
    other = Home(tmp_path / name).create()
    assert transform(other, landing.tables()).is_rebuilt
    return marts_hash(other.warehouse_path)


def test_a_correction_is_loaded_once_and_restates_its_quarter(landing: Landing, home: Home) -> None:
    before = read_mart(home.warehouse_path, "indicator_value")
    number = add_quarter(landing, "ZK08", QUARTERS[1], seed=1)
    landing.asked.clear()
    report = transform(home, landing.tables())
    assert report.restated is not None
    assert (report.restated.start, report.restated.end) == (QUARTERS[1].start, QUARTERS[1].end)
    assert report.batches_loaded == (number,)
    assert landing.asked == [number]
    changed = _changed(before, read_mart(home.warehouse_path, "indicator_value"))
    assert set(changed["region_code"].dropna()) == {"ZK08"}
    assert set(changed.loc[changed["indicator_code"] == "DIG01", "period_code"]) == {QUARTERS[1].code}
    # a rolling year carries the quarter into the next ones that have a full year
    assert QUARTERS[3].code in set(changed.loc[changed["indicator_code"] == "PRE02", "period_code"])


def _changed(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Rows of which the figure itself differs; comparison with the country moves with the country."""
    keys = ["view_code", "version_key", "area_key", "group_key", "period_key"]
    figures = ["numerator", "denominator", "value", "lower_95", "upper_95", "is_revised"]
    both = before.set_index(keys)[figures].join(after.set_index(keys), lsuffix="_before", how="outer")
    differs = [
        (both[f"{name}_before"] != both[name]) & ~(both[f"{name}_before"].isna() & both[name].isna())
        for name in figures
    ]
    return both[pd.concat(differs, axis=1).any(axis=1)].reset_index()


def test_nothing_to_do_is_found_out_without_sqlmesh(landing: Landing, home: Home, tmp_path: Path) -> None:
    stamp = home.warehouse_path.stat().st_mtime_ns
    again = transform(home, landing.tables())
    assert (again.is_changed, again.is_accepted) == (False, True)
    assert {("mart.indicator_value", "country_row_present"), ("staging.observation", "known_area")} <= {
        (audit.model, audit.name) for audit in again.audits
    }
    assert home.warehouse_path.stat().st_mtime_ns == stamp
    code = "report = transform(home, landing.tables())\nprint(report.is_changed, 'sqlmesh' in sys.modules)"
    assert _run(code, landing, home, tmp_path).stdout.split() == ["False", "False"]


def test_a_failed_audit_leaves_the_warehouse_in_force(landing: Landing, home: Home) -> None:
    before = _digest(home.warehouse_path)
    bad = canonical([(LAST.key, gemeenten("ZK08")[0], "PRE02.teller", 0, 12.0, 0)]).assign(area_key=area_key("GM9998"))
    landing.add("ZK08", LAST, ["PRE02"], bad)
    report = transform(home, landing.tables())
    assert not report.is_accepted
    failed = [(audit.model, audit.name, audit.failing_count) for audit in report.audits if not audit.passed]
    assert failed == [("staging.observation", "known_area", 1)]
    assert _digest(home.warehouse_path) == before
    landing.withdraw("ZK08", LAST, "PRE02")
    assert not transform(home, landing.tables()).is_changed


def test_a_wijk_is_known_while_a_batch_in_force_counts_it(landing: Landing, home: Home) -> None:
    wijken = [f"WK{gemeenten('ZK08')[0][2:]}{number:02}" for number in (1, 2)]

    def deliver(period: Period, *delivered: str) -> None:
        cells = [(period.key, wijk, "PRE02.teller", 0, 12.0, 0) for wijk in delivered]
        landing.add("ZK08", period, ["PRE02"], canonical(cells))
        assert transform(home, landing.tables()).is_accepted

    deliver(QUARTERS[2], *wijken)
    assert _known_wijken(home) == wijken
    deliver(QUARTERS[3], wijken[1])
    deliver(QUARTERS[2], wijken[0])
    assert _known_wijken(home) == wijken
    landing.withdraw("ZK08", QUARTERS[3], "PRE02")
    assert transform(home, landing.tables()).is_accepted
    assert _known_wijken(home) == wijken[:1]


def _known_wijken(home: Home) -> list[str]:
    with duckdb.connect(str(home.warehouse_path), read_only=True) as connection:
        query = "SELECT area_code FROM reference.area WHERE level_code = 'wijk' ORDER BY area_code"
        return [code for (code,) in connection.execute(query).fetchall()]


STEPS = (
    "warehouse kopiëren",
    "modellen lezen",
    "gegevens laden",
    "rekenen",
    "controles gehaald",
    "warehouse vervangen",
)


def test_a_kill_at_any_step_leaves_the_warehouse_in_force(landing: Landing, home: Home, tmp_path: Path) -> None:
    before = marts_hash(home.warehouse_path)
    add_quarter(landing, "ZK08", LAST)
    for step in STEPS:
        code = (
            f"def say(step):\n    step == {step!r} and os.kill(os.getpid(), signal.SIGKILL)\n"
            "transform(home, landing.tables(), say=say)"
        )
        assert _run(code, landing, home, tmp_path, check=False).returncode == -9, step
        assert marts_hash(home.warehouse_path) == before, step
    assert transform(home, landing.tables()).is_changed
    assert marts_hash(home.warehouse_path) == _fresh_hash(landing, tmp_path)
    assert list(home.warehouse_path.parent.glob("work/*")) == []


@pytest.mark.parametrize("damage", ["truncated", "garbage", "log left behind"])
def test_a_damaged_warehouse_is_made_again(damage: str, landing: Landing, home: Home) -> None:
    before = marts_hash(home.warehouse_path)
    content = home.warehouse_path.read_bytes()
    if damage == "log left behind":
        home.warehouse_path.with_name("warehouse.duckdb.wal").write_bytes(b"half")
    else:
        home.warehouse_path.write_bytes(content[:4096] if damage == "truncated" else b"x" * 9999)
    report = transform(home, landing.tables())
    assert report.is_rebuilt
    assert marts_hash(home.warehouse_path) == before


def test_a_changed_target_computes_only_the_targets_again(landing: Landing, home: Home) -> None:
    tables = landing.tables()
    targets = tables.definitions["target"].assign(issuer="VWS")
    report = transform(home, LandingTables({**tables.definitions, "target": targets}, tables.batches, tables.rows_of))
    assert report.restated is not None
    assert report.restated.tables == ("target",)
    assert set(read_mart(home.warehouse_path, "target")["issuer"]) == {"VWS"}


def test_a_changed_definition_reaches_every_period(landing: Landing, home: Home) -> None:
    indicators = landing.definitions["indicator"]
    is_dig = indicators["indicator_code"] == "DIG01"
    changed = indicators.assign(multiplier=indicators["multiplier"].where(~is_dig, 1000.0))
    before = read_mart(home.warehouse_path, "indicator_value").query("indicator_code == 'DIG01'")["value"].sum()
    landing.definitions = {**landing.definitions, "indicator": changed}
    report = transform(home, landing.tables())
    assert report.restated is not None
    assert report.restated.start is None
    after = read_mart(home.warehouse_path, "indicator_value").query("indicator_code == 'DIG01'")["value"].sum()
    assert after == pytest.approx(10 * before)


def test_an_empty_ledger_gives_empty_marts(tmp_path: Path) -> None:
    home, landing = Home(tmp_path / "empty").create(), Landing()
    assert transform(home, landing.tables()).is_accepted
    assert read_mart(home.warehouse_path, "indicator_value").empty
    assert len(read_mart(home.warehouse_path, "target")) == len(landing.definitions["target"])
    add_quarter(landing, "ZK08", LAST)
    assert transform(home, landing.tables()).is_accepted
    landing.in_force.clear()
    assert transform(home, landing.tables()).is_accepted
    assert read_mart(home.warehouse_path, "indicator_value").empty


def _run(
    code: str, landing: Landing, home: Home, tmp_path: Path, *, check: bool = True
) -> "subprocess.CompletedProcess[str]":
    """Run code in another process, with `landing` and `home` at hand."""
    stored = tmp_path / "landing.pickle"
    stored.write_bytes(pickle.dumps(landing))
    head = (
        "import os, pickle, signal, sys\nfrom pathlib import Path\n"
        "from orchestration.transform import transform\nfrom register.home import Home\n"
        f"landing = pickle.loads(Path({str(stored)!r}).read_bytes())\nhome = Home(Path({str(home.path)!r}))\n"
    )
    command = [sys.executable, "-c", head + code]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, cwd=root, check=check, capture_output=True, text=True, timeout=120)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
