"""Open data that is not as it should be: a finding that names the place; and years of which no file is at hand."""

import pytest

from expectations.findings import Outcome
from expectations.open_data.csv_contract import csv_contract
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.population import read_population
from expectations.open_data.vektis import INSURED_YEARS, read_vektis
from indicators.areas import AreaLevel, area_register
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.reference_tables import vektis_gemeente_codes
from indicators.strata import Stratum

CONTRACT = csv_contract("vektis")
POPULATION = "jaar;gebiedscode;leeftijd;geslacht;inwoners\n2024;GM0080;65-69;M;3500\n2024;GM0080;65-69;V;3600\n"


ROW = "M;65 t/m 69 jaar;S GRAVENHAGE"


def columns_of(year: int) -> list[str]:
    """The columns that a file of a year must have."""
    layout = CONTRACT.layout(year)
    assert layout
    return CONTRACT.columns_of([*layout.required, *layout.one_of[:1]])


def gemeenten_of(year: int) -> list[str]:
    """The names of the gemeenten in a file of a year, as Vektis writes them."""
    layout = CONTRACT.layout(year)
    assert layout
    existing = {area.code for area in area_register().existing(AreaLevel.GEMEENTE, layout.gemeenten_on[0])}
    return sorted({code: name for name, code in vektis_gemeente_codes().items() if code in existing}.values())


def vektis(year: int, *rows: str, columns: list[str] | None = None, gone: str = "") -> OpenDataFile:
    """A file of a year with the rows (`geslacht;leeftijd;gemeente`), then one of every gemeente; 100 in every cell."""
    columns = columns or columns_of(year)
    keys = [*rows, *(f"V; 0 t/m  4 jaar;{name}" for name in gemeenten_of(year) if name != gone)]
    lines = [";".join(columns), *(";".join([key, *["100"] * (len(columns) - 3)]) for key in keys)]
    return read_vektis("\n".join(lines).encode("ascii"), period=Period.parse(str(year)))


def amounts(file: OpenDataFile, row: int) -> dict[str, float]:
    """The measures of one row of the file."""
    codes = {measure.key: measure.code.removeprefix("vektis.") for measure in catalogue().measures.values()}
    of_row = file.canonical[file.canonical["source_row"] == row]
    return dict(zip(of_row["measure_key"].map(codes), of_row["amount"], strict=True))


@pytest.mark.parametrize("year", range(2011, 2024))
def test_every_year_has_a_layout_and_a_whole_file_of_it_is_read(year: int) -> None:
    file = vektis(year, ROW, "V;90+;UTRECHT", ";;")
    assert file.outcome is Outcome.ACCEPTED
    assert file.canonical["stratum_key"].isin([Stratum.parse("65-69", "M").key, Stratum.parse("90+", "V").key]).any()
    assert {2, 3} <= set(file.canonical["source_row"])
    assert 4 not in set(file.canonical["source_row"])
    assert any("Rij 4 is de restrij" in sentence for sentence in file.normalisations)
    assert any("Reeksbreuk" in sentence for sentence in file.normalisations) == (year in (2014, 2022))
    costs = [name for name in columns_of(year) if name.startswith("kosten_")]
    assert amounts(file, 2)["kosten_totaal"] == 100 * len(costs)


@pytest.mark.parametrize("year", [2010, 2024])
def test_a_year_without_a_layout_is_refused(year: int) -> None:
    columns = columns_of(2023)
    (finding,) = read_vektis(";".join(columns).encode(), period=Period.parse(str(year))).findings
    assert f"van {year} is geen indeling van kolommen bekend" in finding.message


def test_all_ways_in_which_the_header_differs_are_told_at_once() -> None:
    columns = [*columns_of(2022), "kosten_nieuw", "kosten_langdurige_ggz"]
    columns[columns.index("gemeentenaam")] = "gemeente"
    columns.remove("kosten_farmacie")
    file = vektis(2022, columns=columns)
    assert file.outcome is Outcome.REJECTED
    assert file.canonical.empty
    assert [finding.message.partition("afgesproken: ")[2] for finding in file.findings] == [
        "de kolom 'gemeentenaam' ontbreekt.",
        "de kolom 'kosten_farmacie' ontbreekt.",
        "de kolom 'gemeente' is nieuw.",
        "de kolom 'kosten_langdurige_ggz' hoort niet in dit jaar.",
        "de kolom 'kosten_nieuw' is nieuw.",
    ]


