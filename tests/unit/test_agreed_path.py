"""The path from baseline to target: its values, its pace, and what is told when it cannot be."""

import pytest

from indicators.agreed_path import AgreedPath, Direction, Level, path_faults
from indicators.errors import NotCalculableError
from indicators.periods import Period


def level(value: float, code: str) -> Level:
    return Level(value=value, period=Period.parse(code))


def path(
    *milestones: Level,
    start: tuple[float, str] = (60.0, "2024Q4"),
    end: tuple[float, str] = (70.0, "2027Q4"),
    direction: Direction = Direction.INCREASE,
) -> AgreedPath:
    return AgreedPath(baseline=level(*start), milestones=milestones, target=level(*end), direction=direction)


def test_a_straight_line_from_baseline_to_target() -> None:
    line = path()
    assert line.pace == pytest.approx(10 / 12)
    assert line.value_at(Period.parse("2024Q3")) is None
    assert line.value_at(Period.parse("2024Q4")) == 60.0
    assert line.value_at(Period.parse("2026Q2")) == pytest.approx(65.0)
    assert line.value_at(Period.parse("2027")) == 70.0
    assert line.value_at(Period.parse("2029Q1")) == 70.0


def test_milestones_bend_the_line_and_keep_its_ends() -> None:
    bent = path(level(61.0, "2025Q4"), level(65.0, "2026Q4"))
    assert bent.value_at(Period.parse("2025Q2")) == pytest.approx(60.5)
    assert bent.value_at(Period.parse("2026Q2")) == pytest.approx(63.0)
    assert bent.value_at(Period.parse("2027Q2")) == pytest.approx(67.5)
    assert bent.pace == pytest.approx(10 / 12)
    assert path_faults(bent) == []


def test_a_line_may_go_through_zero() -> None:
    line = path(start=(-2.0, "2025"), end=(2.0, "2027"))
    assert line.value_at(Period.parse("2026")) == pytest.approx(0.0)


def test_a_target_before_its_baseline_is_told_and_has_no_pace() -> None:
    wrong = path(end=(70.0, "2024Q4"))
    assert [fault.field for fault in path_faults(wrong)] == ["doel"]
    assert "2024Q4 ligt niet na de uitgangssituatie (2024Q4)" in path_faults(wrong)[0].message
    with pytest.raises(NotCalculableError, match="niet na de uitgangssituatie"):
        _ = wrong.pace


def test_milestones_out_of_order_are_all_told() -> None:
    wrong = path(level(62.0, "2026Q4"), level(63.0, "2025Q4"), level(64.0, "2028Q1"))
    assert [(fault.field, fault.message) for fault in path_faults(wrong)] == [
        ("mijlpaal 2", "2025Q4 ligt niet na mijlpaal 1 (2026Q4)."),
        ("doel", "2027Q4 ligt niet na mijlpaal 3 (2028Q1)."),
    ]


@pytest.mark.parametrize(
    ("direction", "end", "fields"),
    [
        (Direction.INCREASE, 50.0, ["richting"]),
        (Direction.INCREASE, 60.0, ["richting"]),
        (Direction.DECREASE, 70.0, ["richting"]),
        (Direction.DECREASE, 50.0, []),
        (Direction.HOLD, 60.0, []),
        (Direction.HOLD, 62.0, []),
        (Direction.AT_LEAST, 55.0, []),
        (Direction.AT_MOST, 55.0, []),
    ],
)
def test_a_direction_that_contradicts_the_values_is_told(direction: Direction, end: float, fields: list[str]) -> None:
    assert [fault.field for fault in path_faults(path(end=(end, "2027Q4"), direction=direction))] == fields
