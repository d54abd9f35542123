"""The operations on quarters: what is asked, the template, and declaring that everything is there.

Belongs here: which use case of the register an operation is, and how its result is answered. Does not belong here: what
is asked (`indicators.uitvraag`) and what a template looks like (`expectations.template`).
"""

from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from app import intake_worker
from app.api import examples
from app.api.answers import as_file, as_json
from app.api.operations import CSV, XLSX, Answer, Call, Method, Operation
from app.api.parameters import OptionalReason, PeriodParameters, TemplateParameters
from app.api.period_status import PeriodStatus, period_status
from register.completion import Completion, declare_complete
from register.submissions import today_in_the_netherlands
from register.templates import TemplateFormat, template

_MEDIA_TYPES: Final = {TemplateFormat.XLSX: XLSX, TemplateFormat.CSV: CSV}


def _show(call: Call[PeriodParameters, None]) -> Response:
    return as_json(
        intake_worker.run(
            period_status, call.home, call.region, call.said.period, today=today_in_the_netherlands(), actor=call.actor
        )
    )


def _complete(call: Call[PeriodParameters, OptionalReason]) -> Response:
    return as_json(
        intake_worker.run(
            declare_complete, call.home, call.region, call.said.period, reason=call.body.reason, actor=call.actor
        )
    )


def _template(call: Call[TemplateParameters, None]) -> Response:
    said = call.said
    file = intake_worker.run(template, call.home, call.region, said.period, said.format, actor=call.actor)
    return as_file(file.content, file.file_name, _MEDIA_TYPES[said.format])


OPERATIONS: Final = (
    Operation(
        name="show_period",
        method=Method.GET,
        path="/periods/{period}",
        summary="A quarter of the region: the due date, how it stands, what is asked and what is missing.",
        answer=_show,
        said=PeriodParameters,
        answers=(Answer(HTTPStatus.OK, "The quarter as it stands now.", PeriodStatus, examples.PERIOD),),
    ),
    Operation(
        name="complete_period",
        method=Method.POST,
        path="/periods/{period}/completion",
        summary="Declare that everything of a quarter is delivered; while rows are missing a reason is needed.",
        answer=_complete,
        said=PeriodParameters,
        body=OptionalReason,
        answers=(Answer(HTTPStatus.OK, "What is declared, and what is missing.", Completion, examples.COMPLETION),),
    ),
    Operation(
        name="download_template",
        method=Method.GET,
        path="/template",
        summary="The template of the region for a quarter: every asked row, with last quarter's figures beside it.",
        answer=_template,
        said=TemplateParameters,
        answers=(Answer(HTTPStatus.OK, "A workbook or a CSV file.", media_types=(XLSX, CSV)),),
    ),
)
