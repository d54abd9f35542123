"""A small publication with the tables of docs/architecture.md, for tests of whatever reads publications.

31 regions with their real names, the indicators of the kernset, 20 quarters (or the years of Vektis); those that are
not filled have no figures, like `SILENT_INDICATOR`. The numbers are made by a formula and mean nothing. The pointer and
the manifest are written by the register.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import sqrt
from pathlib import Path
from zlib import crc32

import duckdb
import numpy as np
import pandas as pd

from indicators.age_groups import stratum_groups
from indicators.areas import COUNTRY, REPORTING_YEAR, Area, AreaLevel, area_register
from indicators.classifications import ClassificationArea, classification_areas, is_rolled_up
from indicators.definitions import IndicatorDefinition, current_definition, kernset
from indicators.measures import Frequency
from indicators.periods import Period, quarters_between
from orchestration.landing_tables import definition_tables
from register.home import Home
from register.publications import Manifest, ManifestPolicy, Pointer, PublicationStatus, replace_pointer

PUBLICATION_ID = "20261101T060000Z_0123456789ab"
OWN_REGION = "ZK04"
SILENT_REGION = "ZK12"
"""Delivered nothing in the last quarter."""
SILENT_INDICATOR = "DIG03"
"""Asked, and not delivered by any region: only rows that say so."""
STRATIFIED = "OUD01"
"""The indicator with figures by age and sex."""
LAST_QUARTER = Period.quarter(2026, 3)
_DAY = date(REPORTING_YEAR, 1, 1)
_Z = 1.959963984540054
_LEVEL = {
    "PRE02": 0.13,
    "PRE03": 0.03,
    "PRE06": 0.7,
    "PRE07": 0.48,
    "OUD08": 0.11,
    "OUD10": 0.1,
    "GGZ03": 0.42,
    "DIG01": 0.26,
    "DIG03": 0.18,
    "GGZ04": 0.2,
    "OUD01": 0.31,
    "KOS01": 0.01,
    "KOS04": 0.05,
}
_STATES = (
    "is_provisional", "is_revised", "is_estimated", "is_break", "is_converted", "is_incomplete",
    "is_few_events", "is_suppressed", "is_not_delivered", "is_unknown", "is_impossible", "is_not_filled",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One value and what it was made from."""

    numerator: float
    denominator: float
    value: float
    half_width: float


def publish_for_tests(path: Path, *, released: bool = True, is_fictitious: bool = True) -> Home:
    """Make a data directory with one publication and the own snapshot of `OWN_REGION`."""
    home = Home(path).create()
    folder = home.publication_path(PUBLICATION_ID)
    folder.mkdir(parents=True)
    status = PublicationStatus.VOORLOPIG if released else PublicationStatus.CONCEPT
    manifest = _manifest(status, is_fictitious=is_fictitious)
    _write(home.publication_database_path(PUBLICATION_ID), _tables(manifest, is_own=False))
    own_path = home.own_database_path(PUBLICATION_ID, OWN_REGION)
    own_path.parent.mkdir(parents=True)
    _write(own_path, _tables(manifest, is_own=True))
    home.manifest_path(PUBLICATION_ID).write_text(manifest.model_dump_json(), "utf-8")
    replace_pointer(home, Pointer(latest=PUBLICATION_ID, released=PUBLICATION_ID if released else None))
    return home


def _tables(manifest: Manifest, *, is_own: bool) -> Mapping[str, pd.DataFrame]:
    definitions = [current_definition(name.split("@")[0]) for name in kernset().indicators]
    areas = _areas(is_own=is_own)
    filled = [item for item in definitions if item.not_filled is None]
    values = pd.DataFrame(row for item in filled for row in _value_rows(item, areas, is_own=is_own))
    if not is_own:
        values = pd.concat([values, _ggd_rows(values, {item.code for item in filled if is_rolled_up(item)})])
    return {
        "value": values,
        "by_stratum": _by_stratum(values),
        "spread": _spread(values),
        "trend": _trend(values),
        "delivery_status": pd.DataFrame(_delivery_rows()),
        "target": definition_tables()["target"],
        "indicator": pd.DataFrame(_indicator_row(item) for item in definitions),
        "area": pd.DataFrame([*map(_area_row, areas), *map(_ggd_area_row, _ggd_areas())]),
        "publication": pd.DataFrame([_publication_row(manifest)]),
    }


