"""The small landing tables: catalogue, definitions, areas and constants of `indicators/` as data frames.

One function per table of docs/architecture.md. Does not belong here: rows that were delivered (`transform.py` loads
them), and any rule; a frame says what `indicators/` says, in the columns of `external_models.yaml`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import Any, Final, TypeAlias

import pandas as pd

from indicators.age_groups import is_counted_by_stratum, stratum_groups
from indicators.areas import REPORTING_YEAR, Area, AreaLevel, area_key, area_register, conversions
from indicators.classifications import (
    ClassificationArea,
    areas_one_apart,
    classification_areas,
    classification_members,
    is_rolled_up,
)
from indicators.definitions import IndicatorDefinition, Protection, Window, latest_definition, released_definitions
from indicators.errors import DefinitionError
from indicators.kinds import CalculationKind, Index, Part
from indicators.measures import Dataset, Source, catalogue
from indicators.protection import POLICY
from indicators.reference_tables import poisson_limits, standard_population, student_quantiles
from indicators.strata import AGE_SEX_STRATA, TOTAL_STRATUM, Stratum
from indicators.targets import Target, current_targets, targets
from indicators.uitvraag import uitvragen

Record: TypeAlias = Mapping[str, Any]

_REPORTING_DAY: Final = date(REPORTING_YEAR, 1, 1)
_SUMMABLE_KINDS: Final = (CalculationKind.PROPORTION, CalculationKind.RATE, CalculationKind.RATIO)
_DELIVERED_LEVELS: Final = (AreaLevel.GEMEENTE, AreaLevel.REGION, AreaLevel.COUNTRY)


def definition_tables() -> dict[str, pd.DataFrame]:
    """Every landing table but those with deliveries and afspraken, by name without the schema.

    Raises:
        DefinitionError: a definition asks for something that the models do not compute.
    """
    return {name: pd.DataFrame.from_records(list(rows())) for name, rows in _TABLES.items()}


def dataset_rows() -> Iterable[Record]:
    """The catalogue of deliveries and open-data sources."""
    for dataset in catalogue().datasets.values():
        yield {
            "dataset_key": dataset.key,
            "dataset_code": dataset.code,
            "source_code": dataset.source.value,
            "frequency_code": dataset.frequency.value,
            "level_code": _delivered_level(dataset).value,
            "breakdown_code": dataset.breakdown.value,
        }


def asked_dataset_rows() -> Iterable[Record]:
    """What each version of the uitvraag asks; a version holds until the day before the next one begins."""
    versions = uitvragen()
    for uitvraag, later in zip_longest(versions, versions[1:]):
        for asked in uitvraag.asks:
            yield {
                "uitvraag_version": uitvraag.version,
                "dataset_key": asked.dataset.key,
                "valid_from": uitvraag.valid_from.start,
                "valid_until": later.valid_from.start - timedelta(days=1) if later else None,
                "is_optional": asked.is_optional,
            }


def measure_rows() -> Iterable[Record]:
    """Every measure; what an owner publishes as open data is already protected by that owner."""
    for dataset in catalogue().datasets.values():
        for measure in dataset.measures:
            yield {
                "measure_key": measure.key,
                "measure_code": measure.code,
                "dataset_key": dataset.key,
                "is_owner_protected": dataset.source is Source.OPEN_DATA,
            }


def indicator_rows() -> Iterable[Record]:
    """One row per definition version that a kernset lists or listed; a draft has no figures."""
    return [
        indicator_row(item.definition, valid_until=item.valid_until, is_current=item.is_current)
        for item in released_definitions().values()
    ]


def indicator_row(
    definition: IndicatorDefinition, *, valid_until: date | None = None, is_current: bool = True
) -> Record:
    """A definition version as the models read it.

    Args:
        definition: the version.
        valid_until: the last day of the periods to which it applies; None while it still applies.
        is_current: whether the kernset in force lists it.

    Raises:
        DefinitionError: the window and the kind do not go together.
    """
    calculation = definition.calculation
    if definition.window is Window.ROLLING_YEAR and calculation.kind not in _SUMMABLE_KINDS:
        raise DefinitionError(
            f"{definition.id}: a rolling year is a sum of four quarters, which a {calculation.kind.value} does not "
            f"have; use window 'period', or a kind out of {[kind.value for kind in _SUMMABLE_KINDS]}."
        )
    return {
        "version_key": definition.version_key,
        "indicator_key": definition.key,
        "indicator_code": definition.code,
        "version": definition.version,
        "kind_code": calculation.kind.value,
        "multiplier": definition.multiplier,
        "decimals": definition.decimals,
        "denominator_factor": calculation.denominator_factor,
        "age_from": calculation.age_from,
        "frequency_code": definition.frequency.value,
        "window_code": definition.window.value,
        "is_seasonal": definition.is_seasonal,
        "has_interval": definition.has_interval(),
        "polarity_code": definition.polarity.value,
        "minimum_coverage": definition.minimum_coverage,
        "minimum_denominator": definition.minimum_denominator,
        "is_wijk_level": AreaLevel.WIJK in definition.levels,
        "is_gemeente_level": AreaLevel.GEMEENTE in definition.levels,
        "is_region_level": AreaLevel.REGION in definition.levels,
        "is_country_level": AreaLevel.COUNTRY in definition.levels,
        "is_classification_level": is_rolled_up(definition),
        "is_by_stratum": is_counted_by_stratum(definition),
        "delivered_level": catalogue().dataset_of(calculation.numerator[0]).level.value,
        "is_owner_protected": definition.protection is Protection.OWNER_PROTECTED,
        "base_year": calculation.base_year if isinstance(calculation, Index) else None,
        "valid_from": definition.valid_from.start,
        "valid_until": valid_until,
        "is_comparable": definition.comparable_with_previous is not False,
        "is_current": is_current,
    }


def indicator_part_rows() -> Iterable[Record]:
    """The measures of every part of every definition version."""
    for definition, *_ in released_definitions().values():
        for part, codes in definition.calculation.parts().items():
            yield from (_part_row(definition, part, code) for code in codes)


def area_rows() -> Iterable[Record]:
    """Every area ever known, of any classification; region and existence are those of the reporting indeling."""
    yield from (_area_row(area) for area in area_register().areas.values())
    yield from (_classification_area_row(area) for area in classification_areas().values())


def classification_member_rows() -> Iterable[Record]:
    """Which gemeenten of the reporting indeling are in each area of the other classifications."""
    for member in classification_members():
        if member.holds_on(_REPORTING_DAY):
            yield {
                "classification_code": member.area.classification.code,
                "area_key": member.area.key,
                "gemeente_key": area_key(member.gemeente_code),
                "is_certain": member.is_certain,
            }


def conversion_rows() -> Iterable[Record]:
    """Where the counts of ended gemeenten and regions go in the reporting indeling."""
    for item in conversions():
        yield _conversion_row(item.from_code, item.to_code, item.share)
    for area in area_register().areas.values():
        if area.level is AreaLevel.REGION and area.successor and not area.exists_on(_REPORTING_DAY):
            yield _conversion_row(area.code, area.successor, 1.0)


def stratum_rows() -> Iterable[Record]:
    """The total and every five-year age band by sex, with its weight in the standard population."""
    weights = standard_population()
    yield _stratum_row(TOTAL_STRATUM, None)
    yield from (_stratum_row(stratum, weights[stratum.age_band]) for stratum in AGE_SEX_STRATA)


def stratum_group_rows() -> Iterable[Record]:
    """The total and every group of strata in which figures are shown."""
    for group in stratum_groups():
        yield {
            "group_key": group.key,
            "breakdown_code": group.breakdown.value,
            "sex_code": int(group.sex),
            "age_group_code": group.age.code,
            "age_from": group.age.age_from,
            "age_until": group.age.age_until,
        }


def poisson_limit_rows() -> Iterable[Record]:
    """Exact limits of 0 to 9 events."""
    return [limit._asdict() for limit in poisson_limits()]


def student_t_rows() -> Iterable[Record]:
    """Student's t for few degrees of freedom."""
    return [quantile._asdict() for quantile in student_quantiles()]


