"""What an operation of the API is: the one description from which both its route and its documentation follow.

Belongs here: the shape. Does not belong here: the operations themselves (`deliveries.py`, `periods.py`) and how a
request is taken in (`application.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel
from starlette.responses import Response

from app.api.parameters import NoParameters, Said
from register.access import Actor
from register.home import Home

PREFIX: Final = "/api/v1"
JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SaidT = TypeVar("SaidT", bound=Said)
BodyT = TypeVar("BodyT")


class Method(StrEnum):
    """How an address is asked."""

    GET = "GET"
    POST = "POST"


@dataclass(frozen=True)
class Call(Generic[SaidT, BodyT]):
    """One request that was let in: who asks, what for, and what was sent along (`None` for nothing)."""

    home: Home
    actor: Actor
    said: SaidT
    body: BodyT

    @property
    def region(self) -> str:
        """The region of the token; a token is always a region's."""
        return str(self.actor.region)


@dataclass(frozen=True)
class Answer:
    """One way in which an operation succeeds: JSON of a model, or bytes."""

    status: HTTPStatus
    description: str
    model: type[BaseModel] | None = None
    example: BaseModel | None = None
    media_types: tuple[str, ...] = (JSON,)


@dataclass(frozen=True)
class Operation:
    """One method on one address.

    `body` is the model of the JSON that may be sent; where a file is sent instead, `takes_file`. `answer` runs in a
    thread of its own and may wait. `problems` are the refusals beside those that follow from the rest.
    """

    name: str
    method: Method
    path: str
    summary: str
    answer: Callable[[Any], Response]
    answers: tuple[Answer, ...]
    said: type[Said] = NoParameters
    body: type[Said] | None = None
    takes_file: bool = False
    problems: tuple[HTTPStatus, ...] = ()

    @property
    def is_body_required(self) -> bool:
        """Whether something must be sent: a file always, JSON when a field of it must be there."""
        fields = self.body.model_fields.values() if self.body else ()
        return self.takes_file or any(field.is_required() for field in fields)

    @property
    def all_problems(self) -> tuple[HTTPStatus, ...]:
        """Every refusal, in order of status."""
        found = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, *self.problems}
        found |= {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
        if "{number}" in self.path:
            found.add(HTTPStatus.NOT_FOUND)
        if self.method is Method.POST:
            found |= {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.INSUFFICIENT_STORAGE}
        if self.takes_file:
            found.add(HTTPStatus.TOO_MANY_REQUESTS)
        return tuple(sorted(found))
