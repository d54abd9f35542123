"""The first answer of the server is Dutch, and other answers pass unchanged."""

import asyncio
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from app.start_page import TITLE, DutchStartPage

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head></html>'
BROWSER = ((b"accept", b"text/html"), (b"accept-encoding", b"gzip"), (b"if-none-match", b"x"))


async def html(request: Request) -> Response:
    assert "accept-encoding" not in request.headers
    assert "if-none-match" not in request.headers
    return HTMLResponse(PAGE, headers={"etag": "x"})


async def data(request: Request) -> Response:
    return JSONResponse({"accept": request.headers["accept"], "text": PAGE})


SITE = DutchStartPage(Starlette(routes=[Route("/", html), Route("/data", data)]))


def ask(path: str, headers: Sequence[tuple[bytes, bytes]], method: str = "GET") -> tuple[dict[str, str], str]:
    """The headers and the body of the answer."""
    scope: Scope = {
        "type": "http", "method": method, "path": path, "headers": list(headers), "query_string": b"",
        "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1), "root_path": "",
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SITE(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return answered, b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_the_page_is_dutch_and_its_length_is_right() -> None:
    headers, body = ask("/", BROWSER)
    assert '<html lang="nl">' in body
    assert f"<title>{TITLE}</title>" in body
    assert int(headers["content-length"]) == len(body.encode())
    assert "etag" not in headers


def test_other_answers_are_left_alone() -> None:
    _, body = ask("/data", [(b"accept", b"application/json")])
    assert 'lang=\\"en\\"' in body


def test_data_for_a_browser_is_left_alone() -> None:
    _, body = ask("/data", BROWSER[:1])
    assert 'lang=\\"en\\"' in body
