"""The schedules: every morning due dates, reminders and signals; every five minutes notices; every week new open data.

Level-triggered, like the sensor: they look at what is due or new today, whatever ran before, so that a day on which
nothing ran loses nothing. Does not belong here: what is due and to whom (`register/deadlines.py`,
`register/notices.py`), and what a new release is (`statline/releases.py`).
"""

from typing import Final

import dagster as dg

from indicators.errors import MonitorError
from register.access import OPERATOR
from register.home import Home
from register.submissions import day_of, today_in_the_netherlands

NETHERLANDS: Final = "Europe/Amsterdam"


@dg.op(description="Schrijft in het register welk kwartaal opengaat en welke regio een herinnering krijgt.")
def record_due_dates(context: dg.OpExecutionContext) -> None:
    """Write down what is due today and has not been written down yet."""
    from register.deadlines import record_due

    day = today_in_the_netherlands()
    added = record_due(Home.from_environment(), today=day, actor=OPERATOR)
    context.log.info("Termijnen van %s: %d nieuw in het register.", day.isoformat(), len(added))


@dg.op(ins={"after": dg.In(dg.Nothing)}, description="Opent en sluit signalen: op cijfers, en op wat te laat is.")
def judge_all_signals(context: dg.OpExecutionContext) -> None:
    """Write down which signals open and close today."""
    from orchestration.signals import judge_signals

    added = judge_signals(Home.from_environment(), today=today_in_the_netherlands(), actor=OPERATOR)
    context.log.info("Signalen: %d nieuw in het register.", len(added))


@dg.op(ins={"after": dg.In(dg.Nothing)}, description="Verstuurt de berichten waarvoor het tijd is.")
def send_notices(context: dg.OpExecutionContext) -> None:
    """Send what is due; what fails is in the register and is tried again."""
    from orchestration.notifying import notify

    report = notify(Home.from_environment(), actor=OPERATOR)
    context.log.info("Berichten: %d verstuurd, %d mislukt.", report.sent, len(report.failed))


@dg.job(
    executor_def=dg.in_process_executor,
    description="Welk kwartaal gaat open, wie moet nog aanleveren, en wie moet dat weten?",
)
def due_dates() -> None:
    """Three small steps; a job, so that its runs can be seen and started by hand."""
    send_notices(judge_all_signals(record_due_dates()))


@dg.schedule(
    job=due_dates,
    cron_schedule="5 6 * * *",
    execution_timezone=NETHERLANDS,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Elke ochtend: opent een nieuw kwartaal, herinnert regio's en beoordeelt signalen.",
)
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Start the job, once a day; mornings on which nothing ran are not made up for, because only today counts."""
    day = day_of(context.scheduled_execution_time)
    if day < today_in_the_netherlands():
        return dg.SkipReason(f"{day.isoformat()} is voorbij; de termijnen van vandaag zijn genoeg.")
    return dg.RunRequest(run_key=day.isoformat())


@dg.job(executor_def=dg.in_process_executor, description="Welke berichten moeten nog weg?")
def notices() -> None:
    """One step; a job, so that it can be started by hand without the schedule."""
    send_notices()


@dg.schedule(
    job=notices,
    cron_schedule="*/5 * * * *",
    execution_timezone=NETHERLANDS,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Verstuurt op maandagochtend de weekoverzichten en probeert opnieuw wat mislukte.",
)
def every_five_minutes() -> dg.RunRequest | dg.SkipReason:
    """Start the job when a notice is due; without settings this reads nothing."""
    from orchestration.notifying import is_anything_due

    if is_anything_due(Home.from_environment(), actor=OPERATOR):
        return dg.RunRequest()
    return dg.SkipReason("Er is geen bericht waarvoor het tijd is.")


@dg.op(description="Leest de jaren in die bij CBS StatLine nieuw of gewijzigd zijn.")
def ingest_new_releases(context: dg.OpExecutionContext) -> None:
    """Ingest what is new of every known table that was ingested before; a table that fails does not stop the others.

    Raises:
        Failure: a table could not be read; names every such table.
    """
    from expectations.open_data.statline_contract import TABLES
    from orchestration.statline.releases import ingest_new_release

    failed = []
    for table in TABLES:
        try:
            ingest_new_release(Home.from_environment(), table, OPERATOR, say=context.log.info)
        except MonitorError as error:
            context.log.error("Tabel %s: %s", table, error)
            failed.append(f"{table}: {error}")
    if failed:
        raise dg.Failure("\n".join(failed))


@dg.job(
    executor_def=dg.in_process_executor,
    description="Heeft CBS StatLine nieuwe cijfers van tabellen die al zijn ingelezen?",
)
def open_data_releases() -> None:
    """One step; a job, so that it can be started by hand without the schedule."""
    ingest_new_releases()


every_week = dg.ScheduleDefinition(
    name="every_week",
    job=open_data_releases,
    cron_schedule="20 6 * * 1",
    execution_timezone=NETHERLANDS,
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Elke maandag: leest nieuwe cijfers van CBS StatLine in. Staat uit tot iemand haar aanzet.",
)
