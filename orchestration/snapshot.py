"""The tables of a publication: copied from the marts of the warehouse into files that never change.

Belongs here: which columns and rows are copied, the hash of their content, and writing DuckDB and Parquet.
Does not belong here: whether it may be published (`publishing.py`), and any calculation (`models/`).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, Self, TypeAlias

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.classifications import classification_areas
from indicators.definitions import IndicatorDefinition, kernsets, released_definitions
from indicators.strata import Sex
from indicators.validity import retirements
from orchestration.agreed_paths import tables_hash

Tables: TypeAlias = Mapping[str, pa.Table]
"""Arrow tables by name; Arrow keeps the types of DuckDB, empty numbers included."""

_SMALL_BLOCKS: Final = 16_384
"""Bytes; a snapshot of one region has many small columns, which blocks of DuckDB's usual size make ten times larger."""

_OPTIONAL_TYPES: Final[Mapping[object, pa.DataType]] = {str | None: pa.string(), bool | None: pa.bool_()}
"""Of the fields of a definition that can be empty."""

VIEW_OWN: Final = "own"
VIEW_PUBLISHED: Final = "published"

_VALUES: Final = (
    "select {columns} * exclude (view_code, version_key, area_key, group_key, sex_code, age_group_code, period_key, "
    "is_valid) from warehouse.mart.indicator_value where view_code = $view "
    "and ($region is null or region_code = $region or level_code = 'landelijk') and {rows} "
    "order by indicator_code, indicator_version, area_code, period_start, period_code, group_key"
)
_GROUP: Final = (
    f"case sex_code when {Sex.M:d} then '{Sex.M.code}' when {Sex.V:d} then '{Sex.V.code}' else '{Sex.TOTAL.code}' end "
    "as sex, age_group_code as age_group,"
)
_WAREHOUSE_TABLES: Final = {
    "value": _VALUES.format(columns="", rows="is_valid and group_key = 0"),
    "recomputed": _VALUES.format(columns="", rows="not is_valid and group_key = 0"),
    "by_stratum": _VALUES.format(
        columns=_GROUP,
        rows="is_valid and group_key <> 0 and ($view = 'own' or level_code <> 'gemeente' or value is not null)",
    ),
    "spread": (
        "select i.indicator_code, i.version as indicator_version, coalesce(a.area_code, 'NL') as area_code, "
        "p.period_code, s.* exclude (view_code, version_key, region_key, period_key) "
        "from warehouse.mart.spread s "
        "join warehouse.reference.indicator i using (version_key) "
        "join warehouse.reference.area a on a.area_key = s.region_key "
        "join (select distinct version_key, period_key, period_code "
        "from warehouse.mart.indicator_value where is_valid) p using (version_key, period_key) "
        "where s.view_code = $view and ($region is null or a.area_code in ($region, 'NL')) "
        "order by all"
    ),
    "special_cause": (
        "select i.indicator_code, i.version as indicator_version, a.area_code, p.period_code, "
        "c.cause_code, c.is_trial, c.is_season_unknown, case when $view = 'own' then c.value end as value, "
        "case when $view = 'own' then c.mean end as mean, case when $view = 'own' then c.lower end as lower, "
        "case when $view = 'own' then c.upper end as upper "
        "from warehouse.mart.special_cause c "
        "join warehouse.reference.indicator i using (version_key) "
        "join warehouse.reference.area a using (area_key) "
        "join warehouse.core.period p using (period_key) "
        "where $region is null or a.area_code in ($region, 'NL') order by all"
    ),
    "target_state": (
        "select path_code, indicator_code, area_code, period_code, state_code, reason_code, previous_state_code, "
        "is_out_of_reach, case when $view = 'own' then pace else round(pace, decimals) end as pace, "
        "case when $view = 'own' then value end as value, case when $view = 'own' then path_value end as path_value, "
        "case when $view = 'own' then ahead end as ahead, "
        "case when $view = 'own' then needed_pace end as needed_pace, "
        "case when $view = 'own' or is_public then agreed_pace end as agreed_pace "
        "from warehouse.mart.target_state "
        "where case when $view = 'own' then $region is null or area_code in ($region, 'NL') else is_public end "
        "order by path_code, indicator_code, area_code"
    ),
    "trend": (
        "select i.indicator_code, i.version as indicator_version, a.area_code, p.period_code, t.direction_code, "
        "case when $view = 'own' then t.slope else round(t.slope, i.decimals) end as slope, "
        "case when $view = 'own' then t.slope_lower end as slope_lower, "
        "case when $view = 'own' then t.slope_upper end as slope_upper "
        "from warehouse.mart.trend t "
        "join warehouse.reference.indicator i using (version_key) "
        "join warehouse.reference.area a using (area_key) "
        "join warehouse.core.period p using (period_key) "
        "where $region is null or a.area_code in ($region, 'NL') order by all"
    ),
    "delivery_status": (
        "select region_code, period_code, dataset_code, is_delivered, batch_number, is_correction "
        "from warehouse.mart.delivery_status "
        "where $view is not null and ($region is null or region_code = $region) order by all"
    ),
    "target": (
        "select * from warehouse.mart.target where $view is not null and ($region is null or true) order by all"
    ),
}


