"""The start page that Streamlit sends, made Dutch: language, title and description.

Belongs here: what a browser and a screen reader must know before any script has run.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "Monitor De Juiste Zorg op de Juiste Plek"
_REPLACEMENTS = (
    (b'<html lang="en">', b'<html lang="nl">'),
    (b"<title>Streamlit</title>", f"<title>{TITLE}</title>".encode()),
    (
        b"You need to enable JavaScript to run this app.",
        b"Zet JavaScript aan om deze site te gebruiken.",
    ),
)
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class DutchStartPage:
    """ASGI middleware that changes HTML answers and leaves everything else alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a page that a browser navigates to is asked for uncompressed and made Dutch."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        asked = [(name, value) for name, value in scope["headers"] if name not in _LEFT_OUT]
        await self._app({**scope, "headers": asked}, receive, _Rewriter(send))


class _Rewriter:
    """Holds an HTML answer back until it is complete, and sends it changed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            await self._collect(message)
        else:
            await self._send(message)

    async def _collect(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False) or self._start is None:
            return
        body = dutch(self._body)
        headers = MutableHeaders(raw=list(self._start["headers"]))
        if body:
            headers["content-length"] = str(len(body))
        del headers["etag"]
        await self._send({**self._start, "headers": headers.raw})
        await self._send({**message, "body": body})


def dutch(page: bytes) -> bytes:
    """The start page with Dutch language, title and message."""
    for english, replacement in _REPLACEMENTS:
        page = page.replace(english, replacement)
    return page


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
