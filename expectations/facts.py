"""What the domain knows about the codes in a delivery, per distinct code: one row of facts to join to the rows.

Belongs here: questions to `indicators/`, answered as plain columns. No rule is decided here.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from indicators.areas import Area, AreaLevel, area_key, area_register, level_of
from indicators.definitions import CalculationKind, IndicatorDefinition, definitions, kernset
from indicators.errors import UnknownCodeError
from indicators.measures import Breakdown, catalogue
from indicators.periods import Period
from indicators.reference_tables import reference_rows
from indicators.strata import AGE_SEX_STRATA, TOTAL_STRATUM, Stratum
from indicators.uitvraag import AskedDataset, uitvraag_for

_ADDITIVE_KINDS = (CalculationKind.PROPORTION, CalculationKind.RATE, CalculationKind.RATIO, CalculationKind.MEAN)
"""The kinds whose value follows from one numerator and one denominator."""


class AreaFacts(NamedTuple):
    """An area code as it was in one period."""

    area_code: str
    area_key: int
    area_level: AreaLevel
    right_name: str | None = None
    is_area_known: bool = False
    is_area_in_force: bool = False
    lifespan: str | None = None
    successors: str = ""
    area_region_code: str | None = None


class DatasetFacts(NamedTuple):
    """What the uitvraag of one quarter asks for one indicator code; absent everywhere when it does not ask it."""

    is_indicator_known: bool
    """Whether any uitvraag or source has the code."""
    known_indicators: str
    asked: AskedDataset | None = None
    indicator_name: str | None = None
    numerator_measure_key: int | None = None
    denominator_measure_key: int | None = None
    asked_levels: str | None = None
    asked_strata: str | None = None
    age_from: int | None = None
    is_broken_down: bool = False
    is_proportion: bool = False
    is_seasonal: bool = False
    value_factor: float | None = None
    """What the quotient of the counts is multiplied by to make the value in the indicator's unit."""
    unit: str | None = None

    @property
    def asked_stratum_keys(self) -> frozenset[int]:
        """The strata in which an answer may be given."""
        return frozenset(stratum.key for stratum in self.asked.strata) if self.asked else frozenset()


@cache
def area_facts(code: str, period: Period) -> AreaFacts:
    """The facts about a well-formed area code in a period; a wijk stands on its gemeente."""
    level = level_of(code)
    base = f"GM{code[2:6]}" if level is AreaLevel.WIJK else code
    try:
        area = area_register().area(base)
    except UnknownCodeError:
        return AreaFacts(code, area_key(code), level)
    return AreaFacts(
        area_code=code,
        area_key=area_key(code),
        area_level=level,
        right_name=area.name if base == code else f"wijk in {area.name}",
        is_area_known=True,
        is_area_in_force=area.valid_from <= period.end
        and (area.valid_until is None or period.start <= area.valid_until),
        lifespan=_lifespan(area),
        successors=_successors(area),
        area_region_code=area_register().region_of(base, _day_of_membership(area, period)),
    )


@cache
def dataset_facts(code: str, period: Period) -> DatasetFacts:
    """The facts about an indicator code: what the uitvraag of a quarter asks for it.

    Raises:
        UnknownCodeError: nothing is asked about the period at all.
    """
    uitvraag = uitvraag_for(period)
    known = ", ".join(item.code for item in uitvraag.asks)
    asked = uitvraag.asked(code)
    if asked is None:
        return DatasetFacts(code in catalogue().datasets, known)
    measures = {measure.code: measure.key for measure in asked.dataset.measures}
    definition = _definition(code)
    denominator = measures.get(f"{code}.noemer")
    return DatasetFacts(
        is_indicator_known=True,
        known_indicators=known,
        asked=asked,
        indicator_name=asked.dataset.name,
        numerator_measure_key=measures[f"{code}.teller"],
        denominator_measure_key=denominator,
        asked_levels=" of ".join(asked.levels),
        asked_strata=_asked_strata(asked),
        age_from=asked.age_from,
        is_broken_down=asked.breakdown is Breakdown.AGE_SEX,
        is_proportion=definition is not None and definition.calculation.kind is CalculationKind.PROPORTION,
        is_seasonal=definition is not None and definition.is_seasonal,
        value_factor=_value_factor(definition) if denominator else None,
        unit=definition.unit if definition else None,
    )


