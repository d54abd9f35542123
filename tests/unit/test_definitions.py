"""Definitions, kernset, uitvraag and the hash lock; worked examples are in tests/spec."""

import json
import shutil
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

import indicators.definitions as definitions_module
from indicators.areas import AreaLevel
from indicators.definitions import (
    IndicatorDefinition,
    Part,
    Protection,
    Window,
    current_definition,
    definitions,
    kernset,
    kernsets,
    load_definitions,
    load_kernsets,
    released_definitions,
)
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.lock import lock_new_files
from indicators.measures import Breakdown, Frequency, Source, catalogue
from indicators.periods import Period
from indicators.uitvraag import uitvraag_for, uitvragen
from indicators.validity import retirements

SHIPPED = Path(definitions_module.__file__).with_name("definitions")
POLARITIES = {"hoger_beter": "higher_better", "lager_beter": "lower_better", "neutraal": "neutral"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def _unlock(folder: Path, name: str) -> None:
    lock = folder / "definitions.lock"
    lock.write_text("".join(line for line in lock.read_text().splitlines(True) if not line.startswith(name)))
    lock_new_files(folder)


def test_the_kernset_lists_a_version_of_every_indicator_over_all_themes() -> None:
    retired = {item.indicator for item in retirements(kernsets())}
    codes = {definition.code for definition in definitions().values()}
    assert set(kernset().versions()) == codes - retired
    assert set(kernset().indicators) <= set(released_definitions()) <= set(definitions())
    assert {definition.theme for definition in definitions().values()} == {"preventie", "ouderen", "ggz", "generiek"}


def test_current_definition_is_the_one_in_the_kernset() -> None:
    assert current_definition("OUD01").id == "OUD01@1"
    assert current_definition("OUD01").version_key == 20101
    with pytest.raises(UnknownCodeError, match="XXX99"):
        current_definition("XXX99")


def test_delivered_figures_are_protected_and_open_data_is_not() -> None:
    for definition in definitions().values():
        sources = {catalogue().dataset_of(code).source for code in definition.measure_codes()}
        expected = Protection.SUPPRESS_AND_ROUND if Source.DELIVERY in sources else Protection.OWNER_PROTECTED
        assert definition.protection is expected, definition.id


def test_standardised_kinds_read_datasets_with_age_and_sex() -> None:
    for definition in definitions().values():
        if definition.calculation.kind in ("dsr", "isr"):
            breakdowns = {catalogue().dataset_of(code).breakdown for code in definition.measure_codes()}
            assert breakdowns == {Breakdown.AGE_SEX}, definition.id


def test_no_level_below_the_level_of_the_numerator() -> None:
    order = [AreaLevel.COUNTRY, AreaLevel.REGION, AreaLevel.GEMEENTE, AreaLevel.WIJK]
    for definition in definitions().values():
        dataset = catalogue().dataset_of(definition.parts()[Part.NUMERATOR][0])
        asked = [uitvraag.asked(dataset.code) for uitvraag in uitvragen()]
        supplied = {dataset.level}.union(*(item.levels for item in asked if item))
        assert max(map(order.index, definition.levels)) <= max(map(order.index, supplied)), definition.id


@pytest.mark.parametrize(
    ("identifier", "has_interval"),
    [
        ("PRE02@1", True),
        ("OUD01@1", True),
        ("KOS01@1", False),
        ("OUD04@1", False),
        ("KWA01@1", True),
        ("GGZ01@1", False),
    ],
)
def test_has_interval(identifier: str, has_interval: bool) -> None:
    assert definitions()[identifier].has_interval() is has_interval


def test_definition_survives_json() -> None:
    for definition in definitions().values():
        assert IndicatorDefinition.model_validate_json(definition.model_dump_json()) == definition
    assert definitions()["PRE02@1"].model_dump(mode="json")["valid_from"] == "2021Q1"


def test_seasonal_and_rolling_are_declared() -> None:
    assert definitions()["OUD01@1"].is_seasonal
    assert definitions()["PRE02@1"].window is Window.ROLLING_YEAR


def test_new_file_is_refused_until_it_is_locked(folder: Path) -> None:
    text = (folder / "DIG01.v1.yaml").read_text("utf-8")
    second = text.replace("version: 1", "version: 2", 1).replace("previous: null", "previous: true")
    second = second.replace("valid_from: 2021Q1", "valid_from: 2026Q1")
    (folder / "DIG01.v2.yaml").write_text(second, "utf-8")
    with pytest.raises(DefinitionError, match=r"DIG01\.v2\.yaml is not locked"):
        load_definitions(folder, catalogue())
    assert lock_new_files(folder) == ["DIG01.v2.yaml"]
    assert load_definitions(folder, catalogue())["DIG01@2"].comparable_with_previous


def test_lock_names_every_changed_and_lost_file(folder: Path) -> None:
    _edit(folder / "PRE02.v1.yaml", "65", "66")
    (folder / "GGZ03.v1.yaml").unlink()
    with pytest.raises(DefinitionError, match=r"PRE02\.v1\.yaml changed.*GGZ03\.v1\.yaml is locked but gone"):
        load_definitions(folder, catalogue())
    assert lock_new_files(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("decimals: 1", "decimals: 1\nsurprise: 1", "surprise"),
        ("decimals: 1", "decimals: '1'", "decimals"),
        ("kind: proportion", "kind: magic", "magic"),
        ("code: PRE02", "code: PRE03", "holds PRE03@1"),
        ("PRE02.teller", "PRE02.tellerr", "tellerr"),
        ("key: 102", "key: 201", "key 201 is used by"),
        ("comparable_with_previous: null", "comparable_with_previous: true", "comparable_with_previous"),
        ("valid_from: 2021Q1", "valid_from: 2021", "which is no quarter"),
        ("plain_name: Ouderen", "plain: Ouderen", "plain_name"),
        ("  numerator: [PRE02.teller]", "  teller: [PRE02.teller]", "numerator"),
        ("valid_from: 2021Q1", "valid_from: 2021Q5", "2021Q5"),
        ("review_date: 2027-07-01", "review_date: soon", "review_date"),
        ("name: Val", "name: [Val", "not YAML"),
    ],
)
def test_faulty_definition_is_refused_and_named(folder: Path, old: str, new: str, message: str) -> None:
    _edit(folder / "PRE02.v1.yaml", old, new)
    _unlock(folder, "PRE02")
    with pytest.raises(DefinitionError, match=message):
        load_definitions(folder, catalogue())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("OUD01.v1.yaml", "numerator: 647", "numerator: 648", "add up"),
        ("OUD01.v1.yaml", "age_band: 90+, sex: V", "age_band: 95+, sex: V", "95"),
        ("KOS01.v1.yaml", "      reference_denominator: 330000\n", "", "reference"),
        ("KOS04.v1.yaml", "kind: ratio", "kind: isr\n  interval: none", "has strata"),
        ("DIG02.v1.yaml", "  other_numerator: 96000\n", "", "other_numerator"),
        ("DIG01.v1.yaml", "  value: 27.3", "  other_numerator: 1\n  value: 27.3", "other_numerator"),
        ("KWA01.v1.yaml", "  squares: 8060\n", "", "squares"),
        ("DIG02.v1.yaml", "  base_year: 2019\n", "", "base_year"),
        ("DIG02.v1.yaml", "base_year: 2019", "base_year: 2021", "circular base"),
    ],
)
def test_worked_example_must_fit_the_kind(folder: Path, file: str, old: str, new: str, message: str) -> None:
    _edit(folder / file, old, new)
    _unlock(folder, file)
    with pytest.raises(DefinitionError, match=message):
        load_definitions(folder, catalogue())


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    _edit(folder / "PRE02.v1.yaml", "PRE02.teller", "PRE02.tellerr")
    _edit(folder / "DIG02.v1.yaml", "base_year: 2019", "base_year: 2022")
    _edit(folder / "KOS04.v1.yaml", "decimals: 2", "decimals: two")
    text = (folder / "DIG01.v1.yaml").read_text("utf-8").replace("version: 1", "version: 2", 1)
    (folder / "DIG01.v2.yaml").write_text(text.replace("previous: null", "previous: true"), "utf-8")
    for name in ("PRE02", "DIG02", "KOS04"):
        _unlock(folder, name)
    with pytest.raises(DefinitionError) as raised:
        load_definitions(folder, catalogue())
    for fault in ("tellerr", "circular base", "KOS04.v1.yaml: ", "decimals", "DIG01@2 is valid from 2021Q1"):
        assert fault in str(raised.value)


