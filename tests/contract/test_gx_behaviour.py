"""What we rely on in Great Expectations; each of these once differed from what a reader would expect."""

import sys

import pandas as pd
import pytest

from expectations.suite import ExpectationResult, run_expectations, warm_up

FRAME = pd.DataFrame(
    {
        "amount": [float(number) for number in range(1_000)],
        "limit": [500.0] * 999 + [None],
        "flag": [True] * 998 + [False, None],
        "name": ["a"] * 999 + [None],
    }
)


def check(type_: str, **kwargs: object) -> ExpectationResult:
    """Run one expectation on `FRAME` through our runner."""
    (result,) = run_expectations([{"type": type_, "kwargs": kwargs, "meta": {}}], FRAME, {"names": ["a"]})
    return result


def test_every_failing_row_is_named_by_the_index() -> None:
    result = check("expect_column_values_to_be_between", column="amount", max_value=99)
    assert result.positions == list(range(100, 1_000))
    assert result.is_checked
    assert not result.is_met


def test_a_condition_keeps_the_index() -> None:
    result = check(
        "expect_column_values_to_be_in_set",
        column="flag", value_set=[True], row_condition="amount > 990", condition_parser="pandas",
    )  # fmt: skip
    assert result.positions == [998]


def test_nulls_are_left_alone() -> None:
    assert check("expect_column_values_to_be_in_set", column="name", value_set=["a"]).is_met
    result = check(
        "expect_column_pair_values_a_to_be_greater_than_b",
        column_A="limit", column_B="amount", or_equal=True, ignore_row_if="either_value_is_missing",
    )  # fmt: skip
    assert result.positions == list(range(501, 999))


def test_a_condition_that_no_row_meets_is_met() -> None:
    result = check(
        "expect_column_values_to_be_null", column="name", row_condition="amount < 0", condition_parser="pandas"
    )
    assert result.is_checked
    assert result.is_met


@pytest.mark.parametrize("kwargs", [{"column": "amuont"}, {"column": "amount", "row_condition": "amuont > 1"}])
def test_what_could_not_be_checked_is_never_met(kwargs: dict[str, str]) -> None:
    result = check("expect_column_values_to_be_between", max_value=2_000, condition_parser="pandas", **kwargs)
    assert not result.is_checked
    assert not result.is_met


def test_a_parameter_is_filled_in() -> None:
    contains = "expect_column_distinct_values_to_contain_set"
    assert check(contains, column="name", value_set={"$PARAMETER": "names"}).is_met


def test_results_come_in_the_order_of_the_suite() -> None:
    columns = ["flag", "amount", "name", "limit"]
    entries = [
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": column}, "meta": {"rule": column}}
        for column in columns
    ]
    assert [result.meta["rule"] for result in run_expectations(entries, FRAME)] == columns


def test_the_context_is_in_memory_and_sends_nothing() -> None:
    warm_up()
    from great_expectations.data_context.data_context.context_factory import project_manager

    context = project_manager.get_expectations_store()
    assert type(context.store_backend).__name__ == "InMemoryStoreBackend"
    assert "posthog" not in sys.modules
