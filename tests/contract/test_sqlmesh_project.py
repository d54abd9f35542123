"""The SQLMesh project keeps its own rules: linter, formatter, audits, descriptions, portable SQL (DESIGN 4.9)."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlglot import ErrorLevel, transpile

from orchestration.sqlmesh_bridge import PROJECT, ModelDescription, ModelError, SqlmeshBridge, _config
from tests.support_models import rendered_models

FILES = sorted((PROJECT / "models").glob("*/*.sql"))
NOT_PORTABLE = re.compile(
    r"group by all|\bexclude\b|try_cast|any_value|arg_max|quantile_cont|\bquarter\(|\bqualify\b|read_(csv|parquet)|::",
    re.IGNORECASE,
)
CONTRACT_COLUMNS = {
    "mart.indicator_value": "view_code version_key indicator_code indicator_version area_key group_key "
    "sex_code age_group_code area_code level_code region_code period_key period_code period_start numerator "
    "denominator expected "
    "value lower_95 upper_95 lower_998 upper_998 interval_method coverage is_provisional is_revised is_estimated "
    "is_break is_converted is_incomplete is_few_events is_suppressed is_not_delivered is_unknown is_impossible "
    "is_not_filled reason_code comparison_code country_value is_valid",
    "mart.spread": "view_code version_key region_key period_key p10 median p90 area_count withheld_count",
    "mart.special_cause": "version_key area_key period_key value mean lower upper is_trial is_season_unknown "
    "cause_code",
    "mart.delivery_status": "region_key region_code period_key period_code dataset_key dataset_code is_delivered "
    "batch_number is_correction",
}


@pytest.fixture(scope="module")
def models() -> Iterator[dict[str, ModelDescription]]:
    with (
        TemporaryDirectory() as folder,
        SqlmeshBridge(Path(folder) / "warehouse.duckdb", cache=Path(folder) / "cache") as bridge,
    ):
        yield {model.name: model for model in bridge.models()}


def test_a_file_is_named_after_its_table(models: dict[str, ModelDescription]) -> None:
    assert {f"{path.parent.name}.{path.stem}" for path in FILES} == set(models)


def test_every_model_has_a_description_a_grain_and_audits(models: dict[str, ModelDescription]) -> None:
    for model in models.values():
        assert len(model.description) > 20, model.name
        assert model.grain, model.name
        assert len(set(model.audits)) == len(model.audits) > 0, model.name
        assert set(model.grain) <= {column.name for column in model.columns}, model.name


@pytest.mark.parametrize("name", ["indicator_value", "spread", "delivery_status", "target"])
def test_every_mart_checks_its_columns_and_its_grain(models: dict[str, ModelDescription], name: str) -> None:
    assert {"not_null", "whole_grain"} <= set(models[f"mart.{name}"].audits)


@pytest.mark.parametrize("name", sorted(CONTRACT_COLUMNS))
def test_marts_have_the_columns_of_the_map_of_the_parts(models: dict[str, ModelDescription], name: str) -> None:
    assert [column.name for column in models[name].columns] == CONTRACT_COLUMNS[name].split()
    assert [column.name for column in models[name].columns if not column.sources and column.type != "BOOLEAN"] == []


def test_names_are_lower_case_and_constructs_portable() -> None:
    for path in FILES:
        text = re.sub(r"/\*.*?\*/|description '(?:[^']|'')*'", "", path.read_text(encoding="utf-8"))
        assert NOT_PORTABLE.findall(text) == [], path.name
        assert re.findall(r"\bAS ([A-Z]\w*)\b(?!\))", re.sub(r"CAST\(.*?AS \w+(\(38, \d+\))?\)", "", text)) == [], (
            path.name
        )


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_every_query_can_be_written_for_another_engine(dialect: str) -> None:
    for name, query in rendered_models().queries.items():
        assert transpile(query, read="duckdb", write=dialect, unsupported_level=ErrorLevel.RAISE), name


def test_the_linter_finds_nothing_with_the_optimizer_on(tmp_path: Path) -> None:
    """The project renders without the optimizer, which saves seconds; without it the linter sees no columns."""
    from sqlmesh import Context

    config = _config(PROJECT, tmp_path / "warehouse.duckdb", tmp_path / "cache")
    config.model_defaults.optimize_query = True
    context = Context(paths=str(PROJECT), config=config)
    assert config.linter.enabled
    found: list[Any] = context.lint_models(raise_on_error=False)
    assert found == []
    context.close()


def test_the_command_line_of_sqlmesh_works_and_finds_the_format_in_order(tmp_path: Path) -> None:
    environment = {**os.environ, "JZOJP_HOME": str(tmp_path), "MAX_FORK_WORKERS": "1"}
    (tmp_path / "warehouse").mkdir()
    command = [
        str(Path(sys.executable).with_name("sqlmesh")),
        "--log-file-dir",
        str(tmp_path / "logs"),
        "format",
        "--check",
    ]
    found = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert (tmp_path / "warehouse" / "sqlmesh_cache").is_dir()


def test_a_landing_table_that_is_not_described_is_named(tmp_path: Path) -> None:
    with (
        SqlmeshBridge(tmp_path / "warehouse.duckdb", cache=tmp_path / "cache") as bridge,
        pytest.raises(ModelError, match=r"landing\.nonsense"),
    ):
        bridge.create_landing_table("nonsense")
