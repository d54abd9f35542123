"""What must hold of a publication when something goes wrong, and that the gate really closes."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.backlog import backlog
from orchestration.publishing import WarehouseUnknownError, ledger_prefix, publish_marts
from register.access import OPERATOR
from register.failpoints import VARIABLE, Failpoint
from register.home import Home
from register.ledger import Ledger
from register.locks import clear_scratch, writer_lock
from register.publications import PublicationStatus, damaged_files, open_publication, pointer

ROOT = Path(__file__).parents[2]


def jzojp(home: Home, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration", *arguments],
        cwd=ROOT,
        env={**os.environ, "JZOJP_HOME": str(home.path), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("place", [Failpoint.PUBLISH_BEFORE_RENAME, Failpoint.APPEND_BEFORE_COMMIT,
                                   Failpoint.APPEND_AFTER_COMMIT, Failpoint.POINTER_BEFORE_RENAME])  # fmt: skip
def test_killed_while_publishing_the_last_publication_stands_and_the_command_can_be_repeated(
    corrected_home: Home, place: Failpoint
) -> None:
    before = pointer(corrected_home)
    assert before is not None
    killed = jzojp(corrected_home, "publish", **{VARIABLE: f"{place}:kill"})
    assert killed.returncode == -signal.SIGKILL
    assert pointer(corrected_home) == before
    assert damaged_files(corrected_home, before.latest) == []
    clear_scratch(corrected_home)
    again = jzojp(corrected_home, "publish", "--format", "json")
    after = pointer(corrected_home)
    assert again.returncode == 0, again.stderr
    assert after is not None
    assert after.latest != before.latest
    assert not backlog(corrected_home).is_behind
    assert list(corrected_home.tmp_path.iterdir()) == []
    Ledger(corrected_home).verify()


def test_a_small_count_in_the_marts_is_never_published(demo_home: Home) -> None:
    before = pointer(demo_home)
    with duckdb.connect(str(demo_home.warehouse_path)) as connection:
        view = connection.execute(
            "select sql from duckdb_views() where schema_name = 'mart' and view_name = 'indicator_value'"
        )
        table = re.search(r"FROM\s+(\S+?)\s*;", str(view.fetchone()))
        assert table is not None
        connection.execute(
            f"update {table[1].rstrip(')')} set numerator = 3 "  # noqa: S608 - the name of a table of the warehouse
            "where view_code = 'published' and indicator_code = 'PRE02' and area_code = 'GM0106'"
        )
    with writer_lock(demo_home):
        report = publish_marts(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR)
    assert report.manifest is None
    assert "klein_aantal_teller" in {check.name for check in report.checks if not check.passed}
    assert pointer(demo_home) == before
    assert list(demo_home.tmp_path.iterdir()) == []


def test_a_published_snapshot_has_no_exact_small_count_and_cannot_reach_a_file(demo_home: Home) -> None:
    found = pointer(demo_home)
    assert found is not None
    with open_publication(demo_home, found.latest) as reader:
        counts = reader.query(
            "select numerator from value where level_code <> 'landelijk' and numerator between 1 and 9 "
            "and indicator_code in ('PRE02', 'OUD01', 'OUD08', 'GGZ03', 'DIG01')"
        )
        assert len(counts) == 0
        with pytest.raises(duckdb.Error):
            reader.query(f"select * from read_text('{demo_home.ledger_path}')")  # noqa: S608 - what an attacker would try


def test_figures_by_age_and_sex_stand_beside_the_totals(demo_home: Home) -> None:
    found = pointer(demo_home)
    assert found is not None
    with open_publication(demo_home, found.latest) as reader:
        columns = {name: list(reader.query(f"describe {name}")["column_name"]) for name in ("value", "by_stratum")}
        groups = reader.query("select * from by_stratum")
        totals = reader.query("select * from value")
    assert columns["by_stratum"] == ["sex", "age_group", *columns["value"]]
    place = ["indicator_code", "indicator_version", "area_code", "period_code"]
    assert not groups.duplicated([*place, "sex", "age_group"]).any()
    assert not totals.duplicated(place).any()
    assert set(groups["indicator_code"]) == {"OUD01", "KOS01", "KOS04", "GGZ04"}
    assert set(groups["level_code"]) == {"gemeente", "zorgkantoorregio", "landelijk"}
    delivered = groups[groups["indicator_code"] == "OUD01"]
    assert set(delivered["level_code"]) == {"zorgkantoorregio", "landelijk"}
    assert not delivered.query("level_code != 'landelijk' and numerator.between(1, 9)").size
    country = delivered[delivered["level_code"] == "landelijk"]
    whole = totals.query("indicator_code == 'OUD01' and level_code == 'landelijk'").set_index("period_code")[
        "numerator"
    ]
    for breakdown in ("sex == 'totaal'", "age_group == 'totaal'", "sex != 'totaal' and age_group != 'totaal'"):
        sums = country.query(breakdown).groupby("period_code")["numerator"].sum()
        assert (sums == whole.loc[sums.index]).all()


def test_the_exact_figures_of_a_region_are_in_its_own_snapshot_only(demo_home: Home) -> None:
    found = pointer(demo_home)
    assert found is not None
    folder = demo_home.own_path / found.latest
    assert len(list(folder.iterdir())) == 31
    with duckdb.connect(str(folder / "ZK06.duckdb"), read_only=True) as connection:
        regions = connection.execute("select distinct region_code from value").fetchall()
    assert {region for (region,) in regions} == {"ZK06", None}


def test_a_warehouse_that_the_ledger_does_not_know_is_not_published(demo_home: Home) -> None:
    with pytest.raises(WarehouseUnknownError, match="jzojp rebuild"):
        ledger_prefix(Ledger(demo_home).events(), frozenset({(999_999, "PRE02", 20261)}))
