"""Population from kept answers of StatLine: the same rows from both protocols, and every difference refused at once."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from expectations.findings import Outcome
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_document import Answer, Protocol, StatlineDocument, pack
from expectations.open_data.statline_population import read_statline_population
from expectations.open_data.statline_table import METADATA, OBSERVATIONS, codes_part
from indicators.areas import area_key
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import AGE_SEX_STRATA, Stratum
from tests.support_odata import TABLE, World, inhabitants, population_world

YEAR = Period.parse("2024")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def world() -> World:
    return population_world()


def document(world: World, protocol: Protocol = Protocol.V4, **changed: Any) -> StatlineDocument:
    """The answers of a world as a download keeps them; `changed` replaces whole parts."""
    way = "v4" if protocol is Protocol.V4 else "feed"
    names = ["BurgerlijkeStaat", "RegioS", "Perioden", "Geslacht", "Leeftijd"]
    parts = [*METADATA[protocol], *(codes_part(protocol, name) for name in names), OBSERVATIONS[protocol]]
    answers = []
    for part in parts:
        content = changed.get(part, world.parts[f"{way}/{TABLE}/{part}"])
        if part == OBSERVATIONS[protocol] and part not in changed:
            content = [record for record in content if record["RegioS"].startswith("GM")]
        body = json.dumps({"value": content} if isinstance(content, list) else content)
        answers.append(Answer(part, f"https://statline.example/{part}", body))
    return StatlineDocument(protocol, TABLE, "2024JJ00", "alles", tuple(answers))


def read(world: World, protocol: Protocol = Protocol.V4, **changed: Any) -> OpenDataFile:
    return read_statline_population(pack(document(world, protocol, **changed)), period=YEAR)


def changed_cells(world: World, wanted: Callable[[dict[str, Any]], bool], change: Change) -> OpenDataFile:
    """The table read after a change of the observations that are wanted."""
    before = world.parts[f"v4/{TABLE}/Observations"]
    assert isinstance(before, list)
    records = [dict(r) if wanted(r) else r for r in before if r["RegioS"].startswith("GM")]
    for record in filter(wanted, list(records)):
        change(record)
    return read(world, Observations=[record for record in records if record.get("Id") != "weg"])


def told(file: OpenDataFile) -> list[str]:
    assert file.outcome is Outcome.REJECTED
    assert file.canonical.empty
    return [finding.message for finding in file.findings]


def one(area: str, sex: str, age: str) -> Callable[[dict[str, Any]], bool]:
    return lambda r: (r["RegioS"].strip(), r["Geslacht"].strip(), r["Leeftijd"]) == (area, sex, age)


@pytest.mark.parametrize("protocol", Protocol)
def test_every_gemeente_has_every_stratum_with_the_sum_of_its_ages(world: World, protocol: Protocol) -> None:
    file = read(world, protocol)
    assert file.outcome is Outcome.ACCEPTED
    assert file.dataset_code == "population"
    rows = file.canonical
    assert len(rows) == 342 * len(AGE_SEX_STRATA)
    assert set(rows["measure_key"]) == {catalogue().measures["population.inwoners"].key}
    amounts = rows.set_index(["area_key", "stratum_key"])["amount"]
    utrecht = area_key("GM0344")
    for band, ages in (("0-4", range(5)), ("85-89", range(85, 90)), ("90+", range(90, 106))):
        wanted = sum(inhabitants("GM0344", "4000", age) for age in ages)
        assert amounts[utrecht, Stratum.parse(band, "V").key] == wanted
    assert rows["source_row"].is_unique
    assert not rows["is_provisional"].any()
    assert not set(rows["sign_code"]) - {0}


def test_an_older_year_ends_at_95_and_gives_the_same_sums(world: World) -> None:
    older = read(population_world(single_years_to=94))
    assert older.outcome is Outcome.ACCEPTED
    assert list(older.canonical["amount"]) == list(read(world).canonical["amount"])


@pytest.mark.parametrize(
    ("status", "is_provisional"), [("Voorlopig", True), ("NaderVoorlopig", True), ("Definitief", False)]
)
def test_the_status_of_the_period_is_that_of_the_figures(world: World, status: str, is_provisional: bool) -> None:
    periods = [{"Identifier": "2024JJ00", "Title": "2024", "Status": status}]
    file = read(world, PeriodenCodes=periods)
    assert set(file.canonical["is_provisional"]) == {is_provisional}
    assert status.lower() in file.normalisations[0]


def test_every_difference_is_named_at_once(world: World) -> None:
    ages = deepcopy(world.parts[f"v4/{TABLE}/LeeftijdCodes"])
    assert isinstance(ages, list)
    ages[3]["Title"], ages[5]["Identifier"] = "twee jaar", "10401"
    file = read(
        world,
        LeeftijdCodes=ages,
        MeasureCodes=[
            {"Identifier": "M000352", "Title": "Bevolking op 1 januari", "Unit": "x 1 000"},
            {"Identifier": "M000999", "Title": "Huishoudens", "Unit": "aantal"},
        ],
        PeriodenCodes=[{"Identifier": "2023JJ00", "Title": "2023", "Status": "Definitief"}],
        BurgerlijkeStaatCodes=[{"Identifier": "T009999", "Title": "Totaal"}],
    )
    assert told(file) == [
        f"Tabel 03759ned is anders dan afgesproken: {difference}."
        for difference in (
            "het onderwerp M000352 is in 'x 1 000' in plaats van 'aantal'",
            "het onderwerp M000365 (Gemiddelde bevolking) ontbreekt",
            "het onderwerp M000999 (Huishoudens) is nieuw",
            "bij BurgerlijkeStaat ontbreekt de code T001019 (Totaal burgerlijke staat)",
            "bij Leeftijd de code 10200 heet 'twee jaar' in plaats van '2 jaar'",
            "bij Leeftijd ontbreekt de code 10400 (4 jaar)",
            "bij Leeftijd is de code 10401 (4 jaar) nieuw",
            "de periode 2024JJ00 staat er niet in; de nieuwste is 2023JJ00",
        )
    ]
    assert all("statline_03759ned.yaml" in finding.remedy for finding in file.findings)


def test_a_new_missing_or_other_dimension_is_named(world: World) -> None:
    kinds = {
        "Geslacht": "GeoDimension",
        "RegioS": "GeoDimension",
        "Perioden": "TimeDimension",
        "Nationaliteit": "Dimension",
    }
    dimensions = [{"Identifier": name, "Kind": kind} for name, kind in {**kinds, "Leeftijd": "Dimension"}.items()]
    assert [message.split(": ")[1] for message in told(read(world, Dimensions=dimensions))] == [
        "de dimensie BurgerlijkeStaat ontbreekt.",
        "de dimensie Nationaliteit is nieuw.",
        "de dimensie Geslacht is van de soort 'GeoDimension' in plaats van 'Dimension'.",
    ]


def test_an_unknown_status_is_no_guess(world: World) -> None:
    periods = [{"Identifier": "2024JJ00", "Title": "2024", "Status": "Geschat"}]
    assert "onbekende status 'Geschat'" in told(read(world, PeriodenCodes=periods))[0]


def test_a_sum_that_differs_from_the_total_is_refused(world: World) -> None:
    file = changed_cells(world, one("GM0344", "3000", "15000"), lambda r: r.update(Value=r["Value"] + 1))
    (message,) = told(file)
    assert message.startswith("Voor GM0344 tellen mannen en vrouwen van alle leeftijden op tot")


def test_a_missing_cell_names_the_place(world: World) -> None:
    file = changed_cells(world, one("GM0344", "4000", "10100"), lambda r: r.update(Id="weg"))
    assert told(file) == ["Voor GM0344 ontbreekt bij V een cijfer in de leeftijden 0-4."]


@pytest.mark.parametrize(("reason", "sign"), [("Confidential", 3), ("NotAvailable", 2)])
def test_a_cell_without_number_keeps_its_sign(world: World, reason: str, sign: int) -> None:
    file = changed_cells(world, one("GM0344", "4000", "10100"), lambda r: r.update(Value=None, ValueAttribute=reason))
    assert file.outcome is Outcome.ACCEPTED
    (row,) = file.canonical[file.canonical["sign_code"] > 0].to_dict("records")
    assert (row["area_key"], row["stratum_key"], row["sign_code"]) == (
        area_key("GM0344"),
        Stratum.parse("0-4", "V").key,
        sign,
    )
    assert row["amount"] != row["amount"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Value": -1}, "heeft de waarde '-1'"),
        ({"Value": 1.5}, "heeft de waarde '1.5'"),
        ({"Value": None}, "heeft de waarde '' (None)"),
        ({"Value": None, "ValueAttribute": "Geheim"}, "(Geheim)"),
        ({"ValueAttribute": "Confidential"}, "(Confidential)"),
        ({"Value": "12"}, "geen getal bij 'Value'"),
        ({"RegioS": None}, "geen tekst bij 'RegioS'"),
        ({"Perioden": "2023JJ00"}, "heeft '2023JJ00' bij 'Perioden', maar gevraagd is '2024JJ00'"),
        ({"BurgerlijkeStaat": "1010   "}, "heeft '1010' bij 'BurgerlijkeStaat'"),
        ({"Leeftijd": "10200"}, "als een eerdere rij"),
        ({"Leeftijd": "99999"}, "'99999' bij 'Leeftijd' is niet bekend"),
        ({"RegioS": "GM0003"}, "GM0003 heeft cijfers over 2024, maar bestond niet"),
    ],
)
def test_a_record_that_is_not_as_asked_is_refused(world: World, change: dict[str, Any], words: str) -> None:
    file = changed_cells(world, one("GM0344", "4000", "10100"), lambda r: r.update(change))
    assert words in " ".join(told(file))


def test_a_gemeente_without_figures_is_named(world: World) -> None:
    file = changed_cells(world, lambda r: r["RegioS"].strip() in ("GM0344", "GM0363"), lambda r: r.update(Id="weg"))
    assert told(file) == [
        "GM0344 (Utrecht) bestond op 1 januari 2024, maar heeft geen cijfers.",
        "GM0363 (Amsterdam) bestond op 1 januari 2024, maar heeft geen cijfers.",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"form": "statline-9"}, "vorm 'statline-9'"),
        ({"protocol": "v5"}, "geen geheel JSON-document"),
        ({"answers": "geen"}, "geen geheel JSON-document"),
        ({"answers": [{"part": "Dimensions", "address": "x", "body": "<html>"}]}, "het antwoord van x is geen JSON"),
        ({"answers": [{"part": "Dimensions", "address": "x", "body": "7"}]}, "is geen JSON-object"),
        ({"answers": []}, "de dimensie Geslacht ontbreekt"),
    ],
)
def test_a_damaged_document_is_refused(change: dict[str, Any], words: str) -> None:
    written = json.loads(pack(StatlineDocument(Protocol.V4, TABLE, "2024JJ00", "alles", ())))
    content = json.dumps(written | change).encode()
    assert words in " ".join(told(read_statline_population(content, period=YEAR)))
    assert told(read_statline_population(content[:30], period=YEAR))


def test_another_table_an_early_year_and_a_quarter_are_refused(world: World) -> None:
    other = document(world)
    renamed = StatlineDocument(other.protocol, "37230ned", other.period, other.filter, other.answers)
    assert "het gaat over tabel 37230ned" in told(read_statline_population(pack(renamed), period=YEAR))[0]
    early = read_statline_population(pack(other), period=Period.parse("2012"))
    assert "de gemeenten van voor 2015 zijn hier niet bekend" in told(early)[0]
    with pytest.raises(UnknownCodeError, match="geen jaar"):
        read_statline_population(pack(other), period=Period.parse("2024Q1"))
