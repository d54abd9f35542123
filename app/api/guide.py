"""The page at `/api/v1/`: how a region's own system delivers, in Dutch, with curl.

Belongs here: showing the page. Its text is in `guide.html`, which asks nothing from anywhere.
"""

from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


async def show(_: Request) -> Response:
    """The page; it needs no token."""
    return HTMLResponse(text(), headers={"Content-Security-Policy": _POLICY})


@cache
def text() -> str:
    """The page as HTML."""
    return Path(__file__).with_name("guide.html").read_text("utf-8")