def _by_stratum(values: pd.DataFrame) -> pd.DataFrame:
    """Every group of `STRATIFIED` has the figures of its total, shifted."""
    rows = values[
        (values["indicator_code"] == STRATIFIED) & values["level_code"].isin(["zorgkantoorregio", "landelijk"])
    ]
    groups = [group for group in stratum_groups() if group.key and group.age.age_until >= 65]
    parts = [
        rows.assign(
            sex=group.sex.code,
            age_group=group.age.code,
            **{name: rows[name] * (0.8 + 0.01 * (group.key % 50)) for name in ("value", "lower_95", "upper_95")},
        )
        for group in groups
    ]
    return pd.concat(parts, ignore_index=True)


def _areas(*, is_own: bool) -> list[Area]:
    register = area_register()
    regions = [register.area(OWN_REGION)] if is_own else register.existing(AreaLevel.REGION, _DAY)
    gemeenten = [gemeente for region in regions for gemeente in register.gemeenten_of(region.code, _DAY)]
    return [register.area(COUNTRY), *regions, *gemeenten]


def _value_rows(item: IndicatorDefinition, areas: list[Area], *, is_own: bool) -> Iterator[dict[str, object]]:
    for period in _periods(item):
        country = _made(item, area_register().area(COUNTRY), period)
        for area in areas:
            if area.level in item.levels:
                yield _value_row(item, area, period, country.value, is_own=is_own)


def _value_row(
    item: IndicatorDefinition, area: Area, period: Period, country_value: float, *, is_own: bool
) -> dict[str, object]:
    made, reason = _made(item, area, period), _reason(item, area, period, is_own=is_own)
    has_interval = item.has_interval() and reason is None
    limits = (made.value - made.half_width, made.value + made.half_width) if has_interval else (None, None)
    comparison = _comparison(made, country_value) if has_interval and area.code != COUNTRY else None
    states = dict.fromkeys(_STATES, False)
    states["is_provisional"] = period == LAST_QUARTER and area.code == "ZK02"
    states["is_not_delivered"], states["is_suppressed"] = reason == "not_delivered", reason == "suppressed"
    return {
        "indicator_code": item.code, "indicator_version": item.version, "area_code": area.code,
        "level_code": area.level.value, "region_code": area_register().region_of(area.code, _DAY),
        "period_code": period.code, "period_start": period.start,
        "numerator": None if reason else made.numerator, "denominator": None if reason else made.denominator,
        "expected": None, "value": None if reason else made.value, "lower_95": limits[0], "upper_95": limits[1],
        "lower_998": limits[0], "upper_998": limits[1], "interval_method": "wilson" if has_interval else "none",
        "coverage": 1.0, **states, "reason_code": reason, "comparison_code": comparison,
        "country_value": None if area.code == COUNTRY else country_value,
    }  # fmt: skip


def _ggd_areas() -> list[ClassificationArea]:
    return [area for area in classification_areas().values() if area.classification.code == "ggd_regio"]


