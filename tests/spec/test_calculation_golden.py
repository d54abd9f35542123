"""The definitions on real Vektis figures reproduce the golden figures of 31 regions to the printed digits.

The files are read here in the plainest way; the real reader (`expectations/open_data`) and the SQL have their tests.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from indicators.areas import area_register
from indicators.calculation import Cell, Counts, estimate
from indicators.definitions import current_definition
from indicators.reference_tables import vektis_gemeente_codes

GGZ = ("kosten_consulten_ggz", "kosten_intramuraal_verblijf_ggz", "kosten_overige_prestaties_ggz")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "vektis.verzekerdejaren": ("aantal_verzekerdejaren",),
    "vektis.kosten_elv": ("kosten_eerstelijnsverblijf",),
    "vektis.kosten_ggz": GGZ,
    "vektis.kosten_ggz_klinisch": GGZ[1:2],
}


class Line(NamedTuple):
    """One gemeente x age x sex of a file, with its region in the reporting indeling."""

    region_code: str
    stratum: tuple[str, str]
    amounts: Mapping[str, float]


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="ascii", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            if row["gemeentenaam"].strip():
                region = area_register().region_of(vektis_gemeente_codes()[row["gemeentenaam"]], date(2023, 1, 1))
                yield Line(region or "", (row["leeftijdsklasse"], row["geslacht"]), _amounts(row))


def _amounts(row: Mapping[str, str]) -> Mapping[str, float]:
    total = sum(float(cell) for name, cell in row.items() if name.startswith("kosten_"))
    named = {measure: sum(float(row[column]) for column in columns) for measure, columns in COLUMNS.items()}
    return named | {"vektis.kosten_totaal": total}


class Golden(NamedTuple):
    """A file by region, and what the golden file says of its year."""

    by_region: Mapping[str, list[Line]]
    country: Mapping[tuple[str, str], Mapping[str, float]]
    expected: Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module", params=[2022, 2023])
def golden(request: pytest.FixtureRequest, shared: Path) -> Golden:
    lines = sorted(
        _lines(shared / f"data/vektis/vektis_{request.param}_gemeente.csv"), key=lambda line: line.region_code
    )
    country: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in lines:
        for measure, amount in line.amounts.items():
            country[line.stratum][measure] += amount
    with (shared / "data/vektis/vektis_zorgkantoorregio_2022_2023.csv").open(encoding="utf-8") as handle:
        expected = {row["zk_code"]: row for row in csv.DictReader(handle) if row["jaar"] == str(request.param)}
    by_region = {code: list(group) for code, group in groupby(lines, key=lambda line: line.region_code)}
    return Golden(by_region, country, expected)


def _value(golden: Golden, region_code: str, indicator_code: str) -> float:
    definition = current_definition(indicator_code)
    (numerator,), (denominator,) = definition.calculation.numerator, definition.calculation.denominator
    cells = [
        Cell(
            Counts(line.amounts[numerator], line.amounts[denominator]),
            reference=Counts(golden.country[line.stratum][numerator], golden.country[line.stratum][denominator]),
        )
        for line in golden.by_region[region_code]
    ]
    return estimate(definition.calculation, cells, multiplier=definition.multiplier).value


def test_every_region_to_the_printed_digits(golden: Golden) -> None:
    assert set(golden.by_region) == set(golden.expected)
    assert len(golden.expected) == 31
    for region_code, row in golden.expected.items():
        clinical_share = 100 * float(row["kosten_ggz_klinisch"]) / float(row["kosten_ggz"])
        assert round(_value(golden, region_code, "KOS01"), 4) == float(row["scr_totaal"]), region_code
        assert round(_value(golden, region_code, "KOS04"), 2) == float(row["kosten_elv_per_vj"]), region_code
        assert _value(golden, region_code, "GGZ04") == pytest.approx(clinical_share, rel=1e-9), region_code
