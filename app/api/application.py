"""The API as an application of its own, which the site carries under `/api`.

Belongs here: how a request is let in (token, parameters, body), and that every answer is one of ours. Does not belong
here: the operations, and Streamlit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import deliveries, guide, periods
from app.api.openapi import document
from app.api.operations import PREFIX, Call, Operation
from app.api.parameters import NumberParameters, read_json, read_parameters
from app.api.problems import handlers, not_found
from app.api.tokens import actor_of
from app.api.uploads import Uploads, read_body
from register.door import maximum_bytes
from register.errors import AccessDeniedError, UnknownSubmissionError
from register.home import Home

OPERATIONS: Final = (*deliveries.OPERATIONS, *periods.OPERATIONS)
_MOUNTED: Final = "/api"
_JSON_BYTES: Final = 20_000
_MORE_FILES: Final = "Verdeel het bestand per indicator over meer bestanden."
_SHORTER: Final = "Stuur alleen de reden mee."


def api_routes(home: Home) -> list[BaseRoute]:
    """What the site needs to carry the API on this data directory."""
    api = _Careful(_application(_Door(home)))
    return [Route(_MOUNTED, _to_the_guide), Route(PREFIX, _to_the_guide), Mount(_MOUNTED, app=api)]


@dataclass(frozen=True)
class _Door:
    """Lets requests in: who asks is known before anything else is read, and the body comes last."""

    home: Home
    uploads: Uploads = field(default_factory=Uploads)

    async def answer(self, operations: Mapping[str, Operation], request: Request) -> Response:
        """The answer of the operation that is asked.

        Raises:
            ProblemError: the request is not let in.
            MonitorError: the operation refuses it.
        """
        operation = operations["GET" if request.method == "HEAD" else request.method]
        actor = await run_in_threadpool(actor_of, self.home, request.headers.get("authorization"))
        said = read_parameters(operation.said, request.path_params, request.query_params.multi_items())
        if operation.takes_file:
            with self.uploads.one_of(str(actor.region)):
                content = await read_body(request, maximum_bytes(), _MORE_FILES)
                return await _done(operation, Call(self.home, actor, said, content))
        if operation.body is None:
            return await _done(operation, Call(self.home, actor, said, None))
        body = read_json(operation.body, await read_body(request, _JSON_BYTES, _SHORTER))
        return await _done(operation, Call(self.home, actor, said, body))


async def _done(operation: Operation, call: Call[Any, Any]) -> Response:
    """Do it; of a number that is not the region's own, nothing is told."""
    try:
        return await run_in_threadpool(operation.answer, call)
    except (UnknownSubmissionError, AccessDeniedError) as error:
        if isinstance(call.said, NumberParameters):
            raise not_found(f"Aanlevering {call.said.number}") from error
        raise


def _application(door: _Door) -> Starlette:
    below = PREFIX.removeprefix(_MOUNTED)
    routes = [Route(f"{below}/", guide.show), Route(f"{below}/openapi.json", _show_document)]
    routes += [
        Route(f"{below}{path}", partial(door.answer, operations), methods=list(operations))
        for path, operations in _by_path().items()
    ]
    application = Starlette(routes=routes, exception_handlers=handlers())
    application.router.redirect_slashes = False
    return application


def _by_path() -> dict[str, dict[str, Operation]]:
    found: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.path, {})[operation.method] = operation
    return found


async def _to_the_guide(_: Request) -> Response:
    return RedirectResponse(f"{PREFIX}/")


async def _show_document(_: Request) -> Response:
    return JSONResponse(document(OPERATIONS))


class _Careful:
    """ASGI wrapper: no answer, also not that to an unexpected error, is kept by a cache or taken for another type."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, careful)
