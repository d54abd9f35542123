"""The commands about deliveries, as somebody at a terminal meets them, on real files and the real judge."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from orchestration import command_line
from register.access import OPERATOR
from register.deadlines import record_due
from register.door import LIMIT_VARIABLE
from register.history import receipt
from register.home import Home
from register.ledger import Ledger
from tests.support_api import BAD, BSN, CORRECTED, GOOD, file_of, row


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal(NamedTuple):
    """A person with a data directory."""

    home: Home
    run: Callable[..., Ended]
    folder: Path

    def submit(self, content: bytes, *options: str, period: str = "2025Q4") -> Ended:
        file = self.folder / "levering.csv"
        file.write_bytes(content)
        return self.run("submit", str(file), "--region", "ZK08", "--period", period, *options)

    def submitted(self, content: bytes, *options: str, period: str = "2025Q4") -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self.submit(content, "--format", "json", *options, period=period).json
        return answer


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    home = Home(tmp_path / "var")
    monkeypatch.setenv("JZOJP_HOME", str(home.path))
    monkeypatch.setenv("COLUMNS", "250")

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr("sys.argv", ["jzojp", *arguments])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        code = stopped.value.code
        return Ended(code if isinstance(code, int) else 0, *capsys.readouterr())

    return Terminal(home, run, tmp_path)


def warned(terminal: Terminal) -> Mapping[str, Any]:
    """A delivery that asks a reason, because it is thirty times the quarter before."""
    terminal.submit(file_of(row("OUD08", 30)).replace(b"2025Q4", b"2025Q3"), period="2025Q3")
    return terminal.submitted(file_of(row("OUD08", 900)))


def test_a_delivery_with_warnings_is_confirmed_with_a_reason(terminal: Terminal) -> None:
    sent = warned(terminal)
    assert (sent["outcome"], sent["state"], sent["asks_reason"]) == (
        "accepted_with_warnings",
        "awaiting_confirmation",
        True,
    )
    number = str(sent["submission"])
    without = terminal.run("confirm", number)
    assert (without.code, "reden" in without.err) == (2, True)
    confirmed = terminal.run("confirm", number, "--reason", "nieuwe locatie", "--format", "json")
    assert (confirmed.code, confirmed.json["state"]) == (0, "accepted")
    assert confirmed.json == receipt(terminal.home, int(number), actor=OPERATOR).model_dump(mode="json")


def test_submitting_can_confirm_at_once(terminal: Terminal) -> None:
    warned(terminal)
    ended = terminal.submit(file_of(row("OUD08", 901)), "--confirm", "nieuwe locatie", "--format", "json")
    assert (ended.code, ended.json["state"]) == (0, "accepted")
    assert ended.json["acts"][-1]["reason"] == "nieuwe locatie"


def test_withdrawing_and_reinstating(terminal: Terminal) -> None:
    number = str(terminal.submitted(GOOD)["submission"])
    ended = terminal.run("withdraw", number, "--reason", "verkeerd bestand", "--format", "json")
    assert (ended.code, ended.json["state"]) == (0, "withdrawn")
    again = terminal.run("withdraw", number, "--reason", "verkeerd bestand")
    assert (again.code, "telt al niet mee" in again.err) == (2, True)
    back = terminal.run("reinstate", number, "--reason", "toch goed", "--format", "json")
    assert (back.code, back.json["state"]) == (0, "accepted")


@pytest.mark.parametrize("command", ["confirm", "withdraw", "reinstate", "purge"])
def test_an_unknown_number_is_wrong_use(terminal: Terminal, command: str) -> None:
    ended = terminal.run(command, "12", "--reason", "x")
    assert (ended.code, "Aanlevering 12 bestaat niet" in ended.err) == (2, True)
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", ["withdraw", "reinstate", "purge"])
def test_a_reason_is_asked(terminal: Terminal, command: str) -> None:
    assert terminal.run(command, "1").code == 2
    assert terminal.run(command, "1", "--reason", " ").code == 2


def test_a_file_with_personal_data_is_purged(terminal: Terminal) -> None:
    content = file_of(row("OUD08", 30) + f";{BSN}").replace(b"Noemer", b"Noemer;Toelichting")
    ended = terminal.submit(content)
    assert ended.code == 1
    assert "persoonsgegevens" in ended.out
    assert BSN not in ended.out
    number = Ledger(terminal.home).events()[0].sequence
    purged = terminal.run("purge", str(number), "--reason", "op verzoek", "--format", "json")
    assert (purged.code, purged.json["state"]) == (0, "purged")
    assert not [path for path in terminal.home.register_path.rglob("*") if path.name == purged.json["sha256"]]


def test_a_file_that_is_too_large_is_refused_from_its_size(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, "1")
    file = terminal.folder / "groot.csv"
    with file.open("wb") as made:
        made.truncate(50_000_000_000)
    ended = terminal.run("submit", str(file), "--region", "ZK08", "--period", "2025Q4", "--format", "json")
    assert (ended.code, ended.json["outcome"], ended.json["size"]) == (1, "rejected", 50_000_000_000)
    assert ended.json["findings"][0]["rule"] == "bestand.te_groot"
    assert not terminal.home.ledger_path.exists()
    stranger = terminal.run("submit", str(file), "--region", "ZK99", "--period", "2025Q4")
    assert (stranger.code, "ZK99" in stranger.err) == (2, True)


def test_a_person_reads_what_to_do_then_the_groups_then_the_rows(terminal: Terminal) -> None:
    content = file_of(*[row("OUD08", "dertig")] * 3, row("DIG01", 5000))
    out = terminal.submit(content).out
    places = [out.index(words) for words in ("afgekeurd om", "Bevindingen per soort", "│ 3 ", "Bevindingen\n")]
    assert places == sorted(places)
    assert "fouten" in out


def test_what_a_file_says_steers_no_terminal_and_is_no_markup(terminal: Terminal) -> None:
    ended = terminal.submit(file_of(row("OUD08", "[/b]\x1b[31mrood\x9b2J\u202e")))
    assert (ended.code, "[/b]" in ended.out) == (1, True)
    assert not set("\x1b\x9b\u202e") & set(ended.out + ended.err)


def test_a_period_is_declared_complete_with_a_reason_while_something_lacks(terminal: Terminal) -> None:
    terminal.submit(GOOD)
    arguments = ("complete", "--region", "ZK08", "--period", "2025Q4")
    without = terminal.run(*arguments)
    assert (without.code, "PRE02" in without.err) == (2, True)
    said = terminal.run(*arguments, "--reason", "volgt later", "--format", "json")
    assert (said.code, said.json["holds"], said.json["reason"]) == (0, True, "volgt later")
    told = terminal.run(*arguments, "--reason", "volgt later")
    assert "gereed gemeld" in told.out


def test_status_is_about_a_region_and_a_period(terminal: Terminal) -> None:
    terminal.submit(GOOD)
    terminal.submit(CORRECTED)
    terminal.submit(BAD.replace(b"2025Q4", b"2025Q3"), period="2025Q3")
    found = terminal.run("status", "--region", "ZK08", "--period", "2025Q4", "--format", "json").json
    (cell,) = found["periods"]
    assert (cell["region"], cell["period"], cell["due_date"]) == ("ZK08", "2025Q4", "2026-02-14")
    assert [item["state"] for item in found["submissions"]] == ["partly_superseded", "accepted"]
    everybody = terminal.run("status", "--format", "json").json
    assert {"2025Q3", "2025Q4"} <= {item["period"] for item in everybody["periods"]}
    assert len({item["region"] for item in everybody["periods"]}) == 31
    assert len(everybody["submissions"]) == 3
    told = terminal.run("status", "--region", "ZK08").out
    assert "PRE02" in told
    assert "2026-02-14" in told
    assert "Regio's per periode" in terminal.run("status").out
    assert terminal.run("status", "--region", "ZK99").code == 2


def test_status_tells_the_reminders(terminal: Terminal) -> None:
    record_due(terminal.home, today=date(2026, 2, 12), actor=OPERATOR)
    found = terminal.run("status", "--region", "ZK08", "--format", "json").json
    assert [(item["region"], item["period"], item["days"]) for item in found["reminders"]] == [("ZK08", "2025Q4", 3)]
    assert "nog 3 dagen" in terminal.run("status", "--period", "2025Q4").out


def test_a_token_is_shown_once_listed_and_revoked(terminal: Terminal) -> None:
    issued = terminal.run("token", "issue", "--region", "ZK08", "--label", "ons systeem", "--format", "json")
    token = issued.json
    assert (issued.code, token["region"]) == (0, "ZK08")
    listed = terminal.run("token", "list")
    assert token["token_id"] in listed.out
    assert token["secret"] not in listed.out
    revoked = terminal.run("token", "revoke", token["token_id"], "--reason", "uitgelekt", "--format", "json")
    assert (revoked.code, revoked.json["revoked_reason"]) == (0, "uitgelekt")
    assert terminal.run("token", "list", "--format", "json").json == [revoked.json]
    assert terminal.run("token", "revoke", "000000000000", "--reason", "x").code == 2
    assert terminal.run("token", "issue", "--region", "ZK99", "--label", "x").code == 2
