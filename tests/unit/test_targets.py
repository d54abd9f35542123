"""National doelstellingen: what can be measured of each, and what a file may not say."""

from pathlib import Path

import pytest
import yaml

from indicators.definitions import latest_definition
from indicators.errors import DefinitionError
from indicators.targets import ProgressGap, Target, current_targets, load_targets, targets

KNOWN = {code: latest_definition(code) for code in ("PRE02", "OUD01", "OUD08", "DIG02", "PRE07")}
BASIC = {
    "code": "D90", "version": 1, "issuer": "VWS", "text": "20 % in 2028", "theme": "preventie", "status": "geldend",
    "source": "een bron", "certainty": "bevestigd", "indicators": ["PRE02"],
}  # fmt: skip
NUMBER = {"kind": "level", "direction": "at_least", "value": 20, "unit": "%"}
PATH = {"base": {"value": 12, "period": "2024Q4"}, "target_period": "2028"}


def loaded(folder: Path, *entries: dict[str, object]) -> tuple[Target, ...]:
    file = folder / "targets.yaml"
    file.write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return load_targets(file, KNOWN)


def gap(code: str, indicator: str) -> ProgressGap | None:
    target = next(target for target in current_targets(targets()) if target.code == code)
    return target.progress_gap(latest_definition(indicator))


def test_of_each_shipped_target_it_is_known_what_lacks_for_a_progress_figure() -> None:
    assert gap("D18", "OUD07") is ProgressGap.NO_NUMBER
    assert gap("D13", "OUD08") is ProgressGap.OTHER_UNIT
    assert gap("D01", "PRE06") is ProgressGap.OTHER_UNIT
    assert gap("D10", "GGZ01") is ProgressGap.NOT_FILLED
    assert gap("D08", "PRE02") is ProgressGap.NO_BASE
    assert gap("D03", "PRE07") is ProgressGap.NO_BASE_PERIOD
    assert gap("D05", "DIG01") is ProgressGap.NO_TARGET_PERIOD


def test_a_number_in_another_unit_is_never_a_level() -> None:
    d13 = next(target for target in targets() if target.code == "D13")
    changed = d13.model_copy(update={"value": 6.0})
    assert changed.level(latest_definition("OUD08")) is None
    assert changed.path(latest_definition("OUD08")) is None


def test_a_level_with_base_and_periods_has_a_path(tmp_path: Path) -> None:
    (target,) = loaded(tmp_path, {**BASIC, **NUMBER, **PATH})
    definition = KNOWN["PRE02"]
    assert target.progress_gap(definition) is None
    path = target.path(definition)
    assert path is not None
    assert (path.baseline.value, path.target.value, str(path.target.period)) == (12.0, 20.0, "2028")


def test_a_relative_change_is_converted_with_its_base(tmp_path: Path) -> None:
    number = {"kind": "relative_change", "direction": "decrease", "value": -20, "unit": "%"}
    (target,) = loaded(tmp_path, {**BASIC, **number, **PATH, "indicators": ["OUD01"]})
    path = target.path(KNOWN["OUD01"])
    assert path is not None
    assert path.target.value == pytest.approx(9.6)


def test_a_changed_target_keeps_its_history(tmp_path: Path) -> None:
    second = {"version": 2, "valid_from": "2025-01-01", "value": 25, "reason": "Bijgesteld."}
    found = loaded(tmp_path, {**BASIC, **NUMBER}, {**BASIC, **NUMBER, **second})
    assert [target.value for target in found] == [20.0, 25.0]
    assert [target.version for target in current_targets(found)] == [2]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([{**BASIC, "indicators": ["PRE99"]}], "D90 version 1: indicator 'PRE99' has no definition"),
        ([{**BASIC, **NUMBER, "direction": "decrease"}], "direction decrease is what PRE02 .* calls worse"),
        ([{**BASIC, **NUMBER, **PATH, "target_period": "2023"}], "2023 ligt niet na de uitgangssituatie"),
        ([{**BASIC, **NUMBER, **PATH, "direction": "increase", "value": 10}], "PRE02: richting: .*omhoog naar"),
        ([{**BASIC, **NUMBER, "unit": None}], "has a value and no unit"),
        ([{**BASIC, "version": 2, "valid_from": "2025-01-01", "reason": "x"}], r"versions are \[2\]"),
        ([BASIC, {**BASIC, "version": 2}], "needs valid_from and reason"),
        ([{**BASIC, "status": "klaar"}], "status"),
    ],
)
def test_what_a_file_may_not_say_is_told(tmp_path: Path, entries: list[dict[str, object]], told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        loaded(tmp_path, *entries)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        loaded(tmp_path, {**BASIC, "indicators": ["PRE98"]}, {**BASIC, "code": "D91", "indicators": ["PRE99"]})
    assert {"PRE98", "PRE99"} <= set(str(refused.value).replace("'", " ").split())
