"""The page of methods and the JSON document: complete, the same every time, and the committed page is the newest."""

import json
import random
import re
from pathlib import Path

import pytest

from indicators import definition_words as words
from indicators.areas import AreaLevel
from indicators.definitions import (
    CalculationKind,
    IndicatorDefinition,
    Polarity,
    Protection,
    Theme,
    Window,
    definitions,
    kernset,
)
from indicators.kernset_document import SCHEMA_VERSION, kernset_document
from indicators.measures import Frequency
from indicators.methods_page import dutch_number, fields_of, methods_page

DOCS = Path(__file__).parents[2] / "docs"
PAGE = methods_page(kernset(), definitions())
BESIDE_THE_TABLE = {
    "code", "version", "name", "plain_name", "not_filled", "worked_example", "valid_from", "comparable_with_previous",
    "reason",
}  # fmt: skip


def test_the_committed_page_is_what_the_command_writes() -> None:
    remedy = "run: jzojp kernset export --page docs/kernset.md"
    assert (DOCS / "kernset.md").read_text("utf-8") == PAGE, remedy


def test_every_field_of_a_definition_is_on_the_page() -> None:
    for definition in definitions().values():
        assert set(fields_of(definition)) | BESIDE_THE_TABLE == set(IndicatorDefinition.model_fields)


def test_every_indicator_has_a_section_with_its_reason_and_example() -> None:
    for name in kernset().indicators:
        section = re.search(rf"^### {name.split('@')[0]} .*?(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
        assert section, name
        assert f"| {name} |" in section[0]
        assert "Rekenvoorbeeld: teller " in section[0]
        assert ("**Niet gevuld.**" in section[0]) == bool(definitions()[name].not_filled)


def test_the_page_says_that_the_kernset_is_a_reconstruction() -> None:
    assert "niet de kernset van het RIVM" in PAGE


def test_links_lead_to_files() -> None:
    targets = re.findall(r"\]\(([^)#]+)", PAGE)
    assert targets
    assert [target for target in targets if not (DOCS / target).is_file()] == []


def test_tables_have_as_many_cells_in_every_row() -> None:
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_the_order_in_which_definitions_are_read_changes_nothing() -> None:
    shuffled = list(definitions().items())
    random.Random(1).shuffle(shuffled)  # noqa: S311
    assert methods_page(kernset(), dict(shuffled)) == PAGE
    assert kernset_document(kernset(), dict(shuffled)) == kernset_document(kernset(), definitions())


def test_earlier_versions_are_named() -> None:
    first = definitions()["PRE02@1"]
    second = first.model_copy(update={"version": 2, "comparable_with_previous": False, "reason": "Een | streep."})
    later = kernset().model_copy(update={"indicators": ("PRE02@2",)})
    page = methods_page(later, {"PRE02@2": second, "PRE02@1": first})
    assert "| PRE02@1 | 2021Q1 | eerste versie |" in page
    assert r"| PRE02@2 | 2021Q1 | nee | Een \| streep. |" in page


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (Theme, words.THEMES),
        (Polarity, words.POLARITIES),
        (AreaLevel, words.LEVELS),
        (Frequency, words.FREQUENCIES),
        (Window, words.WINDOWS),
        (Protection, words.PROTECTIONS),
        (CalculationKind, words.KINDS),
    ],
)
def test_every_code_has_words(codes: type, told: dict[str, str]) -> None:
    assert {str(code) for code in codes} <= set(told)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.25, "0,25"), (2400, "2.400"), (1234567.5, "1.234.567,5"), (-3.10, "-3,1")]
)
def test_numbers_are_dutch(value: float, text: str) -> None:
    assert dutch_number(value) == text


def test_the_document_holds_every_definition_and_its_own_version() -> None:
    document = json.loads(json.dumps(kernset_document(kernset(), definitions())))
    assert document["schema_version"] == SCHEMA_VERSION
    assert document["kernset"]["indicators"] == list(kernset().indicators)
    for entry in document["definitions"]:
        told = {name: value for name, value in entry.items() if name not in {"id", "is_in_kernset", "has_interval"}}
        assert IndicatorDefinition.model_validate_json(json.dumps(told)) == definitions()[entry["id"]]
