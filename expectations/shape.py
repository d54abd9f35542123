"""The shape of a row: which columns it has and what each may hold, as one pydantic model.

A column is validated once per distinct text, because a million rows hold few distinct ones. What depends on more
than one cell, or on a code list, is for the suite in `suites/delivery.json`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar

import pyarrow as pa  # type: ignore[import-untyped]
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from expectations import cells
from expectations.columns import Column
from expectations.distinct import Distinct, Flags
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


@dataclass(frozen=True)
class ShapedColumn:
    """One column after reading; `texts` and `values` share their codes, a value is None where it could not be read."""

    texts: Distinct[str]
    values: Distinct[Any]
    broken: Mapping[int, tuple[Rule, Mapping[str, str]]]
    """By number of the text: the rule that it breaks, and the words of its message."""
    normalised: frozenset[int]
    """The numbers of the texts that stand otherwise in the file than they are spelled; empty cells aside."""

    @property
    def is_filled(self) -> Flags:
        """Per row whether its cell holds anything."""
        return self.texts.flags(lambda text: bool(text.strip()))


def shape_columns(table: pa.Table) -> dict[Column, ShapedColumn]:
    """Read every column of a table of text cells, by the row model.

    Args:
        table: a dictionary column per `Column`.
    """
    return {column: _shape(table.column(column.value), _adapters()[column]) for column in Column}


def _shape(texts: pa.ChunkedArray, adapter: TypeAdapter[Any]) -> ShapedColumn:
    one = texts.combine_chunks()
    codes, distinct = one.indices.to_numpy(zero_copy_only=False), one.dictionary.to_pylist()
    values: list[Any] = []
    broken: dict[int, tuple[Rule, Mapping[str, str]]] = {}
    for number, text in enumerate(distinct):
        try:
            values.append(adapter.validate_python(text))
        except ValidationError as error:
            first = error.errors()[0]
            broken[number] = (Rule(first["type"]), first.get("ctx", {}))
            values.append(None)
    normalised = frozenset(
        number
        for number, text in enumerate(distinct)
        if text and number not in broken and cells.spell(values[number]) != text
    )
    return ShapedColumn(Distinct(codes, distinct), Distinct(codes, values), broken, normalised)


@cache
def _adapters() -> Mapping[Column, TypeAdapter[Any]]:
    fields = DeliveryRow.model_fields.values()
    return {
        Column(str(field.alias)): TypeAdapter[Any](Annotated[field.annotation, *field.metadata])  # type: ignore[arg-type]
        for field in fields
    }
