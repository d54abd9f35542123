"""The small landing tables say what `indicators/` says, in the columns that the models read."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import yaml

from indicators.areas import REPORTING_YEAR, area_key
from indicators.definitions import IndicatorDefinition, current_definition, definitions
from indicators.errors import DefinitionError
from orchestration.agreed_paths import path_tables
from orchestration.landing_tables import definition_tables, indicator_row

PROJECT = Path(__file__).resolve().parents[2]
TABLES = definition_tables() | path_tables([])
MAY_BE_EMPTY = frozenset({"agreed_path", "agreed_point"})
"""Nothing may be agreed."""
NOT_SMALL = {"observation", "batch_in_force"}


def _external() -> dict[str, dict[str, str]]:
    entries = yaml.safe_load((PROJECT / "external_models.yaml").read_text(encoding="utf-8"))
    return {entry["name"].removeprefix("landing."): entry["columns"] for entry in entries}


def test_every_small_table_has_the_columns_of_external_models() -> None:
    external = _external()
    assert set(TABLES) == set(external) - NOT_SMALL
    for name, frame in TABLES.items():
        assert list(frame.columns) == list(external[name]), name
        assert not frame.empty or name in MAY_BE_EMPTY, name


def test_every_landing_table_stands_in_the_map_of_the_parts() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name, columns in _external().items():
        line = next(line for line in text.splitlines() if line.startswith(f"| landing.{name} |"))
        assert [column for column in columns if column not in line] == [], name


def test_areas_are_those_of_the_reporting_indeling() -> None:
    areas = TABLES["area"].set_index("area_code")
    reporting = areas[areas["is_reporting"]]
    assert reporting["level_code"].value_counts().to_dict() == {
        "gemeente": 342,
        "zorgkantoorregio": 31,
        "landelijk": 1,
        "ggd_regio": 25,
        "jeugdregio": 42,
        "arbeidsmarktregio": 35,
    }
    assert reporting["area_key"].is_unique
    assert areas.loc["GM0457", "region_key"] is None or pd.isna(areas.loc["GM0457", "region_key"])
    assert areas.loc["GM0014", "region_code"] == "ZK09"
    assert REPORTING_YEAR == 2023


def test_shares_of_an_ended_area_add_up_to_one_and_end_in_areas_that_exist() -> None:
    conversion = TABLES["conversion"]
    assert conversion.groupby("from_area_key")["share"].sum().round(9).eq(1).all()
    reporting = set(TABLES["area"].query("is_reporting")["area_key"])
    assert set(conversion["to_area_key"]) <= reporting
    assert not set(conversion["from_area_key"]) & reporting
    assert {area_key("ZK05"), area_key("ZK15")} <= set(conversion["from_area_key"])


def test_every_gemeente_is_in_one_area_of_each_classification_or_possibly_in_several() -> None:
    members, areas = TABLES["classification_member"], TABLES["area"]
    gemeenten = set(areas.query("level_code == 'gemeente' and is_reporting")["area_key"])
    assert set(members["area_key"]) <= set(areas["area_key"])
    for code, group in members.groupby("classification_code"):
        assert set(group["gemeente_key"]) == gemeenten, code
        doubtful = group[~group["is_certain"]]
        assert group["gemeente_key"].duplicated().sum() == len(doubtful) - doubtful["gemeente_key"].nunique(), code
    counted = members[members["is_certain"]].groupby("classification_code")["gemeente_key"].count().to_dict()
    assert counted == {"ggd_regio": 342, "jeugdregio": 341, "arbeidsmarktregio": 340}


def test_only_what_is_counted_per_gemeente_in_every_part_is_rolled_up() -> None:
    rolled_up = set(TABLES["indicator"].query("is_classification_level")["indicator_code"])
    assert rolled_up >= {"KOS01", "KOS04", "PRE02", "OUD01"}
    assert not rolled_up & {"OUD08", "GGZ03", "DIG01"}


def test_the_standard_population_weighs_both_sexes_alike() -> None:
    weights = TABLES["stratum"].groupby("sex_code")["standard_weight"].sum()
    assert weights.to_dict() == {0: 0, 1: 100_000, 2: 100_000}


def test_open_data_is_protected_by_its_owner_and_deliveries_are_not() -> None:
    measures = TABLES["measure"].set_index("measure_code")["is_owner_protected"]
    assert measures["population.inwoners"]
    assert not measures["PRE02.teller"]


def test_every_definition_is_a_row_with_its_parts() -> None:
    assert set(TABLES["indicator"]["version_key"]) == {item.version_key for item in definitions().values()}
    assert set(TABLES["indicator_part"]["version_key"]) == set(TABLES["indicator"]["version_key"])
    without_interval = set(TABLES["indicator"].query("not has_interval")["indicator_code"])
    assert without_interval == {item.code for item in definitions().values() if not item.has_interval()}
    assert without_interval >= {"KOS01", "OUD06", "OUD09", "OUD10", "PRE08", "GGZ01"}


def test_what_is_asked_follows_on_without_gap_or_overlap() -> None:
    asked = TABLES["asked_dataset"]
    spans = asked[["uitvraag_version", "valid_from", "valid_until"]].drop_duplicates()
    assert list(spans["uitvraag_version"]) == [1, 2, 3]
    starts, ends = list(spans["valid_from"]), list(spans["valid_until"])
    assert starts[0] == date(2021, 1, 1)
    assert [end + timedelta(days=1) for end in ends[:-1]] == starts[1:]
    assert ends[-1] is None
    assert asked.groupby("uitvraag_version")["dataset_key"].count().to_dict() == {1: 5, 2: 8, 3: 8}
    assert set(asked[asked["is_optional"]]["dataset_key"]) == {210}


def _with(code: str, **changes: object) -> IndicatorDefinition:
    return current_definition(code).model_copy(update=changes)


def test_a_rolling_year_of_something_that_cannot_be_added_is_refused() -> None:
    with pytest.raises(DefinitionError, match="OUD01@1: a rolling year"):
        indicator_row(_with("OUD01", window=current_definition("PRE02").window))


def test_areas_one_gemeente_apart_are_named_in_both_divisions() -> None:
    areas = TABLES["area"].set_index("area_code")
    apart = set(areas.index[areas["is_one_apart"]])
    assert len(apart) == 18
    assert {areas.loc[code, "level_code"] for code in apart} == {"ggd_regio", "jeugdregio", "arbeidsmarktregio"}
