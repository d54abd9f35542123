"""What the API answers when something is wrong: RFC 9457 problem details, in Dutch, never a stack trace.

Belongs here: the shape of a problem, and which error becomes which status. The text of an error is its own.
"""

from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from http import HTTPStatus
from typing import Final, cast

from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from indicators.errors import MonitorError, UnknownCodeError
from register.errors import (
    AccessDeniedError,
    LockedError,
    QuarantinedFileError,
    ReasonNeededError,
    StorageError,
    WrongStateError,
)

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 10
"""After how long a client may try again what was refused because the service is busy."""
_TITLES: Final[Mapping[HTTPStatus, str]] = {
    HTTPStatus.BAD_REQUEST: "De aanvraag klopt niet",
    HTTPStatus.UNAUTHORIZED: "Geen geldige toegangscode",
    HTTPStatus.FORBIDDEN: "Dit mag u niet",
    HTTPStatus.NOT_FOUND: "Niet gevonden",
    HTTPStatus.METHOD_NOT_ALLOWED: "Zo werkt dit adres niet",
    HTTPStatus.REQUEST_TIMEOUT: "Te langzaam",
    HTTPStatus.CONFLICT: "Dit kan nu niet",
    HTTPStatus.GONE: "Niet meer aanwezig",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Te groot",
    HTTPStatus.TOO_MANY_REQUESTS: "Te veel tegelijk",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Er ging iets mis in de monitor",
    HTTPStatus.SERVICE_UNAVAILABLE: "De monitor is bezet",
    HTTPStatus.INSUFFICIENT_STORAGE: "De opslag is vol",
}
_STATUS: Final[Mapping[type[MonitorError], HTTPStatus]] = {
    UnknownCodeError: HTTPStatus.BAD_REQUEST,
    ReasonNeededError: HTTPStatus.BAD_REQUEST,
    AccessDeniedError: HTTPStatus.FORBIDDEN,
    WrongStateError: HTTPStatus.CONFLICT,
    QuarantinedFileError: HTTPStatus.GONE,
    LockedError: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageError: HTTPStatus.INSUFFICIENT_STORAGE,
}
"""Errors that say something about the request, with a text that its sender may read."""


class Problem(BaseModel):
    """Why a request was not done (RFC 9457); `detail` names the remedy, in Dutch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class ProblemError(MonitorError):
    """A request that is answered with a problem instead of what it asks."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.headers = headers
        super().__init__(detail)


def not_found(what: str) -> ProblemError:
    """The one answer for what does not exist and for what belongs to another region."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"{what} bestaat niet bij uw regio. Kijk op het ontvangstbewijs.")


def busy(status: HTTPStatus, detail: str) -> ProblemError:
    """A refusal that says when to try again."""
    return ProblemError(status, detail, {"Retry-After": str(RETRY_SECONDS)})


def title_of(status: HTTPStatus) -> str:
    """The Dutch words for a status."""
    return _TITLES[status]


def problem_response(problem: ProblemError) -> Response:
    """A problem as an answer."""
    said = Problem(title=_TITLES[problem.status], status=problem.status, detail=str(problem))
    return Response(said.model_dump_json(), problem.status, problem.headers, MEDIA_TYPE)


def handlers() -> dict[type[Exception], ExceptionHandler]:
    """What Starlette does with an exception.

    An error that is not about the request (a damaged file, a fault of ours) is logged by the server, and told without
    its text.
    """
    return {
        **dict.fromkeys((ProblemError, *_STATUS), _told),
        HTTPException: _http,
        BrokenProcessPool: _broken,
        ClientDisconnect: _gone,
        Exception: _unexpected,
    }


def _told(_: Request, error: Exception) -> Response:
    if isinstance(error, ProblemError):
        return problem_response(error)
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return problem_response(busy(status, str(error)))
    return problem_response(ProblemError(status, str(error)))


def _http(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: no such address, no such method."""
    refusal = cast("HTTPException", error)
    status = HTTPStatus(refusal.status_code)
    detail = "Dit adres bestaat niet. Wat er wel is staat op /api/v1/."
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} kan hier niet; wel: {(refusal.headers or {}).get('Allow')}."
    return problem_response(ProblemError(status, detail, refusal.headers))


def _broken(_: Request, __: Exception) -> Response:
    return problem_response(
        busy(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Het controleren is afgebroken. Stuur hetzelfde bestand nog een keer; dubbel ontvangen kan niet.",
        )
    )


def _gone(_: Request, __: Exception) -> Response:
    """The sender hung up: nobody reads this, and nothing was received."""
    return problem_response(ProblemError(HTTPStatus.BAD_REQUEST, "De verbinding is verbroken; er is niets ontvangen."))


def _unexpected(_: Request, __: Exception) -> Response:
    return problem_response(
        ProblemError(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "De fout is vastgelegd. Probeer het nog een keer; hetzelfde bestand wordt nooit dubbel ontvangen.",
        )
    )
