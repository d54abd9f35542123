"""Working per distinct thing gives what working per row would give."""

import math

import numpy as np

from expectations.distinct import Distinct, paired

LETTERS = Distinct(np.array([0, 1, 2, 1]), ["a", None, "ccc"])
NUMBERS = Distinct(np.array([0, 0, 1, 1]), [1, 10])


def test_a_number_per_row_is_nan_where_there_is_nothing() -> None:
    lengths = LETTERS.numbers(len).tolist()
    assert lengths[0::2] == [1.0, 3.0]
    assert all(math.isnan(length) for length in lengths[1::2])


def test_a_flag_per_row_is_what_absence_means() -> None:
    assert LETTERS.flags(lambda text: text == "a").tolist() == [True, False, False, False]
    assert LETTERS.flags(lambda text: text == "a", absent=True).tolist() == [True, True, False, True]


def test_rows_whose_thing_is_among_some() -> None:
    assert LETTERS.among([1]).tolist() == [False, True, False, True]
    assert LETTERS.among([]).tolist() == [False] * 4


def test_a_pair_is_joined_once_and_is_nothing_where_one_is_absent() -> None:
    asked: list[tuple[str, int]] = []

    def join(letter: str, number: int) -> str:
        asked.append((letter, number))
        return letter * number

    joined = paired(LETTERS, NUMBERS, join)
    assert [joined.at(position) for position in range(4)] == ["a", None, "c" * 30, None]
    assert asked == [("a", 1), ("ccc", 10)]


def test_no_rows_give_no_rows() -> None:
    empty = Distinct[str](np.array([], dtype=np.int64), [])
    assert paired(empty, empty, lambda one, other: one + other).codes.tolist() == []
