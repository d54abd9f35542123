"""One SQL on three engines: PostgreSQL and Spark make the same tables as DuckDB, from the same landing tables.

The data has every kind, interval, state and reason. PostgreSQL is a server of the test's own; Spark runs locally in a
process of its own, as the stand-in for a cluster (docs/engines.md).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from orchestration.engine_tables import EngineUnreachableError, OccupiedEngineError
from orchestration.gateways import Gateway, UnknownGatewayError, chosen_gateway
from orchestration.snapshot import VIEW_PUBLISHED, MartReader, content_hash
from orchestration.sqlmesh_bridge import PROJECT
from orchestration.transform import LandingTables, transform
from register.home import Home
from tests import support_engines as toy
from tests.support_postgres import USER, PostgresServer, postgres_server

TABLES = tuple(
    f"{path.parent.name}.{path.stem}"
    for folder in ("reference", "staging", "core", "mart")
    for path in sorted((PROJECT / "models" / folder).glob("*.sql"))
)
FETCHED = tuple(name for name in TABLES if name.startswith(("mart.", "reference.")))
SPARK_DEFAULTS = """
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.adaptive.enabled false
spark.default.parallelism 1
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
"""
"""Small tables: planning and compiling would take longer than computing."""


@pytest.fixture(scope="module")
def tables() -> LandingTables:
    return toy.every_state()


@pytest.fixture(scope="module")
def on_duckdb(tables: LandingTables, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("duckdb") / "var").create()
    assert transform(home, tables).is_accepted
    return home


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as found:
        yield found


def _use(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def _in_file(home: Home, name: str) -> pd.DataFrame:
    with duckdb.connect(str(home.warehouse_path), read_only=True) as connection:
        return connection.execute(f"SELECT * FROM {name}").df()  # noqa: S608 - names of our own models


def _published(home: Home) -> str:
    with MartReader(home.warehouse_path) as marts:
        return content_hash(marts.tables(view=VIEW_PUBLISHED))


def _differences(home: Home, other: Home) -> dict[str, str]:
    found = {name: toy.difference(_in_file(home, name), _in_file(other, name)) for name in FETCHED}
    return {name: text for name, text in found.items() if text}


def _differences_inside(home: Home, engine: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Every model, also those that are not fetched from the engine."""
    found = {name: toy.difference(_in_file(home, name), engine[name]) for name in TABLES}
    return {name: text for name, text in found.items() if text}


def test_everything_that_can_occur_occurs(on_duckdb: Home) -> None:
    values = _in_file(on_duckdb, "mart.indicator_value")
    kinds = set(_in_file(on_duckdb, "reference.indicator")["kind_code"])
    assert kinds == {"proportion", "rate", "ratio", "dsr", "isr", "mean", "index", "difference"}
    assert set(values["reason_code"].dropna()) == toy.REASONS
    assert set(values["interval_method"]) == toy.INTERVALS
    assert set(values["comparison_code"].dropna()) == toy.COMPARISONS
    assert [state for state in toy.STATES if not values[state].any()] == []
    assert _in_file(on_duckdb, "mart.delivery_status")["is_delivered"].nunique() == 2
    assert [name for name in TABLES if _in_file(on_duckdb, name).empty] == []


