"""The calculation reproduces the published test values of PHEindicatormethods (skipped where they are not at hand)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from indicators import intervals
from indicators.calculation import (
    Cell,
    Counts,
    directly_standardised_rate,
    expected_number,
    indirectly_standardised_ratio,
    mean,
    proportion,
    rate,
)
from indicators.errors import NotCalculableError
from indicators.intervals import Estimate
from indicators.quantiles import CONFIDENCE_95, CONFIDENCE_998

Row = Mapping[str, str]
"""A row of a vector file. One stratum without events is blank there, and upstream reads it as 0."""
LIMITS = ("lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "vectors" / "phe"


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _complete(path: Path) -> list[Row]:
    """The rows with a value; the others test how R treats missing input."""
    return [row for row in _rows(path) if row["value"]]


def _assert_equal(estimate: Estimate, row: Row, *, limits: Sequence[str] = LIMITS) -> None:
    found = (estimate.lower_95, estimate.upper_95, estimate.lower_998, estimate.upper_998)
    assert estimate.value == pytest.approx(float(row["value"]), rel=1e-12)
    for name, limit in zip(LIMITS, found, strict=True):
        if name in limits:
            assert limit == pytest.approx(float(row[name]), rel=1e-9), name


def _assert_grouped_equal(estimate: Estimate, row: Row) -> None:
    found = {"95%": (estimate.lower_95, estimate.upper_95), "99.8%": (estimate.lower_998, estimate.upper_998)}
    assert estimate.value == pytest.approx(float(row["value"]), rel=1e-12)
    assert found[row["confidence"]] == pytest.approx((float(row["lowercl"]), float(row["uppercl"])), rel=1e-9)


def test_proportion(vectors: Path) -> None:
    rows = _complete(vectors / "proportion_wilson.csv")
    assert len(rows) >= 16
    for row in rows:
        found = proportion(float(row["Numerator"]), float(row["Denominator"]), multiplier=float(row["multiplier"]))
        assert found.method == row["method"].lower()
        _assert_equal(found, row)


def test_rate(vectors: Path) -> None:
    rows = _complete(vectors / "rate_byars_exact.csv")
    assert {row["method"] for row in rows} == {"Exact", "Byars"}
    for row in rows:
        found = rate(float(row["Numerator"]), float(row["Denominator"]), multiplier=float(row["multiplier"]))
        assert found.method == row["method"].lower().removesuffix("s")
        _assert_equal(found, row)


@pytest.mark.parametrize("kind", ["proportion_wilson", "rate_byars_exact"])
def test_grouped_data_are_added_before_the_interval(vectors: Path, kind: str) -> None:
    """Upstream's groups are every area twice: the sums stand in the file of the grouped values."""
    single = {row["Area"]: row for row in _complete(vectors / f"{kind}.csv")}
    grouped = [row for row in _complete(vectors / f"{kind}_grouped.csv") if row["Area"] != "Area12"]
    assert len(grouped) == 8
    for row in grouped:
        parts = [single[row["Area"]]] * 2
        numerator = sum(float(part["Numerator"]) for part in parts)
        denominator = sum(float(part["Denominator"]) for part in parts)
        assert (numerator, denominator) == (float(row["Numerator"]), float(row["Denominator"]))
        calculate = proportion if kind.startswith("proportion") else rate
        _assert_grouped_equal(calculate(numerator, denominator, multiplier=float(row["multiplier"])), row)


def test_byar_and_wilson_as_formulas(vectors: Path) -> None:
    for row in _rows(vectors / "byars_wilson.csv"):
        confidence = CONFIDENCE_95 if row["confidence"] == "95%" else CONFIDENCE_998
        x = float(row["x"])
        found = intervals.wilson(x, float(row["n"]), confidence) if row["n"] else intervals.byar(x, confidence)
        assert found.upper == pytest.approx(float(row["uppercl"]), rel=1e-12)
        if row["lowercl"]:
            assert found.lower == pytest.approx(float(row["lowercl"]), rel=1e-12)


def _dsr_cells(vectors: Path, area: str) -> list[Cell]:
    if area == "testdata_1976":
        rows, weight = list(_rows(vectors / "dsr_input_esp1976.csv")), "esp1976"
    else:
        rows = [row for row in _rows(vectors / "dsr_input_esp2013.csv") if row["area"] == area]
        weight = "esp2013"
    return [Cell(Counts(float(row["count"] or 0), float(row["pop"])), weight=float(row[weight])) for row in rows]


def test_directly_standardised_rate(vectors: Path) -> None:
    rows = [row for row in _complete(vectors / "dsr_expected.csv") if row["case"].startswith("multiplier")]
    assert len(rows) == 6
    for row in rows:
        multiplier = float(row["case"].removeprefix("multiplier"))
        found = directly_standardised_rate(_dsr_cells(vectors, row["area"]), multiplier=multiplier)
        _assert_equal(found, row, limits=LIMITS[:2] if row["area"] == "testdata_1976" else LIMITS)


def test_known_fault_upstream_is_not_imitated(vectors: Path) -> None:
    """The 99.8 % cells of the esp1976 row are ten times too large in the source (METHODS, sources)."""
    row = next(row for row in _complete(vectors / "dsr_expected.csv") if row["area"] == "testdata_1976")
    found = directly_standardised_rate(_dsr_cells(vectors, "testdata_1976"), multiplier=10_000)
    upstream = (float(row["lower99_8cl"]), float(row["upper99_8cl"]))
    assert (found.lower_998, found.upper_998) == pytest.approx((upstream[0] / 10, upstream[1] / 10))


def test_fewer_than_ten_events_are_withheld(vectors: Path) -> None:
    with pytest.raises(NotCalculableError) as raised:
        directly_standardised_rate(_dsr_cells(vectors, "testdata_tiny"), multiplier=10_000)
    assert raised.value.reason == "few_events"


def _isr_cells(vectors: Path, area: str) -> list[Cell]:
    return [
        Cell(
            Counts(float(row["count"] or 0), float(row["pop"] or 0)),
            reference=Counts(float(row["refcount"] or 0), float(row["refpop"])),
        )
        for row in _rows(vectors / "isr_input.csv")
        if row["area"] == area
    ]


def test_indirectly_standardised_ratio_and_rate(vectors: Path) -> None:
    rows = [row for row in _complete(vectors / "isr_expected.csv") if row["area"].startswith("testdata")]
    assert len(rows) == 12
    for row in rows:
        cells = _isr_cells(vectors, row["area"])
        multiplier = float(row["ref_rate"] or row["case"].removeprefix("isratio_x"))
        found = indirectly_standardised_ratio(cells, multiplier=multiplier, interval="poisson")
        assert expected_number(cells) == pytest.approx(float(row["expected"]), rel=1e-12)
        _assert_equal(found, row)


def test_mean(vectors: Path) -> None:
    values = [(row["area"], float(row["values"])) for row in _rows(vectors / "mean_input.csv")]
    for row in _rows(vectors / "mean_expected.csv"):
        group = [value for area, value in values if row["area"] in (area, "No grouping")]
        squares = sum(value**2 for value in group)
        assert len(group) == int(row["value_count"])
        _assert_equal(mean(sum(group), len(group), sum_of_squares=squares, multiplier=1), row)
