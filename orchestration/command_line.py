"""`jzojp`: the command line; which command is which, and how an error becomes an exit code."""

import sys

import typer
from typer.core import TyperGroup

from indicators.errors import MonitorError, UnknownCodeError
from orchestration.commands import (
    agreement,
    compute,
    contact,
    decisions,
    demo,
    ingest,
    kernset,
    notify,
    status,
    submit,
    template,
    token,
    up,
    values,
)
from orchestration.commands.console import ExitCode, errors, visible
from register.errors import (
    AccessDeniedError,
    ReasonNeededError,
    UnknownRecordError,
    UnknownSubmissionError,
    WrongStateError,
)

app = typer.Typer(
    name="jzojp",
    help="De JZOJP-monitor: aanleveren, rekenen, publiceren en bekijken. De map met gegevens staat in JZOJP_HOME.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    cls=TyperGroup,
)
for command in (
    up.up,
    demo.demo,
    template.template,
    submit.submit,
    decisions.confirm,
    decisions.withdraw,
    decisions.reinstate,
    decisions.complete,
    decisions.purge,
    status.status,
    compute.compute,
    compute.publish,
    compute.rebuild,
    values.values,
):
    app.command()(command)
app.add_typer(kernset.app)
app.add_typer(ingest.app)
app.add_typer(token.app)
app.add_typer(agreement.app)
app.add_typer(contact.app)
app.add_typer(notify.app)

WRONG_USE = (
    UnknownCodeError,
    AccessDeniedError,
    ReasonNeededError,
    UnknownRecordError,
    UnknownSubmissionError,
    WrongStateError,
)


def main() -> None:
    """Run one command; an expected error is one message on stderr, never a stack trace."""
    try:
        app()
    except WRONG_USE as error:
        _stop(error, ExitCode.WRONG_USE)
    except MonitorError as error:
        _stop(error, ExitCode.FAILURE)


def _stop(error: MonitorError, code: ExitCode) -> None:
    errors.print(visible(str(error)), markup=False)
    sys.exit(code)
