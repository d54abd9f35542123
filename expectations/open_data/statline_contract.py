"""What a table of StatLine must look like before its figures are read, and every way in which it does not.

Belongs here: the form of a contract (`statline_<table>.yaml`) and comparing a table with it. A table that differs is
refused with all differences at once; whether the meaning stayed the same is for a person to judge.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from expectations.open_data.statline_document import Protocol
from expectations.open_data.statline_table import TIME, TableDescription
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.yaml_models import StrictModel, read_model


class MeasureContract(StrictModel):
    """A measure under its code in both versions of the protocol."""

    v4: str
    v3: str
    title: str
    unit: str

    def code(self, protocol: Protocol) -> str:
        """Its code in a version of the protocol."""
        return self.v4 if protocol is Protocol.V4 else self.v3


class DimensionContract(StrictModel):
    """A dimension; `only_these`: a code that is not listed is a difference. No codes: any code will do."""

    kind: str
    only_these: bool = False
    codes: Mapping[str, str] = {}


class Contract(StrictModel):
    """All that reading a table relies on."""

    table: str
    title: str
    dataset: str
    """The dataset of the catalogue that it fills."""
    first_year: int
    """The earliest year that can be placed in the geography known here."""
    geography: str
    """In which indeling the figures of a year are."""
    measures: tuple[MeasureContract, ...]
    """The first is the one that is read; the others are known and left."""
    dimensions: Mapping[str, DimensionContract]
    selection: Mapping[str, str]
    """The one code that is asked of a dimension which is not broken down."""
    region_dimension: str
    region_prefix: str
    without_number: Mapping[str, Literal["unknown", "secret", "absent"]]
    """What each `ValueAttribute` without a number means: unknown, secret, or absent (the cell cannot exist)."""
    statuses: Mapping[str, Literal["final", "provisional"]]
    """Which status of a period is provisional and which final."""
    break_years: Mapping[str, str] = {}
    """Years in which the series breaks, and why."""

    @property
    def time_dimension(self) -> str:
        """The dimension of the periods."""
        return next(name for name, dimension in self.dimensions.items() if dimension.kind == TIME)

    def measure(self, protocol: Protocol) -> str:
        """The code of the measure that is read."""
        return self.measures[0].code(protocol)


TABLES: Final = ("03759ned",)


@cache
def contract(table: str) -> Contract:
    """The contract of a table.

    Raises:
        UnknownCodeError: there is none.
    """
    if table not in TABLES:
        raise UnknownCodeError(
            f"Van tabel '{table}' is geen afspraak bekend. Kies uit {', '.join(TABLES)}; let op kleine letters."
        )
    return read_model(Contract, files("expectations.open_data").joinpath(f"statline_{table}.yaml"))


def period_code(period: Period) -> str:
    """How StatLine writes a year."""
    return f"{period.year}JJ00"


def differences(wanted: Contract, found: TableDescription, protocol: Protocol, period: Period) -> list[str]:
    """Every way in which a table is not as its contract says, in Dutch; none when it may be read."""
    return [
        *_dimension_differences(wanted, found),
        *_measure_differences(wanted, found, protocol),
        *(
            difference
            for name, dimension in wanted.dimensions.items()
            if name in found.codes
            for difference in _code_differences(name, dimension, found.codes[name])
        ),
        *_period_differences(wanted, found, period),
    ]


def _dimension_differences(wanted: Contract, found: TableDescription) -> Iterator[str]:
    for name in sorted(wanted.dimensions.keys() - found.dimensions.keys()):
        yield f"de dimensie {name} ontbreekt"
    for name in sorted(found.dimensions.keys() - wanted.dimensions.keys()):
        yield f"de dimensie {name} is nieuw"
    for name, dimension in wanted.dimensions.items():
        kind = found.dimensions.get(name, dimension.kind)
        if kind != dimension.kind:
            yield f"de dimensie {name} is van de soort '{kind}' in plaats van '{dimension.kind}'"


def _measure_differences(wanted: Contract, found: TableDescription, protocol: Protocol) -> Iterator[str]:
    known = {measure.code(protocol): measure for measure in wanted.measures}
    for code, measure in known.items():
        if code not in found.measures:
            yield f"het onderwerp {code} ({measure.title}) ontbreekt"
            continue
        yield from _renamed(f"het onderwerp {code}", measure.title, found.measures[code].title)
        if found.measures[code].unit != measure.unit:
            yield f"het onderwerp {code} is in '{found.measures[code].unit}' in plaats van '{measure.unit}'"
    for code in sorted(found.measures.keys() - known.keys()):
        yield f"het onderwerp {code} ({found.measures[code].title}) is nieuw"


def _code_differences(name: str, wanted: DimensionContract, found: Mapping[str, str]) -> Iterator[str]:
    for code, title in wanted.codes.items():
        if code not in found:
            yield f"bij {name} ontbreekt de code {code} ({title})"
        else:
            yield from _renamed(f"bij {name} de code {code}", title, found[code])
    if wanted.only_these:
        for code in sorted(found.keys() - wanted.codes.keys()):
            yield f"bij {name} is de code {code} ({found[code]}) nieuw"


def _period_differences(wanted: Contract, found: TableDescription, period: Period) -> Iterator[str]:
    code = period_code(period)
    if period.year < wanted.first_year:
        yield f"de gemeenten van voor {wanted.first_year} zijn hier niet bekend, dus {period.code} kan niet"
    if wanted.time_dimension not in found.codes:
        return
    if code not in found.status:
        newest = max(found.status, default="geen enkele")
        yield f"de periode {code} staat er niet in; de nieuwste is {newest}"
    elif found.status[code] not in wanted.statuses:
        yield f"de periode {code} heeft de onbekende status '{found.status[code]}'"


def _renamed(what: str, wanted: str, found: str) -> Iterator[str]:
    if wanted != found:
        yield f"{what} heet '{found}' in plaats van '{wanted}'"
