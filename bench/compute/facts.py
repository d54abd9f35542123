"""Facts of any size, made by DuckDB in the landing tables themselves.

The definitions are the real ones. No uitvraag asks what the benchmark needs, so it has an uitvraag of its own: twelve
quarterly indicators of every kind that a quarter has, each counted per gemeente or wijk in 18 age bands by sex. A wijk
is carried to its gemeente by `landing.conversion`, as an ended gemeente is. Other classifications are left out.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from indicators.areas import REPORTING_YEAR, AreaLevel, area_code, area_key, area_register
from indicators.measures import catalogue
from indicators.periods import Period
from orchestration.agreed_paths import national_paths, path_tables
from orchestration.landing_tables import definition_tables
from orchestration.sqlmesh_bridge import SqlmeshBridge

LAST: Final = Period.parse("2025Q4")
REGION: Final = "ZK23"
"""The region that delivers again."""
WIJK_COUNT: Final = 3_400
BAND_COUNT: Final = 18
DATASETS: Final = (
    "PRE02", "DIG04", "SUB01", "GGZ05", "DIG02", "PRE01", "PRE05", "OUD03", "OUD06", "OUD08", "DIG01", "GGZ01",
)  # fmt: skip
"""A rolling year first, then four that count inhabitants, then others with a denominator of their own."""
_POPULATION: Final = "population"
_AGAIN: Final = 1_000_000
"""Added to the number of a batch that is delivered again."""
_BATCH_COLUMNS: Final = ("batch_number", "period_start", "period_key", "region_key", "dataset_key", "is_correction")


class Size(NamedTuple):
    """How many facts."""

    is_per_wijk: bool
    quarter_count: int
    dataset_count: int = len(DATASETS)

    @property
    def quarters(self) -> list[Period]:
        """The quarters, oldest first."""
        return [LAST.shifted(step) for step in range(1 - self.quarter_count, 1)]

    @property
    def datasets(self) -> list[str]:
        """What is delivered."""
        return list(DATASETS[: self.dataset_count])

    @property
    def told(self) -> str:
        """As a person reads it."""
        return f"{'3,400 wijken' if self.is_per_wijk else '342 gemeenten'}, {self.quarter_count} quarters"

    @property
    def code(self) -> str:
        """As `parse` reads it."""
        return f"{'wijk' if self.is_per_wijk else 'gemeente'}_{self.quarter_count}_{self.dataset_count}"

    @classmethod
    def parse(cls, code: str) -> "Size":
        """The size that has this code."""
        level, quarters, datasets = code.split("_")
        return cls(level == "wijk", int(quarters), int(datasets))


class Facts(NamedTuple):
    """The small landing tables; the observations are in a database."""

    definitions: Mapping[str, pd.DataFrame]
    batches: pd.DataFrame


def facts(size: Size) -> Facts:
    """The small landing tables of a size."""
    tables = definition_tables() | path_tables(national_paths())
    stratum = tables["stratum"]
    asked = tables["dataset"]["dataset_code"].isin([*size.datasets, _POPULATION])
    changed = {
        "stratum": stratum[stratum["band_number"] <= BAND_COUNT],
        "dataset": tables["dataset"].assign(breakdown_code=tables["dataset"]["breakdown_code"].mask(asked, "age_sex")),
        "conversion": _conversion(size, tables["conversion"]),
        "area": tables["area"][tables["area"]["level_code"].isin([level.value for level in AreaLevel])],
        "classification_member": tables["classification_member"].iloc[:0],
    }
    return Facts({**tables, **changed}, _batches(size))


def corrected(batches: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The batches in force after one region delivered the last quarter again, and the number of that batch."""
    is_place = (batches["region_key"] == area_key(REGION)) & (batches["period_key"] == LAST.key)
    number = batches["batch_number"].mask(is_place, batches["batch_number"] + _AGAIN)
    after = batches.assign(batch_number=number, is_correction=batches["is_correction"] | is_place)
    return after, int(after.loc[is_place, "batch_number"].iloc[0])


def create_observations(connection: duckdb.DuckDBPyConnection, size: Size) -> int:
    """Fill `landing.observation`, year and quarter as they would arrive; the number of rows."""
    _register(connection, size)
    for year in sorted({quarter.year for quarter in size.quarters}):
        _insert(connection, Period.parse(str(year)))
    for quarter in size.quarters:
        _insert(connection, quarter)
    row = connection.execute("SELECT COUNT(*) FROM landing.observation").fetchone()
    return int(row[0]) if row else 0


def delivered_again(size: Size) -> pd.DataFrame:
    """The canonical rows of the region that delivers the last quarter again, with other counts."""
    with duckdb.connect() as connection:
        _register(connection, size)
        query = f"SELECT * EXCLUDE (batch_number, period_start, number, region_key) FROM ({_ROWS}) WHERE region_key = ?"  # noqa: S608
        found = connection.execute(query, [_AGAIN, LAST.key, area_key(REGION)]).df()
    return found.assign(source_row=range(2, len(found) + 2))


