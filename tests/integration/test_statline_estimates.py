"""A second table under its own contract: RIVM 50120NED, downloaded from a real server, read, ingested, or refused."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.findings import Outcome
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_contract import TABLES, contract
from expectations.open_data.statline_document import Answer, Protocol, StatlineDocument, pack, unpack
from expectations.open_data.statline_estimates import read_statline_estimates
from indicators.areas import REPORTING_YEAR, AreaLevel, area_key, area_register, conversions
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from orchestration.statline.downloading import download, latest_release
from orchestration.statline.releases import ingest_new_release
from register.access import OPERATOR
from register.errors import IngestRefusedError
from register.home import Home
from register.ingest import ingest
from register.open_data import OpenDataSource
from tests.support_landing import Landing
from tests.support_models import rendered_models
from tests.support_odata import ESTIMATES, MODIFIED, TABLE, World, estimates_world, inhabitants, share, statline

YEAR = Period.parse("2022")
HEALTH = "ErvarenGezondheidGoedZeerGoed_4"
Record = dict[str, Any]


@pytest.fixture(scope="module")
def whole() -> World:
    return estimates_world()


@pytest.fixture(scope="module")
def document(whole: World) -> StatlineDocument:
    with statline(whole) as address:
        return download(ESTIMATES, YEAR, address=f"{address}/feed")


@pytest.fixture
def address(whole: World) -> Iterator[str]:
    with statline(World(dict(whole.parts))) as address:
        yield f"{address}/feed"


def read(document: StatlineDocument) -> OpenDataFile:
    return read_statline_estimates(pack(document), ESTIMATES, period=YEAR)


def changed(document: StatlineDocument, part: str, change: Callable[[list[Record]], object]) -> StatlineDocument:
    """The document with other records in one part."""
    answers = []
    for answer in document.answers:
        records = answer.records() if answer.part == part else []
        if answer.part == part:
            change(records)
        answers.append(Answer(part, answer.address, json.dumps({"value": records})) if records else answer)
    return replace(document, answers=tuple(answers))


def told(file: OpenDataFile) -> list[str]:
    assert file.outcome is Outcome.REJECTED
    assert file.canonical.empty
    return [finding.message for finding in file.findings]


def adults(area: str) -> int:
    return sum(inhabitants(area, sex, age) for sex in ("3000", "4000") for age in range(18, 106))


def amounts(canonical: pd.DataFrame, area: str) -> dict[str, float]:
    codes = {measure.key: measure.code.partition(".")[2] for measure in catalogue().measures.values()}
    of_area = canonical[canonical["area_key"] == area_key(area)]
    return dict(zip(of_area["measure_key"].map(codes), of_area["amount"], strict=True))


def test_the_value_and_no_end_of_an_interval_is_multiplied_by_the_adults(document: StatlineDocument) -> None:
    file = read(document)
    assert file.outcome is Outcome.ACCEPTED
    assert len(file.canonical) == 3 * 345
    for area in ("GM0344", "GM0457", "GM0518"):
        assert amounts(file.canonical, area) == {
            "volwassenen": adults(area),
            "ervaren_gezondheid": pytest.approx(share(area, HEALTH) / 100 * adults(area), abs=1e-6),
            "overgewicht": pytest.approx(share(area, "Overgewicht_9") / 100 * adults(area), abs=1e-6),
        }
    assert any("definitief; gemeente-indeling van 1 januari" in sentence for sentence in file.normalisations)
    assert any("inwoners van 18 jaar en ouder op 1 januari (tabel 03759ned)" in said for said in file.normalisations)


def test_only_what_is_read_is_asked(document: StatlineDocument) -> None:
    (figures,) = [answer for answer in document.answers if answer.part == "TypedDataSet"]
    assert "Marges%20eq%20%27MW00000%27" in figures.address.replace("'", "%27")
    assert figures.address.endswith(
        "$select=Leeftijd,Marges,WijkenEnBuurten,Perioden,ErvarenGezondheidGoedZeerGoed_4,Overgewicht_9&$format=json"
    )
    assert len(figures.records()) == 345
    assert [other.table for other in document.related] == [TABLE]
    assert unpack(pack(document)) == document


def test_an_end_of_an_interval_in_the_answer_is_refused(document: StatlineDocument) -> None:
    other = changed(document, "TypedDataSet", lambda records: records[4].update(Marges="MOG0095"))
    assert "Record 5 heeft 'MOG0095' bij 'Marges', maar gevraagd is 'MW00000'." in told(read(other))


def test_every_difference_in_the_table_is_told_at_once(document: StatlineDocument) -> None:
    def change(records: list[Record]) -> None:
        records[:] = [record for record in records if record["Key"] != "Overgewicht_9"]
        records[:] = [record | {"Key": "Rookt_11"} if record["Key"] == "Roker_11" else record for record in records]
        records.append({"Key": "Slaapt_38", "Type": "Topic", "Title": "Slaapt goed", "Unit": "%"})

    table = changed(document, "DataProperties", change)
    table = changed(table, "Marges", lambda records: records[0].update(Title="Schatting"))
    assert [message.partition("afgesproken: ")[2] for message in told(read(table))] == [
        "het onderwerp Overgewicht_9 ontbreekt.",
        "het onderwerp Roker_11 ontbreekt.",
        "het onderwerp Rookt_11 (Roker) is nieuw.",
        "het onderwerp Slaapt_38 (Slaapt goed) is nieuw.",
        "bij Marges de code MW00000 heet 'Schatting' in plaats van 'Waarde'.",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda records: records[0].update({HEALTH: 101.0}), "dat is geen percentage"),
        (lambda records: records[0].update({HEALTH: -1.0}), "dat is geen percentage"),
        (lambda records: records[0].update({HEALTH: "72,3"}), "heeft geen getal bij"),
        (lambda records: records[0].pop("Overgewicht_9"), "heeft geen getal bij"),
        (lambda records: records[0].update(WijkenEnBuurten="GM9999"), "GM9999 heeft cijfers"),
        (lambda records: records.pop(0), "maar heeft geen cijfers"),
        (lambda records: records.append(dict(records[0])), "eerdere rij"),
    ],
)
def test_a_wrong_record_is_told(
    document: StatlineDocument, change: Callable[[list[Record]], object], words: str
) -> None:
    messages = told(read(changed(document, "TypedDataSet", change)))
    assert any(words in message for message in messages)


def test_a_percentage_that_is_not_there_is_unknown_and_not_zero(document: StatlineDocument) -> None:
    other = changed(document, "TypedDataSet", lambda records: records[0].update({HEALTH: None}))
    file = read(other)
    key = catalogue().measures["gezondheidsmonitor.ervaren_gezondheid"].key
    (row,) = file.canonical[file.canonical["amount"].isna()].itertuples()
    assert (row.measure_key, row.sign_code) == (key, 2)


def test_the_inhabitants_must_be_there_and_add_up(document: StatlineDocument) -> None:
    assert "de antwoorden over tabel 03759ned ontbreken" in told(read(replace(document, related=())))[0]
    (population,) = document.related

    def change(records: list[Record]) -> None:
        single = next(record for record in records if record["Leeftijd"] == "11200")
        single["BevolkingOp1Januari_1"] += 1

    messages = told(read(replace(document, related=(changed(population, "TypedDataSet", change),))))
    assert any("maar het totaal is" in message for message in messages)


def test_a_region_is_the_quotient_of_sums_and_no_mean_of_percentages(document: StatlineDocument) -> None:
    landing = Landing()
    landing.add("NL", YEAR, [OpenDataSource.GEZONDHEIDSMONITOR.value], read(document).canonical)
    with rendered_models().run(landing.frames(), until="mart.indicator_value") as connection:
        found = connection.execute(
            "SELECT area_code, value, coverage FROM mart.indicator_value WHERE view_code = 'published' "
            "AND indicator_code = 'PRE06' AND period_code = '2022' AND level_code = 'zorgkantoorregio'"
        ).fetchall()
    register, after = area_register(), {part.from_code: part.to_code for part in conversions() if part.share == 1}
    persons, healthy = defaultdict[str, float](float), defaultdict[str, float](float)
    for area in register.existing(AreaLevel.GEMEENTE, YEAR.start):
        region = register.region_of(after.get(area.code, area.code), date(REPORTING_YEAR, 12, 31))
        assert region is not None
        persons[region] += adults(area.code)
        healthy[region] += share(area.code, HEALTH) * adults(area.code)
    assert {row[0]: row[1] for row in found} == pytest.approx({code: healthy[code] / persons[code] for code in persons})
    assert {row[2] for row in found} == {1}
    assert len(found) == 31


def test_a_year_is_kept_like_a_delivery_and_followed(tmp_path: Path, address: str, document: StatlineDocument) -> None:
    home, said = Home(tmp_path / "var"), list[str]()
    assert ingest_new_release(home, ESTIMATES, OPERATOR, address=address, say=said.append) == []
    receipt = ingest(home, OpenDataSource.GEZONDHEIDSMONITOR, pack(document), "x.json", OPERATOR, period=YEAR)
    assert (receipt.rows_read, receipt.already_received) == (345, False)
    assert ingest_new_release(home, ESTIMATES, OPERATOR, address=address, say=said.append) == []
    assert said[-1] == f"Tabel {ESTIMATES} is van {MODIFIED}; te lezen: niets nieuws."
    assert latest_release(ESTIMATES, address=address).years == (2022,)


def test_a_protocol_or_table_without_agreement_is_refused_by_name(address: str) -> None:
    with pytest.raises(UnknownCodeError, match="alleen bekend met --protocol v3, niet met v4"):
        download(ESTIMATES, YEAR, protocol=Protocol.V4, address=address)
    with pytest.raises(UnknownCodeError, match=r"'85043NED'.*03759ned, 50120NED"):
        download("85043NED", YEAR, address=address)


def test_a_year_of_which_the_gemeenten_are_not_known_is_refused_before_its_figures_are_asked(address: str) -> None:
    with pytest.raises(IngestRefusedError) as refused:
        download(ESTIMATES, Period.parse("2016"), address=address)
    assert "de gemeenten van voor 2020 zijn hier niet bekend" in refused.value.findings[0].message


@pytest.mark.parametrize("table", TABLES)
def test_every_contract_fills_measures_of_its_own_dataset(table: str) -> None:
    agreed = contract(table)
    fills = [*agreed.filled(agreed.protocol).values(), *([agreed.denominator.fills] if agreed.denominator else [])]
    assert {measure.code for measure in catalogue().dataset(agreed.dataset).measures} == set(fills)
    assert OpenDataSource(agreed.dataset)
