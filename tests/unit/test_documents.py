"""Documents keep up with the tree: links lead somewhere, and nothing is added without its line."""

import re
from pathlib import Path

import pytest
import yaml

from indicators.definitions import definitions

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
LINK = re.compile(r"\[[^\]]*\]\((?!https?://|#)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("identity", sorted(definitions()))
def test_every_definition_version_is_in_the_indicator_changelog(identity: str) -> None:
    definition = definitions()[identity]
    row = f"| {identity} | {definition.name} | {definition.valid_from.code} |"
    assert row in (ROOT / "docs" / "indicator-changelog.md").read_text("utf-8")


def test_the_indicators_said_to_have_no_interval_are_those_without_one() -> None:
    text = (ROOT / "docs" / "indicator-changelog.md").read_text("utf-8")
    line = next(line for line in text.splitlines() if "geen betrouwbaarheidsinterval" in line)
    assert set(re.findall(r"[A-Z]{3}\d\d", line)) == {
        definition.code for definition in definitions().values() if not definition.has_interval()
    }


def test_decision_records_are_numbered_without_gaps_and_all_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))
    assert LINK.findall((folder / "README.md").read_text("utf-8")) == records


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_record_has_context_decision_and_consequence(record: Path) -> None:
    text = record.read_text("utf-8")
    assert text.startswith(f"# {record.name[:4]} ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]


def test_every_make_target_is_explained_or_internal() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert set(phony) - set(explained) == {"system-packages"}


def test_publiccode_names_the_licence_of_the_package() -> None:
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert f'license = "{described["legal"]["license"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000


def test_the_licence_is_complete() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert [int(number) for number in re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE)] == list(range(1, 16))
    assert text.rstrip().endswith("the production of a new EUPL version.")
