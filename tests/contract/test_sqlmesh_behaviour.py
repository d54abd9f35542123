"""What we rely on in SQLMesh 0.236 on DuckDB: a small project of its own, with an external table, one model by quarter
and one in full."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from orchestration.sqlmesh_bridge import AuditOutcome, ColumnSource, ModelError, SqlmeshBridge

CONFIG = """
gateways: {duckdb: {connection: {type: duckdb, database: set-by-the-bridge.duckdb}}}
default_gateway: duckdb
disable_anonymized_analytics: true
model_defaults: {dialect: duckdb, start: "2020-01-01", cron: "@monthly"}
"""
EXTERNAL = """
- name: landing.figure
  columns: {period_start: date, area_key: int, amount: double}
"""
BY_QUARTER = """
MODEL (
  name core.figure, kind INCREMENTAL_BY_TIME_RANGE (time_column period_start), description 'By quarter',
  grain (period_start, area_key), audits (not_negative)
);
SELECT CAST(f.period_start AS DATE) AS period_start, CAST(f.area_key AS INT) AS area_key, /* the area */
  CAST(SUM(f.amount) AS DOUBLE) AS amount
FROM landing.figure AS f WHERE f.period_start BETWEEN @start_date AND @end_date GROUP BY f.period_start, f.area_key;

AUDIT (name not_negative);
SELECT * FROM @this_model WHERE amount < 0
"""
IN_FULL = """
MODEL (
  name mart.total, kind FULL, description 'In full',
  audits (not_null(columns := (total)), accepted_values(column := area_key, is_in := (1, 2)))
);
SELECT CAST(f.area_key AS INT) AS area_key, CAST(SUM(f.amount) AS DOUBLE) AS total
FROM core.figure AS f GROUP BY f.area_key
"""
UNTIL = date(2021, 12, 31)
Q1, Q2 = date(2021, 1, 1), date(2021, 4, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    for name, text in (
        ("config.yaml", CONFIG),
        ("external_models.yaml", EXTERNAL),
        ("models/figure.sql", BY_QUARTER),
        ("models/total.sql", IN_FULL),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def opened(project: Path, tmp_path: Path) -> Iterator[Callable[[], SqlmeshBridge]]:
    """Open the same database again, as a next run does."""
    found: list[SqlmeshBridge] = []

    def again() -> SqlmeshBridge:
        for bridge in found:
            bridge.close()
        found.append(SqlmeshBridge(tmp_path / "warehouse.duckdb", cache=tmp_path / "cache", project=project))
        return found[-1]

    yield again
    for bridge in found:
        bridge.close()


def _fill(bridge: SqlmeshBridge, *amounts: tuple[date, int, float]) -> None:
    bridge.create_landing_table("figure")
    bridge.replace_landing("figure", pd.DataFrame(amounts, columns=["period_start", "area_key", "amount"]))


def _rows(bridge: SqlmeshBridge, tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    bridge.close()
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def _restate(bridge: SqlmeshBridge, day: date) -> list[AuditOutcome]:
    return bridge.restate(["figure"], start=day, end=day, known_until=UNTIL)


FIGURES = "SELECT period_start, area_key, amount FROM core.figure ORDER BY ALL"
TOTALS = "SELECT area_key, total FROM mart.total ORDER BY ALL"


def test_restating_an_external_table_touches_one_quarter_and_renews_full_models(
    opened: Callable[[], SqlmeshBridge], tmp_path: Path
) -> None:
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0), (Q2, 1, 2.0))
    bridge.build(known_until=UNTIL)
    bridge = opened()
    _fill(bridge, (Q1, 1, 100.0), (Q2, 1, 20.0))
    _restate(bridge, Q2)
    assert _rows(bridge, tmp_path, FIGURES) == [(Q1, 1, 1.0), (Q2, 1, 20.0)]
    assert _rows(bridge, tmp_path, TOTALS) == [(1, 21.0)]


def test_planning_again_without_restating_sees_nothing(opened: Callable[[], SqlmeshBridge], tmp_path: Path) -> None:
    """Why a corrected delivery needs restatement: SQLMesh looks at code and clock, not at data."""
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    bridge.build(known_until=UNTIL)
    bridge = opened()
    _fill(bridge, (Q1, 1, 100.0))
    bridge.build(known_until=UNTIL)
    assert _rows(bridge, tmp_path, FIGURES) == [(Q1, 1, 1.0)]


def test_a_quarter_after_the_known_ones_can_be_added_by_restating(
    opened: Callable[[], SqlmeshBridge], tmp_path: Path
) -> None:
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    bridge.build(known_until=date(2021, 3, 31))
    bridge = opened()
    late = date(2021, 10, 1)
    _fill(bridge, (Q1, 1, 1.0), (late, 1, 4.0))
    bridge.restate(["figure"], start=late, end=UNTIL, known_until=UNTIL)
    assert _rows(bridge, tmp_path, FIGURES) == [(Q1, 1, 1.0), (late, 1, 4.0)]


def test_after_a_withdrawal_time_may_end_earlier(opened: Callable[[], SqlmeshBridge], tmp_path: Path) -> None:
    late = date(2021, 10, 1)
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0), (late, 1, 4.0))
    bridge.build(known_until=UNTIL)
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    _restate(bridge, late)
    bridge = opened()
    _fill(bridge, (Q1, 1, 3.0))
    bridge.restate(["figure"], start=Q1, end=Q1, known_until=date(2021, 3, 31))
    assert _rows(bridge, tmp_path, FIGURES) == [(Q1, 1, 3.0)]
    assert _rows(bridge, tmp_path, TOTALS) == [(1, 3.0)]


def test_the_clock_plays_no_part(opened: Callable[[], SqlmeshBridge], tmp_path: Path) -> None:
    """A period in the far future of the machine's clock is computed all the same."""
    bridge = opened()
    future = date(2031, 1, 1)
    _fill(bridge, (future, 1, 1.0))
    bridge.build(known_until=date(2031, 3, 31))
    assert _rows(bridge, tmp_path, FIGURES) == [(future, 1, 1.0)]


