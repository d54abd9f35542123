"""Open data through the real readers: stored and in force, or refused with findings and not kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indicators.errors import UnknownCodeError
from indicators.measures import Source
from indicators.periods import Period
from register.access import OPERATOR, Actor, Role
from register.errors import AccessDeniedError, IngestRefusedError
from register.home import Home
from register.in_force import BatchInForce, batches_in_force
from register.ingest import ingest
from register.ledger import Ledger
from register.open_data import OpenDataSource, year_in_name
from register.raw_files import RawFiles
from register.rows import canonical_hash, canonical_rows

NAME = "bevolking_2024.csv"
HEADER = "jaar;gebiedscode;leeftijd;geslacht;inwoners"


def population(inhabitants: int, year: int = 2024) -> bytes:
    return f"{HEADER}\n{year};GM0080;0-4;M;{inhabitants}\n{year};GM0080;0-4;V;7\n".encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def in_force(home: Home) -> Sequence[BatchInForce]:
    return batches_in_force(Ledger(home).events())


def take(home: Home, content: bytes, name: str = NAME) -> int:
    return ingest(home, OpenDataSource.POPULATION, content, name, OPERATOR).sequence


def test_a_file_is_stored_recorded_and_in_force(home: Home) -> None:
    receipt = ingest(home, OpenDataSource.POPULATION, population(10), NAME, OPERATOR)
    assert (receipt.sequence, receipt.period, receipt.rows_read, receipt.already_received) == (1, "2024", 2, False)
    assert RawFiles(home).read(receipt.sha256) == population(10)
    (batch,) = in_force(home)
    assert (batch.source, batch.region_code, batch.dataset_code) == (Source.OPEN_DATA, "NL", "population")
    assert list(canonical_rows(home, batch)["amount"]) == [10.0, 7.0]


def test_the_same_bytes_change_nothing_and_a_new_version_is_a_correction(home: Home) -> None:
    assert (take(home, population(10)), take(home, population(10)), take(home, population(11))) == (1, 1, 2)
    assert [(batch.number, batch.is_correction) for batch in in_force(home)] == [(2, True)]


def test_ingesting_an_older_version_again_makes_it_count_again(home: Home) -> None:
    assert [take(home, population(count)) for count in (10, 11, 10)] == [1, 2, 3]
    (batch,) = in_force(home)
    assert (batch.number, list(canonical_rows(home, batch)["amount"])) == (3, [10.0, 7.0])


def test_years_stand_beside_each_other(home: Home) -> None:
    take(home, population(10, 2023), "bevolking_2023.csv")
    take(home, population(11), NAME)
    assert [batch.period.code for batch in in_force(home)] == ["2023", "2024"]


def test_rows_are_read_again_from_the_bytes(home: Home) -> None:
    take(home, population(10))
    for path in home.rows_path.iterdir():
        path.unlink()
    (batch,) = in_force(home)
    assert canonical_hash(canonical_rows(home, batch)) == batch.canonical_hash


@pytest.mark.parametrize("content", [b"", population(10, 2019), b"gemeente;aantal\nGM0080;7\n"])
def test_a_refused_file_is_not_kept_and_says_why(home: Home, content: bytes) -> None:
    with pytest.raises(IngestRefusedError, match=r"bevolking_2024.csv .*Er is niets opgeslagen") as caught:
        take(home, content)
    assert caught.value.findings
    assert not home.path.exists()


def test_only_the_operator_ingests(home: Home) -> None:
    with pytest.raises(AccessDeniedError):
        ingest(home, OpenDataSource.POPULATION, population(10), NAME, Actor(name="staf", role=Role.PROGRAMME_STAFF))
    assert not home.path.exists()


@pytest.mark.parametrize("name", ["bevolking.csv", "bevolking_2023_2024.csv", "bevolking_20245.csv"])
def test_a_name_without_one_year_asks_for_the_year(home: Home, name: str) -> None:
    with pytest.raises(UnknownCodeError, match="welk jaar"):
        take(home, population(10), name)
    period = Period.parse("2024")
    assert ingest(home, OpenDataSource.POPULATION, population(10), name, OPERATOR, period=period).period == "2024"


def test_the_year_in_a_name() -> None:
    assert year_in_name("vektis_2023_gemeente.csv").code == year_in_name("Vektis2023.CSV").code == "2023"


def test_a_real_vektis_file_reads_the_same_again(home: Home, shared: Path) -> None:
    path = shared / "data" / "vektis" / "vektis_2023_gemeente.csv"
    receipt = ingest(home, OpenDataSource.VEKTIS, path.read_bytes(), path.name, OPERATOR)
    (batch,) = in_force(home)
    assert (receipt.period, batch.dataset_code) == ("2023", "vektis")
    kept = canonical_rows(home, batch)
    for cached in home.rows_path.iterdir():
        cached.unlink()
    assert canonical_rows(home, batch).equals(kept)
    assert len(kept) > 100_000
