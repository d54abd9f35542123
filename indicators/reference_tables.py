"""Reference tables: the facts in `reference/*.csv`, read once, as small frozen rows.

Belongs here: how a table is read and what one row is. Sources, licences and dates: `reference/README.md`.
Does not belong here: areas with their validity and herindelingen (`areas.py`), and any calculation.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import NamedTuple

POPULATION_AGE_GROUPS: tuple[str, ...] = ("0-4", "5-9", "10-14", "15-19", "20-24", "25-44", "45-64", "65-79", "80+")
"""The nine age groups in which CBS table 70072ned gives the population, youngest first."""


class GemeentePopulation(NamedTuple):
    """Inhabitants of one gemeente on 1-1-2019; `by_age` follows `POPULATION_AGE_GROUPS`."""

    gemeente_code: str
    total: int
    men: int
    women: int
    by_age: tuple[int, ...]


class PoissonLimit(NamedTuple):
    """Exact limits of the expected number, given 0 to 9 observed events."""

    events: int
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


class StudentQuantile(NamedTuple):
    """The t that multiplies the standard error, at 95 % and 99.8 %."""

    degrees_of_freedom: int
    t_95: float
    t_998: float


def reference_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `reference/<name>.csv` as text."""
    return rows_of(files("indicators").joinpath("reference", f"{name}.csv"))


def rows_of(file: Traversable) -> Iterator[dict[str, str]]:
    """The rows of a reference file as text."""
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


@cache
def population_2019() -> tuple[GemeentePopulation, ...]:
    """CBS population of the 355 gemeenten of 2019, ordered by code."""
    return tuple(_population(row) for row in reference_rows("population_2019"))


@cache
def vektis_gemeente_codes() -> Mapping[str, str]:
    """Gemeente code by the name that Vektis writes (upper case, no accents)."""
    return MappingProxyType({row["name"]: row["gemeente_code"] for row in reference_rows("gemeente_name_vektis")})


@cache
def standard_population() -> Mapping[str, int]:
    """European Standard Population 2013: weight by five-year age band, the same for men and women."""
    return MappingProxyType({row["age_band"]: int(row["weight"]) for row in reference_rows("standard_population")})


@cache
def poisson_limits() -> tuple[PoissonLimit, ...]:
    """Exact limits for 0..9 events; the position in the tuple is the number of events."""
    fields = PoissonLimit._fields[1:]
    return tuple(
        PoissonLimit(int(row["events"]), *(float(row[field]) for field in fields))
        for row in reference_rows("poisson_limit")
    )


@cache
def student_quantiles() -> tuple[StudentQuantile, ...]:
    """Student's t for 1..200 degrees of freedom, for SQL; beyond that `quantiles.student_t_expansion`."""
    return tuple(
        StudentQuantile(int(row["degrees_of_freedom"]), float(row["t_95"]), float(row["t_998"]))
        for row in reference_rows("student_t")
    )


def _population(row: Mapping[str, str]) -> GemeentePopulation:
    code, total, men, women, *by_age = row.values()
    return GemeentePopulation(code, int(total), int(men), int(women), tuple(int(count) for count in by_age))
