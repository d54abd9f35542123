"""What the pages read from a publication, as typed records: figures, spreads, definitions, targets.

Belongs here: the columns of docs/architecture.md that a page uses, one class per table.
Does not belong here: the queries (`app/queries.py`) and the words (`app/words.py`).
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict

from indicators.areas import AreaLevel
from indicators.definitions import Aim, CalculationKind, Movement, Polarity, Protection, Theme, Window
from indicators.measures import Frequency
from indicators.states import ReasonCode, ValueState


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one area in one period: the value, or the reason that there is none."""

    indicator_code: str
    indicator_version: int
    area_code: str
    area_name: str
    level_code: str
    period_code: str
    period_start: date
    numerator: float | None
    denominator: float | None
    value: float | None
    lower_95: float | None
    upper_95: float | None
    coverage: float | None
    is_provisional: bool
    is_revised: bool
    is_estimated: bool
    is_break: bool
    is_converted: bool
    is_incomplete: bool
    reason_code: str | None
    comparison_code: str | None
    country_value: float | None

    @property
    def is_country(self) -> bool:
        """Whether this is the figure of the Netherlands."""
        return self.level_code == AreaLevel.COUNTRY

    @property
    def reason(self) -> ReasonCode:
        """Why there is no value; `unknown` where the publication does not say."""
        return ReasonCode(self.reason_code or ReasonCode.UNKNOWN)

    @property
    def states(self) -> tuple[ValueState, ...]:
        """What is special about the value; why a value is absent is said by `reason`."""
        return tuple(state for state in ValueState if getattr(self, state.column, False))

    @property
    def has_interval(self) -> bool:
        """Whether the value stands between two limits."""
        return self.value is not None and self.lower_95 is not None and self.upper_95 is not None


@dataclass(frozen=True, slots=True)
class Spread:
    """How an indicator differs over the gemeenten of a region (or of the country) in one period."""

    indicator_code: str
    period_code: str
    p10: float | None
    median: float | None
    p90: float | None
    area_count: int
    withheld_count: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the last quarter of a series is not explained by chance (XmR)."""

    indicator_code: str
    period_code: str
    cause_code: str
    is_trial: bool


@dataclass(frozen=True, slots=True)
class PathState:
    """How an agreed path stands in the last quarter that counts; paces per quarter, in the agreed direction."""

    path_code: str
    indicator_code: str
    area_code: str
    period_code: str | None
    state_code: str
    reason_code: str | None
    is_out_of_reach: bool
    pace: float | None
    agreed_pace: float | None


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """What the foot of every page says about the publication."""

    id: str
    status: str
    made_at: datetime
    kernset_version: str
    is_fictitious: bool


class WorkedExample(BaseModel):
    """The calculation by hand that a definition carries."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    numerator: float
    denominator: float
    value: float
    note: str


class CalculationKindOf(BaseModel):
    """The part of a calculation that a page names."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: CalculationKind
    denominator_factor: float = 1.0
    interval: str | None = None
    squares: str | None = None

    @property
    def has_interval(self) -> bool:
        """Whether a value of it has limits."""
        if self.kind is CalculationKind.MEAN:
            return self.squares is not None
        return self.kind is not CalculationKind.RATIO and self.interval != "none"


class Indicator(BaseModel):
    """The fields of a published definition that a page shows.

    Read from the JSON in the publication, so an old publication keeps showing its own definitions. A field that this
    code does not know is ignored; one that an old publication does not have is None and not in `model_fields_set`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    version: int
    name: str
    definition: str
    numerator_text: str
    denominator_text: str
    theme: Theme
    movement: Movement
    aim: Aim
    polarity: Polarity
    unit: str
    multiplier: float
    decimals: int
    calculation: CalculationKindOf
    frequency: Frequency
    window: Window
    levels: tuple[AreaLevel, ...]
    valid_from: str
    reason: str
    author: str
    checker: str
    review_date: date
    source: str
    pitfalls: str
    protection: Protection
    minimum_coverage: float
    minimum_denominator: float
    worked_example: WorkedExample
    plain_name: str | None = None
    why: str | None = None
    how_to_read: str | None = None
    delivered_by: str | None = None
    open_source: str | None = None
    standardisation: str | None = None
    choices: str | None = None
    not_filled: str | None = None

    @property
    def has_gemeenten(self) -> bool:
        """Whether the indicator exists for gemeenten."""
        return AreaLevel.GEMEENTE in self.levels


class Retired(NamedTuple):
    """An indicator that the kernset no longer has; its figures until the last period stay."""

    indicator: Indicator
    last_period_code: str
    successor_code: str | None
    reason: str


class GroupFigure(NamedTuple):
    """The figure of one group by age, by sex, or by both; `totaal` stands where a group has all of one."""

    age_group: str
    sex: str
    figure: Figure


class AreaName(NamedTuple):
    """An area and the region it lies in."""

    code: str
    name: str
    region_code: str | None


Record = TypeVar("Record", Figure, Spread, Cause, PathState, PublicationFacts)


def records(kind: type[Record], frame: pd.DataFrame) -> tuple[Record, ...]:
    """Turn the rows of a query into records; columns that the record does not have are left out.

    Raises:
        KeyError: the query lacks a column of the record.
    """
    names = [field.name for field in fields(kind)]
    return tuple(kind(**{name: row[name] for name in names}) for row in plain_rows(frame))


def plain_rows(frame: pd.DataFrame) -> Iterator[Mapping[Hashable, Any]]:
    """The rows with Python values, where every kind of missing value has become None."""
    for row in frame.to_dict("records"):
        yield {name: None if pd.isna(value) else value for name, value in row.items()}