@pytest.mark.parametrize(("valid_from", "is_refused"), [("2020Q4", True), ("2021Q1", True), ("2021Q2", False)])
def test_a_later_version_begins_later(folder: Path, valid_from: str, is_refused: bool) -> None:
    text = (folder / "DIG01.v1.yaml").read_text("utf-8").replace("version: 1", "version: 2", 1)
    text = text.replace("previous: null", "previous: true").replace("valid_from: 2021Q1", f"valid_from: {valid_from}")
    (folder / "DIG01.v2.yaml").write_text(text, "utf-8")
    lock_new_files(folder)
    with pytest.raises(DefinitionError, match="one period has one version") if is_refused else nullcontext():
        load_definitions(folder, catalogue())


def test_a_kernset_that_lists_what_is_not_there_and_twice_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED.with_name("kernsets"), tmp_path / "kernsets"))
    _edit(folder / "kandidaat-0.yaml", "PRE01@1,", "PRE01@1, PRE01@2, ABC01@1,")
    (folder / "kernsets.lock").write_text("")
    lock_new_files(folder)
    with pytest.raises(DefinitionError, match=r"(?s)do not exist: \['PRE01@2', 'ABC01@1'\].*twice: \['PRE01'\]"):
        load_kernsets(folder, definitions())