def _batches(size: Size) -> pd.DataFrame:
    """One batch per region and quarter with all its datasets, and one population a year."""
    datasets = [catalogue().dataset(code).key for code in size.datasets]
    years = sorted({quarter.year for quarter in size.quarters})
    places = [(Period.parse(str(year)), [area_key("NL")], [catalogue().dataset(_POPULATION).key]) for year in years]
    places += [(quarter, sorted({cell.region_key for cell in _gemeenten()}), datasets) for quarter in size.quarters]
    batches = [(period, region, asked) for period, regions, asked in places for region in regions]
    rows = [
        (number, period.start, period.key, region, dataset, False)
        for number, (period, region, asked) in enumerate(batches, 1)
        for dataset in asked
    ]
    return pd.DataFrame(rows, columns=list(_BATCH_COLUMNS))


def _conversion(size: Size, conversion: pd.DataFrame) -> pd.DataFrame:
    wijken = _wijken() if size.is_per_wijk else pd.DataFrame(columns=["area_key", "gemeente_key"])
    names = {"area_key": "from_area_key", "gemeente_key": "to_area_key"}
    return pd.concat([conversion, wijken[list(names)].rename(columns=names).assign(share=1.0)], ignore_index=True)


class _Gemeente(NamedTuple):
    gemeente_key: int
    region_key: int


@cache
def _gemeenten() -> list[_Gemeente]:
    register = area_register()
    day = date(REPORTING_YEAR, 1, 1)
    regions = [area.code for area in register.existing(AreaLevel.REGION, day)]
    return [
        _Gemeente(area_key(area.code), area_key(region))
        for region in regions
        for area in register.gemeenten_of(region, day)
    ]


def _wijken() -> pd.DataFrame:
    """So many wijken, dealt over the gemeenten; the code of a wijk begins with that of its gemeente."""
    gemeenten = _gemeenten()
    rows = []
    for number in range(WIJK_COUNT):
        gemeente = gemeenten[number % len(gemeenten)]
        code = f"WK{area_code(gemeente.gemeente_key)[2:]}{number // len(gemeenten):02}"
        rows.append((area_key(code), gemeente.gemeente_key, gemeente.region_key))
    return pd.DataFrame(rows, columns=["area_key", "gemeente_key", "region_key"])


def _cells(size: Size) -> pd.DataFrame:
    """The areas that are counted, with their region."""
    if size.is_per_wijk:
        return _wijken()[["area_key", "region_key"]]
    return pd.DataFrame(_gemeenten(), columns=["area_key", "region_key"])


def _register(connection: duckdb.DuckDBPyConnection, size: Size) -> None:
    """The small frames, as views that the queries below read."""
    made = facts(size)
    datasets = [catalogue().dataset(code) for code in [*size.datasets, _POPULATION]]
    measures = [
        (measure.key, dataset.key, 500 if number > 0 or dataset.code == _POPULATION else 0)
        for dataset in datasets
        for number, measure in enumerate(dataset.measures)
    ]
    stratum = made.definitions["stratum"]
    for name, frame in {
        "bench_cell": _cells(size),
        "bench_batch": made.batches,
        "bench_measure": pd.DataFrame(measures, columns=["measure_key", "dataset_key", "least"]),
        "bench_stratum": stratum[stratum["standard_weight"].notna()],
    }.items():
        connection.register(name, frame)


def _insert(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    columns = "batch_number, period_start, period_key, area_key, measure_key, stratum_key, amount, sign_code"
    query = f"INSERT INTO landing.observation SELECT {columns}, is_provisional FROM ({_ROWS})"  # noqa: S608
    connection.execute(query, [0, period.key])


_ROWS: Final = """
SELECT
    batch.batch_number, batch.period_start, batch.period_key, cell.area_key, measure.measure_key, stratum.stratum_key,
    hash(cell.area_key, measure.measure_key, stratum.stratum_key, batch.period_key + CAST(? AS INT)) AS number,
    CASE WHEN number % 5000 > 0 THEN CAST(measure.least + number % 40 AS DOUBLE) END AS amount,
    CASE WHEN number % 5000 > 0 THEN 0 ELSE 1 END AS sign_code,
    FALSE AS is_provisional,
    cell.region_key
FROM bench_batch AS batch
JOIN bench_measure AS measure USING (dataset_key)
JOIN bench_cell AS cell ON batch.region_key IN (cell.region_key, 1000000)
CROSS JOIN bench_stratum AS stratum
WHERE batch.period_key = ?
"""


def make_landing(warehouse: Path, size: Size) -> int:
    """A database with the landing tables of a size and nothing else; the number of observations."""
    made = facts(size)
    with SqlmeshBridge(warehouse, cache=warehouse.parent / "sqlmesh_cache") as bridge:
        bridge.create_landing_table("observation")
        for name, frame in {**made.definitions, "batch_in_force": made.batches}.items():
            bridge.create_landing_table(name)
            bridge.replace_landing(name, frame)
    with duckdb.connect(str(warehouse)) as connection:
        count = create_observations(connection, size)
        connection.execute("CHECKPOINT")
    return count
