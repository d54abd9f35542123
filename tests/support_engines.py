"""A small country in which every kind, interval, state and reason occurs, and tables compared between engines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from pandas.api.types import is_float_dtype

from indicators.agreed_path import AgreedPath, Direction, Level
from indicators.periods import Period
from orchestration.agreed_paths import FollowedPath
from orchestration.engine_tables import EngineTables, reached
from orchestration.gateways import Gateway
from orchestration.sqlmesh_bridge import PROJECT, _config
from orchestration.transform import LandingTables, transform
from register.home import Home
from tests.support_models import NL, ToyLanding, strata_frame

QUARTERS = (20241, 20242, 20243, 20244, 20251)
LAST = QUARTERS[-1]
EARLIER = (20221, 20222, 20223, 20224, 20231, 20232, 20233, 20234)
TOTALS, STRATA, PEOPLE, SPARSE, LONG = 900, 910, 920, 930, 940
"""Datasets: quarterly counts, quarterly counts by stratum, yearly population, counts of one region only, and counts of
three years, wijken and areas of another classification too."""

REASONS = {
    "not_delivered", "incomplete", "few_events", "suppressed", "small_denominator", "zero_denominator", "impossible",
    "unknown", "no_full_year", "no_base",
}  # fmt: skip
INTERVALS = {"wilson", "exact", "byar", "dobson", "student", "log", "newcombe", "none"}
COMPARISONS = {"similar", "higher", "lower", "clearly_higher", "clearly_lower"}
STATES = (
    "is_provisional", "is_revised", "is_estimated", "is_break", "is_converted", "is_incomplete", "is_few_events",
    "is_suppressed", "is_not_delivered", "is_unknown", "is_impossible", "is_not_filled",
)  # fmt: skip


def every_state() -> LandingTables:
    """The landing tables of that country, with strings, dates and empty cells as the real ones have them."""
    landing = ToyLanding(
        region_count=3, gemeente_count=4, strata=strata_frame((5000.0, 2500.0, 1000.0), age_from=(0, 30, 70))
    )
    for dataset, frequency, breakdown in (
        (TOTALS, "quarter", "total"),
        (STRATA, "quarter", "age_sex"),
        (PEOPLE, "year", "total"),
        (SPARSE, "quarter", "total"),
        (LONG, "quarter", "total"),
    ):
        code = "population" if dataset == PEOPLE else ""
        landing.dataset(dataset, code=code, frequency=frequency, breakdown=breakdown)
    _add_indicators(landing)
    _add_counts(landing)
    _add_exceptions(landing)
    _add_other_areas(landing)
    _add_paths(landing)
    landing.corrections.add((QUARTERS[1], TOTALS))
    return _as_tables(landing)


def corrected(tables: LandingTables, *, later: int = 1_000_000_001) -> LandingTables:
    """The same with another delivery for one quarter and one dataset: every number one higher."""
    quarter = QUARTERS[2]
    is_place = (tables.batches["period_key"] == quarter) & (tables.batches["dataset_key"] == TOTALS)
    number = int(tables.batches.loc[is_place, "batch_number"].iloc[0])
    batches = tables.batches.assign(
        batch_number=tables.batches["batch_number"].mask(is_place, later),
        is_correction=tables.batches["is_correction"] | is_place,
    )

    def rows_of(asked: int) -> pd.DataFrame:
        if asked != later:
            return tables.rows_of(asked)
        rows = tables.rows_of(number)
        return rows.assign(amount=rows["amount"] + 1)

    return replace(tables, batches=batches, rows_of=rows_of)


def unknown_area(tables: LandingTables) -> LandingTables:
    """The same with rows of an area that does not exist, in a delivery of its own."""
    number = 1_000_000_002
    wrong = corrected(tables, later=number)

    def rows_of(asked: int) -> pd.DataFrame:
        rows = wrong.rows_of(asked)
        return rows.assign(area_key=rows["area_key"].replace(3_001_001, 3_999_999)) if asked == number else rows

    return replace(wrong, rows_of=rows_of)


def difference(one: pd.DataFrame, other: pd.DataFrame) -> str:
    """What differs between two tables: numbers beyond 1e-9 relative, anything else at all; empty where nothing does.

    The order of rows and columns is not compared: Spark keeps the column that it partitions by at the end.
    """
    whole = [str(name) for name, kind in one.dtypes.items() if not is_float_dtype(kind)]
    left, right = (frame.sort_values(whole, ignore_index=True) for frame in (one, other))
    try:
        pd.testing.assert_frame_equal(left, right, rtol=1e-9, atol=1e-12, check_like=True)
    except AssertionError as error:
        return str(error)
    return ""


def keep_tables(gateway: str, folder: str, names: Sequence[str]) -> None:
    """Compute the country into the data directory of the environment, and keep tables of the engine as pickles."""
    assert transform(Home.from_environment(), every_state(), gateway=Gateway(gateway)).is_accepted
    for name, frame in read_engine(Gateway(gateway), names).items():
        frame.to_pickle(Path(folder) / name)


def read_engine(gateway: Gateway, names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Tables as they are in an engine, in the types that DuckDB would give."""
    config = _config(PROJECT, Path(), Path(), gateway)
    adapter = reached(config.get_connection(gateway.value).create_engine_adapter, gateway)
    found = {name: EngineTables(adapter, gateway).read(name) for name in names}
    adapter.close()
    with duckdb.connect() as connection:
        return {name: connection.from_arrow(table).df() for name, table in found.items()}


