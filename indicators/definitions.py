"""Indicator definitions: one YAML file per indicator version, hash-locked once released.

A definition names measures and a calculation kind, never SQL. A change makes a new version with a reason (METHODS 7).
Belongs here: what a definition and a kernset say and how they are read together.
Does not belong here: the kinds of calculation (`kinds.py`), the hash lock (`lock.py`), any arithmetic.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, Self

from pydantic import Field, model_validator

from indicators.areas import AreaLevel
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.kinds import Calculation, CalculationKind, IndirectlyStandardisedRatio, Part
from indicators.lock import check_lock, definition_files
from indicators.measures import Catalogue, Frequency, catalogue
from indicators.strata import Stratum
from indicators.yaml_models import StrictModel, WrittenPeriod, read_model

__all__ = [
    "Aim",
    "CalculationKind",
    "IndicatorDefinition",
    "Kernset",
    "Movement",
    "Part",
    "Polarity",
    "Protection",
    "Theme",
    "Window",
    "WorkedExample",
    "WorkedStratum",
    "current_definition",
    "definitions",
    "kernset",
    "load_definitions",
]


class Theme(StrEnum):
    """The three themes, and what serves all three."""

    PREVENTIE = "preventie"
    OUDEREN = "ouderen"
    GGZ = "ggz"
    GENERIEK = "generiek"


class Movement(StrEnum):
    """What JZOJP wants to happen to the care."""

    VOORKOMEN = "voorkomen"
    VERPLAATSEN = "verplaatsen"
    VERVANGEN = "vervangen"


class Aim(StrEnum):
    """The aim that an indicator serves."""

    GEZONDHEID = "gezondheid"
    KWALITEIT = "kwaliteit"
    KOSTEN = "kosten"
    PROFESSIONAL = "professional"


class Polarity(StrEnum):
    """Which direction is better."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    NEUTRAL = "neutral"


class Window(StrEnum):
    """Over which time the headline value counts."""

    PERIOD = "period"
    ROLLING_YEAR = "rolling_year"


class Protection(StrEnum):
    """How small numbers are protected on publication (METHODS 5)."""

    SUPPRESS_AND_ROUND = "suppress_and_round"
    OWNER_PROTECTED = "owner_protected"


class WorkedStratum(StrictModel):
    """One cell of a worked example of a standardised kind; the reference is only filled for an indirect one."""

    age_band: str
    sex: Literal["M", "V"]
    numerator: float
    denominator: float
    reference_numerator: float | None = None
    reference_denominator: float | None = None

    @model_validator(mode="after")
    def _stratum_exists(self) -> Self:
        Stratum.parse(self.age_band, self.sex)
        return self


class WorkedExample(StrictModel):
    """One calculation by hand that the tests repeat; `value` is rounded to the decimals of the definition.

    `denominator` is what the sum of the measures is, before the denominator factor.
    """

    numerator: float
    denominator: float
    value: float
    note: str
    strata: tuple[WorkedStratum, ...] = ()

    @model_validator(mode="after")
    def _strata_add_up(self) -> Self:
        sums = (sum(cell.numerator for cell in self.strata), sum(cell.denominator for cell in self.strata))
        if self.strata and sums != (self.numerator, self.denominator):
            raise ValueError(f"the strata add up to {sums}, the example says {(self.numerator, self.denominator)}")
        return self