def policy_rows() -> Iterable[Record]:
    """The disclosure policy in force."""
    return [
        {
            "policy_version": POLICY.version,
            "threshold": POLICY.threshold,
            "rounding_base": POLICY.rounding_base,
        }
    ]


def target_rows() -> Iterable[Record]:
    """Every version of the national doelstellingen, a row per indicator that it is about."""
    current = set(current_targets(targets()))
    return [
        _target_row(target, code, is_current=target in current) for target in targets() for code in target.indicators
    ]


def _delivered_level(dataset: Dataset) -> AreaLevel:
    if dataset.level not in _DELIVERED_LEVELS:
        raise DefinitionError(
            f"dataset {dataset.code} is delivered per {dataset.level.value}; the models add up from gemeente or "
            "zorgkantoorregio, or take what is delivered for the country. Change the level in measures.yaml or teach "
            "models/core to read it."
        )
    return dataset.level


def _part_row(definition: IndicatorDefinition, part: Part, measure_code: str) -> Record:
    return {
        "version_key": definition.version_key,
        "part_code": part.value,
        "measure_key": catalogue().measures[measure_code].key,
        "dataset_key": catalogue().dataset_of(measure_code).key,
    }


def _area_row(area: Area) -> Record:
    region = area_register().region_of(area.code, _REPORTING_DAY)
    return {
        "area_key": area_key(area.code),
        "area_code": area.code,
        "area_name": area.name,
        "level_code": area.level.value,
        "region_key": area_key(region) if region else None,
        "region_code": region,
        "is_reporting": area.exists_on(_REPORTING_DAY),
        "is_one_apart": False,
    }


