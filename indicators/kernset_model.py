"""What a kernset says, as a model: a numbered list of exact indicator versions, and what left it.

A released kernset never changes; the next one has the next number, with a reason (METHODS 7).
Does not belong here: what a definition says (`definition_model.py`), what kernsets must keep to together
(`kernset_checks.py`), and which version applies to which period (`validity.py`).
"""

from typing import Annotated, Literal

from pydantic import Field

from indicators.yaml_models import StrictModel, WrittenPeriod


class Retirement(StrictModel):
    """An indicator that is in the kernset no longer; its figures until then stay."""

    indicator: str = Field(pattern=r"^[A-Z]{3}\d{2}$")
    last_period: WrittenPeriod
    """The last period for which there are figures."""
    successor: str | None = Field(pattern=r"^[A-Z]{3}\d{2}$")
    """The indicator that took its place, if any."""
    reason: str
    """Why it left, in a sentence for readers."""


class Kernset(StrictModel):
    """A versioned list of exact indicator versions; the texts are Dutch, because readers see them."""

    version: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    """Its name, which is also that of its file."""
    number: int = Field(ge=0)
    """Its place in the order of kernsets: 0, 1, 2, ..."""
    name: str
    status: Literal["kandidaat", "vastgesteld"]
    note: str
    reason: str
    """What changed against the kernset before, and why."""
    indicators: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}\d{2}@[1-9]\d*$")], ...]
    """Ids: `PRE02@1`."""
    retired: tuple[Retirement, ...]
    """What the kernset before had and this one has not."""

    def versions(self) -> dict[str, int]:
        """The version of each indicator, by code."""
        return {code: int(version) for code, _, version in (name.partition("@") for name in self.indicators)}
