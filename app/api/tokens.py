"""Who asks: the token in the `Authorization` header, which belongs to one region.

Belongs here: reading the header. Does not belong here: what a token is (`register.tokens`), what it may do
(`register.access`).
"""

import re
from http import HTTPStatus
from typing import Final

from app.api.problems import ProblemError
from register.access import Actor
from register.errors import AccessDeniedError
from register.home import Home
from register.tokens import actor_of_token

_BEARER: Final = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,200})", re.IGNORECASE)
_REALM: Final = 'Bearer realm="jzojp"'


def actor_of(home: Home, authorization: str | None) -> Actor:
    """Who sends a request.

    Raises:
        ProblemError: there is no token, or it opens nothing (any more); the answer does not tell which.
    """
    if authorization is None:
        raise _unauthorized("Stuur een toegangscode mee in de kop 'Authorization: Bearer ...'.", _REALM)
    said = _BEARER.fullmatch(authorization.strip())
    try:
        return actor_of_token(home, said[1] if said else "")
    except AccessDeniedError as error:
        raise _unauthorized(str(error), f'{_REALM}, error="invalid_token"') from error


def _unauthorized(detail: str, challenge: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": challenge})