class IndicatorDefinition(StrictModel):
    """One version of one indicator; the texts are Dutch, because readers see them."""

    code: str = Field(pattern=r"^[A-Z]{3}\d{2}$")
    version: int = Field(ge=1)
    key: int = Field(gt=0, description="never changes and is never used again; the same for all versions")
    name: str
    plain_name: str
    """The name in plain Dutch (B1)."""
    definition: str
    numerator_text: str
    denominator_text: str
    why: str
    """Why it matters."""
    how_to_read: str
    """How a value is read."""
    theme: Theme
    movement: Movement
    aim: Aim
    polarity: Polarity
    unit: str
    multiplier: float = Field(gt=0)
    decimals: int = Field(ge=0, le=4)
    calculation: Calculation
    frequency: Frequency
    window: Window
    is_seasonal: bool
    levels: tuple[AreaLevel, ...] = Field(min_length=1)
    minimum_coverage: float = Field(default=1.0, gt=0, le=1)
    minimum_denominator: float = Field(default=0, ge=0)
    protection: Protection
    valid_from: WrittenPeriod
    comparable_with_previous: bool | None
    reason: str
    author: str
    checker: str
    review_date: date
    source: str
    delivered_by: str
    open_source: str | None
    """An open source of (nearly) the same figure, with its years; None where none is known."""
    standardisation: str
    pitfalls: str
    choices: str | None
    """What a source left open and was decided here, with the reason."""
    not_filled: str | None
    """Why there are no figures yet; None for what is asked in an uitvraag or read from open data that is loaded."""
    worked_example: WorkedExample

    @model_validator(mode="after")
    def _first_version_has_no_previous(self) -> Self:
        if (self.version == 1) != (self.comparable_with_previous is None):
            raise ValueError("comparable_with_previous is empty for version 1 and filled for every later one")
        return self

    @model_validator(mode="after")
    def _standardised_example_has_strata(self) -> Self:
        kind = self.calculation.kind
        has_reference = [cell.reference_denominator is not None for cell in self.worked_example.strata]
        if (kind in (CalculationKind.DSR, CalculationKind.ISR)) != bool(has_reference):
            raise ValueError("the worked example of a standardised kind has strata, that of another kind has none")
        if has_reference and set(has_reference) != {kind is CalculationKind.ISR}:
            raise ValueError("the strata of an indirectly standardised ratio have a reference, others have none")
        return self

    @property
    def version_key(self) -> int:
        """The integer that stands for this definition version in large tables."""
        return self.key * 100 + self.version

    @property
    def id(self) -> str:
        """Code and version: `PRE02@1`."""
        return f"{self.code}@{self.version}"

    def measure_codes(self) -> tuple[str, ...]:
        """Every measure that the calculation reads."""
        return tuple(measure for measures in self.parts().values() for measure in measures)

    def parts(self) -> Mapping[Part, tuple[str, ...]]:
        """The measures that are added up for each part of the calculation."""
        return self.calculation.parts()

    def has_interval(self) -> bool:
        """Whether the kind gives an interval with what the definition supplies."""
        if isinstance(self.calculation, IndirectlyStandardisedRatio):
            return self.calculation.interval != "none"
        if self.calculation.kind is CalculationKind.MEAN:
            return Part.SQUARES in self.parts()
        return self.calculation.kind is not CalculationKind.RATIO


class Kernset(StrictModel):
    """A versioned list of exact indicator versions."""

    version: str
    name: str
    status: Literal["kandidaat", "vastgesteld"]
    note: str
    indicators: tuple[str, ...]


def load_definitions(folder: Traversable, known: Catalogue) -> Mapping[str, IndicatorDefinition]:
    """Read every definition in a folder, by id (`PRE02@1`).

    Raises:
        DefinitionError: a file breaks the model, is not named after its indicator, names an unknown
            measure, uses a key of another indicator, or differs from what the hash lock says.
    """
    check_lock(folder)
    found = [_read_definition(file, known) for file in definition_files(folder)]
    _check_together(found)
    return {definition.id: definition for definition in found}


@cache
def definitions() -> Mapping[str, IndicatorDefinition]:
    """The definitions shipped here, read once, by id."""
    return load_definitions(files("indicators").joinpath("definitions"), catalogue())


@cache
def kernset() -> Kernset:
    """The kernset in force.

    Raises:
        DefinitionError: it lists a definition that does not exist, or one indicator twice.
    """
    found = read_model(Kernset, files("indicators").joinpath("kernset.yaml"))
    missing = [name for name in found.indicators if name not in definitions()]
    if missing:
        raise DefinitionError(f"kernset.yaml names definitions that do not exist: {missing}")
    codes = [name.split("@")[0] for name in found.indicators]
    if len(set(codes)) != len(codes):
        raise DefinitionError(f"kernset.yaml lists an indicator twice: {sorted(codes)}")
    return found


def current_definition(code: str) -> IndicatorDefinition:
    """The version of an indicator that the kernset lists.

    Raises:
        UnknownCodeError: the kernset does not have the indicator.
    """
    for name in kernset().indicators:
        if name.split("@")[0] == code:
            return definitions()[name]
    raise UnknownCodeError(f"Indicator '{code}' staat niet in kernset {kernset().version}.")


def _read_definition(file: Traversable, known: Catalogue) -> IndicatorDefinition:
    definition = read_model(IndicatorDefinition, file)
    if file.name != f"{definition.code}.v{definition.version}.yaml":
        raise DefinitionError(f"{file.name} holds {definition.id}; a file is named CODE.vN.yaml")
    unknown = [code for code in definition.measure_codes() if code not in known.measures]
    if unknown:
        raise DefinitionError(f"{file.name} names measures that measures.yaml does not have: {unknown}")
    return definition


def _check_together(found: Sequence[IndicatorDefinition]) -> None:
    keys: dict[int, str] = {}
    codes: dict[str, int] = {}
    for definition in found:
        if keys.setdefault(definition.key, definition.code) != definition.code:
            raise DefinitionError(f"key {definition.key} is used by {keys[definition.key]} and {definition.code}")
        if codes.setdefault(definition.code, definition.key) != definition.key:
            raise DefinitionError(f"{definition.id} has another key than an earlier version of {definition.code}")
