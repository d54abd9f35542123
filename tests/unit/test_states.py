"""States, reasons and comparisons: the closed lists and their Dutch words."""

import re
from pathlib import Path

import pytest

from indicators.comparison import Comparison, compare
from indicators.definitions import Polarity
from indicators.intervals import Estimate, IntervalMethod
from indicators.states import ReasonCode, ValueState

CONTRACT = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")


def test_states_are_those_of_the_contract() -> None:
    told = re.search(r"the states `(is_[^`]+(?:\n[^`]+)?)`", CONTRACT)
    assert told is not None
    columns = re.findall(r"is_\w+", told[1])
    assert [state.column for state in ValueState] == columns


def test_reasons_are_those_of_the_contract() -> None:
    told = re.search(r"`reason_code` text null \(why there is no value: ([^)]+)\)", CONTRACT)
    assert told is not None
    assert [reason.value for reason in ReasonCode] == re.findall(r"'(\w+)'", told[1])


def test_comparisons_and_methods_are_those_of_the_contract() -> None:
    for code in [*Comparison, *IntervalMethod]:
        assert f"'{code.value}'" in CONTRACT


def test_every_code_has_words_of_its_own() -> None:
    assert len({state.words for state in ValueState}) == len(ValueState)
    assert len({reason.words for reason in ReasonCode}) == len(ReasonCode)
    assert len({comparison.words for comparison in Comparison}) == len(Comparison)
    assert all(reason.sentence.endswith(".") for reason in ReasonCode)


ESTIMATE = Estimate(50, 45, 55, 40, 60, IntervalMethod.WILSON)


@pytest.mark.parametrize(
    ("benchmark", "code"),
    [
        (50, "similar"),
        (45, "similar"),
        (55, "similar"),
        (44.9, "higher"),
        (40, "higher"),
        (39.9, "clearly_higher"),
        (55.1, "lower"),
        (60, "lower"),
        (60.1, "clearly_lower"),
    ],
)
def test_benchmark_against_the_intervals(benchmark: float, code: str) -> None:
    assert compare(ESTIMATE, benchmark) == code


def test_without_interval_nothing_is_compared() -> None:
    assert compare(Estimate(50), 10) is None


@pytest.mark.parametrize(
    ("comparison", "polarity", "is_better"),
    [
        (Comparison.HIGHER, Polarity.HIGHER_BETTER, True),
        (Comparison.CLEARLY_HIGHER, Polarity.LOWER_BETTER, False),
        (Comparison.CLEARLY_LOWER, Polarity.LOWER_BETTER, True),
        (Comparison.LOWER, Polarity.HIGHER_BETTER, False),
        (Comparison.LOWER, Polarity.NEUTRAL, None),
        (Comparison.SIMILAR, Polarity.HIGHER_BETTER, None),
    ],
)
def test_better_or_worse_only_where_polarity_is_set(
    comparison: Comparison, polarity: Polarity, is_better: bool | None
) -> None:
    assert comparison.is_better(polarity) is is_better
