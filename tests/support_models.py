"""The SQL of the models, rendered by SQLMesh and run on DuckDB in memory: the whole chain from landing to mart.

Without SQLMesh's bookkeeping a run takes a fraction of a second, so tests can afford many. The queries are the real
ones; landing tables are small and made by the test (`ToyLanding`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import duckdb
import pandas as pd

from indicators.areas import area_key
from indicators.periods import Period
from orchestration.agreed_paths import FollowedPath, path_tables
from orchestration.landing_tables import definition_tables

NL = area_key("NL")
HISTORY = ("2011-01-01", "2099-12-31")


@dataclass(frozen=True)
class RenderedModels:
    """The query of every model in an order in which they can run, and the columns of the landing tables."""

    queries: Mapping[str, str]
    landing_types: Mapping[str, Mapping[str, str]]

    def run(self, landing: Mapping[str, pd.DataFrame], *, until: str | None = None) -> duckdb.DuckDBPyConnection:
        """Make every model as a table, up to and including `until`; the caller closes the connection."""
        connection = duckdb.connect()
        connection.execute("ATTACH ':memory:' AS warehouse")
        for schema in ("landing", "reference", "staging", "core", "mart"):
            connection.execute(f"CREATE SCHEMA warehouse.{schema}")
        for name, types in self.landing_types.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
            connection.execute(f"CREATE TABLE warehouse.landing.{name} ({columns})")
            connection.from_df(landing[name][list(types)]).insert_into(f"warehouse.landing.{name}")
        for name, query in self.queries.items():
            connection.execute(f"CREATE TABLE warehouse.{name} AS {query}")
            if name == until:
                break
        connection.execute("USE warehouse")
        return connection


@cache
def rendered_models() -> RenderedModels:
    """Every model of the project, rendered once for all of history."""
    from orchestration.sqlmesh_bridge import PROJECT, _config, _without_deprecations

    with _without_deprecations():
        from sqlmesh import Context

    with TemporaryDirectory() as folder:
        database, cache_path = Path(folder) / "warehouse.duckdb", Path(folder) / "cache"
        context = Context(paths=str(PROJECT), config=_config(PROJECT, database, cache_path))
        models = {_plain(model.fqn): model for model in context.models.values()}
        graph = {name: {_plain(parent) for parent in model.depends_on} for name, model in models.items()}
        order = TopologicalSorter(graph).static_order()
        queries = {name: _sql(models[name]) for name in order if not models[name].kind.is_external}
        landing = {
            name.split(".")[1]: {column: kind.sql("duckdb") for column, kind in (model.columns_to_types or {}).items()}
            for name, model in models.items()
            if model.kind.is_external
        }
        context.close()
    return RenderedModels(queries, landing)


def _sql(model: Any) -> str:
    query = model.render_query_or_raise(start=HISTORY[0], end=HISTORY[1], execution_time="2100-01-01")
    return str(query.sql(dialect="duckdb"))


def _plain(name: str) -> str:
    return ".".join(name.replace('"', "").split(".")[-2:])


@dataclass
class ToyLanding:
    """A country of a few regions and gemeenten, with indicators and figures that the test adds.

    Gemeente `index` of region `number` has area key 3,000,000 + 100 * number + index.
    """

    region_count: int = 1
    gemeente_count: int = 2
    strata: pd.DataFrame | None = None
    indicators: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    datasets: dict[int, dict[str, Any]] = field(default_factory=dict)
    measures: dict[int, dict[str, Any]] = field(default_factory=dict)
    figures: list[tuple[int, int, int, int, float | None, int]] = field(default_factory=list)
    conversions: list[tuple[int, int, float]] = field(default_factory=list)
    extra_areas: list[dict[str, Any]] = field(default_factory=list)
    members: list[tuple[str, int, int, bool]] = field(default_factory=list)
    corrections: set[tuple[int, int]] = field(default_factory=set)
    paths: list[FollowedPath] = field(default_factory=list)

    def region(self, number: int = 1) -> int:
        """The area key of a region."""
        return 2_000_000 + number

    def gemeente(self, index: int = 1, region: int = 1) -> int:
        """The area key of a gemeente."""
        return 3_000_000 + 1000 * region + index

    def indicator(self, kind: str, measures: Mapping[str, int], *, key: int = 0, **fields: Any) -> int:
        """Add a definition version; `measures` gives the measure per part, made where it is new. Returns its key."""
        version = int(fields.get("version", 1))
        indicator_key = key or len(self.indicators) + 1
        version_key: int = indicator_key * 100 + version
        self.indicators.append(_indicator(version_key, indicator_key, kind, fields))
        for part, measure in measures.items():
            self.measure(measure)
            dataset = self.measures[measure]["dataset_key"]
            self.parts.append(
                {"version_key": version_key, "part_code": part, "measure_key": measure, "dataset_key": dataset}
            )
        return version_key

    def measure(self, measure: int, dataset: int = 900, *, is_owner_protected: bool = False) -> None:
        """Add a measure, unless it is there; its dataset is made by `dataset` or is quarterly and without strata."""
        if dataset not in self.datasets:
            self.dataset(dataset)
        fields = {"measure_key": measure, "measure_code": f"m{measure}", "dataset_key": dataset}
        self.measures.setdefault(measure, {**fields, "is_owner_protected": is_owner_protected})

    def dataset(self, key: int, *, code: str = "", frequency: str = "quarter", breakdown: str = "total") -> None:
        """Add a dataset."""
        self.datasets[key] = {
            "dataset_key": key,
            "dataset_code": code or f"d{key}",
            "source_code": "delivery",
            "frequency_code": frequency,
            "level_code": "gemeente",
            "breakdown_code": breakdown,
        }

    def figure(
        self, period: int, area: int, measure: int, amount: float | None, *, stratum: int = 0, sign: int = 0
    ) -> None:
        """Add one delivered cell."""
        self.figures.append((period, area, measure, stratum, amount, sign))

    def frames(self) -> dict[str, pd.DataFrame]:
        """The landing tables."""
        real = definition_tables()
        toy = {
            "indicator": pd.DataFrame(self.indicators),
            "indicator_part": pd.DataFrame(self.parts),
            "dataset": pd.DataFrame(list(self.datasets.values())),
            "measure": pd.DataFrame(list(self.measures.values())),
            "area": pd.DataFrame(self._areas()),
            "classification_member": pd.DataFrame(
                self.members, columns=["classification_code", "area_key", "gemeente_key", "is_certain"]
            ),
            "conversion": pd.DataFrame(self.conversions, columns=["from_area_key", "to_area_key", "share"]),
            "observation": self._observations(),
            "batch_in_force": self._batches(),
            **path_tables(self.paths),
        }
        strata = {} if self.strata is None else {"stratum": self.strata}
        return {**real, **toy, **strata}

    def _areas(self) -> list[dict[str, Any]]:
        numbers = range(1, self.region_count + 1)
        country = _area(NL, "NL", "landelijk", None)
        regions = [_area(self.region(n), f"ZK{n:02}", "zorgkantoorregio", self.region(n)) for n in numbers]
        gemeenten = [
            _area(self.gemeente(i, n), f"GM{n:02}{i:03}", "gemeente", self.region(n))
            for n in numbers
            for i in range(1, self.gemeente_count + 1)
        ]
        return [country, *regions, *gemeenten, *self.extra_areas]

    def _observations(self) -> pd.DataFrame:
        columns = ["period_key", "area_key", "measure_key", "stratum_key", "amount", "sign_code"]
        frame = pd.DataFrame(self.figures, columns=columns).astype({"amount": "float64"})
        return frame.assign(
            batch_number=[self._batch(m, p) for m, p in zip(frame["measure_key"], frame["period_key"], strict=True)],
            period_start=[Period.from_key(int(period)).start for period in frame["period_key"]],
            is_provisional=False,
        )

    def _batches(self) -> pd.DataFrame:
        places = {(period, self.measures[measure]["dataset_key"]) for period, _, measure, *_ in self.figures}
        rows = [
            {
                "batch_number": dataset * 100_000 + period,
                "period_start": Period.from_key(period).start,
                "period_key": period,
                "region_key": NL,
                "dataset_key": dataset,
                "is_correction": (period, dataset) in self.corrections,
            }
            for period, dataset in sorted(places)
        ]
        return pd.DataFrame(rows)

    def _batch(self, measure: int, period: int) -> int:
        return int(self.measures[measure]["dataset_key"]) * 100_000 + int(period)


Place: TypeAlias = tuple[int, int, int]
"""Version key, area key, period key."""

GroupPlace: TypeAlias = tuple[int, int, int, int]
"""The same with the key of the group of strata; 0 is the total."""


def values(landing: ToyLanding, *, view: str = "own") -> dict[Place, dict[str, Any]]:
    """The rows of one view of `mart.indicator_value`, by version, area and period; an absent value is None."""
    return views(landing)[view]


def views(landing: ToyLanding) -> dict[str, dict[Place, dict[str, Any]]]:
    """The totals of `mart.indicator_value` by view, and then by version, area and period."""
    found: dict[str, dict[Place, dict[str, Any]]] = {"own": {}, "published": {}}
    for row in mart(landing, "indicator_value"):
        if row["group_key"] == 0:
            found[row["view_code"]][row["version_key"], row["area_key"], row["period_key"]] = row
    return found


def groups(landing: ToyLanding) -> dict[str, dict[GroupPlace, dict[str, Any]]]:
    """The rows by age and sex of `mart.indicator_value`, and the totals, by view, and then by place."""
    found: dict[str, dict[GroupPlace, dict[str, Any]]] = {"own": {}, "published": {}}
    for row in mart(landing, "indicator_value"):
        place = (row["version_key"], row["area_key"], row["period_key"], row["group_key"])
        found[row["view_code"]][place] = row
    return found


def mart(landing: ToyLanding, name: str) -> list[dict[str, Any]]:
    """The rows of `mart.<name>`."""
    with rendered_models().run(landing.frames(), until=f"mart.{name}") as connection:
        found = connection.table(f"warehouse.mart.{name}")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def strata_frame(weights: Sequence[float], *, age_from: Iterable[int] | None = None) -> pd.DataFrame:
    """A stratum table with these weights, keys 101, 102, ...; key 0 is the total."""
    ages = list(age_from) if age_from is not None else [0] * len(weights)
    rows: list[tuple[int, int, int, int, float | None]] = [(0, 0, 0, 0, None)]
    rows += [(100 + at, 1, at, age, weight) for at, (age, weight) in enumerate(zip(ages, weights, strict=True), 1)]
    return pd.DataFrame(rows, columns=["stratum_key", "sex_code", "band_number", "age_from", "standard_weight"])


def _area(key: int, code: str, level: str, region: int | None) -> dict[str, Any]:
    region_code = None if region is None else f"ZK{region - 2_000_000:02}"
    return {
        "area_key": key,
        "area_code": code,
        "area_name": code,
        "level_code": level,
        "region_key": region,
        "region_code": region_code,
        "is_reporting": True,
        "is_one_apart": False,
    }


def _indicator(version_key: int, indicator_key: int, kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version_key": version_key,
        "indicator_key": indicator_key,
        "indicator_code": f"I{indicator_key:03}",
        "version": 1,
        "kind_code": kind,
        "multiplier": 1.0,
        "decimals": 1,
        "denominator_factor": 1.0,
        "age_from": 0,
        "frequency_code": "quarter",
        "window_code": "period",
        "is_seasonal": False,
        "has_interval": kind != "ratio",
        "polarity_code": "neutral",
        "minimum_coverage": 1.0,
        "minimum_denominator": 0.0,
        "is_wijk_level": False,
        "is_gemeente_level": True,
        "is_region_level": True,
        "is_country_level": True,
        "is_classification_level": False,
        "is_by_stratum": False,
        "delivered_level": "gemeente",
        "is_owner_protected": False,
        "base_year": None,
        "valid_from": "2011-01-01",
        "valid_until": None,
        "is_comparable": True,
        "is_current": True,
        **fields,
    }
