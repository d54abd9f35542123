"""`jzojp kernset check`: each thing that can be missing or wrong is told, with its place and what to do."""

import re
from datetime import date
from pathlib import Path

import pytest

from indicators.definition_scaffold import scaffold
from indicators.kernset_check import check_kernset, check_lockable
from indicators.kernset_finding import Finding, Severity
from tests.support_kernset import SHIPPED, first_versions, relock

TODAY = date(2026, 11, 24)
LOADED = ("vektis", "population", "gezondheidsmonitor")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions and tables that a test may spoil."""
    return first_versions(tmp_path / "indicators")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def found(folder: Path, *, today: date = TODAY) -> list[Finding]:
    return check_kernset(folder, today=today, loaded=LOADED)


def errors(folder: Path) -> list[Finding]:
    return [finding for finding in found(folder) if finding.severity is Severity.ERROR]


def second_version(folder: Path, **answers: str) -> Path:
    definitions = folder / "definitions"
    texts = {file.name: file.read_text("utf-8") for file in definitions.glob("*.yaml")}
    new = scaffold("PRE02", texts)
    text = new.text
    filled = {
        "valid_from": "2026Q1",
        "comparable_with_previous": "true",
        "reason": "r",
        "author": "a",
        "checker": "c",
        "review_date": "2027-07-01",
    }
    for field, answer in {**filled, **answers}.items():
        text = re.sub(rf"^{field}:.*\n(?: .*\n)*", f"{field}: {answer}\n", text, flags=re.MULTILINE)
    path = definitions / new.file_name
    path.write_text(text, "utf-8")
    return path


def test_what_is_shipped_has_no_errors() -> None:
    assert errors(SHIPPED) == []


def test_every_finding_has_a_place_and_a_remedy(folder: Path) -> None:
    (folder / "definitions" / "GGZ03.v1.yaml").unlink()
    edit(folder / "definitions" / "PRE02.v1.yaml", "decimals: 1", "decimals: x")
    findings = found(folder)
    assert findings
    assert all(finding.file and finding.message and finding.remedy for finding in findings)


def test_changed_new_and_lost_files_are_held_against_the_lock(folder: Path) -> None:
    edit(folder / "definitions" / "PRE03.v1.yaml", "65", "66")
    (folder / "definitions" / "KOS04.v1.yaml").unlink()
    second_version(folder)
    told = {finding.file: finding.message for finding in found(folder) if "lock" in finding.message}
    assert told == {
        "definitions/PRE03.v1.yaml": "changed after it was locked",
        "definitions/KOS04.v1.yaml": "is locked but gone",
        "definitions/PRE02.v2.yaml": "is not locked",
    }


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("decimals: 1", "decimals: x", "decimals", "it says 'x'"),
        ("decimals: 1\n", "", "decimals", "required"),
        ("decimals: 1", "decimals: 1\nsurprise: 1", "surprise", "not permitted"),
        ("PRE02.teller", "PRE02.geteld", None, "PRE02.geteld"),
        ("key: 102", "key: 201", None, "key 201"),
        ("name: Val", "name: [Val", None, "not YAML"),
        ("comparable_with_previous: null", "comparable_with_previous: true", None, "comparable_with_previous"),
    ],
)
def test_a_faulty_definition_is_told_with_its_field(
    folder: Path, old: str, new: str, field: str | None, message: str
) -> None:
    edit(folder / "definitions" / "PRE02.v1.yaml", old, new)
    relock(folder)
    told = [finding for finding in errors(folder) if finding.file.startswith("definitions")]
    assert [(finding.field, message in finding.message) for finding in told] == [(field, True)]


def test_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    edit(folder / "definitions" / "PRE02.v1.yaml", "decimals: 1", "decimals: x")
    edit(folder / "definitions" / "OUD01.v1.yaml", "OUD01.teller", "OUD01.geteld")
    edit(folder / "kernsets" / "kandidaat-0.yaml", "PRE03@1", "PRE03@7")
    edit(folder / "uitvraag" / "2.yaml", "due_days: 45", "due_days: -1")
    places = {finding.file for finding in errors(folder)}
    assert places >= {
        "definitions/PRE02.v1.yaml",
        "definitions/OUD01.v1.yaml",
        "kernsets/kandidaat-0.yaml",
        "uitvraag/2.yaml",
    }


@pytest.mark.parametrize("valid_from", ["2021Q1", "2020Q4"])
def test_a_version_that_is_not_valid_later_than_the_one_before_is_an_error(folder: Path, valid_from: str) -> None:
    second_version(folder, valid_from=valid_from)
    relock(folder)
    assert any("PRE02@2" in finding.message and valid_from in finding.message for finding in errors(folder))


def test_a_version_that_does_not_say_whether_it_is_comparable_is_an_error(folder: Path) -> None:
    second_version(folder, comparable_with_previous="null")
    relock(folder)
    assert [finding.file for finding in errors(folder)] == ["definitions/PRE02.v2.yaml"]
    assert "comparable_with_previous" in errors(folder)[0].message


def test_a_new_version_that_the_kernset_does_not_list_is_a_warning(folder: Path) -> None:
    second_version(folder)
    relock(folder)
    told = [finding for finding in found(folder) if finding.severity is Severity.WARNING]
    assert [(finding.file, finding.remedy) for finding in told] == [
        ("kernsets/kandidaat-0.yaml", "list PRE02@2 in a next kernset ('jzojp kernset next PRE02@2')")
    ]


def test_a_file_to_fill_in_is_told_field_by_field_and_no_more(folder: Path) -> None:
    second_version(folder, reason='"INVULLEN: waarom"', valid_from='"INVULLEN: wanneer"')
    told = {finding.field for finding in errors(folder) if finding.message == "is not filled in"}
    assert told == {"reason", "valid_from"}
    assert {finding.file for finding in errors(folder)} == {"definitions/PRE02.v2.yaml"}


def test_a_review_date_that_has_passed_is_a_warning(folder: Path) -> None:
    def late(today: date) -> list[Finding]:
        return [finding for finding in found(folder, today=today) if finding.field == "review_date"]

    assert late(date(2027, 7, 1)) == []
    assert "definitions/PRE02.v1.yaml" in {finding.file for finding in late(date(2027, 7, 2))}
    assert {finding.severity for finding in late(date(2027, 7, 2))} == {Severity.WARNING}


def test_a_review_moves_the_date_and_names_who_repeated_the_example(folder: Path) -> None:
    entry = (
        "- {definition: PRE02@1, reviewed_on: 2027-06-01, reviewer: B. Jansen, is_example_repeated: true, "
        "remark: Klopt., next_review: 2029-07-01}\n"
    )
    (folder / "reviews.yaml").write_text(entry, "utf-8")
    told = [finding for finding in found(folder, today=date(2028, 1, 1)) if finding.file.endswith("PRE02.v1.yaml")]
    assert told == []
    assert "definitions/PRE02.v1.yaml" in {finding.file for finding in found(folder, today=date(2029, 7, 2))}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [("PRE02@1", "PRE02@7", "does not exist"), ("2029-07-01", "2027-06-01", "comes after"), ("B.", "[B", "not YAML")],
)
def test_a_faulty_review_is_an_error(folder: Path, old: str, new: str, message: str) -> None:
    entry = (
        "- {definition: PRE02@1, reviewed_on: 2027-06-01, reviewer: B., is_example_repeated: false, "
        "remark: Klopt., next_review: 2029-07-01}\n"
    )
    (folder / "reviews.yaml").write_text(entry.replace(old, new), "utf-8")
    assert [(finding.file, message in finding.message) for finding in errors(folder)] == [("reviews.yaml", True)]


def test_an_example_that_nobody_repeated_is_a_note(folder: Path) -> None:
    edit(folder / "definitions" / "PRE02.v1.yaml", "checker: nog niet door een tweede persoon nagerekend", "checker: B")
    told = {finding.file for finding in found(folder) if finding.field == "checker"}
    assert "definitions/PRE02.v1.yaml" not in told
    assert "definitions/PRE03.v1.yaml" in told


def test_measures_that_nothing_reads_are_a_note(folder: Path) -> None:
    told = [finding for finding in found(folder) if finding.file == "measures.yaml"]
    assert {finding.severity for finding in told} == {Severity.NOTE}
    assert any("vektis.kosten_huisarts" in finding.message for finding in told)


def test_a_dataset_that_is_asked_for_nothing_is_a_warning(folder: Path) -> None:
    (folder / "definitions" / "GGZ03.v1.yaml").unlink()
    told = [finding for finding in found(folder) if finding.file == "uitvraag/2.yaml"]
    assert any("GGZ03" in finding.message and finding.severity is Severity.WARNING for finding in told)


def test_an_uitvraag_that_asks_an_unknown_dataset_is_an_error(folder: Path) -> None:
    edit(folder / "uitvraag" / "2.yaml", "code: PRE02", "code: PRE77")
    assert [(finding.file, "PRE77" in finding.message) for finding in errors(folder)] == [("uitvraag/2.yaml", True)]


def test_an_empty_definition_needs_a_reason(folder: Path) -> None:
    for uitvraag in (folder / "uitvraag").iterdir():
        text = uitvraag.read_text("utf-8")
        uitvraag.write_text("".join(line for line in text.splitlines(True) if "code: GGZ03" not in line), "utf-8")
    assert [(finding.file, finding.field) for finding in errors(folder)] == [
        ("definitions/GGZ03.v1.yaml", "not_filled")
    ]
    edit(folder / "definitions" / "GGZ03.v1.yaml", "not_filled: null", "not_filled: Nog niet uitgevraagd.")
    relock(folder)
    assert errors(folder) == []


def test_open_data_that_nobody_loads_leaves_a_definition_empty(folder: Path) -> None:
    told = [finding for finding in check_kernset(folder, today=TODAY, loaded=()) if finding.field == "not_filled"]
    assert "definitions/KOS01.v1.yaml" in {finding.file for finding in told}


def test_a_reason_for_an_indicator_with_figures_is_a_warning(folder: Path) -> None:
    edit(folder / "definitions" / "PRE02.v1.yaml", "not_filled: null", "not_filled: Nog niet uitgevraagd.")
    relock(folder)
    told = [finding for finding in found(folder) if finding.field == "not_filled"]
    assert [(finding.file, finding.severity) for finding in told] == [("definitions/PRE02.v1.yaml", Severity.WARNING)]


def test_a_target_for_an_unknown_indicator_is_an_error(folder: Path) -> None:
    (folder / "definitions" / "PRE03.v1.yaml").unlink()
    told = [finding for finding in found(folder) if finding.file == "targets.yaml"]
    assert [finding.severity for finding in told] == [Severity.ERROR]
    assert "D09 version 1: indicator 'PRE03' has no definition" in told[0].message


def test_definitions_can_be_judged_before_they_are_locked(folder: Path) -> None:
    path = second_version(folder)
    assert check_lockable(folder) == []
    edit(path, "PRE02.teller", "PRE02.geteld")
    assert [finding.file for finding in check_lockable(folder)] == ["definitions/PRE02.v2.yaml"]