def test_restating_before_the_start_is_refused_because_sqlmesh_ignores_it(
    opened: Callable[[], SqlmeshBridge],
) -> None:
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    bridge.build(known_until=UNTIL)
    with pytest.raises(ModelError, match="2019-12-31"):
        _restate(bridge, date(2019, 12, 31))


def test_a_failed_audit_is_reported_and_the_bad_value_is_already_there(
    opened: Callable[[], SqlmeshBridge], tmp_path: Path
) -> None:
    """Why we work on a copy."""
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    assert all(outcome.passed for outcome in bridge.build(known_until=UNTIL))
    bridge = opened()
    _fill(bridge, (Q1, 1, -1.0), (Q1, 2, -2.0))
    # mart.total comes after it and is not computed, so nothing is said about its audits
    assert _restate(bridge, Q1) == [AuditOutcome("core.figure", "not_negative", failing_count=2)]
    assert _rows(bridge, tmp_path, FIGURES) == [(Q1, 1, -1.0), (Q1, 2, -2.0)]


def test_a_failed_audit_of_the_last_model_leaves_the_others_passed(opened: Callable[[], SqlmeshBridge]) -> None:
    bridge = opened()
    _fill(bridge, (Q1, 3, 1.0))
    assert [(outcome.name, outcome.passed) for outcome in bridge.build(known_until=UNTIL)] == [
        ("not_negative", True),
        ("not_null", True),
        ("accepted_values_area_key", False),
    ]


def test_an_sql_error_names_the_model(project: Path, opened: Callable[[], SqlmeshBridge]) -> None:
    (project / "models" / "total.sql").write_text(IN_FULL.replace("SUM(f.amount)", "error('broken')"), encoding="utf-8")
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    with pytest.raises(ModelError, match=r"total.*broken"):
        bridge.build(known_until=UNTIL)


def test_an_unreadable_model_names_its_file(project: Path, opened: Callable[[], SqlmeshBridge]) -> None:
    (project / "models" / "total.sql").write_text("MODEL (name mart.total, kind NOPE); SELECT 1 AS a", encoding="utf-8")
    with pytest.raises(ModelError, match=r"total\.sql"):
        opened()


def test_models_are_described_without_sqlmesh_types(opened: Callable[[], SqlmeshBridge]) -> None:
    by_quarter, in_full = opened().models()
    assert (by_quarter.name, by_quarter.kind, by_quarter.layer) == ("core.figure", "INCREMENTAL_BY_TIME_RANGE", "core")
    assert by_quarter.grain == ("period_start", "area_key")
    assert [column.name for column in by_quarter.columns] == ["period_start", "area_key", "amount"]
    assert by_quarter.columns[1].description == "the area"
    assert (in_full.depends_on, in_full.audits) == (("core.figure",), ("not_null", "accepted_values_area_key"))
    assert in_full.columns[1].sources == (ColumnSource("core.figure", "amount"),)
    assert in_full.data_hash


def test_the_data_hash_changes_with_the_query_only(project: Path, opened: Callable[[], SqlmeshBridge]) -> None:
    before = opened().models()[1].data_hash
    path = project / "models" / "total.sql"
    path.write_text(IN_FULL.replace("'In full'", "'Another text'"), encoding="utf-8")
    assert opened().models()[1].data_hash == before
    path.write_text(IN_FULL.replace("SUM(f.amount)", "MAX(f.amount)"), encoding="utf-8")
    assert opened().models()[1].data_hash != before


def test_closing_leaves_one_whole_file(opened: Callable[[], SqlmeshBridge], tmp_path: Path) -> None:
    bridge = opened()
    _fill(bridge, (Q1, 1, 1.0))
    bridge.build(known_until=UNTIL)
    bridge.close()
    assert [path.name for path in tmp_path.glob("warehouse*")] == ["warehouse.duckdb"]
