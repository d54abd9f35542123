"""A real mail server and a real web server on loopback, that keep what they were sent."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller

LOOPBACK = "127.0.0.1"


class Mail(NamedTuple):
    """One mail as the server got it."""

    to: str
    subject: str
    body: str
    key: str


class Post(list[Mail]):
    """A mail server's handler and what it took; addresses that begin with `weg` it refuses."""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("weg"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        found = message_from_bytes(envelope.content)
        body = found.get_payload(decode=True)
        assert isinstance(body, bytes)
        subject = str(make_header(decode_header(found["Subject"])))
        self.extend(Mail(to, subject, body.decode(), found["X-JZOJP-Bericht"]) for to in envelope.rcpt_tos)
        return "250 OK"


def free_port() -> int:
    """A port on loopback where nobody answers now."""
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def mail_server(port: int) -> Iterator[Post]:
    """A mail server; gives what it was sent."""
    post = Post()
    controller = Controller(post, hostname=LOOPBACK, port=port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


@contextmanager
def web_server() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A web server that takes JSON; gives its port and what it was sent."""
    got: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, got
        finally:
            server.shutdown()
            thread.join()
