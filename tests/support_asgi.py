"""A client that talks to an ASGI application in this process, and shows what it did with the body.

Starlette's own test client wants a package that nothing else here needs, and hides how much of a body was read.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answered:
    """What came back; `chunks_read` is how many pieces of the body the application asked for."""

    status: int
    headers: Headers
    content: bytes
    chunks_read: int

    @property
    def json(self) -> Any:
        """The body, as JSON."""
        return json.loads(self.content)

    @property
    def is_problem(self) -> bool:
        """Whether it is a problem (RFC 9457) whose status is that of the answer."""
        return self.headers["content-type"] == "application/problem+json" and self.json["status"] == self.status


@dataclass
class Pieces:
    """A body that comes in pieces, and how many of them were asked for."""

    left: Iterator[bytes]
    is_silent: bool
    read: int = 0

    async def receive(self) -> Message:
        """The next piece."""
        chunk = next(self.left, None)
        if chunk is None and self.is_silent:
            await asyncio.Event().wait()
        self.read += chunk is not None
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}


@dataclass(frozen=True)
class Client:
    """Asks an application, with the same headers each time."""

    app: ASGIApp
    headers: Mapping[str, str]

    def get(self, path: str, **query: str) -> Answered:
        """Ask for something."""
        return self.send("GET", path, query)

    def post(self, path: str, body: bytes | Iterable[bytes] | Mapping[str, Any] = b"", **query: str) -> Answered:
        """Send bytes, pieces of bytes, or JSON."""
        if isinstance(body, Mapping):
            body = json.dumps(body).encode()
        return self.send("POST", path, query, [body] if isinstance(body, bytes) else body)

    def send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | str = "",
        body: Iterable[bytes] = (),
        headers: Mapping[str, str] | None = None,
        *,
        is_silent: bool = False,
    ) -> Answered:
        """One request; an unexpected error of the application counts when it gave no answer.

        A silent sender stops after its body without saying that this was the end.
        """
        pieces = Pieces(iter(body), is_silent)
        return asyncio.run(self._send(method, path, query, pieces, {**self.headers, **(headers or {})}))

    async def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | str,
        body: Pieces,
        headers: Mapping[str, str],
    ) -> Answered:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        text = query if isinstance(query, str) else urlencode(query)
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "root_path": "", "query_string": text.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "server": ("monitor.test", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        try:
            await self.app(scope, body.receive, send)
        except Exception:
            if not sent:
                raise
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return Answered(sent[0]["status"], Headers(raw=sent[0]["headers"]), content, body.read)