_AGREED: Final = {
    "agreed_path": "select * from warehouse.reference.agreed_path order by path_code, indicator_code, area_key",
    "agreed_point": (
        "select * from warehouse.reference.agreed_point order by path_code, indicator_code, area_key, quarter_number"
    ),
}


class MartReader:
    """The marts of one warehouse file, opened read-only; use it as a context manager."""

    def __init__(self, warehouse_path: Path) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"attach '{_quoted(warehouse_path)}' as warehouse (read_only)")
        self._about_all = {"indicator": indicator_table(), "retirement": retirement_table(), "area": self._areas()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def tables(self, *, view: str, region: str | None = None) -> Tables:
        """The tables of a snapshot: every area for the published view, one region and NL for an own view.

        Keys are the table names of docs/architecture.md; rows are ordered, so that equal content gives equal files.
        """
        parameters = {"view": view, "region": region}
        return self._about_all | {
            name: self._connection.execute(sql, parameters).to_arrow_table() for name, sql in _WAREHOUSE_TABLES.items()
        }

    def _areas(self) -> pa.Table:
        """Every area that can have a figure; of wijken those that were delivered."""
        known = _areas()
        delivered = self._connection.execute(
            "select area_code, area_name, level_code, region_code from warehouse.reference.area "
            "where level_code = 'wijk' and is_reporting order by area_code"
        ).to_arrow_table()
        return pa.concat_tables([known, delivered.cast(known.schema)])

    def agreed(self) -> str:
        """The hash of the paths from which the marts were computed (`agreed_paths.tables_hash`)."""
        return tables_hash({name: self._connection.execute(sql).df() for name, sql in _AGREED.items()})

    def batches(self) -> frozenset[tuple[int, str, int]]:
        """The batches from which the marts were computed: number, dataset code and period key."""
        rows = self._connection.execute(
            "select b.batch_number, d.dataset_code, b.period_key "
            "from warehouse.landing.batch_in_force b join warehouse.landing.dataset d using (dataset_key)"
        ).fetchall()
        return frozenset((int(number), str(dataset), int(period)) for number, dataset, period in rows)


def content_hash(tables: Tables) -> str:
    """The SHA-256 over every table as text, in order of name; numbers with 12 significant digits."""
    digest = hashlib.sha256()
    for name, table in sorted(tables.items()):
        digest.update(f"{name}\n".encode())
        digest.update(table.to_pandas().to_csv(index=False, float_format="%.12g", lineterminator="\n").encode())
    return digest.hexdigest()


def write_database(path: Path, tables: Tables) -> None:
    """Write the tables into a new DuckDB file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path), config={"default_block_size": _SMALL_BLOCKS}) as connection:
        for name, table in tables.items():
            connection.from_arrow(table).create(name)


def write_parquet(folder: Path, tables: Tables) -> None:
    """Write every table as `<table>.parquet`."""
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def changed_indicators(old: pa.Table | None, new: pa.Table) -> tuple[str, ...]:
    """The codes of the indicators of which any published row differs between two `value` tables."""
    before, after = _by_indicator(old) if old is not None else {}, _by_indicator(new)
    return tuple(code for code in sorted({*before, *after}) if before.get(code) != after.get(code))


def indicator_table() -> pa.Table:
    """Every released definition version: its plain fields as columns, the whole as JSON, and whether it is current."""
    found = pa.Table.from_pylist(
        [_indicator(item.definition, is_current=item.is_current) for item in released_definitions().values()]
    )
    return found.cast(pa.schema([field.with_type(_type(field)) for field in found.schema]))


def retirement_table() -> pa.Table:
    """Every indicator that left the kernset: its last period, its successor and why."""
    rows = [(item.indicator, item.last_period.code, item.successor, item.reason) for item in retirements(kernsets())]
    columns = ("indicator_code", "last_period_code", "successor_code", "reason")
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)})


def _by_indicator(values: pa.Table) -> dict[str, str]:
    groups = values.to_pandas().groupby("indicator_code")
    return {str(code): content_hash({"value": pa.Table.from_pandas(rows)}) for code, rows in groups}


def _indicator(item: IndicatorDefinition, *, is_current: bool) -> dict[str, object]:
    """One row of the table of definitions."""
    whole = item.model_dump(mode="json")
    plain = {name: value for name, value in whole.items() if not isinstance(value, dict | list)}
    return {
        "indicator_code": item.code,
        "indicator_version": item.version,
        "is_current": is_current,
        **{name: value for name, value in plain.items() if name not in {"code", "version"}},
        "kind": item.calculation.kind.value,
        "definition_json": json.dumps(whole, ensure_ascii=False, sort_keys=True),
    }


def _type(field: pa.Field) -> pa.DataType:
    """The type of a column, also where no definition fills it and Arrow cannot tell."""
    model = IndicatorDefinition.model_fields.get(field.name)
    return _OPTIONAL_TYPES.get(model.annotation if model else None, field.type)


def _areas() -> pa.Table:
    register, day = area_register(), date(REPORTING_YEAR, 1, 1)
    levels = (AreaLevel.COUNTRY, AreaLevel.REGION, AreaLevel.GEMEENTE)
    found = [
        (area.code, area.name, level.value, register.region_of(area.code, day))
        for level in levels
        for area in register.existing(level, day)
    ]
    found += [(area.code, area.name, area.classification.code, None) for area in classification_areas().values()]
    columns = ("area_code", "area_name", "level_code", "region_code")
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in found])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
