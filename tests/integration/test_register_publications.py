"""Reading publications: locked-down snapshots, the pointer, and which figures whom."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from indicators.areas import AreaLevel
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from register.access import ANYONE, OPERATOR, Actor, Role
from register.errors import AccessDeniedError, DamagedFileError, NoPublicationError, StorageError
from register.failpoints import VARIABLE
from register.home import Home
from register.publications import (
    Manifest,
    ManifestPolicy,
    Pointer,
    PublicationReader,
    PublicationStatus,
    damaged_files,
    latest,
    open_publication,
    pointer,
    read_manifest,
    released,
    replace_pointer,
)
from register.raw_files import hash_of
from register.values import View, values

OLD, NEW = "20260101T000000Z_aaaaaaaaaaaa", "20260401T000000Z_bbbbbbbbbbbb"
OFFICER = Actor(name="datamedewerker", role=Role.DATA_OFFICER, region="ZK08")
STAFF = Actor(name="staf", role=Role.PROGRAMME_STAFF)
Row = tuple[str, str, str | None, float]
ROWS: Sequence[Row] = [
    ("NL", "landelijk", None, 50.0),
    ("ZK08", "zorgkantoorregio", "ZK08", 51.0),
    ("ZK10", "zorgkantoorregio", "ZK10", 52.0),
    ("GM0518", "gemeente", "ZK10", 53.0),
    ("GG7014", "ggd_regio", None, 54.0),
]


def write_snapshot(path: Path, publication_id: str, status: str, shift: float, rows: Sequence[Row] = ROWS) -> None:
    """A snapshot with the columns of docs/architecture.md that the use case needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table publication (id varchar, status varchar)")
        connection.execute("insert into publication values (?, ?)", [publication_id, status])
        connection.execute("create table indicator (indicator_code varchar, indicator_version integer)")
        connection.execute("insert into indicator values ('PRE02', 1), ('OUD08', 1)")
        connection.execute(
            "create table value (indicator_code varchar, indicator_version integer, area_code varchar, "
            "level_code varchar, region_code varchar, period_code varchar, period_start date, value double)"
        )
        for area, level, region, value in rows:
            for period in ("2025Q3", "2025Q4"):
                row = ["PRE02", 1, area, level, region, period, Period.parse(period).start, value + shift]
                connection.execute("insert into value values (?, ?, ?, ?, ?, ?, ?, ?)", row)


def manifest(publication_id: str, status: PublicationStatus, files: dict[str, str]) -> Manifest:
    return Manifest(
        id=publication_id, status=status, made_at=datetime(2026, 1, 1, tzinfo=UTC), previous=None,
        content_hash="a" * 64, files=files, ledger_sequence=3, ledger_hash="b" * 64, inputs=(), inputs_added=(),
        inputs_removed=(), indicators_changed=("PRE02",), kernset_version="kandidaat-0",
        definitions={"PRE02@1": "c" * 64}, policy=ManifestPolicy(version=1, threshold=10, rounding_base=5),
        code_version="0.1.0", checks=(), is_fictitious=True,
    )  # fmt: skip


