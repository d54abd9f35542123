"""The worked example of a definition: one calculation by hand that the tests repeat in Python and in SQL.

Belongs here: the numbers of an example, and whether they are those that the kind of calculation needs.
Does not belong here: the calculation itself (`calculation.py`).
"""

from typing import Literal, Self

from pydantic import model_validator

from indicators.kinds import Calculation, CalculationKind, Part
from indicators.strata import Stratum
from indicators.yaml_models import StrictModel


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
    other_numerator: float | None = None
    """Index: of the same quarter of the base year; difference: of what is taken off; other kinds have none."""
    other_denominator: float | None = None
    squares: float | None = None
    """Mean: the sum of squares, where the definition names one."""
    value: float
    note: str
    strata: tuple[WorkedStratum, ...] = ()

    @model_validator(mode="after")
    def _strata_add_up(self) -> Self:
        sums = (sum(cell.numerator for cell in self.strata), sum(cell.denominator for cell in self.strata))
        if self.strata and sums != (self.numerator, self.denominator):
            raise ValueError(f"the strata add up to {sums}, the example says {(self.numerator, self.denominator)}")
        return self


def faults_of_example(example: WorkedExample, calculation: Calculation) -> list[str]:
    """Where an example lacks a number that the calculation needs, or has one that it does not use."""
    kind = calculation.kind
    is_of_two = kind in (CalculationKind.INDEX, CalculationKind.DIFFERENCE)
    others = (example.other_numerator, example.other_denominator)
    has_reference = {cell.reference_denominator is not None for cell in example.strata}
    faults = {
        "the worked example of a standardised kind has strata, that of another kind has none": (
            (kind in (CalculationKind.DSR, CalculationKind.ISR)) != bool(example.strata)
        ),
        "the strata of an indirectly standardised ratio have a reference, others have none": (
            bool(example.strata) and has_reference != {kind is CalculationKind.ISR}
        ),
        "the worked example of an index or a difference has other_numerator and other_denominator, no other has them": (
            any((number is not None) != is_of_two for number in others)
        ),
        "the worked example has squares where the calculation names squares, and only there": (
            (example.squares is not None) != (Part.SQUARES in calculation.parts())
        ),
    }
    return [fault for fault, holds in faults.items() if holds]
