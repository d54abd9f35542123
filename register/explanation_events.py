"""The events about duiding: explanations beside figures.

Belongs here: what each of them says. Does not belong here: what follows from them (`explanations.py`).
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from register.event_fields import Content, PeriodCode, Reason, SequenceNumber

ExplanationCode: TypeAlias = Annotated[str, Field(pattern=r"^(NL|ZK[0-9]{2})-D[0-9]{3,6}$")]
ExplanationText: TypeAlias = Annotated[str, Field(min_length=1, max_length=2_000)]


class ExplanationGiven(Content):
    """Somebody explains a figure of an area; without a period all figures of the indicator there."""

    kind: Literal["explanation_given"] = "explanation_given"
    code: ExplanationCode
    area: Annotated[str, Field(pattern=r"^(NL|ZK[0-9]{2})$")]
    indicator: str
    period: PeriodCode | None
    text: ExplanationText
    signal: SequenceNumber | None = None
    """The number of the signal that it answers."""


class ExplanationChanged(Content):
    """An explanation reads otherwise from now on, based on the version that was seen."""

    kind: Literal["explanation_changed"] = "explanation_changed"
    code: ExplanationCode
    text: ExplanationText
    based_on: SequenceNumber


class ExplanationWithdrawn(Content):
    """An explanation no longer stands beside the figure."""

    kind: Literal["explanation_withdrawn"] = "explanation_withdrawn"
    code: ExplanationCode
    reason: Reason
