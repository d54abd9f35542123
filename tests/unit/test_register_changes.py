"""What a file changes: against a slow comparison row by row, and on the cases that people ask about."""

from typing import NamedTuple

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from expectations.canonical import canonical_frame
from indicators.areas import area_code, area_key
from indicators.measures import catalogue
from indicators.strata import Stratum
from register.changes import MAXIMUM_DIFFERENCES, Before, compare

CODES = ["PRE02", "OUD01", "DIG01"]
MEASURES = {measure.key: code for code in CODES for measure in catalogue().dataset(code).measures}
NAMES = {measure.key: measure.code for measure in catalogue().measures.values()}
AREAS = [area_key(code) for code in ("GM0080", "GM0363", "ZK08")]
STRATA = [0, 114, 219]


class Key(NamedTuple):
    measure: int
    area: int
    stratum: int

    @property
    def row(self) -> tuple[str, int, int]:
        return MEASURES[self.measure], self.area, self.stratum


class Cell(NamedTuple):
    amount: float | None
    sign: int = 0
    is_provisional: bool = False


Rows = dict[Key, Cell]
KEYS = st.builds(Key, st.sampled_from(sorted(MEASURES)), st.sampled_from(AREAS), st.sampled_from(STRATA))
CELLS = st.one_of(
    st.builds(Cell, st.integers(0, 50).map(float), st.just(0), st.booleans()),
    st.builds(Cell, st.none(), st.integers(1, 3), st.booleans()),
)
ROWS = st.dictionaries(KEYS, CELLS, max_size=25)


def frame(rows: Rows) -> pd.DataFrame:
    columns = ["measure_key", "area_key", "stratum_key", "amount", "sign_code", "is_provisional"]
    table = pd.DataFrame([(*key, *cell) for key, cell in rows.items()], columns=pd.Index(columns))
    return canonical_frame(table.assign(source_row=2, period_key=20254))


def largest(old: Rows, new: Rows) -> list[tuple[str, str, float | None, float | None]]:
    """The differences in the order of size, one by one."""
    pairs = [(key, old[key].amount, new[key].amount) for key in sorted(set(old) & set(new))]
    sizes = [(abs((after or 0) - (before or 0)), key, before, after) for key, before, after in pairs]
    ordered = sorted((item for item in sizes if item[0]), key=lambda item: (-item[0], item[1]))
    return [(NAMES[key.measure], area_code(key.area), before, after) for _, key, before, after in ordered]


@given(old=ROWS, new=ROWS)
def test_it_is_what_a_comparison_row_by_row_gives(old: Rows, new: Rows) -> None:
    found = compare(Before(dict.fromkeys(CODES, 7), frame(old)), frame(new), CODES)
    rows_old, rows_new = {key.row for key in old}, {key.row for key in new}
    touched = {key.row for key in {*old, *new} if old.get(key) != new.get(key)}
    assert found.added == len(rows_new - rows_old)
    assert found.removed == len(rows_old - rows_new)
    assert found.altered == len(touched & rows_old & rows_new)
    shown = [(item.measure, item.area, item.before, item.after) for item in found.differences]
    assert shown == largest(old, new)[:MAXIMUM_DIFFERENCES]
    assert found.is_empty == (old == new)


@given(rows=ROWS)
def test_the_same_rows_in_another_order_change_nothing(rows: Rows) -> None:
    shuffled = frame(rows).sample(frac=1, random_state=3)
    assert compare(Before({"PRE02": 1}, frame(rows)), shuffled, CODES).is_empty


def test_only_the_datasets_of_the_file_are_compared() -> None:
    pre, dig = (Key(catalogue().measures[code].key, AREAS[0], 0) for code in ("PRE02.teller", "DIG01.teller"))
    found = compare(Before({"PRE02": 3}, frame({pre: Cell(10)})), frame({pre: Cell(12), dig: Cell(5)}), ["PRE02"])
    assert (found.added, found.removed, found.altered) == (0, 0, 1)
    assert (found.replaces, found.datasets) == ((3,), ("PRE02",))
    (difference,) = found.differences
    assert (difference.area, difference.age_band, difference.before, difference.after) == ("GM0080", "totaal", 10, 12)


def test_a_sign_in_the_place_of_a_number_is_a_difference() -> None:
    key = Key(catalogue().measures["OUD01.teller"].key, AREAS[0], Stratum.parse("65-69", "M").key)
    (difference,) = compare(
        Before({"OUD01": 1}, frame({key: Cell(40)})), frame({key: Cell(None, 2)}), CODES
    ).differences
    assert (difference.age_band, difference.sex, difference.before, difference.after) == ("65-69", "M", 40, None)
