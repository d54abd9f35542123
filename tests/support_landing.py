"""Landing tables for tests: real definitions and areas, made-up counts, batch by batch."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd

from indicators.areas import AreaLevel, area_key, area_register
from indicators.measures import Breakdown, Dataset, Source, catalogue
from indicators.periods import Period
from indicators.strata import AGE_SEX_STRATA, TOTAL_STRATUM
from indicators.uitvraag import uitvraag_for
from orchestration.agreed_paths import path_tables
from orchestration.landing_tables import definition_tables
from orchestration.transform import LandingTables, Mart, read_mart

DAY = date(2023, 1, 1)
COLUMNS = (
    "source_row",
    "period_key",
    "area_key",
    "measure_key",
    "stratum_key",
    "amount",
    "sign_code",
    "is_provisional",
)


@cache
def real_definition_tables() -> Mapping[str, pd.DataFrame]:
    """The definition tables, made once."""
    return definition_tables() | path_tables([])


@dataclass
class Landing:
    """Batches in the order of their numbers; a later one for the same place counts instead of an earlier one."""

    definitions: Mapping[str, pd.DataFrame] = field(default_factory=lambda: dict(real_definition_tables()))
    rows: dict[int, pd.DataFrame] = field(default_factory=dict)
    in_force: dict[tuple[int, int, int], tuple[int, bool]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    def add(self, region_code: str, period: Period, datasets: Sequence[str], rows: pd.DataFrame) -> int:
        """Put a batch in force for the datasets; returns its number."""
        number = len(self.rows) + 1
        self.rows[number] = rows
        for code in datasets:
            place = (period.key, area_key(region_code), catalogue().dataset(code).key)
            self.in_force[place] = (number, place in self.in_force)
        return number

    def withdraw(self, region_code: str, period: Period, dataset: str) -> None:
        """Let nothing count for a place."""
        del self.in_force[period.key, area_key(region_code), catalogue().dataset(dataset).key]

    def tables(self) -> LandingTables:
        """What a transformation reads."""
        return LandingTables(self.definitions, self.batches(), self._rows_of)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every landing table, with the rows of all batches together."""
        rows = [frame.assign(batch_number=number) for number, frame in self.rows.items()]
        observation = pd.concat(rows)
        starts = {key: Period.from_key(int(key)).start for key in observation["period_key"].unique()}
        return {
            **self.definitions,
            "batch_in_force": self.batches(),
            "observation": observation.assign(period_start=observation["period_key"].map(starts)),
        }

    def batches(self) -> pd.DataFrame:
        """The batches in force."""
        columns = ["batch_number", "period_start", "period_key", "region_key", "dataset_key", "is_correction"]
        found = [
            (number, Period.from_key(period).start, period, region, dataset, is_correction)
            for (period, region, dataset), (number, is_correction) in sorted(self.in_force.items())
        ]
        return pd.DataFrame(found, columns=columns)

    def _rows_of(self, number: int) -> pd.DataFrame:
        self.asked.append(number)
        return self.rows[number]


@cache
def gemeenten(region_code: str) -> list[str]:
    """The codes of the gemeenten of a region."""
    return [area.code for area in area_register().gemeenten_of(region_code, DAY)]


def regions() -> list[str]:
    """The codes of the 31 regions."""
    return [area.code for area in area_register().existing(AreaLevel.REGION, DAY)]


def canonical(rows: Iterable[tuple[int, str, str, int, float | None, int]]) -> pd.DataFrame:
    """Canonical rows from (period key, area, measure, stratum key, amount, sign)."""
    measures = catalogue().measures
    return pd.DataFrame(
        [
            (at + 2, period, area_key(area), measures[measure].key, stratum, amount, sign, False)
            for at, (period, area, measure, stratum, amount, sign) in enumerate(rows)
        ],
        columns=list(COLUMNS),
    ).astype({"amount": "float64"})


def counts(areas: Sequence[str], period: Period, dataset: Dataset, seed: int, *, top: int = 400) -> pd.DataFrame:
    """Made-up counts of every measure and stratum of a dataset; a numerator is never above its denominator."""
    random = np.random.default_rng(seed)
    strata = [TOTAL_STRATUM.key] if dataset.breakdown is Breakdown.TOTAL else _strata(dataset)
    measures = [measure.key for measure in dataset.measures]
    frame = pd.MultiIndex.from_product(
        [[area_key(area) for area in areas], strata, measures], names=["area_key", "stratum_key", "measure_key"]
    ).to_frame(index=False)
    small = random.integers(0, top, len(frame))
    is_denominator = frame["measure_key"] != measures[0]
    frame["amount"] = np.where(is_denominator, top * 5 + small, small).astype(float)
    return frame.assign(
        source_row=np.arange(2, len(frame) + 2), period_key=period.key, sign_code=0, is_provisional=False
    )


def _strata(dataset: Dataset) -> list[int]:
    return [stratum.key for stratum in AGE_SEX_STRATA if stratum.age_from >= dataset.age_from]


def add_quarter(landing: Landing, region_code: str, period: Period, *, seed: int = 0) -> int:
    """One delivery with every dataset of the uitvraag, optional ones too."""
    frames, datasets = [], [asked.dataset for asked in uitvraag_for(period).asks]
    for dataset in datasets:
        areas = gemeenten(region_code) if dataset.level is AreaLevel.GEMEENTE else [region_code]
        frames.append(
            counts(areas, period, dataset, seed=hash((period.key, area_key(region_code), dataset.key, seed)) % 2**32)
        )
    return landing.add(region_code, period, [item.code for item in datasets], pd.concat(frames))


def add_open_data(landing: Landing, code: str, year: int) -> int:
    """One year of open data for every gemeente."""
    dataset, period = catalogue().dataset(code), Period.parse(str(year))
    if dataset.source is not Source.OPEN_DATA:
        raise ValueError(f"{code} is delivered by regions")
    areas = [area.code for area in area_register().existing(AreaLevel.GEMEENTE, DAY)]
    return landing.add("NL", period, [code], counts(areas, period, dataset, seed=year, top=2000))


def demo_size(quarter_count: int = 20) -> Landing:
    """31 regions, 342 gemeenten, the last quarters up to 2025Q4, three years of Vektis and two of population."""
    landing = Landing()
    for year in (2021, 2024):
        add_open_data(landing, "population", year)
    for year in (2021, 2022, 2023):
        add_open_data(landing, "vektis", year)
    last = Period.quarter(2025, 4)
    for step in range(quarter_count):
        for region_code in regions():
            add_quarter(landing, region_code, last.shifted(-step))
    return landing


def marts_hash(warehouse: Path) -> str:
    """The SHA-256 of the content of all marts, in a fixed order; numbers with twelve significant digits."""
    digest = hashlib.sha256()
    for name in get_args(Mart):
        frame = read_mart(warehouse, name)
        text = frame.to_csv(index=False, float_format="%.12g", lineterminator="\n")
        digest.update("\n".join([name, *sorted(text.splitlines())]).encode())
    return digest.hexdigest()