def test_postgresql_makes_the_same_and_computes_one_quarter_again(
    tables: LandingTables,
    on_duckdb: Home,
    server: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _use(server.database("line"), monkeypatch)
    home = Home(tmp_path / "var").create()
    assert transform(home, tables, gateway=Gateway.POSTGRES).is_accepted
    assert _differences(on_duckdb, home) == {}
    assert _differences_inside(on_duckdb, toy.read_engine(Gateway.POSTGRES, TABLES)) == {}
    assert _published(home) == _published(on_duckdb)
    assert not transform(home, tables, gateway=Gateway.POSTGRES).is_changed

    quarter = toy.corrected(tables)
    expected = Home(shutil.copytree(on_duckdb.path, tmp_path / "expected"))
    assert transform(expected, quarter).is_accepted
    report = transform(home, quarter, gateway=Gateway.POSTGRES)
    assert (report.is_accepted, report.is_rebuilt) == (True, False)
    assert report.restated is not None
    assert str(report.restated.start) == "2024-07-01"
    assert str(report.restated.end) == "2024-09-30"
    assert _differences(on_duckdb, home).keys() >= {"mart.indicator_value", "mart.spread"}
    assert _differences(expected, home) == {}
    assert _differences_inside(expected, toy.read_engine(Gateway.POSTGRES, TABLES)) == {}

    in_force = home.warehouse_path.read_bytes()
    failed = transform(home, toy.unknown_area(tables), gateway=Gateway.POSTGRES)
    assert [(audit.model, audit.name) for audit in failed.audits if not audit.passed] == [
        ("staging.observation", "known_area")
    ]
    assert home.warehouse_path.read_bytes() == in_force

    again = transform(home, tables, gateway=Gateway.POSTGRES)
    assert (again.is_accepted, again.is_rebuilt) == (True, True)  # the engine still held what was refused
    assert _differences(on_duckdb, home) == {}


def test_tables_of_somebody_else_are_left_alone(
    tables: LandingTables, server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from psycopg2 import connect

    _use(server.database("theirs"), monkeypatch)
    connection = connect(host="127.0.0.1", port=server.port, user=USER, dbname="theirs")
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE SCHEMA core; CREATE TABLE core.theirs AS SELECT 1 AS one")
    with pytest.raises(OccupiedEngineError, match="core"):
        transform(Home(tmp_path / "var").create(), tables, gateway=Gateway.POSTGRES)
    cursor.execute("SELECT one FROM core.theirs")
    assert cursor.fetchall() == [(1,)]
    connection.close()


def test_an_engine_that_does_not_answer_is_named(
    tables: LandingTables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its library is there or not."""
    monkeypatch.setenv("JZOJP_POSTGRES_PORT", "9")
    with pytest.raises(EngineUnreachableError, match=r"postgres.*docs/engines\.md"):
        transform(Home(tmp_path / "var").create(), tables, gateway=Gateway.POSTGRES)


def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JZOJP_GATEWAY", raising=False)
    assert chosen_gateway() is Gateway.DUCKDB
    monkeypatch.setenv("JZOJP_GATEWAY", "spark")
    assert chosen_gateway() is Gateway.SPARK
    monkeypatch.setenv("JZOJP_GATEWAY", "oracle")
    with pytest.raises(UnknownGatewayError, match=r"oracle.*duckdb, postgres, spark"):
        chosen_gateway()


def test_spark_makes_the_same(on_duckdb: Home, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: uv sync --group engines")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed: apt-get install default-jre-headless")
    home = Home(tmp_path / "var").create()
    (tmp_path / "spark-defaults.conf").write_text(SPARK_DEFAULTS, encoding="utf-8")
    environment = {
        **os.environ,
        "JZOJP_HOME": str(home.path),
        "JZOJP_SPARK_METASTORE": "jdbc:derby:memory:metastore;create=true",
        "JZOJP_SPARK_PARTITIONS": "1",
        "JZOJP_SPARK_JAVA_OPTIONS": f"-XX:TieredStopAtLevel=1 -Dderby.stream.error.file={tmp_path}/derby.log",
        "SPARK_CONF_DIR": str(tmp_path),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    code = f"from tests.support_engines import keep_tables; keep_tables('spark', {str(tmp_path)!r}, {TABLES!r})"
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    engine = {name: pd.read_pickle(tmp_path / name) for name in TABLES}  # noqa: S301 - made by this test
    assert _differences(on_duckdb, home) == {}
    assert _differences_inside(on_duckdb, engine) == {}
    assert _published(home) == _published(on_duckdb)
