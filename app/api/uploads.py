"""Reading what a client sends: never more than allowed, and never so much at once that others wait.

Belongs here: the limits on bodies and on uploads at the same time. Does not belong here: what a file must satisfy.
"""

from asyncio import get_running_loop, timeout
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from starlette.requests import Request

from app.api.problems import ProblemError, busy

UPLOADS_PER_REGION: Final = 2
UPLOADS_TOGETHER: Final = 8
"""Bounds the memory: each upload holds its file until there is a receipt."""
IDLE_SECONDS: Final = 30.0
"""How long nothing may come; a sender whose connection was cut would hold its place for ever."""


class Uploads:
    """How many uploads are under way, by region; used by one event loop, so it needs no lock."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def one_of(self, region_code: str) -> Iterator[None]:
        """Hold a place while a file is read and judged.

        Raises:
            ProblemError: the region, or all of them together, have as many uploads under way as they may.
        """
        if self._under_way[region_code] >= UPLOADS_PER_REGION:
            raise busy(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"Er worden al {UPLOADS_PER_REGION} bestanden van {region_code} verwerkt. "
                "Wacht op een ontvangstbewijs en stuur dan het volgende.",
            )
        if self._under_way.total() >= UPLOADS_TOGETHER:
            raise busy(HTTPStatus.SERVICE_UNAVAILABLE, "Veel regio's leveren nu tegelijk aan. Probeer het zo weer.")
        self._under_way[region_code] += 1
        try:
            yield
        finally:
            self._under_way[region_code] -= 1


async def read_body(request: Request, maximum_bytes: int, remedy: str) -> bytes:
    """The body of a request, of any content type.

    Raises:
        ProblemError: it is larger than allowed, or comes too slowly; no more of it is read than shows that, and the
            connection is closed.
        ClientDisconnect: the sender hung up before the end.
    """
    if _announced(request) > maximum_bytes:
        raise _too_large(maximum_bytes, remedy)
    content = bytearray()
    try:
        async with timeout(IDLE_SECONDS) as patience:
            async for chunk in request.stream():
                content += chunk
                if len(content) > maximum_bytes:
                    raise _too_large(maximum_bytes, remedy)
                patience.reschedule(get_running_loop().time() + IDLE_SECONDS)
    except TimeoutError as error:
        raise _too_slow() from error
    return bytes(content)


def _announced(request: Request) -> int:
    """The size that the client announces; the server itself refuses a header that is no number."""
    return int(request.headers.get("content-length", "0"))


def _too_large(maximum_bytes: int, remedy: str) -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"Hoogstens {maximum_bytes / 1_000_000:g} MB kan; er is niets bewaard. {remedy}",
        {"Connection": "close"},
    )


def _too_slow() -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_TIMEOUT,
        f"Er kwam {IDLE_SECONDS:g} seconden niets; er is niets bewaard. Stuur het bestand nog een keer.",
        {"Connection": "close"},
    )
