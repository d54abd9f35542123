"""What a definition version says, as a model.

A definition names measures and a calculation kind, never SQL. A change makes a new version with a reason (METHODS 7).
Belongs here: the fields, and what must hold within one definition.
Does not belong here: kernsets (`kernset_model.py`), reading files (`definitions.py`), what definitions must keep to
together (`definition_checks.py`), the kinds of calculation (`kinds.py`), any arithmetic.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from indicators.areas import AreaLevel
from indicators.kinds import Calculation, Part
from indicators.measures import Frequency
from indicators.worked_example import WorkedExample, faults_of_example
from indicators.yaml_models import StrictModel, WrittenPeriod


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
    def _example_fits_the_kind(self) -> Self:
        faults = faults_of_example(self.worked_example, self.calculation)
        if faults:
            raise ValueError("; ".join(faults))
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
        return self.calculation.has_interval