@cache
def expected_areas(dataset_code: str, region_code: str, period: Period) -> tuple[Area, ...]:
    """The areas for which a region is asked a dataset in a period, ordered by code: those of its first level.

    There is no list of wijken here, so that a uitvraag of wijken expects none.
    """
    asked = uitvraag_for(period).asked(dataset_code)
    level = asked.levels[0] if asked else None
    if level is AreaLevel.REGION:
        return (area_register().area(region_code),)
    return tuple(area_register().gemeenten_of(region_code, period.end)) if level is AreaLevel.GEMEENTE else ()


@cache
def expected_area_keys(dataset_code: str, region_code: str, period: Period) -> frozenset[int]:
    """The keys of the expected areas."""
    return frozenset(area_key(area.code) for area in expected_areas(dataset_code, region_code, period))


@cache
def gemeente_codes_by_name(region_code: str, period: Period) -> Mapping[str, str]:
    """The gemeenten of a region by every plain name that they go by; a name that fits two is left out."""
    found: dict[str, set[str]] = {}
    for area in area_register().gemeenten_of(region_code, period.end):
        for name in (area.name, area.name.split("(")[0], *other_names(area.code)):
            found.setdefault(plain_name(name), set()).add(area.code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def other_names(gemeente_code: str) -> Sequence[str]:
    """The names of a gemeente beside its official one: in common usage, and as Vektis writes it."""
    return _other_names_by_code().get(gemeente_code, ())


@cache
def _other_names_by_code() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for table in ("gemeente_other_name", "gemeente_name_vektis"):
        for row in reference_rows(table):
            found.setdefault(row["gemeente_code"], []).append(row["name"])
    return found


def plain_name(name: str) -> str:
    """A name without capitals, accents, spaces and punctuation, so that spellings can be compared."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def names_agree(given: str, right: str, code: str) -> bool:
    """Whether a given name is one of an area; what stands in brackets (`Rijswijk (ZH.)`) may be left out."""
    return plain_name(given) in {plain_name(name) for name in (right, right.split("(")[0], *other_names(code))}


@cache
def stratum_name(key: int) -> str:
    """A stratum as the file would write it: `M 65-69`."""
    return next(f"{stratum.sex.code} {stratum.age_band}" for stratum in _STRATA if stratum.key == key)


_STRATA: tuple[Stratum, ...] = (TOTAL_STRATUM, *AGE_SEX_STRATA)


def _definition(code: str) -> IndicatorDefinition | None:
    """The definition with this code in the kernset; a dataset may also serve other indicators only."""
    return next((definitions()[name] for name in kernset().indicators if name.split("@")[0] == code), None)


def _value_factor(definition: IndicatorDefinition | None) -> float | None:
    if definition is None or definition.calculation.kind not in _ADDITIVE_KINDS:
        return None
    return definition.multiplier / definition.calculation.denominator_factor


def _asked_strata(asked: AskedDataset) -> str:
    if asked.breakdown is Breakdown.TOTAL:
        return "alleen het totaal"
    return f"M en V per vijf jaar vanaf {asked.age_from} jaar"


def _lifespan(area: Area) -> str:
    end = f"tot en met {area.valid_until:%d-%m-%Y}" if area.valid_until else "en bestaat nog"
    return f"het gebied bestond vanaf {area.valid_from:%d-%m-%Y} {end}"


def _successors(area: Area) -> str:
    later = area_register().successors(area.code) if area.valid_until else ()
    named = " en ".join(f"{successor.code} ({successor.name})" for successor in later)
    return f"; opvolger is {named}" if named else ""


def _day_of_membership(area: Area, period: Period) -> date:
    """The last day of the period on which the area existed; the nearest one when it did not exist in it."""
    last = min(period.end, area.valid_until) if area.valid_until else period.end
    return max(last, area.valid_from)
