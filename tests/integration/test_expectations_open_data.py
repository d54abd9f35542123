"""Open data that is not as it should be: a finding that names the place; and years of which no file is at hand."""

import pytest

from expectations.findings import Outcome
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.population import read_population
from expectations.open_data.vektis import INSURED_YEARS, KEYS, read_vektis, vektis_columns
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import Stratum

POPULATION = "jaar;gebiedscode;leeftijd;geslacht;inwoners\n2024;GM0080;65-69;M;3500\n2024;GM0080;65-69;V;3600\n"


def vektis(year: int, *rows: str, without: str = "", extra: str = "") -> OpenDataFile:
    """A small file with the columns of a year; a row is `geslacht;leeftijd;gemeente`, with 100 in every cell."""
    costs = dict.fromkeys(entry.column for entry in vektis_columns() if entry.is_required_in(year))
    columns = [*KEYS, "aantal_bsn", INSURED_YEARS, *costs, *filter(None, [extra])]
    lines = [";".join(name for name in columns if name != without)]
    lines += [";".join([row, *["100"] * (lines[0].count(";") - 2)]) for row in rows]
    return read_vektis("\n".join(lines).encode("ascii"), period=Period.parse(str(year)))


ROW = "M;65 t/m 69 jaar;S GRAVENHAGE"


def test_a_small_file_is_read() -> None:
    file = vektis(2022, ROW, "V;90+;BERGEN NH", ";;")
    assert file.outcome is Outcome.ACCEPTED
    assert set(file.canonical["stratum_key"]) == {Stratum.parse("65-69", "M").key, Stratum.parse("90+", "V").key}
    assert set(file.canonical["source_row"]) == {2, 3}
    assert any("Rij 4 is de restrij" in sentence for sentence in file.normalisations)


@pytest.mark.parametrize("column", [INSURED_YEARS, "gemeentenaam", "kosten_huisarts_mdz", "kosten_farmacie"])
def test_a_missing_column_is_named(column: str) -> None:
    file = vektis(2022, *([] if column == "gemeentenaam" else [ROW]), without=column)
    assert file.outcome is Outcome.REJECTED
    assert f"ontbreekt de kolom '{column}'" in file.findings[0].message
    assert file.findings[0].column == column
    assert file.canonical.empty


@pytest.mark.parametrize(
    ("row", "rule", "value"),
    [
        ("M;65 t/m 69 jaar;NERGENSHUIZEN", "open_data.naam_onbekend", "NERGENSHUIZEN"),
        ("M;65 t/m 70 jaar;UTRECHT", "open_data.sleutel_ongeldig", "65 t/m 70 jaar"),
        ("X;65 t/m 69 jaar;UTRECHT", "open_data.sleutel_ongeldig", "X"),
        ("M;65 t/m 69 jaar;", "open_data.naam_onbekend", ""),
        (ROW, "open_data.dubbel", None),
    ],
)
def test_a_strange_key_is_named_with_its_row(row: str, rule: str, value: str | None) -> None:
    file = vektis(2022, ROW, row)
    (finding,) = file.findings
    assert (finding.row, finding.rule, finding.value) == (3, rule, value)
    assert file.outcome is Outcome.REJECTED


def test_a_cell_that_is_no_number_is_named() -> None:
    content = b"geslacht;leeftijdsklasse;gemeentenaam;aantal_verzekerdejaren;kosten_x\nM;90+;UTRECHT;1,5;2.5\n"
    (finding,) = read_vektis(content, period=Period.parse("2012")).findings
    assert (finding.row, finding.column, finding.value) == (2, INSURED_YEARS, "1,5")


def test_an_unknown_cost_counts_in_the_total_and_is_told() -> None:
    file = vektis(2022, ROW, extra="kosten_nieuw")
    total = file.canonical.set_index("measure_key")["amount"][catalogue().measures["vektis.kosten_totaal"].key]
    known = len({entry.column for entry in vektis_columns() if entry.is_required_in(2022)})
    assert total == 100 * (known + 1)
    assert any("'kosten_nieuw' telt mee" in sentence for sentence in file.normalisations)


def test_an_early_year_has_the_measures_of_its_columns() -> None:
    header = "GESLACHT;LEEFTIJDSKLASSE;GEMEENTENAAM;AANTAL_BSN;AANTAL_VERZEKERDEJAREN"
    costs = "KOSTEN_MEDISCH_SPECIALISTISCHE_ZORG;KOSTEN_TWEEDELIJNS_GGZ;KOSTEN_EERSTELIJNS_PSYCHOLOGISCHE_ZORG"
    content = f"{header};{costs}\nM; 0 t/m  4 jaar;WEESP;40;39.5;100.10;20.20;-3.30\n".encode()
    file = read_vektis(content, period=Period.parse("2012"))
    codes = {measure.key: measure.code.removeprefix("vektis.") for measure in catalogue().measures.values()}
    amounts = file.canonical.assign(measure=file.canonical["measure_key"].map(codes)).set_index("measure")["amount"]
    assert amounts.to_dict() == {
        "verzekerdejaren": 39.5,
        "kosten_totaal": 117.0,
        "kosten_msz": 100.1,
        "kosten_ggz": 16.9,
    }


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b'a;"b', b"zomaar"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    for read in (read_vektis, read_population):
        assert read(content, period=Period.parse("2022")).outcome is Outcome.REJECTED


def test_open_data_is_about_a_year() -> None:
    for read in (read_vektis, read_population):
        with pytest.raises(UnknownCodeError, match="2022Q1"):
            read(b"", period=Period.parse("2022Q1"))


def test_population_is_read() -> None:
    file = read_population(POPULATION.encode(), period=Period.parse("2024"))
    assert file.outcome is Outcome.ACCEPTED
    assert file.canonical["amount"].tolist() == [3500.0, 3600.0]
    assert file.canonical["area_key"].unique().tolist() == [3_000_080]
    assert file.canonical["source_row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("\n2024;GM0080;65-69;V", "\n2023;GM0080;65-69;V", "open_data.jaar"),
        ("GM0080;65-69;V", "GM9999;65-69;V", "open_data.sleutel_ongeldig"),
        ("GM0080;65-69;V", "ZK08;65-69;V", "open_data.sleutel_ongeldig"),
        (";V;", ";M;", "open_data.dubbel"),
        (";3600", ";-1", "open_data.geen_getal"),
        (";3600", ";12.5", "open_data.geen_getal"),
        (";3600", ";veel", "open_data.geen_getal"),
        (";3600", ";1;2", "rij.aantal_velden"),
        ("inwoners", "aantal", "open_data.kolom_ontbreekt"),
    ],
)
def test_a_wrong_population_row_is_named(old: str, new: str, rule: str) -> None:
    file = read_population(POPULATION.replace(old, new).encode(), period=Period.parse("2024"))
    assert file.outcome is Outcome.REJECTED
    assert [finding.rule for finding in file.findings] == [rule]
    assert file.findings[0].row == (None if rule == "open_data.kolom_ontbreekt" else 3)
