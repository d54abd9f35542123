"""Calculation kinds: the closed union of ways in which a value is made (METHODS 1).

Belongs here: which measures each kind names and which settings it has, as data.
Does not belong here: the arithmetic (`calculation.py` in Python, `models/` in SQL) and SQL of any kind.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from indicators.yaml_models import StrictModel


class CalculationKind(StrEnum):
    """The closed list of calculation kinds."""

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

    def parts(self) -> Mapping[Part, tuple[str, ...]]:
        """The measures that are added up for each part of the calculation."""
        return {Part.NUMERATOR: self.numerator, Part.DENOMINATOR: self.denominator}

    @property
    def has_interval(self) -> bool:
        """Whether a value of this calculation has limits; a setting `interval: none` takes them away."""
        return getattr(self, "interval", None) != "none"


class Proportion(_Fraction):
    """Part of a whole; Wilson interval."""

    kind: Literal[CalculationKind.PROPORTION]
    interval: Literal["wilson", "none"] = "wilson"
    """`none` where the counts are estimates, or days and other units that come in clusters."""


class Rate(_Fraction):
    """Events per population; exact or Byar interval on the count."""

    kind: Literal[CalculationKind.RATE]


class Ratio(_Fraction):
    """Quotient of additive quantities; no interval."""

    kind: Literal[CalculationKind.RATIO]

    @property
    def has_interval(self) -> bool:
        """Never: quantities are no counts of events."""
        return False


class DirectlyStandardisedRate(_Fraction):
    """Rate with the age and sex of a standard population; Dobson interval."""

    kind: Literal[CalculationKind.DSR]
    standard_population: Literal["esp2013"]
    interval: Literal["dobson", "none"] = "dobson"
    """`none` where the numerator counts days or contacts, of which one person has many."""


class IndirectlyStandardisedRatio(_Fraction):
    """Observed over expected at the reference's stratum rates, the reference being NL in the same period."""

    kind: Literal[CalculationKind.ISR]
    interval: Literal["poisson", "none"]
    """`none` where the numerator is not a count of events, such as costs."""


class Mean(_Fraction):
    """Sum over number; Student t where `squares`, the sum of squares, is supplied."""

    kind: Literal[CalculationKind.MEAN]
    squares: str | None = None

    def parts(self) -> Mapping[Part, tuple[str, ...]]:
        """Numerator, denominator and, where supplied, the sum of squares."""
        return {**super().parts(), **({Part.SQUARES: (self.squares,)} if self.squares else {})}

    @property
    def has_interval(self) -> bool:
        """Only where the sum of squares is supplied."""
        return self.squares is not None


class Index(_Fraction):
    """100 times the value over the value in the same quarter of the base year; interval by the log method."""

    kind: Literal[CalculationKind.INDEX]
    base_year: int = Field(ge=2000, le=2100)


class Difference(_Fraction):
    """One proportion minus another, independent one; Newcombe's interval from the limits of the parts."""

    kind: Literal[CalculationKind.DIFFERENCE]
    interval: Literal["newcombe", "none"] = "newcombe"
    """`none` where the two are no proportions but other quotients, such as years per person."""
    minus_numerator: tuple[str, ...] = Field(min_length=1)
    minus_denominator: tuple[str, ...] = Field(min_length=1)

    def parts(self) -> Mapping[Part, tuple[str, ...]]:
        """Both quotients."""
        minus = {Part.MINUS_NUMERATOR: self.minus_numerator, Part.MINUS_DENOMINATOR: self.minus_denominator}
        return {**super().parts(), **minus}


Calculation: TypeAlias = Annotated[
    Proportion | Rate | Ratio | DirectlyStandardisedRate | IndirectlyStandardisedRatio | Mean | Index | Difference,
    Field(discriminator="kind"),
]
