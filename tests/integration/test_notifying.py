"""Sending notices to a real mail server and a real web server on loopback, also when the process is killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from typer.testing import CliRunner

from orchestration.commands.notify import app as notify_command
from orchestration.notice_settings import NoticeSettingsError
from orchestration.notifying import notify, notify_afterwards
from orchestration.schedules import every_five_minutes, notices
from register.access import OPERATOR, Actor, Role
from register.agreement_draft import DraftContact
from register.contact_events import Notice, OrganisationKind
from register.contacts import RecipientEntry, add_recipient, remove_recipient
from register.errors import AccessDeniedError
from register.events import DemoStarted, NoticeFailed, NoticeSending, NoticeSent, SignalOpened
from register.failpoints import Failpoint
from register.home import Home
from register.ledger import Ledger
from register.notice_states import NoticeState
from register.notices import last_digest_moment
from register.notices import notices as all_notices
from register.organisations import add_organisation
from register.signal_events import Cause
from register.signal_kinds import SignalKind
from tests.support_mail import Post, free_port, mail_server, web_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("JZOJP_HOME", str(tmp_path / "var"))
    return Home(tmp_path / "var").create()


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    found = free_port()
    monkeypatch.setenv("JZOJP_NOTIFY_SMTP", f"mailto://127.0.0.1:{found}/?from=monitor%40voorbeeld.nl")
    monkeypatch.setenv("JZOJP_NOTIFY_BASE_URL", "https://monitor.voorbeeld.nl")
    return found


@pytest.fixture
def post(port: int) -> Iterator[Post]:
    with mail_server(port) as found:
        yield found


def told(home: Home, name: str, notice: Notice = Notice.IMMEDIATELY, *regions: str) -> str:
    """Somebody who is told; his code."""
    organisation = add_organisation(home, f"Gemeente van {name}", OrganisationKind.OTHER, region="ZK33", actor=OPERATOR)
    person = DraftContact(name=name, e_mail=f"{name.lower()}@voorbeeld.nl")
    entry = RecipientEntry(person, regions=regions, notice=notice)
    return add_recipient(home, organisation.code, entry, actor=OPERATOR).code


def opens(home: Home, area: str = "ZK33", kind: SignalKind = SignalKind.STALLED) -> int:
    """A signal that opens; its number."""
    cause = Cause(signal=kind, area=area, indicator="PRE02", path=f"{area}-A001")
    new = SignalOpened(cause=cause, rule_version="A", seen_in="2026Q2", detail="stagneert")
    return Ledger(home).append([new], actor=OPERATOR)[0].sequence


def in_state(home: Home, state: NoticeState) -> int:
    return sum(item.state is state for item in all_notices(home, actor=OPERATOR))


def asked(*words: str) -> str:
    """What `jzojp notify` answers."""
    answer = CliRunner().invoke(notify_command, words)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def later(delta: timedelta) -> datetime:
    return datetime.now(UTC) + delta


def test_everybody_gets_one_mail_with_what_is_new_for_him_and_never_the_same_again(home: Home, post: Post) -> None:
    told(home, "Bob", Notice.IMMEDIATELY, "ZK33")
    told(home, "Eve")
    told(home, "Kim", Notice.NEVER)
    number = opens(home)
    opens(home, "ZK08")
    assert notify(home, actor=OPERATOR).sent == 2
    bob, eve = sorted(post)
    assert (bob.to, eve.to) == ("bob@voorbeeld.nl", "eve@voorbeeld.nl")
    assert bob.subject.startswith("JZOJP-monitor: Nieuw signaal: stagneert, ")
    assert f"https://monitor.voorbeeld.nl/signalen?stand=open&signaal={number}" in bob.body
    assert "Beste Bob," in bob.body
    assert "ZK08" not in bob.body
    assert eve.subject == "JZOJP-monitor: 2 berichten"
    assert notify(home, actor=OPERATOR).sent == 0
    assert len(post) == 2
    opens(home, kind=SignalKind.WORSENING)
    assert notify(home, actor=OPERATOR).sent == 2
    assert "stagneert" not in post[-1].subject
    assert in_state(home, NoticeState.SENT) == 4


def test_no_name_or_address_is_in_an_event(home: Home, post: Post) -> None:
    told(home, "Bob")
    opens(home)
    notify(home, actor=OPERATOR)
    assert len(post) == 1
    assert not any("bob@" in event.canonical_json() for event in Ledger(home).events())
    with pytest.raises(AccessDeniedError):
        all_notices(home, actor=Actor(name="Piet", role=Role.PROGRAMME_STAFF))


def test_the_weekly_mail_comes_on_monday_once(home: Home, post: Post) -> None:
    told(home, "Bob", Notice.WEEKLY)
    opens(home)
    opens(home, "ZK08")
    monday = last_digest_moment(later(timedelta(days=7)))
    assert notify(home, actor=OPERATOR).sent == 0
    assert notify(home, actor=OPERATOR, clock=lambda: monday).sent == 1
    assert notify(home, actor=OPERATOR, clock=lambda: monday + timedelta(hours=5)).sent == 0
    assert [mail.subject for mail in post] == ["JZOJP-monitor: weekoverzicht, 2 berichten"]


def test_a_server_that_is_away_is_tried_again_later_with_the_same_key(home: Home, port: int) -> None:
    told(home, "Bob")
    told(home, "Eve")
    opens(home)
    report = notify(home, actor=OPERATOR)
    assert (report.sent, len(report.failed)) == (0, 1)
    assert (in_state(home, NoticeState.WAITING), len(all_notices(home, actor=OPERATOR))) == (1, 1)
    with mail_server(port) as post:
        assert notify(home, actor=OPERATOR).sent == 1
        assert [mail.to for mail in post] == ["eve@voorbeeld.nl"]
        assert notify(home, actor=OPERATOR, clock=lambda: later(timedelta(minutes=2))).sent == 1
        assert notify(home, actor=OPERATOR, clock=lambda: later(timedelta(hours=2))).sent == 0
    assert [mail.to for mail in post] == ["eve@voorbeeld.nl", "bob@voorbeeld.nl"]
    assert len({mail.key for mail in post}) == 2
    assert {mail.key for mail in post} == {item.key for item in all_notices(home, actor=OPERATOR)}


def test_an_address_that_is_refused_holds_nobody_up_and_is_given_up(home: Home, post: Post) -> None:
    told(home, "Weg")
    told(home, "Eve")
    opens(home)
    report = notify(home, actor=OPERATOR)
    assert (report.sent, len(report.failed)) == (1, 1)
    for hours in range(1, 30):
        notify(home, actor=OPERATOR, clock=lambda h=hours: later(timedelta(hours=6 * h)))  # type: ignore[misc]
    assert [mail.to for mail in post] == ["eve@voorbeeld.nl"]
    assert in_state(home, NoticeState.GIVEN_UP) == 1
    kinds = [type(event.content) for event in Ledger(home).events()]
    assert (kinds.count(NoticeSending), kinds.count(NoticeFailed), kinds.count(NoticeSent)) == (6, 5, 1)


def test_who_is_removed_gets_nothing_any_more(home: Home, port: int) -> None:
    code = told(home, "Bob")
    opens(home)
    notify(home, actor=OPERATOR)
    remove_recipient(home, code, reason="uit dienst", actor=OPERATOR)
    with mail_server(port) as post:
        assert notify(home, actor=OPERATOR, clock=lambda: later(timedelta(hours=1))).sent == 0
    assert post == []


@pytest.mark.parametrize("place", [Failpoint.NOTICE_BEFORE_SEND, Failpoint.NOTICE_AFTER_SEND])
def test_a_process_that_is_killed_sends_nothing_twice(home: Home, post: Post, place: Failpoint) -> None:
    told(home, "Bob")
    told(home, "Eve")
    opens(home)
    command = [sys.executable, "-m", "orchestration", "notify", "send"]
    environment = os.environ | {"JZOJP_FAILPOINT": f"{place}:kill", "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    was_taken = place is Failpoint.NOTICE_AFTER_SEND
    assert [mail.to for mail in post] == (["bob@voorbeeld.nl"] if was_taken else [])
    assert notify(home, actor=OPERATOR).sent == 1
    assert notify(home, actor=OPERATOR, clock=lambda: later(timedelta(days=1))).sent == 0
    assert [mail.to for mail in post] == [*(["bob@voorbeeld.nl"] if was_taken else []), "eve@voorbeeld.nl"]
    (uncertain,) = json.loads(asked("status", "--format", "json"))
    assert (uncertain["receiver"], uncertain["state"]) == ("ONT001", "uncertain")
    assert "onzeker of het is verstuurd" in asked("status")
    assert Ledger(home).verify() == Ledger(home).head()


def test_a_channel_gets_what_is_of_its_regions(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_server() as (port, got):
        monkeypatch.setenv("JZOJP_NOTIFY_WEBHOOKS", f"ZK33=json://127.0.0.1:{port}/geheim")
        opens(home)
        opens(home, "ZK08")
        assert [notify(home, actor=OPERATOR).sent for _ in range(2)] == [1, 0]
    (message,) = got
    assert message["title"].startswith("JZOJP-monitor: Nieuw signaal: stagneert, ")
    assert "Beste collega," in message["message"]
    assert not any("geheim" in event.canonical_json() for event in Ledger(home).events())
    with web_server() as (port, got):
        monkeypatch.setenv("JZOJP_NOTIFY_WEBHOOKS", "ZK33=json://127.0.0.1:1/")
        report = notify(home, actor=OPERATOR)
    assert (report.sent, len(report.failed)) == (0, 1)


def test_without_settings_and_from_a_demo_nothing_is_sent_or_written_down(
    home: Home, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger(home).append([DemoStarted(seed=1)], actor=OPERATOR)
    told(home, "Bob")
    opens(home)
    head = Ledger(home).head()
    assert asked("send") == "Verstuurd: 0. Mislukt: 0.\n"
    assert (post, Ledger(home).head()) == ([], head)
    monkeypatch.setenv("JZOJP_NOTIFY_DEMO", "1")
    with monkeypatch.context() as without:
        without.delenv("JZOJP_NOTIFY_SMTP")
        assert "Er is niets ingesteld" in asked("send")
        assert Ledger(home).head() == head
    assert notify(home, actor=OPERATOR).sent == 1
    assert post[0].subject.startswith("Fictief")
    assert post[0].body.startswith("Fictief")


def test_faulty_settings_stop_a_round_and_never_what_was_done_before(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JZOJP_NOTIFY_SMTP", "smtp://geheim")
    with pytest.raises(NoticeSettingsError):
        notify(home, actor=OPERATOR)
    said: list[str] = []
    notify_afterwards(home, actor=OPERATOR, say=said.append)
    assert len(said) == 1
    assert "JZOJP_NOTIFY_SMTP" in said[0]
    assert "geheim" not in said[0]


def test_the_schedule_starts_a_run_only_when_a_notice_is_due(home: Home, post: Post) -> None:
    assert isinstance(every_five_minutes(), dg.SkipReason)
    told(home, "Bob")
    opens(home)
    assert isinstance(every_five_minutes(), dg.RunRequest)
    with dg.DagsterInstance.ephemeral() as instance:
        assert notices.execute_in_process(instance=instance).success
    assert [mail.to for mail in post] == ["bob@voorbeeld.nl"]
    assert isinstance(every_five_minutes(), dg.SkipReason)
