"""What the pages read from a publication about national doelstellingen.

Belongs here: the columns of `target` that a page uses. Does not belong here: the other tables (`app/records.py`).
"""

from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator

from indicators.agreed_path import Direction
from indicators.definitions import Theme
from indicators.targets import ProgressGap, TargetKind, TargetStatus


class Target(BaseModel):
    """One version of a national doelstelling beside an indicator; `value` is absent where nobody set a number.

    A publication from before targets had versions does not say what has a default here.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    target_code: str
    target_version: int = 1
    is_current: bool = True
    valid_from: date | None = None
    issuer: str
    text: str
    theme_code: Theme = Theme.GENERIEK
    kind_code: TargetKind | None
    direction_code: Direction | None = None
    value: float | None
    unit: str | None
    base_value: float | None = None
    base_period_code: str | None = None
    target_period_code: str | None = None
    status_code: TargetStatus
    indicator_code: str | None
    level_value: float | None = None
    gap_code: ProgressGap | None = None
    source: str
    certainty: str
    is_monitoring_defined: bool | None = None
    note: str | None = None
    reason: str | None = None

    @field_validator("kind_code", mode="before")
    @classmethod
    def _a_bound_was_a_kind(cls, code: object) -> object:
        return TargetKind.LEVEL if code in {"at_least", "at_most"} else code
