"""The operations on deliveries: send a file, look at a receipt, decide about it.

Belongs here: which use case of the register an operation is, and how its result is answered. Does not belong here: what
happens to a delivery.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app import intake_worker
from app.api import examples
from app.api.answers import as_file, as_json
from app.api.operations import BYTES, PREFIX, XLSX, Answer, Call, Method, Operation
from app.api.parameters import (
    DeliveryParameters,
    ListParameters,
    NumberParameters,
    OptionalReason,
    RequiredReason,
)
from app.marked_file import marked_name, marked_submission
from register.access import Actor
from register.decisions import confirm, reinstate, withdraw
from register.door import Delivery
from register.history import history, raw_file, receipt
from register.home import Home
from register.intake import Confirmation, dry_run, receive
from register.receipts import Receipt
from register.summaries import DeliverySummary, summaries


class Deliveries(BaseModel):
    """The deliveries of a region, the last one first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    deliveries: tuple[DeliverySummary, ...]


class _Decision(Protocol):
    """A use case with which a sender decides about one submission."""

    def __call__(self, home: Home, number: int, *, reason: str, actor: Actor) -> Receipt: ...


def _deliver(call: Call[DeliveryParameters, bytes]) -> Response:
    said = call.said
    delivery = Delivery(call.body, said.file_name, call.region, said.period)
    if said.dry_run:
        return as_json(intake_worker.run(dry_run, call.home, [delivery], call.actor)[0])
    confirmation = Confirmation(said.confirm) if said.confirm else None
    given = intake_worker.run(receive, call.home, [delivery], call.actor, confirmation=confirmation)[0]
    status = HTTPStatus.OK if given.already_received else HTTPStatus.CREATED
    return as_json(given, status, {"Location": f"{PREFIX}/deliveries/{given.submission}"})


def _list(call: Call[ListParameters, None]) -> Response:
    found = history(call.home, region_code=call.region, period=call.said.period, actor=call.actor)
    return as_json(Deliveries(deliveries=summaries(found)))


def _show(call: Call[NumberParameters, None]) -> Response:
    return as_json(receipt(call.home, call.said.number, actor=call.actor))


def _file(call: Call[NumberParameters, None]) -> Response:
    name, content = raw_file(call.home, call.said.number, actor=call.actor)
    return as_file(content, name, BYTES)


def _marked(call: Call[NumberParameters, None]) -> Response:
    found = receipt(call.home, call.said.number, actor=call.actor)
    content = intake_worker.run(marked_submission, call.home, call.said.number, call.actor)
    return as_file(content, marked_name(found.file_name), XLSX)


def _confirm(call: Call[NumberParameters, OptionalReason]) -> Response:
    return as_json(confirm(call.home, call.said.number, reason=call.body.reason, actor=call.actor))


def _decide(decision: _Decision) -> Callable[[Call[NumberParameters, RequiredReason]], Response]:
    def answer(call: Call[NumberParameters, RequiredReason]) -> Response:
        return as_json(decision(call.home, call.said.number, reason=call.body.reason, actor=call.actor))

    return answer


_RECEIPT: Final = Answer(HTTPStatus.OK, "The receipt as it stands now.", Receipt, examples.ACCEPTED)
OPERATIONS: Final = (
    Operation(
        name="deliver",
        method=Method.POST,
        path="/deliveries",
        summary="Deliver a file for a quarter; the body is the file itself (CSV, XLSX, ODS or XLS).",
        answer=_deliver,
        said=DeliveryParameters,
        takes_file=True,
        answers=(
            Answer(HTTPStatus.CREATED, "Received and judged; `outcome` tells how.", Receipt, examples.REJECTED),
            Answer(HTTPStatus.OK, "A dry run, or the same file was received before.", Receipt, examples.DRY),
        ),
    ),
    Operation(
        name="list_deliveries",
        method=Method.GET,
        path="/deliveries",
        summary="Every delivery of the region, the last one first.",
        answer=_list,
        said=ListParameters,
        answers=(
            Answer(
                HTTPStatus.OK,
                "Receipts without their findings.",
                Deliveries,
                Deliveries(deliveries=summaries([examples.REJECTED])),
            ),
        ),
    ),
    Operation(
        name="show_delivery",
        method=Method.GET,
        path="/deliveries/{number}",
        summary="The receipt of a delivery, with the report and everything that happened to it.",
        answer=_show,
        said=NumberParameters,
        answers=(_RECEIPT,),
    ),
    Operation(
        name="download_delivery",
        method=Method.GET,
        path="/deliveries/{number}/file",
        summary="The file as it was delivered.",
        answer=_file,
        said=NumberParameters,
        answers=(Answer(HTTPStatus.OK, "The same bytes.", media_types=(BYTES,)),),
        problems=(HTTPStatus.GONE,),
    ),
    Operation(
        name="download_marked_delivery",
        method=Method.GET,
        path="/deliveries/{number}/marked",
        summary="The file as a workbook in which every finding is marked.",
        answer=_marked,
        said=NumberParameters,
        answers=(Answer(HTTPStatus.OK, "A workbook.", media_types=(XLSX,)),),
        problems=(HTTPStatus.GONE,),
    ),
    Operation(
        name="confirm_delivery",
        method=Method.POST,
        path="/deliveries/{number}/confirmation",
        summary="Stand for a delivery with warnings, so that it counts; with a reason where `asks_reason`.",
        answer=_confirm,
        said=NumberParameters,
        body=OptionalReason,
        answers=(_RECEIPT,),
        problems=(HTTPStatus.CONFLICT,),
    ),
    Operation(
        name="withdraw_delivery",
        method=Method.POST,
        path="/deliveries/{number}/withdrawal",
        summary="Take a delivery back; the one before it counts again.",
        answer=_decide(withdraw),
        said=NumberParameters,
        body=RequiredReason,
        answers=(_RECEIPT,),
        problems=(HTTPStatus.CONFLICT,),
    ),
    Operation(
        name="reinstate_delivery",
        method=Method.POST,
        path="/deliveries/{number}/reinstatement",
        summary="Let a replaced or withdrawn delivery count again, as if it was received now.",
        answer=_decide(reinstate),
        said=NumberParameters,
        body=RequiredReason,
        answers=(_RECEIPT,),
        problems=(HTTPStatus.CONFLICT,),
    ),
)
