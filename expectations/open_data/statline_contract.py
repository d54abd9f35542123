"""What a table of StatLine must look like before its figures are read: the form of `statline_<table>.yaml`.

A new table is a contract, its name in `TABLES`, and its dataset in `OpenDataSource`. Does not belong here: comparing a
table with its contract (`statline_differences.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import pandas as pd

from expectations.open_data.statline_document import Protocol
from expectations.open_data.statline_table import TIME
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.yaml_models import StrictModel, read_model


class Figures(StrEnum):
    """What the figures of a table are, which says which numbers are possible."""

    COUNTS = "counts"
    PERCENTAGES = "percentages"

    @property
    def words(self) -> str:
        """One such figure, in Dutch."""
        return "aantal personen" if self is Figures.COUNTS else "percentage"

    def is_possible(self, values: "pd.Series[float]") -> "pd.Series[bool]":
        """Which numbers can be such a figure."""
        if self is Figures.COUNTS:
            return (values >= 0) & (values % 1 == 0)
        return (values >= 0) & (values <= 100)


class MeasureContract(StrictModel):
    """A thing that the table counts, under its code in the versions of the protocol in which the table is known.

    `title` and `unit` are compared where they are given. A code of version 3 holds its title and place in the table
    (`Overgewicht_9`), so it alone shows a measure that was renamed or moved.
    """

    v4: str | None = None
    v3: str
    title: str | None = None
    unit: str | None = None
    fills: str | None = None
    """The measure of the catalogue that it becomes; null: known and left."""

    def code(self, protocol: Protocol) -> str | None:
        """Its code in a version of the protocol."""
        return self.v4 if protocol is Protocol.V4 else self.v3


class DimensionContract(StrictModel):
    """A dimension; `only_these`: a code that is not listed is a difference. No codes: any code will do."""

    kind: str
    title: str | None = None
    """Its column in a CSV that was downloaded by hand; null: such a CSV is not read."""
    or_kind: str | None = None
    """Another kind that it may have, where the sources do not say which."""
    only_these: bool = False
    codes: Mapping[str, str] = {}


class CsvForm(StrictModel):
    """The form of a CSV that was downloaded by hand: titles instead of codes, one column per dimension."""

    separator: str
    decimal_sign: str
    source_line: str
    """How the last line begins, which is no row."""
    not_gemeenten: tuple[str, ...]
    """Ends of the titles of other regions, which are left."""
    title_suffix: str
    """What is put behind the name of a gemeente that another region has too."""
    missing: Mapping[str, str]
    """The `ValueAttribute` that a cell without a number stands for."""
    statuses: Mapping[str, str]
    """The status by the sign behind the title of a period."""


class Denominator(StrictModel):
    """The inhabitants whose share the percentages are, from the table of population."""

    table: str
    selection: Mapping[str, str]
    """What is asked of that table beside what its own contract selects."""
    from_age: int
    fills: str


class Contract(StrictModel):
    """All that reading a table relies on."""

    table: str
    title: str
    owner: str
    addresses: Mapping[Protocol, str]
    """Where the table is, per version of the protocol; the first is the one that is asked."""
    dataset: str
    """The dataset of the catalogue that it fills."""
    first_year: int
    """The earliest year that can be placed in the geography known here."""
    geography: str
    """In which indeling the figures of a year are."""
    figures: Figures
    measures: tuple[MeasureContract, ...]
    denominator: Denominator | None = None
    dimensions: Mapping[str, DimensionContract]
    selection: Mapping[str, str]
    """The one code that is asked of a dimension which is not broken down."""
    region_dimension: str
    region_prefix: str
    without_number: Mapping[str, Literal["unknown", "secret", "absent"]]
    """What each `ValueAttribute` without a number means: unknown, secret, or absent (the cell cannot exist)."""
    csv: CsvForm | None = None
    statuses: Mapping[str, Literal["final", "provisional"]]
    """Which status of a period is provisional and which final."""
    break_years: Mapping[str, str] = {}
    """Years in which the series breaks, and why."""

    @property
    def time_dimension(self) -> str:
        """The dimension of the periods."""
        return next(name for name, dimension in self.dimensions.items() if dimension.kind == TIME)

    @property
    def protocol(self) -> Protocol:
        """The version of the protocol that is spoken unless another is named."""
        return next(iter(self.addresses))

    @property
    def keys(self) -> list[str]:
        """The dimensions in which one figure differs from another."""
        return [name for name in self.dimensions if name not in self.selection and name != self.time_dimension]

    def filled(self, protocol: Protocol) -> Mapping[str, str]:
        """The measure of the catalogue by the code of the table, for what is read."""
        pairs = {measure.code(protocol): measure.fills for measure in self.measures}
        return {code: fills for code, fills in pairs.items() if code is not None and fills is not None}


TABLES: Final = ("03759ned", "50120NED")


@cache
def contract(table: str) -> Contract:
    """The contract of a table.

    Raises:
        UnknownCodeError: there is none.
    """
    if table not in TABLES:
        raise UnknownCodeError(
            f"Van tabel '{table}' is geen afspraak bekend. Kies uit {', '.join(TABLES)}; let op de hoofdletters."
        )
    return read_model(Contract, files("expectations.open_data").joinpath(f"statline_{table}.yaml"))


def table_of(dataset: str) -> str:
    """The table that fills a dataset."""
    return next(table for table in TABLES if contract(table).dataset == dataset)


def period_code(period: Period) -> str:
    """How StatLine writes a year."""
    return f"{period.year}JJ00"
