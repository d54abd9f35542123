"""A new definition file: every field, nothing lost of an earlier version, and refused until it is filled in."""

import re
from pathlib import Path

import pytest
import yaml

from indicators.definition_scaffold import Scaffold, scaffold
from indicators.definitions import IndicatorDefinition, definitions, load_definitions
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.kinds import CalculationKind
from indicators.lock import lock_new_files
from indicators.measures import catalogue
from indicators.unfilled import MARK, unfilled_fields
from tests.support_kernset import first_versions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions that a test may add to."""
    return first_versions(tmp_path / "indicators") / "definitions"


def made(folder: Path, code: str, source: str | None = None) -> Scaffold:
    existing = {file.name: file.read_text("utf-8") for file in folder.glob("*.yaml")}
    return scaffold(code, existing, source=source)


def written(folder: Path, code: str, source: str | None = None) -> Path:
    new = made(folder, code, source)
    path = folder / new.file_name
    path.write_text(new.text, "utf-8")
    return path


def test_a_new_file_has_every_field_in_the_order_of_the_model(folder: Path) -> None:
    new = made(folder, "GEN99")
    assert new.file_name == "GEN99.v1.yaml"
    assert list(yaml.safe_load(new.text)) == list(IndicatorDefinition.model_fields)


def test_a_new_indicator_gets_a_key_that_no_other_has(folder: Path) -> None:
    keys = {definition.key for definition in definitions().values()}
    for code in ("PRE99", "GEN01", "GEN99"):
        assert yaml.safe_load(made(folder, code).text)["key"] not in keys
    assert yaml.safe_load(made(folder, "PRE99").text)["key"] == 199


def test_the_hint_of_a_kind_names_every_kind(folder: Path) -> None:
    hint = yaml.safe_load(made(folder, "GEN99").text)["calculation"]["kind"]
    assert all(re.search(rf"\b{kind}\b", hint) for kind in CalculationKind)


def test_a_new_version_copies_all_but_what_it_must_say_anew(folder: Path) -> None:
    old = yaml.safe_load((folder / "PRE02.v1.yaml").read_text("utf-8"))
    path = written(folder, "PRE02")
    new = yaml.safe_load(path.read_text("utf-8"))
    marked = unfilled_fields(path)
    assert path.name == "PRE02.v2.yaml"
    assert new["version"] == 2
    assert marked == ["valid_from", "comparable_with_previous", "reason", "author", "checker", "review_date"]
    assert {name for name in old if old[name] != new[name]} == {"version", *marked}


def test_the_newest_version_is_copied_unless_another_is_named(folder: Path) -> None:
    second = (folder / "PRE02.v1.yaml").read_text("utf-8").replace("version: 1", "version: 2")
    (folder / "PRE02.v2.yaml").write_text(second.replace("decimals: 1", "decimals: 2"), "utf-8")
    assert made(folder, "PRE02").file_name == "PRE02.v3.yaml"
    assert yaml.safe_load(made(folder, "PRE02").text)["decimals"] == 2
    first = made(folder, "PRE02", "PRE02@1")
    assert first.file_name == "PRE02.v3.yaml"
    assert yaml.safe_load(first.text)["decimals"] == 1


def test_an_indicator_may_begin_as_a_copy_of_another(folder: Path) -> None:
    new = yaml.safe_load(made(folder, "PRE99", "OUD01@1").text)
    assert (new["code"], new["version"], new["key"], new["comparable_with_previous"]) == ("PRE99", 1, 199, None)
    assert new["theme"] == "ouderen"
    assert new["name"].startswith(MARK)
    assert new["calculation"]["kind"].startswith(MARK)


def test_what_is_not_filled_in_is_refused_by_name_and_not_locked(folder: Path) -> None:
    written(folder, "PRE02")
    with pytest.raises(DefinitionError, match=r"PRE02\.v2\.yaml must still be filled in: valid_from, comparable"):
        load_definitions(folder, catalogue())
    with pytest.raises(DefinitionError, match="must still be filled in"):
        lock_new_files(folder)
    assert "PRE02.v2" not in (folder / "definitions.lock").read_text("utf-8")


def test_a_filled_in_version_is_locked_and_loaded(folder: Path) -> None:
    path = written(folder, "PRE02")
    answers = {
        "valid_from": "2026Q1",
        "comparable_with_previous": "false",
        "reason": "Een nieuwe test.",
        "author": "A",
        "checker": "B",
        "review_date": "2028-01-01",
    }
    text = path.read_text("utf-8")
    for field, answer in answers.items():
        text = re.sub(rf"^{field}:.*\n(?: .*\n)*", f"{field}: {answer}\n", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    assert lock_new_files(folder) == ["PRE02.v2.yaml"]
    assert load_definitions(folder, catalogue())["PRE02@2"].comparable_with_previous is False


@pytest.mark.parametrize(
    ("code", "source"), [("pre02", None), ("PRE2", None), ("PRE02", "PRE02@9"), ("PRE02", "PRE02")]
)
def test_an_unknown_code_or_source_is_refused_by_name(folder: Path, code: str, source: str | None) -> None:
    with pytest.raises(UnknownCodeError, match=source or code):
        made(folder, code, source)


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(DefinitionError, match=r"PRE02\.v1\.yaml"):
        scaffold("PRE03", {"PRE02.v1.yaml": "name: [Val"})
