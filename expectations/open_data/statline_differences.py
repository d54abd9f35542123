"""Every way in which a table of StatLine is not as its contract says.

A table that differs is refused with all differences at once; whether the meaning stayed the same is for a person to
judge. Does not belong here: the form of a contract (`statline_contract.py`).
"""

from collections.abc import Iterator, Mapping

from expectations.open_data.statline_contract import Contract, DimensionContract, period_code
from expectations.open_data.statline_document import Protocol
from expectations.open_data.statline_table import TableDescription
from indicators.periods import Period


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
        if kind not in (dimension.kind, dimension.or_kind):
            yield f"de dimensie {name} is van de soort '{kind}' in plaats van '{dimension.kind}'"


def _measure_differences(wanted: Contract, found: TableDescription, protocol: Protocol) -> Iterator[str]:
    known = {code: measure for measure in wanted.measures if (code := measure.code(protocol)) is not None}
    for code, measure in known.items():
        name = f"het onderwerp {code}" + (f" ({measure.title})" if measure.title else "")
        if code not in found.measures:
            yield f"{name} ontbreekt"
            continue
        if measure.title is not None:
            yield from _renamed(f"het onderwerp {code}", measure.title, found.measures[code].title)
        if measure.unit is not None and found.measures[code].unit != measure.unit:
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
