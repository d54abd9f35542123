"""The ledger on a real database: chained, append-only, and one chain however many processes write."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from register.access import OPERATOR
from register.database import alembic_config, open_database, reading
from register.errors import HeadMovedError, LedgerBrokenError, RegisterError
from register.events import GENESIS, DemoStarted, Received
from register.home import Home
from register.ledger import Ledger
from register.schema import REVISION, metadata

RECEIVED = Received(region="ZK08", period="2025Q4", uitvraag_version=1, sha256="a" * 64, size=3, file_name="é.csv")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


@pytest.fixture
def ledger(home: Home) -> Ledger:
    ledger = Ledger(home)
    ledger.append([DemoStarted(seed=number) for number in range(5)], actor=OPERATOR)
    return ledger


@contextmanager
def raw(home: Home) -> Iterator[sqlite3.Connection]:
    """The file itself, as somebody with another program would open it."""
    with closing(sqlite3.connect(home.ledger_path)) as connection:
        yield connection
        connection.commit()


def without_triggers(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")


def test_a_fresh_ledger_is_empty_and_whole(home: Home) -> None:
    ledger = Ledger(home)
    assert (ledger.head(), ledger.events(), ledger.verify()) == (0, [], 0)


def test_events_come_back_in_order_and_chained(home: Home, ledger: Ledger) -> None:
    ledger.append([RECEIVED], actor=OPERATOR)
    events = Ledger(home).events()
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5, 6]
    assert events[-1].content == RECEIVED
    assert [event.previous_hash for event in events] == [GENESIS, *(event.hash for event in events[:-1])]
    assert ledger.events(after=4) == events[4:]
    assert ledger.verify() == ledger.head() == 6


def test_append_gives_what_reading_gives(ledger: Ledger) -> None:
    assert ledger.append([RECEIVED, RECEIVED], actor=OPERATOR) == ledger.events(after=5)


def test_nothing_to_append_changes_nothing(ledger: Ledger) -> None:
    assert ledger.append([], actor=OPERATOR) == []
    assert ledger.head() == 5


def test_a_clock_that_runs_back_changes_neither_order_nor_chain(home: Home, ledger: Ledger) -> None:
    Ledger(home, clock=lambda: datetime(1999, 1, 1, tzinfo=UTC)).append([RECEIVED], actor=OPERATOR)
    assert ledger.events()[-1].occurred_at.year == 1999
    assert ledger.verify() == 6


def test_an_expected_head_that_moved_is_refused(ledger: Ledger) -> None:
    with pytest.raises(HeadMovedError):
        ledger.append([RECEIVED], actor=OPERATOR, expected_head=4)
    assert ledger.head() == 5


def test_a_decision_is_taken_again_when_another_was_first(home: Home, ledger: Ledger) -> None:
    seen: list[int] = []

    def decide(events: object) -> list[Received]:
        seen.append(len(events))  # type: ignore[arg-type]
        if len(seen) == 1:
            Ledger(home).append([DemoStarted(seed=99)], actor=OPERATOR)
        return [RECEIVED]

    after = ledger.append_decided(decide, actor=OPERATOR)
    assert seen == [5, 6]
    assert [event.sequence for event in after.added] == [7]
    assert after.events == ledger.events()


def test_durability_is_on(ledger: Ledger, home: Home) -> None:
    with reading(open_database(home.ledger_path)) as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 2  # FULL


@pytest.mark.parametrize(
    "statement",
    [
        "update event set body = '{}' where sequence = 2",
        "delete from event where sequence = 5",
        "insert or replace into event select 2, body, previous_hash, hash from event where sequence = 2",
        "insert into event select 7, body, hash, hash from event where sequence = 5",
        "insert into event select 6, body, previous_hash, hash from event where sequence = 5",
    ],
)
def test_the_database_itself_refuses_anything_but_the_next_event(home: Home, ledger: Ledger, statement: str) -> None:
    with raw(home) as connection, pytest.raises(sqlite3.IntegrityError, match=r"append-only|does not follow"):
        connection.execute(statement)
    assert ledger.verify() == 5


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("update event set body = replace(body, 'seed\":1', 'seed\":7') where sequence = 2", 2),
        ("update event set hash = printf('%064d', 1) where sequence = 3", 3),
        ("update event set previous_hash = printf('%064d', 1) where sequence = 4", 4),
        ("delete from event where sequence = 1", 1),
        ("delete from event where sequence = 3", 3),
        ("update event set sequence = 9 where sequence = 5", 5),
    ],
)
def test_tampering_is_found_at_the_first_broken_event(
    home: Home, ledger: Ledger, statement: str, first_broken: int
) -> None:
    with raw(home) as connection:
        without_triggers(connection)
        connection.execute(statement)
    with pytest.raises(LedgerBrokenError, match=f"gebeurtenis {first_broken} ") as caught:
        ledger.verify()
    assert caught.value.sequence == first_broken


def test_a_cut_off_end_is_found_by_a_hash_that_a_manifest_remembers(home: Home, ledger: Ledger) -> None:
    anchors = {5: ledger.events()[-1].hash}
    assert ledger.verify(anchors) == 5
    with raw(home) as connection:
        without_triggers(connection)
        connection.execute("delete from event where sequence > 3")
    assert ledger.verify() == 3
    with pytest.raises(LedgerBrokenError, match="5 gebeurtenissen"):
        ledger.verify(anchors)


def test_a_chain_that_was_made_again_is_found_by_a_remembered_hash(home: Home, ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(Home(tmp_path / "ander"))
    other.append([DemoStarted(seed=100 + number) for number in range(5)], actor=OPERATOR)
    with pytest.raises(LedgerBrokenError) as caught:
        other.verify({3: ledger.events()[2].hash})
    assert caught.value.sequence == 3


def test_any_flipped_byte_of_an_event_is_found(home: Home, ledger: Ledger) -> None:
    with raw(home) as connection:
        without_triggers(connection)
        (body,) = connection.execute("select body from event where sequence = 3").fetchone()
        for place in range(len(body)):
            flipped = body[:place] + chr(ord(body[place]) ^ 1) + body[place + 1 :]
            connection.execute("update event set body = ? where sequence = 3", (flipped,))
            connection.commit()
            with pytest.raises(LedgerBrokenError) as caught:
                ledger.verify()
            assert caught.value.sequence == 3
        connection.execute("update event set body = ? where sequence = 3", (body,))
    assert ledger.verify() == 5


def test_an_event_of_a_kind_that_this_version_does_not_know_raises(home: Home, ledger: Ledger) -> None:
    with raw(home) as connection:
        without_triggers(connection)
        (body,) = connection.execute("select body from event where sequence = 2").fetchone()
        changed = json.loads(body) | {"content": {"kind": "purged"}}
        connection.execute("update event set body = ? where sequence = 2", (json.dumps(changed),))
    with pytest.raises(LedgerBrokenError, match="gebeurtenis 2 "):
        ledger.events()


def test_a_file_that_is_no_register_says_so(home: Home) -> None:
    home.create().ledger_path.write_bytes(b"geen database" * 100)
    with pytest.raises(RegisterError, match="kan niet worden geopend"):
        Ledger(home)


def test_a_register_of_a_newer_version_is_left_alone(home: Home, ledger: Ledger) -> None:
    with raw(home) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(RegisterError, match="nieuwere versie"):
        Ledger(home)
    with raw(home) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("9999",)


def test_the_migrations_make_exactly_the_tables_of_the_schema(home: Home, ledger: Ledger) -> None:
    with reading(open_database(home.ledger_path)) as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_current_head() == REVISION
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


WRITER = """
import sys
from pathlib import Path
from register.access import OPERATOR
from register.events import DemoStarted
from register.home import Home
from register.ledger import Ledger

sys.stdin.readline()
for number in range(5):
    Ledger(Home(Path(sys.argv[1]))).append([DemoStarted(seed=number), DemoStarted(seed=number)], actor=OPERATOR)
"""


def test_eight_processes_that_start_on_a_fresh_file_keep_one_chain(home: Home) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home.path)], stdin=subprocess.PIPE) for _ in range(8)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"start\n")
        process.stdin.close()
    assert [process.wait(timeout=60) for process in processes] == [0] * 8
    assert Ledger(home).verify() == 80
    seeds = [event.content.seed for event in Ledger(home).events() if isinstance(event.content, DemoStarted)]
    assert seeds[::2] == seeds[1::2], "a batch was torn apart"