def test_a_column_that_comes_twice_and_other_letters_are_refused() -> None:
    columns = [*columns_of(2016), "kosten_overig"]
    content = ";".join(columns).encode() + b"\n\xc9\xc9N"
    told = [finding.message for finding in read_vektis(content, period=Period.parse("2016")).findings]
    assert any("rij 2" in message.lower() for message in told)
    content = ";".join(columns).encode() + b"\n" + ";".join(["\u00c9", *["1"] * (len(columns) - 1)]).encode("cp1252")
    told = [finding.message for finding in read_vektis(content, period=Period.parse("2016")).findings]
    assert any("is geen ascii" in message for message in told)
    assert any("'kosten_overig' staat er meer dan één keer in" in message for message in told)


def test_a_year_of_which_the_ggz_is_not_known_has_one_of_its_two_ways_whole() -> None:
    columns = [name for name in columns_of(2021) if "ggz" not in name]
    assert vektis(2021, columns=[*columns, *CONTRACT.groups["ggz_2022"]]).outcome is Outcome.ACCEPTED
    file = vektis(2021, columns=[*columns, *CONTRACT.groups["ggz_2022"][:2]])
    (finding,) = file.findings
    assert "geen van deze groepen kolommen is er in haar geheel" in finding.message


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


def test_the_gemeenten_must_be_those_of_the_indeling_of_the_year() -> None:
    file = vektis(2023, "M;90+;WEESP", gone="UTRECHT")
    assert [finding.rule for finding in file.findings] == ["open_data.indeling"] * 2
    assert "2023-12-31" in file.findings[0].message
    assert "GM0457 (WEESP) was toen geen gemeente" in file.findings[0].message
    assert "GM0344 (Utrecht) ontbreekt" in file.findings[1].message


def test_a_cell_that_is_no_number_is_named() -> None:
    columns = columns_of(2016)
    content = ";".join(columns) + "\nM;90+;UTRECHT;1;1,5" + ";2.5" * (len(columns) - 5)
    file = read_vektis(content.encode(), period=Period.parse("2016"))
    finding = next(finding for finding in file.findings if finding.rule == "open_data.geen_getal")
    assert (finding.row, finding.column, finding.value) == (2, INSURED_YEARS, "1,5")


def test_an_early_year_has_the_measures_of_its_columns() -> None:
    header = "GESLACHT;LEEFTIJDSKLASSE;GEMEENTENAAM;AANTAL_BSN;AANTAL_VERZEKERDEJAREN;KOSTEN_FARMACIE"
    costs = "KOSTEN_MEDISCH_SPECIALISTISCHE_ZORG;KOSTEN_TWEEDELIJNS_GGZ;KOSTEN_EERSTELIJNS_PSYCHOLOGISCHE_ZORG"
    rows = [f"M; 0 t/m  4 jaar;{name};40;39.5;1;100.10;20.20;-3.30" for name in gemeenten_of(2012)]
    file = read_vektis("\n".join([f"{header};{costs}", *rows]).encode(), period=Period.parse("2012"))
    assert amounts(file, 2) == {
        "verzekerdejaren": 39.5,
        "kosten_totaal": 118.0,
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
        ("inwoners", "aantal", "open_data.wijkt_af"),
    ],
)
def test_a_wrong_population_row_is_named(old: str, new: str, rule: str) -> None:
    file = read_population(POPULATION.replace(old, new).encode(), period=Period.parse("2024"))
    assert file.outcome is Outcome.REJECTED
    assert {finding.rule for finding in file.findings} == {rule}
    assert file.findings[0].row == (None if rule == "open_data.wijkt_af" else 3)
