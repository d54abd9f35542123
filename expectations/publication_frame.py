"""The frame on which the suite for a publication judges: the published values with what their definition says.

Belongs here: preparing columns. What must hold of them is in `suites/publication.json`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.classifications import classification_areas, classifications, is_rolled_up
from indicators.definitions import CalculationKind, IndicatorDefinition, definitions
from indicators.measures import Source, catalogue
from indicators.periods import Period
from indicators.protection import POLICY
from indicators.states import ReasonCode

KEY: Final = ["indicator_code", "indicator_version", "area_code", "period_code"]
_SERIES: Final = ["indicator_code", "indicator_version", "period_code"]
_LIMITS: Final = ["lower_95", "upper_95", "lower_998", "upper_998"]
_REASONS_WITH_STATE: Final = (
    ReasonCode.FEW_EVENTS,
    ReasonCode.SUPPRESSED,
    ReasonCode.NOT_DELIVERED,
    ReasonCode.UNKNOWN,
    ReasonCode.IMPOSSIBLE,
)


class DefinitionFacts(NamedTuple):
    """What a definition version says that a published figure must keep to."""

    is_definition_known: bool
    is_proportion: bool = False
    multiplier: float = np.nan
    is_numerator_protected: bool = True
    is_denominator_protected: bool = True
    defined_levels: tuple[str, ...] = ()


def publication_frame(values: pd.DataFrame) -> pd.DataFrame:
    """The values (`mart.indicator_value`, view published) with the columns on which the suite stands."""
    frame = pd.concat([values.reset_index(drop=True), _definition_table(values)], axis=1)
    frame["is_area_known"] = _gemeente_of_wijk(frame["area_code"]).isin(
        [*area_register().areas, *classification_areas()]
    )
    frame["is_level_defined"] = [
        level in levels for level, levels in zip(frame["level_code"], frame["defined_levels"], strict=True)
    ]
    below_country = frame["level_code"] != AreaLevel.COUNTRY
    for part in ("numerator", "denominator"):
        _add_protection(frame, part, below_country & frame[f"is_{part}_protected"])
    frame["share"] = (frame["value"] / frame["multiplier"]).where(frame["is_proportion"])
    frame["is_value_finite"] = frame["value"].isna() | np.isfinite(frame["value"].astype("float64"))
    _add_interval(frame)
    frame["has_state_of_reason"] = _has_state_of_reason(frame)
    _add_missing_areas(frame)
    return frame


def _gemeente_of_wijk(codes: "pd.Series[str]") -> "pd.Series[str]":
    """The codes, with that of its gemeente for a wijk: there is no list of wijken."""
    return codes.str.replace(r"^WK([0-9]{4})[0-9]{2}$", r"GM\1", regex=True)


def _definition_table(values: pd.DataFrame) -> pd.DataFrame:
    ids = values["indicator_code"].astype(str) + "@" + values["indicator_version"].astype("Int64").astype(str)
    codes, distinct = pd.factorize(ids)
    table = pd.DataFrame([_facts(definitions().get(name)) for name in distinct], columns=DefinitionFacts._fields)
    return table.take(codes).reset_index(drop=True)


def _facts(definition: IndicatorDefinition | None) -> DefinitionFacts:
    if definition is None:
        return DefinitionFacts(is_definition_known=False)
    calculation = definition.calculation
    return DefinitionFacts(
        is_definition_known=True,
        is_proportion=calculation.kind is CalculationKind.PROPORTION,
        multiplier=definition.multiplier,
        is_numerator_protected=_is_delivered(calculation.numerator),
        is_denominator_protected=_is_delivered(calculation.denominator),
        defined_levels=(*definition.levels, *(classifications() if is_rolled_up(definition) else ())),
    )


def _is_delivered(measure_codes: Iterable[str]) -> bool:
    """Whether any of the measures comes from a region, so that no owner protected it before us."""
    return any(catalogue().dataset_of(code).source is Source.DELIVERY for code in measure_codes)


def _add_protection(frame: pd.DataFrame, part: str, is_protected: "pd.Series[bool]") -> None:
    """Per protected count below the country: its size where it is not 0, and what rounding left over."""
    shown = frame[part].where(is_protected)
    frame[f"{part}_size"] = shown.abs().where(shown != 0)
    frame[f"{part}_remainder"] = shown.mod(POLICY.rounding_base)


def _add_interval(frame: pd.DataFrame) -> None:
    """By how much the value lies outside its interval, and the narrow interval outside the wide; relative."""
    scale = frame["value"].abs().clip(lower=1.0)
    beyond = pd.concat([frame["lower_95"] - frame["value"], frame["value"] - frame["upper_95"]], axis=1)
    frame["value_outside_interval"] = beyond.max(axis=1) / scale
    wider = pd.concat([frame["lower_998"] - frame["lower_95"], frame["upper_95"] - frame["upper_998"]], axis=1)
    frame["interval_outside_wider"] = wider.max(axis=1) / scale
    limit_count = frame[_LIMITS].notna().sum(axis=1)
    has_method = frame["interval_method"] != "none"
    frame["is_interval_whole"] = (
        limit_count.eq(4) & has_method & frame["value"].notna() | limit_count.eq(0) & ~has_method
    )


def _has_state_of_reason(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a reason that is also a state is shown as that state, and no other such state is."""
    right = pd.Series(data=True, index=frame.index)
    for reason in _REASONS_WITH_STATE:
        is_reason = frame["reason_code"].eq(reason.value)
        right &= ~is_reason | frame[f"is_{reason.value}"].astype(bool)
    return right & (frame["reason_code"].notna() | ~frame["is_suppressed"].astype(bool))


def _add_missing_areas(frame: pd.DataFrame) -> None:
    """On the first row of each indicator and period: the regions and the country that its definition asks for."""
    frame["missing_areas"] = None
    end = Period.parse(str(REPORTING_YEAR)).end
    regions = {area.code for area in area_register().existing(AreaLevel.REGION, end)}
    wanted: Mapping[str, set[str]] = {AreaLevel.REGION: regions, AreaLevel.COUNTRY: {"NL"}}
    groups: Any = frame.groupby(_SERIES, sort=False)
    for _, group in groups[["area_code", "defined_levels"]]:
        levels = group["defined_levels"].iloc[0]
        asked = set[str]().union(*(wanted.get(level, set()) for level in levels))
        missing = sorted(asked - set(group["area_code"]))
        if missing:
            frame.at[group.index[0], "missing_areas"] = ", ".join(missing)