def _classification_area_row(area: ClassificationArea) -> Record:
    return {
        "area_key": area.key,
        "area_code": area.code,
        "area_name": area.name,
        "level_code": area.classification.code,
        "region_key": None,
        "region_code": None,
        "is_reporting": True,
        "is_one_apart": area.code in areas_one_apart(_REPORTING_DAY),
    }


def _conversion_row(from_code: str, to_code: str, share: float) -> Record:
    return {"from_area_key": area_key(from_code), "to_area_key": area_key(to_code), "share": share}


def _stratum_row(stratum: Stratum, weight: float | None) -> Record:
    return {
        "stratum_key": stratum.key,
        "sex_code": int(stratum.sex),
        "band_number": stratum.key % 100,
        "age_from": stratum.age_from,
        "standard_weight": weight,
    }


def _target_row(target: Target, indicator_code: str, *, is_current: bool) -> Record:
    definition = latest_definition(indicator_code)
    return {
        "target_code": target.code,
        "target_version": target.version,
        "is_current": is_current,
        "valid_from": target.valid_from,
        "issuer": target.issuer,
        "text": target.text,
        "theme_code": target.theme.value,
        "kind_code": _value(target.kind),
        "direction_code": _value(target.direction),
        "value": target.value,
        "unit": target.unit,
        "base_value": None if target.base is None else target.base.value,
        "base_period_code": None if target.base is None or target.base.period is None else target.base.period.code,
        "target_period_code": None if target.target_period is None else target.target_period.code,
        "status_code": target.status.value,
        "indicator_code": indicator_code,
        "level_value": target.level(definition),
        "gap_code": _value(target.progress_gap(definition)),
        "source": target.source,
        "certainty": target.certainty,
        "is_monitoring_defined": target.is_monitoring_defined,
        "note": target.note,
        "reason": target.reason,
    }


def _value(member: StrEnum | None) -> str | None:
    return None if member is None else member.value


_TABLES: Final[Mapping[str, Callable[[], Iterable[Record]]]] = {
    "dataset": dataset_rows,
    "asked_dataset": asked_dataset_rows,
    "measure": measure_rows,
    "indicator": indicator_rows,
    "indicator_part": indicator_part_rows,
    "area": area_rows,
    "classification_member": classification_member_rows,
    "conversion": conversion_rows,
    "stratum": stratum_rows,
    "stratum_group": stratum_group_rows,
    "poisson_limit": poisson_limit_rows,
    "student_t": student_t_rows,
    "policy": policy_rows,
    "target": target_rows,
}
