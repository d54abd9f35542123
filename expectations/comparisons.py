"""The figures beside which a delivered row is held: earlier quarters, the parts of a total, the population.

Belongs here: finding those figures and putting them beside the row. Whether a difference is too large is said in
`suites/delivery.json`. What the register knows comes with the file (`judgement.Known`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from expectations.canonical import SignCode
from expectations.delivery_rows import DeliveryRows
from expectations.distinct import Numbers
from expectations.facts import dataset_facts
from expectations.judgement import FileToJudge
from indicators.areas import area_register, level_number
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.uitvraag import AskedDataset
from indicators.xmr import xmr_limits

PARTS: Final = ("numerator", "denominator")
EARLIER: Final = {"before": -1, "year_ago": -4}
"""The name of an earlier quarter and how many quarters it lies from the delivered one."""
_NEEDED: Final = (
    *(f"{part}{suffix}" for part in PARTS for suffix in ("", "_sign", "_measure_key")),
    "has_denominator", "needs_denominator", "dataset_key", "area_key", "stratum_key", "row_key",
    "is_region", "is_gemeente", "is_first_level",
)  # fmt: skip
_POPULATION_MEASURE: Final = "population.inwoners"
_KEY_FACTOR: Final = (10_000_000, 1_000)
_LARGEST_COUNT_BELOW_TEN: Final = 9
_LEVEL_SIZE: Final = 1_000_000


def add_comparisons(rows: DeliveryRows, files: Sequence[FileToJudge], spans: Sequence[range]) -> None:
    """Put the comparable figures beside the rows of every file; NaN where there is none."""
    names = [f"{part}_{earlier}" for part in PARTS for earlier in EARLIER]
    names += ["population", "region_value", "lower_limit", "upper_limit"]
    names += [f"{part}_{side}" for part in PARTS for side in ("at_least", "at_most")]
    absent = _absent(len(rows.columns["position"]))
    columns = dict.fromkeys(names, absent)
    for file, span in zip(files, spans, strict=True):
        if len(span):
            part = rows.part(span, *_NEEDED)
            for found in (_earlier_columns, _population_column, _limit_columns, _total_columns):
                for name, values in found(part, file).items():
                    columns[name] = absent.copy() if columns[name] is absent else columns[name]
                    columns[name][span.start : span.stop] = values
    rows.columns.update(columns)


def _absent(count: int) -> Numbers:
    """A column without any number; one for all names, because most files are compared with little."""
    absent = np.full(count, np.nan)
    absent.flags.writeable = False
    return absent


def _earlier_columns(part: pd.DataFrame, file: FileToJudge) -> dict[str, Numbers]:
    """Per row and count the same count in the quarter before and a year before."""
    history = file.known.history
    columns = {}
    for earlier, steps in EARLIER.items():
        is_then = (history["period_key"] == file.period.shifted(steps).key) & (history["sign_code"] == SignCode.NUMBER)
        known = history[is_then]
        if len(known):
            for name in PARTS:
                keys = _keys(part[f"{name}_measure_key"], part["area_key"], part["stratum_key"])
                columns[f"{name}_{earlier}"] = _looked_up(known, keys)
    return columns


def _population_column(part: pd.DataFrame, file: FileToJudge) -> dict[str, Numbers]:
    """Per row the inhabitants of its area and stratum."""
    population = file.known.population
    is_delivered = part["has_denominator"] & ~part["needs_denominator"]
    if population.empty or not is_delivered.any():
        return {}
    measure = pd.Series(float(catalogue().measures[_POPULATION_MEASURE].key), index=part.index)
    keys = _keys(measure, part["area_key"], part["stratum_key"])
    return {"population": _looked_up(population[population["sign_code"] == SignCode.NUMBER], keys)}


def _keys(measure: "pd.Series[float]", area: "pd.Series[float]", stratum: "pd.Series[float]") -> pd.Index:
    """One number per measure, area and stratum; -1 where one is unknown."""
    areas, strata = _KEY_FACTOR
    combined = (measure.astype("float64") * areas + area) * strata + stratum
    return pd.Index(combined.fillna(-1).astype("int64"))


def _looked_up(known: pd.DataFrame, keys: pd.Index) -> Numbers:
    """Per key the known amount; NaN where there is none."""
    index = _keys(known["measure_key"], known["area_key"], known["stratum_key"])
    is_first = ~index.duplicated()
    places = index[is_first].get_indexer(keys)
    amounts = np.append(known["amount"].to_numpy(dtype="float64")[is_first], np.nan)
    found: Numbers = amounts[places]
    return found


def _limit_columns(part: pd.DataFrame, file: FileToJudge) -> dict[str, Numbers]:
    """On the first row of an indicator: its value for the whole region, and between which values it was expected."""
    if file.known.history.empty:
        return {}
    columns = {name: np.full(len(part), np.nan) for name in ("region_value", "lower_limit", "upper_limit")}
    totals = _region_totals(file.known.history)
    for asked, group in _asked_groups(part, file):
        value, limits = _quotient(group), _expected_values(totals, asked, file.period)
        if limits is not None and not np.isnan(value):
            place = part.index.get_loc(group.index[0])
            factor = dataset_facts(asked.code, file.period).value_factor or 1.0
            for name, number in zip(columns, (value, *limits), strict=True):
                columns[name][place] = factor * number
    return columns


def _region_totals(history: pd.DataFrame) -> Mapping[tuple[int, int], Mapping[int, float]]:
    """By measure and level (the millions of an area's key): the sum over the region, by period."""
    numbers = history[history["sign_code"] == SignCode.NUMBER]
    levels = numbers["area_key"] // _LEVEL_SIZE
    totals: dict[tuple[int, int], dict[int, float]] = {}
    sums = numbers["amount"].groupby([numbers["measure_key"], levels, numbers["period_key"]]).sum().reset_index()
    for measure, level, period, amount in sums.itertuples(index=False):
        totals.setdefault((measure, level), {})[period] = amount
    return totals


def _expected_values(
    totals: Mapping[tuple[int, int], Mapping[int, float]], asked: AskedDataset, period: Period
) -> tuple[float, float] | None:
    """The last value and the largest usual step from it; nothing without the quarter before or with a short history."""
    level, measures = (
        level_number(asked.levels[0]),
        {item.code.split(".")[1]: item.key for item in asked.dataset.measures},
    )
    numerators, denominators = (totals.get((measures[part], level), {}) for part in ("teller", "noemer"))
    quotients = {key: numerators[key] / whole for key, whole in denominators.items() if key in numerators and whole > 0}
    last, limits = quotients.get(period.shifted(-1).key), xmr_limits([quotients[key] for key in sorted(quotients)])
    return None if last is None or limits is None else (last - limits.largest_step, last + limits.largest_step)


def _quotient(group: pd.DataFrame) -> float:
    """The value of the whole region: the sum of its numerators over that of its denominators."""
    counted = group[group["is_first_level"] & group["denominator"].notna()]
    whole = float(counted["denominator"].sum())
    return float(counted["numerator"].sum()) / whole if whole > 0 else np.nan


def _asked_groups(part: pd.DataFrame, file: FileToJudge) -> Iterator[tuple[AskedDataset, pd.DataFrame]]:
    """The rows of each indicator that has a denominator of its own and no season."""
    usable = part[part["needs_denominator"] & part["dataset_key"].notna()]
    for key, group in usable.groupby("dataset_key", sort=False):
        facts = dataset_facts(catalogue().dataset_by_key(int(float(str(key)))).code, file.period)
        if facts.asked is not None and not facts.is_seasonal:
            yield facts.asked, group


def _total_columns(part: pd.DataFrame, file: FileToJudge) -> dict[str, Numbers]:
    """On a region's own total: between which numbers it must lie, given the gemeenten in the same file."""
    is_total = part["is_region"] & (part["row_key"] >= 0)
    is_part = part["is_gemeente"] & part["dataset_key"].isin(part["dataset_key"][is_total])
    if not is_part.any():
        return {}
    columns = {f"{name}_{side}": np.full(len(part), np.nan) for name in PARTS for side in ("at_least", "at_most")}
    count = len(area_register().gemeenten_of(file.region_code, file.period.end))
    for place in np.flatnonzero(is_total.to_numpy()):
        total = part.iloc[place]
        is_own = (part["dataset_key"] == total["dataset_key"]) & (part["stratum_key"] == total["stratum_key"])
        parts = part[is_part & is_own]
        for name in PARTS if len(parts) else ():
            lowest, highest = _bounds(parts, name, is_whole=len(parts) >= count)
            columns[f"{name}_at_least"][place], columns[f"{name}_at_most"][place] = lowest, highest
    return columns


def _bounds(parts: pd.DataFrame, name: str, *, is_whole: bool) -> tuple[float, float]:
    """The smallest and largest sum of parts: `<10` is 1 to 9, what is unknown or missing can be anything."""
    known, is_below_ten = parts[name].fillna(0).sum(), parts[f"{name}_sign"] == SignCode.BELOW_TEN
    is_open = not is_whole or bool((parts[name].isna() & ~is_below_ten).any())
    count = int(is_below_ten.sum())
    return known + count, np.inf if is_open else known + _LARGEST_COUNT_BELOW_TEN * count
