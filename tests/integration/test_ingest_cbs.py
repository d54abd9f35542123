"""`jzojp ingest cbs` and the weekly schedule, against a real server: kept, in force, read again, or refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration import command_line
from orchestration.definitions import defs
from orchestration.schedules import open_data_releases
from register.events import Ingested
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.raw_files import RawFiles
from register.rows import canonical_hash, canonical_rows
from tests.support_odata import ESTIMATES, TABLE, World, estimates_world, population_world, statline

ASK = ("ingest", "cbs", TABLE, "--period", "2024")


@pytest.fixture(scope="module")
def whole() -> World:
    return population_world()


@pytest.fixture
def world(whole: World) -> World:
    return World(dict(whole.parts))


@pytest.fixture
def address(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with statline(world) as address:
        monkeypatch.setenv("JZOJP_STATLINE", f"{address}/v4")
        yield address


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("JZOJP_HOME", str(tmp_path / "var"))
    return Home(tmp_path / "var")


@pytest.fixture
def jzojp(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run one command in this process: (exit code, stdout, stderr)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["jzojp", *arguments])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        out, err = capsys.readouterr()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), out, err

    return run


def ingested(home: Home) -> list[Ingested]:
    return [event.content for event in Ledger(home).events() if isinstance(event.content, Ingested)]


def test_a_year_is_downloaded_kept_and_read_again_from_its_bytes(jzojp, home: Home, address: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = jzojp(*ASK)
    assert code == 0
    assert "03759ned_2024JJ00.json: 2024, 12996 rijen" in out
    (batch,) = batches_in_force(Ledger(home).events())
    assert (batch.dataset_code, batch.period.code, batch.region_code) == ("population", "2024", "NL")
    kept = json.loads(RawFiles(home).read(batch.sha256))
    assert (kept["table"], kept["period"], kept["protocol"]) == (TABLE, "2024JJ00", "v4")
    assert kept["answers"][0]["address"] == f"{address}/v4/{TABLE}/Properties"
    for path in home.rows_path.iterdir():
        path.unlink()
    assert canonical_hash(canonical_rows(home, batch)) == batch.canonical_hash
    _, again, _ = jzojp(*ASK)
    assert "(was er al)" in again
    assert len(ingested(home)) == 1


def test_saved_answers_are_read_in_where_there_is_no_internet(  # type: ignore[no-untyped-def]
    jzojp, home: Home, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bevolking.json"
    assert jzojp(*ASK, "--save", str(file))[0] == 0
    assert not home.path.exists()
    monkeypatch.setenv("JZOJP_STATLINE", "http://127.0.0.1:1")
    code, out, _ = jzojp(*ASK, "--file", str(file))
    assert (code, "bevolking.json: 2024, 12996 rijen" in out) == (0, True)
    assert jzojp(*ASK, "--save", str(file))[0] == 2
    code, _, err = jzojp("ingest", "cbs", TABLE, "--period", "2023", "--file", str(file))
    assert code == 1
    assert "maar gevraagd is '2023JJ00'" in err


def test_the_older_protocol_gives_the_same_rows(jzojp, home: Home, address: str) -> None:  # type: ignore[no-untyped-def]
    jzojp(*ASK)
    assert jzojp(*ASK, "--protocol", "v3", "--address", f"{address}/feed")[0] == 0
    newer, older = ingested(home)
    assert newer.sha256 != older.sha256
    assert newer.rows_read == older.rows_read


def test_without_internet_it_says_what_to_do(jzojp, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    with statline(World()) as gone:
        monkeypatch.setenv("JZOJP_STATLINE", gone)
    code, _, err = jzojp(*ASK)
    assert code == 3
    assert "er is geen verbinding" in err
    assert "--file" in err
    assert not home.path.exists()


def test_a_changed_table_is_refused_with_every_difference(  # type: ignore[no-untyped-def]
    jzojp, home: Home, world: World, address: str
) -> None:
    world.parts[f"v4/{TABLE}/MeasureCodes"] = []
    code, out, err = jzojp(*ASK)
    assert code == 1
    assert "op 2 punten anders dan afgesproken. Er is niets opgeslagen" in err
    assert "M000352" in out
    assert "M000365" in out
    assert not home.path.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cbs", "03759NED", "--period", "2024"), "Van tabel '03759NED' is geen afspraak bekend"),
        (("cbs", TABLE, "--period", "2024Q1"), "geen jaar"),
        (("cbs", TABLE), "--period"),
    ],
)
def test_a_wrong_question_is_told(jzojp, home: Home, arguments: tuple[str, ...], words: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = jzojp("ingest", *arguments)
    assert code == 2
    assert words in err


def test_a_csv_is_no_kept_answer(jzojp, home: Home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "Observations.csv"
    file.write_text("Id;Measure\n1;M000352\n", encoding="utf-8")
    code, _, err = jzojp(*ASK, "--file", str(file))
    assert code == 2
    assert "jzojp ingest cbs --save" in " ".join(err.replace("│", " ").split())


def test_the_schedule_is_off_until_somebody_switches_it_on() -> None:
    schedule = defs.resolve_schedule_def("every_week")
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    assert schedule.job_name == "open_data_releases"


def test_a_run_reads_what_changed_and_what_is_new_and_nothing_else(  # type: ignore[no-untyped-def]
    jzojp, home: Home, world: World, address: str
) -> None:
    def run() -> int:
        with dg.DagsterInstance.ephemeral() as instance:
            assert open_data_releases.execute_in_process(instance=instance).success
        return len(ingested(home))

    assert run() == 0
    assert world.asked == []
    jzojp(*ASK)
    assert run() == 1
    asked = len(world.asked)
    assert run() == 1
    assert len(world.asked) == asked + 2
    newer = population_world(2025)
    world.parts |= newer.parts
    world.parts[f"v4/{TABLE}/PeriodenCodes"] = [
        {"Identifier": f"{year}JJ00", "Title": str(year), "Status": "Definitief"} for year in (2024, 2025)
    ]
    properties = newer.parts[f"v4/{TABLE}/Properties"]
    assert isinstance(properties, dict)
    world.parts[f"v4/{TABLE}/Properties"] = properties | {"Modified": "2026-10-01T02:00:00+02:00"}
    both = [*population_world(2024).parts[f"v4/{TABLE}/Observations"], *newer.parts[f"v4/{TABLE}/Observations"]]
    world.parts[f"v4/{TABLE}/Observations"] = both
    assert run() == 3
    assert [content.period for content in ingested(home)] == ["2024", "2024", "2025"]
    assert run() == 3


def test_a_second_table_is_followed_too_and_one_that_fails_stops_no_other(  # type: ignore[no-untyped-def]
    jzojp, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = estimates_world(2022)
    with statline(world) as address:
        monkeypatch.setenv("JZOJP_STATLINE", f"{address}/v4")
        monkeypatch.setenv("JZOJP_STATLINE_V3", f"{address}/feed")
        code, out, _ = jzojp("ingest", "cbs", ESTIMATES, "--period", "2022")
        assert (code, "50120NED_2022JJ00.json: 2022, 345 rijen" in out) == (0, True)
        assert jzojp("ingest", "cbs", TABLE, "--period", "2022", "--protocol", "v3")[0] == 0
        del world.parts[f"v4/{TABLE}/Properties"]
        world.parts[f"feed/{ESTIMATES}/TableInfos"] = [{"Identifier": ESTIMATES, "Modified": "2026-10-01T02:00:00"}]
        with dg.DagsterInstance.ephemeral() as instance:
            run = open_data_releases.execute_in_process(instance=instance, raise_on_error=False)
    assert not run.success
    assert [content.source for content in ingested(home)] == ["gezondheidsmonitor", "population", "gezondheidsmonitor"]
    for path in home.rows_path.iterdir():
        path.unlink()
    for batch in batches_in_force(Ledger(home).events()):
        assert canonical_hash(canonical_rows(home, batch)) == batch.canonical_hash
