"""`jzojp up`: all services in one terminal."""

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Annotated

import typer

from orchestration.code_version import ROOT
from orchestration.commands.console import answers, errors, operator, progress
from orchestration.dagster_home import end_interrupted_runs, prepare
from orchestration.services import LOOPBACK, Place, Service, interruptible, running, start_all, supervise
from register.home import Home
from register.in_force import is_fictitious
from register.ledger import Ledger
from register.locks import clear_scratch

_CODE_MODULE = "orchestration.definitions"


def up(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Vul een lege map eerst met de fictieve demo.")] = False,
    app_port: Annotated[int, typer.Option("--app-port", help="Poort van de site.")] = 8501,
    dagster_port: Annotated[int, typer.Option("--dagster-port", help="Poort van Dagster.")] = 3000,
) -> None:
    """Start de site en Dagster, en stop alles netjes met Ctrl-C."""
    home = Home.from_environment().create()
    clear_scratch(home)
    with ExitStack() as stack, interruptible() as must_stop:
        _catch_up(home, is_demo=demo)
        is_demo = is_fictitious(Ledger(home).events())
        prepare(home, code_port=dagster_port + 1)
        end_interrupted_runs(home)
        environment = _environment(home, is_demo=is_demo)
        place = Place(log_folder=home.logs_path, folder=ROOT, environment=environment)
        started = start_all(stack, _services(home, app_port, dagster_port), place)
        if is_demo and demo:
            stack.enter_context(running(Service("demo", (sys.executable, "-m", "orchestration", "demo")), place))
        _tell(home, app_port, dagster_port)
        supervise(started, must_stop)
        errors.print("Alles stopt.")


def _catch_up(home: Home, *, is_demo: bool) -> None:
    """Finish what a crash left open, and load the demo as far as the first page needs it."""
    from register.intake import resume

    with progress("Controleren") as say:
        resume(home, operator())
        if is_demo:
            from orchestration.demo.loading import FIRST_PAGE, load

            load(home, FIRST_PAGE, say=say)


def _environment(home: Home, *, is_demo: bool) -> Mapping[str, str]:
    return {
        **os.environ,
        "JZOJP_HOME": str(home.path),
        "DAGSTER_HOME": str(home.dagster_path),
        "DO_NOT_TRACK": "1",
        "PYTHONUNBUFFERED": "1",
        **({"JZOJP_DEMO": "1"} if is_demo else {}),
    }


def _services(home: Home, app_port: int, dagster_port: int) -> list[Service]:
    python = (sys.executable, "-m")
    code_port, workspace = dagster_port + 1, ("-w", str(home.dagster_path / "workspace.yaml"))
    code = (
        *python,
        "dagster",
        "api",
        "grpc",
        "-m",
        _CODE_MODULE,
        "--host",
        LOOPBACK,
        "--port",
        str(code_port),
        "--use-python-environment-entry-point",
    )
    web = (*python, "dagster_webserver", *workspace, "--host", LOOPBACK, "--port", str(dagster_port))
    return [
        Service("site", (*python, "app.server", "--address", LOOPBACK, "--port", str(app_port)), app_port),
        Service("dagster-code", code, code_port),
        Service("dagster-daemon", (*python, "dagster._daemon", "run", *workspace)),
        Service("dagster-web", web, dagster_port),
    ]


def _tell(home: Home, app_port: int, dagster_port: int) -> None:
    answers.print(f"Site:     http://{LOOPBACK}:{app_port}", markup=False)
    answers.print(f"Dagster:  http://{LOOPBACK}:{dagster_port}", markup=False)
    answers.print(f"Gegevens: {home.path} (logboeken in {home.logs_path})", markup=False)
    answers.print("Stoppen met Ctrl-C.")
