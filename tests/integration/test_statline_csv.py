"""Population from a CSV that was downloaded by hand from StatLine: the same rows as from OData, or every difference."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from expectations.findings import Outcome
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_contract import contract
from expectations.open_data.statline_csv import is_statline_csv
from expectations.open_data.statline_population import read_statline_population
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period
from register.open_data import OpenDataSource, read_open_data
from tests.support_odata import TABLE, population_world

YEAR = Period.parse("2024")
HEADER = ["Geslacht", "Leeftijd", "Burgerlijke staat", "Perioden", "Regio's", "Bevolking op 1 januari (aantal)"]
SAME_NAME = ("Groningen", "Utrecht", "'s-Gravenhage")
Rows = list[list[str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The table of the local server as somebody downloads it: titles, other regions and an ended gemeente too."""
    observations = population_world().parts[f"v4/{TABLE}/Observations"]
    assert isinstance(observations, list)
    agreed = contract(TABLE)
    names = {area.code: area.name for area in area_register().existing(AreaLevel.GEMEENTE, YEAR.start)}
    names = {code: f"{name} (gemeente)" if name in SAME_NAME else name for code, name in names.items()}
    names |= {"NL01": "Nederland", "GM9999": "Ambt Delden"}
    titles = {name: agreed.dimensions[name].codes for name in ("Geslacht", "Leeftijd", "BurgerlijkeStaat")}
    made = [
        [
            titles["Geslacht"][record["Geslacht"].strip()],
            titles["Leeftijd"][record["Leeftijd"]],
            titles["BurgerlijkeStaat"][record["BurgerlijkeStaat"]],
            "2024",
            names[record["RegioS"].strip()],
            "" if record["Value"] is None else str(record["Value"]),
        ]
        for record in observations
    ]
    return [*made, ["Mannen", "Totaal", "Totaal burgerlijke staat", "2024", "Utrecht (PV)", "680000"]]


def written(rows: Rows, header: list[str] = HEADER, encoding: str = "utf-8-sig") -> bytes:
    lines = [";".join(f'"{cell}"' for cell in row) for row in [header, *rows]]
    return "\r\n".join([*lines, '"Bron: CBS"', ""]).encode(encoding)


def read(content: bytes) -> OpenDataFile:
    return read_statline_population(content, period=YEAR)


def told(content: bytes) -> list[str]:
    file = read(content)
    assert file.outcome is Outcome.REJECTED
    assert file.canonical.empty
    return [finding.message for finding in file.findings]


@pytest.fixture(scope="module")
def plain(rows: Rows) -> OpenDataFile:
    return read(written(rows))


@pytest.fixture
def few(rows: Rows) -> Rows:
    """The records of one gemeente: enough to see what is wrong with a record."""
    return [list(row) for row in rows if row[4] == "Amsterdam"]


def test_a_csv_gives_the_rows_of_the_answers_of_odata(rows: Rows, plain: OpenDataFile) -> None:
    assert plain.outcome is Outcome.ACCEPTED
    assert len(plain.canonical) == 342 * 38
    totals = [row for row in rows if row[:2] == ["Totaal mannen en vrouwen", "Totaal"] and row[4] != "Nederland"]
    assert plain.canonical["amount"].sum() == sum(int(row[5]) for row in totals if row[5])
    assert not plain.canonical["is_provisional"].any()


def test_columns_may_stand_in_another_order_and_set_and_a_star_is_provisional(rows: Rows, plain: OpenDataFile) -> None:
    other = [[row[4], f"{row[3]}*", *row[:3], row[5], "1234,5"] for row in rows]
    header = ["Regio's", "Perioden", *HEADER[:3], HEADER[5], "Gemiddelde bevolking  (aantal)"]
    content = written(other, header, "iso-8859-1")
    assert is_statline_csv(content, TABLE)
    file = read_open_data(OpenDataSource.POPULATION, content, YEAR)
    assert file.outcome is Outcome.ACCEPTED
    assert file.canonical["is_provisional"].all()
    final, provisional = (frame.canonical.drop(columns="is_provisional") for frame in (plain, file))
    pd.testing.assert_frame_equal(final, provisional)


def test_every_difference_is_told_at_once(few: Rows) -> None:
    header = ["Geslacht", "Leeftijd in jaren", *HEADER[2:]]
    other = [["Man" if row[0] == "Mannen" else row[0], *row[1:]] for row in few]
    messages = [message.partition("afgesproken: ")[2] for message in told(written(other, header))]
    assert messages == [
        "de dimensie Leeftijd ontbreekt.",
        "het onderwerp Leeftijd in jaren (Leeftijd in jaren) is nieuw.",
        "bij Geslacht ontbreekt de code 3000 (Mannen).",
        "bij Geslacht is de code Man (Man) nieuw.",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[0].__setitem__(5, "1.234"), "(1.234); dat is geen aantal personen"),
        (lambda rows: rows[0].__setitem__(5, "12,5"), "dat is geen aantal personen"),
        (lambda rows: rows[0].__setitem__(4, "Nergenshuizen"), "Nergenshuizen heeft cijfers"),
        (lambda rows: rows[0].__setitem__(3, "2023"), "maar gevraagd is '2024JJ00'"),
        (lambda rows: rows.append(rows[0]), "eerdere rij"),
        (lambda rows: rows.append(["Mannen"]), "1 cellen in plaats van 6"),
    ],
)
def test_a_wrong_record_is_told(few: Rows, change: Callable[[Rows], object], words: str) -> None:
    change(few)
    assert any(words in message for message in told(written(few)))


def test_what_is_no_such_csv_is_not_taken_for_one() -> None:
    assert not is_statline_csv(b"jaar;gebiedscode;leeftijd;geslacht;inwoners\n", TABLE)
    assert not is_statline_csv(b"", TABLE)
    assert not is_statline_csv(written([]), "50120NED")


def test_a_real_download_has_these_quirks(shared: Path) -> None:
    """The table at hand is another one: its names, empty rows, decimal comma, letters and last line are StatLine's."""
    text = (shared / "data" / "cbs" / "Regionale_kerncijfers_Nederland_2019.csv").read_bytes().decode("iso-8859-1")
    form = contract(TABLE).csv
    assert form
    header, *lines, last = [line.split(form.separator) for line in text.splitlines()]
    assert last[0].startswith(form.source_line)
    cells = pd.DataFrame(lines, columns=header).set_index("Naam")
    there = cells[(cells != "").all(axis=1)]
    assert (cells.drop(there.index) == "").all(axis=None)
    names = {area.name for area in area_register().existing(AreaLevel.GEMEENTE, Period.parse("2019").start)}
    assert {name.removesuffix(form.title_suffix) for name in there.index} == names
    assert there["Totale oppervlakte km2"].str.contains(form.decimal_sign, regex=False).any()
    persons = there.drop(columns=["Totale oppervlakte km2", "Land oppervlakte km2"]).astype(int)
    assert (persons["Mannen"] + persons["Vrouwen"] == persons["Totale bevolking"]).all()
    assert (persons.iloc[:, 3:].sum(axis=1) == persons["Totale bevolking"]).all()
    assert persons["Totale bevolking"].sum() == 17_282_163
