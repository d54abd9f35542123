"""What a CSV file of open data must look like before it is read, and every way in which it does not.

Belongs here: the form of such a contract (`vektis.yaml`, `population.yaml`) and comparing a header with it. A file that
differs is refused with all differences at once; what is not written in the contract is not guessed.
Does not belong here: reading cells (`table.py`) and the quirks of one source.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal

from pydantic import model_validator

from indicators.periods import Period
from indicators.yaml_models import StrictModel, read_model

Encoding = Literal["ascii", "utf-8", "windows-1252"]


class Layout(StrictModel):
    """The columns of a span of years, as groups of the contract."""

    first_year: int
    last_year: int
    basis: str
    """Where it is known from."""
    required: tuple[str, ...]
    one_of: tuple[str, ...] = ()
    """Of these groups at least one is there, and whole."""
    possible: tuple[str, ...] = ()
    """Columns that are known, but not in which of these years they are."""
    gemeenten_on: tuple[date, ...] = ()
    """The days of whose gemeenten the file gives figures; more than one where the sources disagree."""


class CsvContract(StrictModel):
    """All that reading a file relies on."""

    source: str
    """The name of the source in sentences."""
    dataset: str
    encoding: Encoding
    """The widest character set that may occur; ASCII is part of UTF-8, and both are read."""
    separator: str
    decimal_sign: Literal[".", ","]
    keys: Literal["trimmed"]
    """Blanks around a key say nothing."""
    header: Literal["any_case"]
    header_cut_off_at: int | None = None
    """A header of at least this length may be the beginning of a longer name."""
    missing: Mapping[str, str]
    """What stands for a figure that is not there, and what it means."""
    status: Literal["final", "provisional"]
    break_years: Mapping[str, str] = {}
    groups: Mapping[str, tuple[str, ...]]
    layouts: tuple[Layout, ...]
    measures: Mapping[str, tuple[str, ...]]
    """The columns that are added up to a measure, as far as they are there."""
    total: Mapping[str, tuple[str, ...]] = {}
    """The groups of which every column counts in a measure."""

    @model_validator(mode="after")
    def _names_only_what_it_has(self) -> "CsvContract":
        used = chain.from_iterable((*x.required, *x.one_of, *x.possible) for x in self.layouts)
        unknown = {*used, *chain.from_iterable(self.total.values())} - self.groups.keys()
        unknown |= set(chain.from_iterable(self.measures.values())) - self.columns
        if unknown:
            raise ValueError(f"is in no group: {', '.join(sorted(unknown))}")
        return self

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is known of any year."""
        return frozenset(chain.from_iterable(self.groups.values()))

    def layout(self, year: int) -> Layout | None:
        """The layout of a year, when it is known."""
        return next((x for x in self.layouts if x.first_year <= year <= x.last_year), None)

    def columns_of(self, groups: Iterable[str]) -> list[str]:
        """The columns of groups, each once, in the order of the contract."""
        return list(dict.fromkeys(chain.from_iterable(self.groups[group] for group in groups)))

    def columns_of_measure(self, found: Iterable[str]) -> Mapping[str, list[str]]:
        """Per measure the columns that make it, of those that were found; a measure without columns is left out."""
        there = set(found)
        known = {code: self.columns_of(groups) for code, groups in self.total.items()} | {
            code: list(columns) for code, columns in self.measures.items()
        }
        present = {code: [name for name in columns if name in there] for code, columns in known.items()}
        return {code: columns for code, columns in present.items() if columns}


@cache
def csv_contract(name: str) -> CsvContract:
    """The contract in the file of this name."""
    return read_model(CsvContract, files("expectations.open_data").joinpath(f"{name}.yaml"))


def header_differences(wanted: CsvContract, found: Iterable[str], period: Period) -> Iterator[str]:
    """Every way in which the header is not that of the year, in Dutch; none when the file may be read."""
    layout, names = wanted.layout(period.year), list(found)
    if layout is None:
        known = ", ".join(f"{x.first_year}-{x.last_year}" for x in wanted.layouts)
        yield f"van {period.code} is geen indeling van kolommen bekend (wel van {known})"
        return
    required = wanted.columns_of(layout.required)
    for name in required:
        if name not in names:
            yield f"de kolom '{name}' ontbreekt"
    if layout.one_of and not any(set(wanted.groups[group]) <= set(names) for group in layout.one_of):
        choices = " of ".join(f"({', '.join(wanted.groups[group])})" for group in layout.one_of)
        yield f"geen van deze groepen kolommen is er in haar geheel: {choices}"
    allowed = {*required, *wanted.columns_of((*layout.one_of, *layout.possible))}
    for name in sorted(set(names) - allowed):
        place = "hoort niet in dit jaar" if name in wanted.columns else "is nieuw"
        yield f"de kolom '{name}' {place}"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"de kolom '{name}' staat er meer dan één keer in"