@dataclass
class _Measures:
    """Numbers measures as they are asked for."""

    landing: ToyLanding
    last: int = 0

    def new(self, dataset: int) -> int:
        self.last += 1
        self.landing.measure(self.last, dataset)
        return self.last


def _add_indicators(landing: ToyLanding) -> None:
    measures = _Measures(landing)

    def pair(dataset: int = TOTALS) -> dict[str, int]:
        return {"numerator": measures.new(dataset), "denominator": measures.new(dataset)}

    minus = {"minus_numerator": measures.new(TOTALS), "minus_denominator": measures.new(TOTALS)}
    everywhere = {"is_classification_level": True, "is_wijk_level": True}
    kinds: list[tuple[str, dict[str, int], dict[str, Any]]] = [
        ("proportion", pair(), {"minimum_coverage": 0.2, "multiplier": 100.0}),
        ("rate", pair(), {"denominator_factor": 0.25, "multiplier": 1000.0}),
        ("rate", {"numerator": measures.new(TOTALS), "denominator": measures.new(PEOPLE)}, {"multiplier": 1000.0}),
        ("ratio", pair(), {}),
        ("dsr", pair(STRATA), {"multiplier": 1000.0, "is_by_stratum": True}),
        ("isr", pair(STRATA), {"is_by_stratum": True}),
        ("mean", {**pair(), "squares": measures.new(TOTALS)}, {}),
        ("index", pair(), {"base_year": 2024}),
        ("index", pair(), {"base_year": 2019}),
        ("difference", {**pair(), **minus}, {"multiplier": 100.0}),
        ("proportion", pair(), {"window_code": "rolling_year", "multiplier": 100.0}),
        ("rate", pair(), {"minimum_denominator": 400.0}),
        ("proportion", pair(SPARSE), {}),
        ("rate", pair(LONG), {**everywhere, "is_seasonal": True, "polarity_code": "lower_better"}),
    ]
    for kind, parts, fields in kinds:
        landing.indicator(kind, parts, **fields)
    later = {"numerator": kinds[0][1]["numerator"], "denominator": kinds[0][1]["denominator"]}
    fields = {"version": 2, "valid_from": "2025-01-01", "is_comparable": False, "multiplier": 100.0}
    landing.indicator("proportion", later, key=1, **fields)
    landing.indicators[0] |= {"valid_until": "2024-12-31", "is_current": False}


def _add_counts(landing: ToyLanding) -> None:
    """Counts of very different size, so that small and large ones occur under every indicator."""
    random = np.random.default_rng(19)
    kinds = {row["version_key"]: row["kind_code"] for row in landing.indicators}
    done: set[tuple[int, int]] = set()
    for part in landing.parts:
        measure, dataset, kind = part["measure_key"], part["dataset_key"], kinds[part["version_key"]]
        periods = (20230,) if dataset == PEOPLE else (*EARLIER, *QUARTERS) if dataset == LONG else QUARTERS
        for period in periods:
            if (measure, period) not in done:
                done.add((measure, period))
                _add_measure(landing, random, period, measure, part["part_code"], kind)


def _add_measure(
    landing: ToyLanding, random: np.random.Generator, period: int, measure: int, part: str, kind: str
) -> None:
    dataset = landing.measures[measure]["dataset_key"]
    strata = (101, 102, 103) if dataset == STRATA else (0,)
    for region in (1,) if dataset == SPARSE else (1, 2, 3):
        for index in range(1, 5):
            size = (0.04, 1.0, 10.0, 400.0)[index - 1] * (1 + 0.4 * region)
            for stratum in strata:
                count = _count(random, part, kind, size)
                landing.figure(period, landing.gemeente(index, region), measure, count, stratum=stratum)


def _count(random: np.random.Generator, part: str, kind: str, size: float) -> float:
    if part == "squares":
        return float(random.integers(200, 400) * size * 1000)
    top = 60 if part.endswith("numerator") else 0
    base = 0 if part.endswith("numerator") else 200
    return float(int((base + random.integers(0, top + 10)) * size))


