"""What Dagster does on a real data directory: the sensor's answers and one run from landing to publication."""

import dagster as dg
import pytest

from indicators.errors import UnknownCodeError
from orchestration.assets import AUDITS, LANDING
from orchestration.backlog import backlog
from orchestration.definitions import defs
from orchestration.partitions import cells_of, covering_range
from orchestration.sensors import ATTEMPTS, INPUTS_TAG, ledger_is_ahead
from register.home import Home
from register.publications import pointer
from tests.support_demo import deliver_the_correction

RANGE = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")


@pytest.fixture
def home(demo_home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("JZOJP_HOME", str(demo_home.path))
    monkeypatch.setattr("orchestration.sensors._LOOK_SECONDS", 0)
    return demo_home


def ask(instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason | dg.SensorResult:
    answer = ledger_is_ahead(dg.build_sensor_context(instance=instance))
    assert isinstance(answer, dg.RunRequest | dg.SkipReason | dg.SensorResult)
    return answer


def test_when_nothing_is_lacking_the_sensor_only_tells_dagster_of_cells_it_does_not_know(home: Home) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        answer = ask(instance)
        assert isinstance(answer, dg.SensorResult)
        assert answer.run_requests in (None, [])
        assert 0 < len(answer.asset_events) <= 31
        assert {event.asset_key for event in answer.asset_events} == {LANDING}


def test_an_accepted_file_starts_one_run_for_its_cell_and_failures_are_bounded(home: Home) -> None:
    deliver_the_correction(home)
    with dg.DagsterInstance.ephemeral() as instance:
        for _ in range(ATTEMPTS):
            request = ask(instance)
            assert isinstance(request, dg.RunRequest)
            assert {request.tags[name] for name in RANGE} == {"2026Q2|ZK06"}
            job = defs.resolve_job_def("refresh")
            run = instance.create_run_for_job(job, tags={INPUTS_TAG: request.tags[INPUTS_TAG]})
            assert isinstance(ask(instance), dg.SkipReason)
            instance.report_run_failed(run)
        assert isinstance(ask(instance), dg.SkipReason)


def test_one_run_lands_computes_checks_and_publishes_a_concept(home: Home) -> None:
    before = pointer(home)
    deliver_the_correction(home)
    first, last = covering_range(backlog(home).cells)
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_job_def("refresh")
        result = job.execute_in_process(instance=instance, tags=dict(zip(RANGE, (first, last), strict=True)))
        assert result.success
        checks = result.get_asset_check_evaluations()
        assert all(check.passed for check in checks)
        assert {check.check_name for check in checks} >= {AUDITS, "klein_aantal_teller"}
        assert instance.get_materialized_partitions(LANDING) == {first}
    after = pointer(home)
    assert before is not None
    assert after is not None
    assert after.latest != before.latest
    assert after.released == before.released
    assert not backlog(home).is_behind


@pytest.mark.parametrize("key", ["2025Q4|ZK99", "2025Q4|ZK06' or 1=1 --", "../..|ZK06"])
def test_a_partition_that_is_no_cell_is_refused(key: str) -> None:
    with pytest.raises(UnknownCodeError):
        cells_of([key])
