"""What the contents of events are made of: codes that are checked, and the small models that several events share.

Belongs here: types of fields. Does not belong here: the events themselves (`delivery_events.py`, `other_events.py`).
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from indicators.areas import AreaLevel, level_of
from indicators.periods import Period
from register.file_names import tidy_file_name


def _region_code(text: str) -> str:
    if level_of(text) is not AreaLevel.REGION:
        raise ValueError(f"'{text}' is not the code of a region")
    return text


RegionCode: TypeAlias = Annotated[str, AfterValidator(_region_code)]
PeriodCode: TypeAlias = Annotated[str, AfterValidator(lambda text: Period.parse(text).code)]
FileName: TypeAlias = Annotated[str, BeforeValidator(tidy_file_name)]
Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
SequenceNumber: TypeAlias = Annotated[int, Field(ge=1)]
Reason: TypeAlias = Annotated[str, Field(min_length=1, max_length=2_000)]


class Content(BaseModel):
    """What all events and their parts share: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AnsweredRows(Content):
    """How much of what is asked for one dataset a file answers, in rows (area x stratum).

    `delivered` counts the rows with a number, `warned` those among them with a warning.
    """

    asked: int = Field(ge=0)
    delivered: int = Field(ge=0)
    warned: int = Field(ge=0)


class Difference(Content):
    """One count that a file gives otherwise than what was in force; null where a sign stands for the number."""

    measure: str
    area: str
    age_band: str
    sex: str
    before: float | None
    after: float | None


class Changes(Content):
    """What a file changes in what was in force for the same region, period and datasets.

    Rows are rows of a file (dataset x area x stratum). `differences` holds the largest ones, at most ten, by the
    absolute difference. `replaces` are the numbers of the submissions that were in force.
    """

    replaces: tuple[SequenceNumber, ...]
    datasets: tuple[str, ...]
    """The datasets for which something was in force."""
    added: int = Field(ge=0)
    removed: int = Field(ge=0)
    altered: int = Field(ge=0)
    differences: tuple[Difference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the file says what was already in force."""
        return not (self.added or self.removed or self.altered)


MissingRows: TypeAlias = Mapping[str, int]
"""How many of the asked rows are not in force, by dataset; a dataset of which nothing is missing is left out."""
