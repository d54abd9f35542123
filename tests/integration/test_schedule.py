"""The schedule of every morning: only today counts, and what it does stands in the register once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import defs
from orchestration.schedules import due_dates, every_morning
from register.access import OPERATOR
from register.events import UitvraagOpened
from register.home import Home
from register.ledger import Ledger


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("JZOJP_HOME", str(tmp_path / "var"))
    return Home(tmp_path / "var").create()


def asked(moment: datetime) -> dg.RunRequest | dg.SkipReason:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
        answer = every_morning(context)
    assert isinstance(answer, dg.RunRequest | dg.SkipReason)
    return answer


def test_it_runs_without_being_switched_on() -> None:
    schedule = defs.resolve_schedule_def("every_morning")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert schedule.execution_timezone == "Europe/Amsterdam"


def test_this_morning_is_asked_once_and_earlier_mornings_are_not_made_up_for() -> None:
    now = datetime.now(tz=UTC)
    today, again = asked(now), asked(now + timedelta(seconds=1))
    assert isinstance(today, dg.RunRequest)
    assert isinstance(again, dg.RunRequest)
    assert today.run_key == again.run_key
    assert isinstance(asked(now - timedelta(days=3)), dg.SkipReason)


def test_a_run_opens_the_last_quarter_and_a_second_run_adds_nothing(home: Home) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        assert due_dates.execute_in_process(instance=instance).success
        first = Ledger(home).events()
        assert due_dates.execute_in_process(instance=instance).success
    assert Ledger(home).events() == first
    opened = [event for event in first if isinstance(event.content, UitvraagOpened)]
    assert len(opened) == 1
    assert opened[0].actor == OPERATOR
