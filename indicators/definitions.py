"""Indicator definitions: one YAML file per indicator version, hash-locked once released.

A definition names measures and a calculation kind, never SQL. A released file never changes: its
SHA-256 stands in `definitions.lock` (METHODS 7). A change makes a new version with a reason.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self, TypeAlias

import yaml
from pydantic import Field, field_validator, model_validator

from indicators.areas import AreaLevel
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.measures import Catalogue, Frequency, StrictModel, catalogue
from indicators.periods import Period


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


class CalculationKind(StrEnum):
    """The closed list of calculation kinds (METHODS 1)."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"
    DSR = "dsr"
    ISR = "isr"
    MEAN = "mean"
    INDEX = "index"
    DIFFERENCE = "difference"


class Part(StrEnum):
    """The role that a measure has in a calculation."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    SQUARES = "squares"
    MINUS_NUMERATOR = "minus_numerator"
    MINUS_DENOMINATOR = "minus_denominator"


class _Fraction(StrictModel):
    """What every kind has: measures whose sums make the numerator and the denominator."""

    numerator: tuple[str, ...] = Field(min_length=1)
    denominator: tuple[str, ...] = Field(min_length=1)
    denominator_factor: float = Field(default=1.0, gt=0)
    """Years that one period lasts, where the value is on a yearly basis (0.25 for a quarter)."""
    age_from: int = Field(default=0, ge=0, le=90, multiple_of=5)
    """The youngest age that counts, where the measures are broken down by age."""


class Proportion(_Fraction):
    """Part of a whole; Wilson interval."""

    kind: Literal[CalculationKind.PROPORTION]


class Rate(_Fraction):
    """Events per population; exact or Byar interval on the count."""

    kind: Literal[CalculationKind.RATE]


class Ratio(_Fraction):
    """Quotient of additive quantities; no interval."""

    kind: Literal[CalculationKind.RATIO]


class DirectlyStandardisedRate(_Fraction):
    """Rate with the age and sex of a standard population; Dobson interval."""

    kind: Literal[CalculationKind.DSR]
    standard_population: Literal["esp2013"]


class IndirectlyStandardisedRatio(_Fraction):
    """Observed over expected at the reference's stratum rates, the reference being NL in the same period."""

    kind: Literal[CalculationKind.ISR]
    interval: Literal["poisson", "none"]
    """`none` where the numerator is not a count of events, such as costs."""


class Mean(_Fraction):
    """Sum over number; Student t where `squares`, the sum of squares, is supplied."""

    kind: Literal[CalculationKind.MEAN]
    squares: str | None = None


class Index(_Fraction):
    """100 times the value over the value in the same quarter of the base year; interval by the log method."""

    kind: Literal[CalculationKind.INDEX]
    base_year: int = Field(ge=2000, le=2100)


class Difference(_Fraction):
    """One fraction minus another, independent one; interval from the intervals of the parts."""

    kind: Literal[CalculationKind.DIFFERENCE]
    minus_numerator: tuple[str, ...] = Field(min_length=1)
    minus_denominator: tuple[str, ...] = Field(min_length=1)


Calculation: TypeAlias = Annotated[
    Proportion | Rate | Ratio | DirectlyStandardisedRate | IndirectlyStandardisedRatio | Mean | Index | Difference,
    Field(discriminator="kind"),
]


class WorkedExample(StrictModel):
    """One calculation by hand that the tests repeat."""

    numerator: float
    denominator: float
    value: float
    note: str


class IndicatorDefinition(StrictModel):
    """One version of one indicator; the texts are Dutch, because readers see them."""

    code: str = Field(pattern=r"^[A-Z]{3}\d{2}$")
    version: int = Field(ge=1)
    key: int = Field(gt=0, description="never changes and is never used again; the same for all versions")
    name: str
    definition: str
    numerator_text: str
    denominator_text: str
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
    valid_from: Period
    comparable_with_previous: bool | None
    reason: str
    author: str
    checker: str
    review_date: date
    source: str
    pitfalls: str
    worked_example: WorkedExample

    @field_validator("valid_from", mode="before")
    @classmethod
    def _period_by_code(cls, value: object) -> object:
        return Period.parse(str(value)) if isinstance(value, str | int) else value

    @model_validator(mode="after")
    def _first_version_has_no_previous(self) -> Self:
        if (self.version == 1) != (self.comparable_with_previous is None):
            raise ValueError("comparable_with_previous is empty for version 1 and filled for every later one")
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
        calculation = self.calculation
        parts = {Part.NUMERATOR: calculation.numerator, Part.DENOMINATOR: calculation.denominator}
        if isinstance(calculation, Mean) and calculation.squares is not None:
            parts[Part.SQUARES] = (calculation.squares,)
        if isinstance(calculation, Difference):
            parts[Part.MINUS_NUMERATOR] = calculation.minus_numerator
            parts[Part.MINUS_DENOMINATOR] = calculation.minus_denominator
        return parts


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
    lock = dict(line.split() for line in folder.joinpath("definitions.lock").read_text("utf-8").splitlines())
    found = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml"):
            definition = _read_definition(file, known)
            _check_lock(file, lock)
            found[definition.id] = definition
    _check_together(found, lock)
    return found


@cache
def definitions() -> Mapping[str, IndicatorDefinition]:
    """The definitions shipped here, read once, by id."""
    return load_definitions(files("indicators").joinpath("definitions"), catalogue())


@cache
def kernset() -> Kernset:
    """The kernset in force."""
    text = files("indicators").joinpath("kernset.yaml").read_text("utf-8")
    found = Kernset.model_validate(yaml.safe_load(text))
    missing = [name for name in found.indicators if name not in definitions()]
    if missing:
        raise DefinitionError(f"kernset.yaml names definitions that do not exist: {missing}")
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


def file_hash(file: Traversable) -> str:
    """The SHA-256 of a definition file, as the lock has it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read_definition(file: Traversable, known: Catalogue) -> IndicatorDefinition:
    try:
        definition = IndicatorDefinition.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except ValueError as error:
        raise DefinitionError(f"{file.name}: {error}") from error
    if file.name != f"{definition.code}.v{definition.version}.yaml":
        raise DefinitionError(f"{file.name} holds {definition.id}; a file is named CODE.vN.yaml")
    unknown = [code for code in definition.measure_codes() if code not in known.measures]
    if unknown:
        raise DefinitionError(f"{file.name} names measures that measures.yaml does not have: {unknown}")
    return definition


def _check_lock(file: Traversable, lock: Mapping[str, str]) -> None:
    if lock.get(file.name) != file_hash(file):
        raise DefinitionError(
            f"{file.name} differs from definitions.lock. A released definition never changes: make a new version "
            f"with a reason, or, for a version not yet released, put {file_hash(file)} in the lock."
        )


def _check_together(found: Mapping[str, IndicatorDefinition], lock: Mapping[str, str]) -> None:
    keys: dict[int, str] = {}
    for definition in found.values():
        if keys.setdefault(definition.key, definition.code) != definition.code:
            raise DefinitionError(f"key {definition.key} is used by {keys[definition.key]} and {definition.code}")
    lost = set(lock) - {f"{item.code}.v{item.version}.yaml" for item in found.values()}
    if lost:
        raise DefinitionError(f"definitions.lock names files that are gone: {sorted(lost)}")