def publish(home: Home, publication_id: str, status: PublicationStatus, shift: float) -> None:
    path = home.publication_database_path(publication_id)
    write_snapshot(path, publication_id, status.value, shift)
    for region in ("ZK08", "ZK10"):
        own = [row for row in ROWS if row[2] == region or row[0] == "NL"]
        write_snapshot(home.own_database_path(publication_id, region), publication_id, status.value, shift + 0.5, own)
    text = manifest(publication_id, status, {path.name: hash_of(path.read_bytes())}).model_dump_json()
    home.manifest_path(publication_id).write_text(text)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A released publication, and a later concept whose figures are 100 higher."""
    home = Home(tmp_path / "var").create()
    publish(home, OLD, PublicationStatus.VOORLOPIG, 0.0)
    publish(home, NEW, PublicationStatus.CONCEPT, 100.0)
    replace_pointer(home, Pointer(latest=NEW, released=OLD))
    return home


@pytest.fixture
def reader(home: Home) -> Iterator[PublicationReader]:
    with open_publication(home, OLD) as opened:
        yield opened


def test_without_a_publication_there_is_no_pointer(tmp_path: Path) -> None:
    empty = Home(tmp_path / "leeg")
    assert (pointer(empty), latest(empty), released(empty)) == (None, None, None)
    with pytest.raises(NoPublicationError, match="jzojp publish"):
        values(empty, "PRE02", actor=OPERATOR)


def test_the_pointer_names_both(home: Home) -> None:
    assert (latest(home), released(home)) == (NEW, OLD)


def test_the_pointer_never_names_what_is_not_there(home: Home) -> None:
    with pytest.raises(NoPublicationError, match="bestaat niet"):
        replace_pointer(home, Pointer(latest="20270101T000000Z_cccccccccccc"))
    assert latest(home) == NEW


def test_a_pointer_that_could_not_be_written_stays_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pointer.before_rename:full")
    with pytest.raises(StorageError, match=r"No space left.*blijft zoals"):
        replace_pointer(home, Pointer(latest=OLD, released=OLD))
    assert (latest(home), released(home)) == (NEW, OLD)


def test_a_damaged_pointer_says_so(home: Home) -> None:
    home.pointer_path.write_text('{"latest": ')
    with pytest.raises(DamagedFileError, match=r"current\.json"):
        latest(home)


def test_the_manifest_reads_back(home: Home) -> None:
    assert read_manifest(home, OLD).status is PublicationStatus.VOORLOPIG
    with pytest.raises(NoPublicationError):
        read_manifest(home, "20270101T000000Z_cccccccccccc")


def test_a_changed_or_missing_file_is_named(home: Home) -> None:
    path = home.publication_database_path(OLD)
    assert damaged_files(home, OLD) == []
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert damaged_files(home, OLD) == [path.name]
    path.unlink()
    assert damaged_files(home, OLD) == [path.name]


def test_a_snapshot_that_is_gone_or_no_database_says_so(home: Home) -> None:
    home.publication_database_path(OLD).write_bytes(b"geen duckdb" * 1000)
    with pytest.raises(DamagedFileError):
        open_publication(home, OLD)
    home.publication_database_path(OLD).unlink()
    with pytest.raises(NoPublicationError):
        open_publication(home, OLD)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "copy value to '/tmp/uit.csv'",
        "attach '/tmp/ander.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "delete from value",
        "create table nieuw (a integer)",
    ],
)
def test_a_snapshot_reaches_nothing_outside_itself(reader: PublicationReader, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        reader.query(sql)


def test_user_text_is_only_ever_a_parameter(reader: PublicationReader) -> None:
    hostile = "ZK08' or 1=1 --"
    assert reader.query("select * from value where area_code = $area", {"area": hostile}).empty


def test_two_readers_share_a_file(home: Home, reader: PublicationReader) -> None:
    with open_publication(home, OLD) as second:
        assert second.query("select count(*) as n from value")["n"][0] == 2 * len(ROWS)


def found(home: Home, actor: Actor, view: View = View.PUBLISHED, area: str | None = None) -> dict[str, float]:
    frame = values(home, "PRE02", actor=actor, view=view, area=area, period=Period.quarter(2025, 4))
    assert frame["publication_id"].nunique() == 1
    return dict(zip(frame["area_code"], frame["value"], strict=True))


def test_everybody_reads_what_is_released(home: Home) -> None:
    assert found(home, ANYONE) == {"NL": 50.0, "ZK08": 51.0, "ZK10": 52.0, "GM0518": 53.0, "GG7014": 54.0}


def test_an_area_of_another_classification_belongs_to_no_region(home: Home) -> None:
    assert found(home, STAFF, area="GG7014") == {"GG7014": 154.0}
    assert found(home, OFFICER, area="GG7014") == {"GG7014": 54.0}
    last = values(home, "PRE02", actor=ANYONE, level="ggd_regio", period=Period.quarter(2025, 4))
    assert list(last["value"]) == [54.0]
    with pytest.raises(UnknownCodeError, match="geen exacte cijfers"):
        found(home, OPERATOR, View.OWN, "GG7014")


def test_staff_and_operator_read_the_concept(home: Home) -> None:
    assert found(home, STAFF)["ZK08"] == found(home, OPERATOR)["ZK08"] == 151.0


def test_an_officer_reads_the_concept_of_the_own_region_only(home: Home) -> None:
    assert found(home, OFFICER, area="ZK08") == {"ZK08": 151.0}
    assert found(home, OFFICER, area="ZK10") == {"ZK10": 52.0}
    assert found(home, OFFICER, area="NL") == {"NL": 50.0}
    assert found(home, OFFICER)["ZK08"] == 51.0


def test_a_first_concept_is_not_for_everybody(home: Home) -> None:
    replace_pointer(home, Pointer(latest=NEW))
    with pytest.raises(NoPublicationError, match="concept"):
        found(home, ANYONE)
    assert found(home, OFFICER, area="ZK08") == {"ZK08": 151.0}


def test_own_figures_are_for_the_own_region(home: Home) -> None:
    assert found(home, OFFICER, View.OWN) == {"NL": 150.5, "ZK08": 151.5}
    assert found(home, OFFICER, View.OWN, "ZK08") == {"ZK08": 151.5}
    assert found(home, OFFICER, View.OWN, "NL") == {"NL": 150.5}


@pytest.mark.parametrize(
    ("actor", "area"),
    [
        (OFFICER, "ZK10"),
        (OFFICER, "GM0518"),
        *((who, area) for who in (ANYONE, STAFF) for area in ("ZK08", "NL", None)),
    ],
)
def test_own_figures_are_for_nobody_else(home: Home, actor: Actor, area: str | None) -> None:
    with pytest.raises(AccessDeniedError):
        found(home, actor, View.OWN, area)


def test_staff_read_own_figures_where_agreed(home: Home) -> None:
    frame = values(home, "PRE02", actor=STAFF, view=View.OWN, area="ZK08", agreements=frozenset({"ZK08"}))
    assert set(frame["value"]) == {151.5}


def test_the_operator_reads_a_gemeente_from_the_snapshot_of_its_region(home: Home) -> None:
    assert found(home, OPERATOR, View.OWN, "GM0518") == {"GM0518": 153.5}


def test_level_and_period_restrict(home: Home) -> None:
    frame = values(home, "PRE02", actor=ANYONE, level=AreaLevel.REGION)
    assert list(zip(frame["area_code"], frame["period_code"], strict=True)) == [
        ("ZK08", "2025Q3"), ("ZK08", "2025Q4"), ("ZK10", "2025Q3"), ("ZK10", "2025Q4"),
    ]  # fmt: skip
    assert list(frame.columns)[:2] == ["publication_id", "publication_status"]


def test_an_indicator_without_figures_has_no_rows(home: Home) -> None:
    assert values(home, "OUD08", actor=ANYONE).empty


@pytest.mark.parametrize(("indicator", "area"), [("PRE99", None), ("' or 1=1 --", None), ("PRE02", "ZK99")])
def test_unknown_codes_raise(home: Home, indicator: str, area: str | None) -> None:
    with pytest.raises(UnknownCodeError):
        values(home, indicator, actor=OPERATOR, area=area)


def test_own_figures_of_an_unknown_area_raise(home: Home) -> None:
    with pytest.raises(UnknownCodeError):
        values(home, "PRE02", actor=OPERATOR, area="GM9999", view=View.OWN)