def test_the_kernset_has_every_indicator_of_the_candidate_and_one_own_proposal(shared: Path) -> None:
    candidate = json.loads((shared / "data" / "kernset" / "kandidaat-0.json").read_text("utf-8"))["indicatoren"]
    by_code = {definition.code: definition for definition in definitions().values()}
    assert set(by_code) >= {item["code"] for item in candidate} | {"KOS04"}
    for item in candidate:
        definition = by_code[item["code"]]
        assert definition.theme == item["thema"]
        assert definition.movement == item["beweging"]
        assert definition.aim == item["aim"]
        assert definition.multiplier == item["factor"]
        assert set(definition.levels) - {"wijk"} == set(item["niveaus"]) - {"wijk"}
        assert "wijk" not in definition.levels or "wijk" in item["niveaus"]
        assert definition.polarity == POLARITIES[item["polariteit"]]
        assert definition.frequency == _frequency(item["periode"], definition)


def _frequency(text: str, definition: IndicatorDefinition) -> Frequency:
    """Of the candidate's words; OUD10 is delivered every quarter until its open source is read."""
    if definition.code == "OUD10" or text.startswith("kwartaal"):
        return Frequency.QUARTER
    return Frequency.HALF_YEAR if text == "halfjaar" else Frequency.YEAR


def test_an_indicator_without_figures_says_why_and_no_other_does() -> None:
    asked = {item.code for uitvraag in uitvragen() for item in uitvraag.asks}
    loaded = {"vektis", "population", "gezondheidsmonitor"}
    for definition in definitions().values():
        datasets = {catalogue().dataset_of(code).code for code in definition.measure_codes()}
        assert (definition.not_filled is None) == (datasets <= asked | loaded), definition.id


def test_uitvraag_asks_what_regions_deliver() -> None:
    uitvraag = uitvraag_for(Period.parse("2025Q4"))
    assert [asked.dataset.code for asked in uitvraag.asks] == [asked.code for asked in uitvraag.asks]
    assert {asked.code for asked in uitvraag.asks} <= {dataset.code for dataset in catalogue().delivered()}
    assert uitvraag.due_date(Period.parse("2025Q4")) == date(2026, 2, 14)
    assert [uitvraag.version for uitvraag in uitvragen()] == [1, 2, 3]


def test_a_later_uitvraag_asks_more_and_the_earlier_quarters_keep_theirs() -> None:
    before, after = uitvraag_for(Period.parse("2024Q4")), uitvraag_for(Period.parse("2025Q1"))
    assert {asked.code for asked in after.required} - {asked.code for asked in before.required} == {"PRE03", "DIG03"}
    assert [asked.code for asked in after.asks if asked.is_optional] == ["OUD10"]
    assert before.required == before.asks


def test_a_region_may_add_gemeenten_to_what_it_counts_itself() -> None:
    asked = {item.code: item.levels for item in uitvraag_for(Period.parse("2025Q4")).asks}
    both = (AreaLevel.REGION, AreaLevel.GEMEENTE)
    assert {code for code, levels in asked.items() if levels == both} == {"GGZ03", "DIG01", "DIG03"}


def test_from_2026_on_a_wijk_may_be_added_where_the_definition_has_that_level() -> None:
    takes = {
        (asked.code, uitvraag.version)
        for uitvraag in uitvragen()
        for asked in uitvraag.asks
        if AreaLevel.WIJK in asked.levels
    }
    assert takes == {("OUD10", 3)}
    assert str(uitvragen()[2].valid_from) == "2026Q1"
    assert {definition.code for definition in definitions().values() if AreaLevel.WIJK in definition.levels} == {
        "OUD10"
    }


def test_every_file_about_den_haag_names_what_is_asked_there(shared: Path) -> None:
    rows = (shared / "badfiles" / "d07_den_haag_varianten.csv").read_text("utf-8-sig").splitlines()[1:]
    uitvraag = uitvraag_for(Period.parse("2025Q4"))
    asked = [uitvraag.asked(row.split(";")[0]) for row in rows]
    assert [item.code for item in asked if item and AreaLevel.GEMEENTE in item.levels] == [
        "PRE02", "PRE03", "OUD10", "GGZ03", "DIG01", "DIG03",
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "message"), [("2020Q4", "2021Q1"), ("2025", "geen kwartaal"), ("2025H1", "kwartaal")])
def test_no_uitvraag_for_other_periods(code: str, message: str) -> None:
    with pytest.raises(UnknownCodeError, match=message):
        uitvraag_for(Period.parse(code))
