"""Kernsets through time: what one may do after another, and which version applies to which period."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from indicators.definitions import IndicatorDefinition, definitions, kernsets, load_kernsets, released_definitions
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.kernset_checks import faults_of_history, faults_of_kernset
from indicators.kernset_model import Kernset, Retirement
from indicators.kernset_scaffold import next_kernset
from indicators.lock import lock_new_files
from indicators.periods import Period
from indicators.validity import validities
from tests.support_kernset import SHIPPED

FIRST = definitions()["PRE02@1"]
SECOND = FIRST.model_copy(update={"version": 2, "valid_from": Period.quarter(2024, 1)})
THIRD = FIRST.model_copy(update={"version": 3, "valid_from": Period.quarter(2025, 3)})
YEARLY = definitions()["KOS01@1"]
KNOWN = {item.id: item for item in (FIRST, SECOND, THIRD, YEARLY)}


def kernset(number: int, *indicators: str, retired: tuple[Retirement, ...] = ()) -> Kernset:
    fields = {"name": "n", "status": "kandidaat", "note": "n", "reason": "r"}
    listed = {"version": f"k-{number}", "number": number, "indicators": indicators, "retired": retired}
    return Kernset.model_validate({**fields, **listed})


def retirement(code: str, last: Period, successor: str | None = None) -> Retirement:
    return Retirement(indicator=code, last_period=last, successor=successor, reason="r")


def spans(*history: Kernset, known: dict[str, IndicatorDefinition] = KNOWN) -> dict[str, tuple[Any, ...]]:
    return {name: item[1:] for name, item in validities(history, known).items()}


def test_a_version_applies_until_the_next_one_begins_and_a_draft_to_nothing() -> None:
    assert spans(kernset(0, "PRE02@1"), kernset(1, "PRE02@2")) == {
        "PRE02@1": (date(2021, 1, 1), date(2023, 12, 31), False),
        "PRE02@2": (date(2024, 1, 1), None, True),
    }


def test_a_version_that_was_skipped_does_not_end_the_one_before_it() -> None:
    assert spans(kernset(0, "PRE02@1"), kernset(1, "PRE02@3"))["PRE02@1"][1] == date(2025, 6, 30)


def test_a_retired_indicator_applies_until_its_last_period() -> None:
    history = (
        kernset(0, "PRE02@1", "KOS01@1"),
        kernset(1, "KOS01@1", retired=(retirement("PRE02", Period.quarter(2025, 2)),)),
    )
    assert spans(*history)["PRE02@1"] == (date(2021, 1, 1), date(2025, 6, 30), False)
    assert faults_of_history(history, KNOWN) == []


@pytest.mark.parametrize(
    ("later", "fault"),
    [
        (kernset(1, "KOS01@1"), "k-1.yaml no longer lists PRE02; list it, or name it under retired"),
        (kernset(1, "PRE02@1", "KOS01@1"), "k-1.yaml goes back from PRE02@2 to PRE02@1; to return"),
        (kernset(2, "PRE02@2", "KOS01@1"), "k-2.yaml has number 2 where 1 comes next"),
        (
            kernset(1, "KOS01@1", retired=(retirement("PRE02", Period.parse("2025")),)),
            "retires PRE02 after 2025, which is no quarter",
        ),
        (
            kernset(1, "KOS01@1", retired=(retirement("PRE02", Period.quarter(2023, 4)),)),
            "retires PRE02 after 2023Q4, before PRE02@2 is valid",
        ),
        (
            kernset(1, "KOS01@1", retired=(retirement("PRE02", Period.quarter(2025, 4), "PRE09"),)),
            "names PRE09 as successor of PRE02 and does not list it",
        ),
        (
            kernset(1, "PRE02@2", "KOS01@1", retired=(retirement("PRE03", Period.quarter(2025, 4)),)),
            "retires PRE03, which the kernset before does not list",
        ),
    ],
)
def test_a_kernset_that_does_not_follow_from_the_one_before_is_told(later: Kernset, fault: str) -> None:
    told = faults_of_history([kernset(0, "PRE02@2", "KOS01@1"), later], KNOWN)
    assert len(told) == 1
    assert fault in told[0]


def test_a_code_that_was_retired_does_not_come_back() -> None:
    history = [
        kernset(0, "PRE02@1"),
        kernset(1, retired=(retirement("PRE02", Period.quarter(2025, 4)),)),
        kernset(2, "PRE02@2"),
    ]
    assert [fault.split(";")[0] for fault in faults_of_history(history, KNOWN)] == [
        "k-2.yaml lists PRE02, which was retired"
    ]


def test_a_kernset_that_lists_and_retires_the_same_or_has_another_file_name_is_told() -> None:
    both = kernset(1, "PRE02@2", retired=(retirement("PRE02", Period.quarter(2025, 4)),))
    told = faults_of_kernset(both, "k-9.yaml", KNOWN)
    assert [fault.split(";")[0] for fault in told] == ["holds k-1", "both lists and retires ['PRE02']"]


def test_a_kernset_that_was_edited_after_it_was_locked_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "kernsets", tmp_path / "kernsets"))
    path = folder / "kandidaat-0.yaml"
    path.write_text(path.read_text("utf-8").replace("PRE01@1, ", ""), "utf-8")
    with pytest.raises(DefinitionError, match=r"kandidaat-0\.yaml changed after it was locked.*jzojp kernset next"):
        load_kernsets(folder, definitions())


def test_the_next_kernset_can_be_loaded_once_it_is_filled_in(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "kernsets", tmp_path / "kernsets"))
    newest = kernsets()[-1]
    known = {**definitions(), "PRE02@9": SECOND.model_copy(update={"version": 9})}
    name, text = next_kernset(newest, ["PRE02@9"], ["KOS04"], known=known)
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match=r"must still be filled in: reason, retired.last_period"):
        lock_new_files(folder)

    document = yaml.safe_load(text) | {"reason": "Voorbeeld."}
    document["retired"][0] |= {"last_period": "2023", "reason": "Voorbeeld."}
    path.write_text(yaml.safe_dump(document), "utf-8")
    assert lock_new_files(folder) == [path.name]
    loaded = load_kernsets(folder, known)
    assert loaded[-1].number == newest.number + 1
    assert loaded[-1].versions() == {
        code: 9 if code == "PRE02" else version for code, version in newest.versions().items() if code != "KOS04"
    }


@pytest.mark.parametrize(
    ("listed", "retired"), [(["PRE02"], []), (["PRE77@1"], []), ([], ["PRE77"]), ([], ["KOS04@1"])]
)
def test_the_next_kernset_names_only_what_exists(listed: list[str], retired: list[str]) -> None:
    with pytest.raises(UnknownCodeError, match=(listed + retired)[0]):
        next_kernset(kernsets()[-1], listed, retired, known=definitions())


def test_what_is_shipped_has_one_current_version_of_each_indicator() -> None:
    current = [item.definition.code for item in released_definitions().values() if item.is_current]
    assert sorted(current) == sorted(kernsets()[-1].versions())