def _add_exceptions(landing: ToyLanding) -> None:
    """Signs instead of numbers, nothing to divide by, a part without the other, and more than there can be."""
    first, denominator = landing.parts[0]["measure_key"], landing.parts[1]["measure_key"]
    changed = {
        (QUARTERS[0], landing.gemeente(1, 1), first): (None, 1),
        (QUARTERS[0], landing.gemeente(2, 1), first): (None, 2),
        (QUARTERS[1], landing.gemeente(3, 1), first): (None, 3),
        (QUARTERS[1], landing.gemeente(3, 2), denominator): (0.0, 0),
        (QUARTERS[2], landing.gemeente(4, 3), first): (99_999_999.0, 0),
    }
    landing.figures = [
        (period, area, measure, stratum, *changed.get((period, area, measure), (amount, sign)))
        for period, area, measure, stratum, amount, sign in landing.figures
        if not (period == QUARTERS[3] and measure == denominator and area // 1000 == landing.gemeente(0, 3) // 1000)
    ]
    for part in landing.parts:
        if part["version_key"] == landing.indicators[3]["version_key"]:
            landing.figure(LAST, NL, part["measure_key"], 1234.0)
    ended = {"area_key": 3_009_001, "area_code": "GM09001", "area_name": "Oud-Aa", "level_code": "gemeente"}
    landing.extra_areas.append(
        {**ended, "region_key": None, "region_code": None, "is_reporting": False, "is_one_apart": False}
    )
    landing.conversions += [(3_009_001, landing.gemeente(4, 1), 0.3), (3_009_001, landing.gemeente(4, 2), 0.7)]
    for period in QUARTERS[:2]:
        landing.figure(period, 3_009_001, denominator, 55.0)


def _add_other_areas(landing: ToyLanding) -> None:
    """A classification of two areas, one of which is told apart by one gemeente, and a wijk."""
    for at, area in enumerate((5_000_001, 5_000_002)):
        fields = {"area_key": area, "area_code": f"GG{at:04}", "area_name": f"Deel {at}", "level_code": "ggd_regio"}
        landing.extra_areas.append(
            {**fields, "region_key": None, "region_code": None, "is_reporting": True, "is_one_apart": at == 1}
        )
        landing.members += [
            ("ggd_regio", area, landing.gemeente(index, region), True)
            for region in (1, 2, 3)
            for index in (1 + 2 * at, 2 + 2 * at)
        ]
    wijk = 4_000_000 + 100 * (landing.gemeente(4, 1) - 3_000_000) + 1
    for part in landing.parts:
        if part["dataset_key"] == LONG:
            for period in QUARTERS:
                landing.figure(period, wijk, part["measure_key"], 50.0 if part["part_code"] == "numerator" else 900.0)


def _add_paths(landing: ToyLanding) -> None:
    """Afspraken on the long series, one through a milestone, and one on an indicator that cannot be assessed."""
    for number, target in enumerate((0.0, 0.02, 0.5), 1):
        begins, ends = Level(value=0.1, period=Period.parse("2022Q1")), Period.parse("2027Q4")
        middle = (Level(value=0.08, period=Period.parse("2024Q2")),) if number == 1 else ()
        path = AgreedPath(
            baseline=begins, milestones=middle, target=Level(value=target, period=ends), direction=Direction.AT_MOST
        )
        landing.paths += [
            FollowedPath(f"ZK{number:02}-A001", code, f"ZK{number:02}", path, is_upward=False, is_public=number == 1)
            for code in ("I014", "I004")
        ]


def _as_tables(landing: ToyLanding) -> LandingTables:
    frames = landing.frames()
    indicators = frames["indicator"]
    until = pd.Series([date.fromisoformat(day) if day else None for day in indicators["valid_until"]])
    frames["indicator"] = indicators.assign(
        valid_from=[date.fromisoformat(day) for day in indicators["valid_from"]], valid_until=until
    )
    asked = {"uitvraag_version": 1, "valid_from": date(2011, 1, 1), "valid_until": None, "is_optional": False}
    frames["asked_dataset"] = pd.DataFrame([{**asked, "dataset_key": key} for key in (TOTALS, STRATA)])
    observation, batches = frames.pop("observation"), frames.pop("batch_in_force")
    observation["is_provisional"] = observation["period_key"] == LAST
    batches["region_key"] = batches["region_key"].mask(batches["dataset_key"] == STRATA, landing.region(2))
    columns = [name for name in observation.columns if name not in {"batch_number", "period_start"}]
    return LandingTables(
        frames, batches, lambda number: observation.loc[observation["batch_number"] == number, columns]
    )
