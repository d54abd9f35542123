"""The shape of a row: which columns it has and what each may hold, as one pydantic model.

A column is validated once per distinct text, because a million rows hold few distinct ones. What depends on more
than one cell, or on a code list, is for the suite in `suites/delivery.json`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from expectations import cells
from expectations.columns import Column
from expectations.numbers import Number, UnreadableCellError
from expectations.rules import Rule
from indicators.periods import Period
from indicators.strata import Sex

_Value = TypeVar("_Value")


def _reads(reader: Callable[[str], _Value]) -> BeforeValidator:
    """A reader as a pydantic validator; the code of the broken rule becomes the type of the error."""

    def validate(text: str) -> _Value:
        try:
            return reader(text)
        except UnreadableCellError as error:
            raise PydanticCustomError(error.rule.value, "unreadable", dict(error.details)) from error

    return BeforeValidator(validate)


class DeliveryRow(BaseModel):
    """One row of a delivery; an absent optional column is an empty cell."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True, extra="forbid")

    indicator_code: Annotated[str, _reads(cells.read_indicator)] = Field(alias=Column.INDICATOR)
    period: Annotated[Period, _reads(cells.read_period_cell)] = Field(alias=Column.PERIOD)
    area_code: Annotated[str, _reads(cells.read_area_code)] = Field(alias=Column.AREA_CODE)
    area_name: Annotated[str, _reads(cells.tidy_text)] = Field(alias=Column.AREA_NAME)
    age_band: Annotated[str, _reads(cells.read_age_band)] = Field(alias=Column.AGE_BAND)
    sex: Annotated[Sex, _reads(cells.read_sex)] = Field(alias=Column.SEX)
    numerator: Annotated[Number, _reads(cells.read_numerator)] = Field(alias=Column.NUMERATOR)
    denominator: Annotated[Number | None, _reads(cells.read_optional_count)] = Field(alias=Column.DENOMINATOR)
    value: Annotated[Number | None, _reads(cells.read_optional_value)] = Field(alias=Column.VALUE)
    status: Annotated[str, _reads(cells.read_status)] = Field(alias=Column.STATUS)
    note: Annotated[str, _reads(str)] = Field(alias=Column.NOTE)


class ShapedColumn(NamedTuple):
    """One column after reading: per row the number of its distinct text, per distinct text what it says."""

    codes: np.ndarray[Any, np.dtype[np.int64]]
    texts: tuple[str, ...]
    values: tuple[Any, ...]
    broken: Mapping[int, tuple[Rule, Mapping[str, str]]]
    """By number of the text: the rule that it breaks, and the words of its message."""
    normalised: tuple[int, ...]
    """The numbers of the texts that stand otherwise in the file than they are spelled; empty cells aside."""

    def take(self, pick: Callable[[Any], Any]) -> pd.Series:
        """Per row what `pick` makes of the value; null where the text could not be read."""
        picked = pd.Series([None if value is None else pick(value) for value in self.values], dtype=object)
        return picked.take(self.codes).reset_index(drop=True)

    def rows_with(self, number: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The positions of the rows that have this text."""
        return np.flatnonzero(self.codes == number)


def shape_columns(texts: pd.DataFrame) -> dict[Column, ShapedColumn]:
    """Read every column of a frame of text cells, by the row model."""
    return {column: _shape(texts[column], _adapters()[column]) for column in Column}


def _shape(texts: "pd.Series[str]", adapter: TypeAdapter[Any]) -> ShapedColumn:
    codes, distinct = pd.factorize(texts)
    values: list[Any] = []
    broken: dict[int, tuple[Rule, Mapping[str, str]]] = {}
    for number, text in enumerate(distinct):
        try:
            values.append(adapter.validate_python(text))
        except ValidationError as error:
            first = error.errors()[0]
            broken[number] = (Rule(first["type"]), first.get("ctx", {}))
            values.append(None)
    other = (number for number, text in enumerate(distinct) if text and cells.spell(values[number]) != text)
    normalised = tuple(number for number in other if number not in broken)
    return ShapedColumn(codes, tuple(distinct), tuple(values), broken, normalised)


@cache
def _adapters() -> Mapping[Column, TypeAdapter[Any]]:
    fields = DeliveryRow.model_fields.values()
    return {
        Column(str(field.alias)): TypeAdapter[Any](Annotated[field.annotation, *field.metadata])  # type: ignore[arg-type]
        for field in fields
    }