def _ggd_rows(values: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    """Every GGD-regio has the figures of some region, of the indicators that are rolled up."""
    regions = [area.code for area in area_register().existing(AreaLevel.REGION, _DAY)]
    places = dict(zip(regions, [area.code for area in _ggd_areas()], strict=False))
    rows = values[values["indicator_code"].isin(codes) & values["area_code"].isin(list(places))]
    return rows.assign(area_code=rows["area_code"].map(places), level_code="ggd_regio", region_code=None)


def _made(item: IndicatorDefinition, area: Area, period: Period) -> Made:
    """A value around the indicator's level: a fixed shift per area and a slow movement in time."""
    size = {AreaLevel.COUNTRY: 400_000, AreaLevel.REGION: 12_000, AreaLevel.GEMEENTE: 1_100}[area.level]
    spread = {AreaLevel.COUNTRY: 0.0, AreaLevel.REGION: 0.12, AreaLevel.GEMEENTE: 0.3}[area.level]
    shift = spread * (crc32(f"{item.code}{area.code}".encode()) % 201 - 100) / 100
    wobble = 0.02 * (crc32(f"{item.code}{area.code}{period}".encode()) % 201 - 100) / 100
    share = _LEVEL[item.code] * (1 + shift + wobble + 0.01 * (period.year - 2024) + 0.002 * period.number)
    factor = 1000 if item.code == "KOS04" else 100 if item.code == "KOS01" else item.multiplier
    return Made(round(share * size), size, share * factor, _Z * factor * sqrt(share * (1 - min(share, 0.9)) / size))


def _reason(item: IndicatorDefinition, area: Area, period: Period, *, is_own: bool) -> str | None:
    is_delivered = item.frequency is Frequency.QUARTER
    if item.code == SILENT_INDICATOR:
        return "not_delivered"
    in_silent_region = area_register().region_of(area.code, _DAY) == SILENT_REGION
    if is_delivered and in_silent_region and period == LAST_QUARTER:
        return "not_delivered"
    is_small = area.level is AreaLevel.GEMEENTE and crc32(f"{item.code}{area.code}".encode()) % 9 == 0
    return "suppressed" if is_delivered and is_small and not is_own else None


def _comparison(made: Made, country_value: float) -> str:
    distance = made.value - country_value
    if abs(distance) <= made.half_width:
        return "similar"
    word = "higher" if distance > 0 else "lower"
    return f"clearly_{word}" if abs(distance) > 1.58 * made.half_width else word


def _spread(values: pd.DataFrame) -> pd.DataFrame:
    gemeenten = values[values["level_code"] == AreaLevel.GEMEENTE.value]
    grouped = gemeenten.groupby(["indicator_code", "indicator_version", "region_code", "period_code"])["value"]
    quantiles = grouped.quantile(np.array([0.1, 0.5, 0.9])).unstack().set_axis(["p10", "median", "p90"], axis=1)
    counts = pd.DataFrame({"area_count": grouped.count(), "withheld_count": grouped.size() - grouped.count()})
    return quantiles.join(counts).reset_index().rename(columns={"region_code": "area_code"})


def _trend(values: pd.DataFrame) -> pd.DataFrame:
    """Every series of regions and the country with two values goes where the last one lies beside the one before."""
    known = values[values["level_code"].isin([AreaLevel.REGION.value, AreaLevel.COUNTRY.value])].dropna(subset="value")
    keys = ["indicator_code", "indicator_version", "area_code"]
    last = known.groupby(keys).tail(2).groupby(keys)["value"].agg(["first", "last"]).reset_index()
    moves = np.where(last["last"] > last["first"], "rising", np.where(last["last"] < last["first"], "falling", "level"))
    return last[keys].assign(period_code=LAST_QUARTER.code, direction_code=moves, slope=last["last"] - last["first"])


def _periods(item: IndicatorDefinition) -> list[Period]:
    if item.frequency is Frequency.YEAR:
        return [Period.parse(str(year)) for year in (2022, 2023)]
    return quarters_between(LAST_QUARTER.shifted(-19), LAST_QUARTER)


def _delivery_rows() -> Iterator[dict[str, object]]:
    for area in area_register().existing(AreaLevel.REGION, _DAY):
        is_delivered = area.code != SILENT_REGION
        yield {
            "region_code": area.code, "period_code": LAST_QUARTER.code, "dataset_code": "PRE02",
            "is_delivered": is_delivered, "batch_number": 1 if is_delivered else None, "is_correction": False,
        }  # fmt: skip


def _indicator_row(item: IndicatorDefinition) -> dict[str, object]:
    whole = item.model_dump(mode="json")
    plain = {name: value for name, value in whole.items() if not isinstance(value, dict | list)}
    return {
        "indicator_code": item.code,
        "indicator_version": item.version,
        "is_current": True,
        **{name: value for name, value in plain.items() if name not in {"code", "version"}},
        "kind": item.calculation.kind.value,
        "definition_json": item.model_dump_json(),
    }


def _area_row(area: Area) -> dict[str, object]:
    region = area_register().region_of(area.code, _DAY)
    return {"area_code": area.code, "area_name": area.name, "level_code": area.level.value, "region_code": region}


def _ggd_area_row(area: ClassificationArea) -> dict[str, object]:
    return {"area_code": area.code, "area_name": area.name, "level_code": "ggd_regio", "region_code": None}


def _publication_row(manifest: Manifest) -> dict[str, object]:
    names = {"id", "status", "made_at", "ledger_sequence", "kernset_version", "code_version", "is_fictitious"}
    return manifest.model_dump(include=names) | {"status": manifest.status.value}


def _manifest(status: PublicationStatus, *, is_fictitious: bool) -> Manifest:
    return Manifest(
        id=PUBLICATION_ID, status=status, made_at=datetime(2026, 11, 1, 6, tzinfo=UTC),
        previous=None, content_hash="0" * 64, files={}, ledger_sequence=7, ledger_hash="0" * 64, inputs=(),
        inputs_added=(), inputs_removed=(), indicators_changed=(), kernset_version=kernset().version, definitions={},
        policy=ManifestPolicy(version=1, threshold=10, rounding_base=5), code_version="test", checks=(),
        is_fictitious=is_fictitious,
    )  # fmt: skip


def _write(path: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    with duckdb.connect(str(path)) as connection:
        for name, frame in tables.items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as select * from frame")  # noqa: S608 - the names are ours
            connection.unregister("frame")
