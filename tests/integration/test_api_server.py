"""The API as a region's system meets it: over HTTP, on the address of the site, with the server that users get."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any, NamedTuple

import pytest

from register.access import OPERATOR
from register.door import LIMIT_VARIABLE
from register.home import Home
from register.ledger import Ledger
from register.tokens import issue_token, revoke_token
from tests.support_api import BAD, GOOD
from tests.support_server import serve

DELIVERIES = "/api/v1/deliveries"
QUARTER = f"{DELIVERIES}?period=2025Q4"
_SECONDS = 60


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


class Site(NamedTuple):
    """A server, and the tokens of two regions."""

    home: Home
    port: int
    zk08: str
    zk10: str

    def ask(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, chunked: bool = False
    ) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)) as connection:
            connection.request(method, path, body, headers, encode_chunked=chunked)
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())

    def open(self, *lines: str) -> socket.socket:
        """A connection on which only the head of an upload is sent."""
        head = [f"POST {QUARTER} HTTP/1.1", "Host: monitor.test", *lines, "", ""]
        connection = socket.create_connection(("127.0.0.1", self.port), _SECONDS)
        connection.sendall("\r\n".join(head).encode())
        return connection

    @property
    def head(self) -> int:
        return Ledger(self.home).head()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = Home(tmp_path_factory.mktemp("api") / "var")
    tokens = [issue_token(home, code, f"systeem van {code}", actor=OPERATOR).secret for code in ("ZK08", "ZK10")]
    with serve(home, **{LIMIT_VARIABLE: "1"}) as port:
        yield Site(home, port, *tokens)


def test_a_file_gets_a_receipt_that_stays(site: Site) -> None:
    sent = site.ask("POST", QUARTER, GOOD, token=site.zk08)
    assert (sent.status, sent.json["outcome"]) == (HTTPStatus.CREATED, "accepted")
    assert site.ask("GET", sent.headers["location"], token=site.zk08).json == sent.json
    assert site.ask("GET", f"{sent.headers['location']}/file", token=site.zk08).content == GOOD
    assert site.ask("POST", QUARTER, GOOD, token=site.zk08).status == HTTPStatus.OK
    assert "set-cookie" not in sent.headers
    assert not any(name.startswith("access-control") for name in sent.headers)


def test_a_rejected_file_gets_a_receipt_with_its_faults(site: Site) -> None:
    sent = site.ask("POST", QUARTER, BAD, token=site.zk08)
    assert (sent.status, sent.json["outcome"]) == (HTTPStatus.CREATED, "rejected")
    assert sent.json["finding_counts"]["error"] == 2


def test_a_dry_run_stores_nothing(site: Site) -> None:
    before = site.head
    tried = site.ask("POST", f"{QUARTER}&dry_run=true", GOOD + b"\r\n", token=site.zk08)
    assert (tried.status, tried.json["outcome"], site.head) == (HTTPStatus.OK, "accepted", before)


def test_a_file_that_announces_too_much_is_refused_before_it_is_sent(site: Site) -> None:
    head = (f"Authorization: Bearer {site.zk08}", "Content-Length: 300000000", "Expect: 100-continue")
    with site.open(*head) as connection:
        answer = _all_of(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer
    assert b"100 Continue" not in answer


def test_a_file_that_announces_nothing_is_cut_off(site: Site) -> None:
    before = site.head
    head = (f"Authorization: Bearer {site.zk08}", "Transfer-Encoding: chunked")
    with site.open(*head) as connection:
        sent = _send_until_closed(connection, maximum=200)
        answer = _all_of(connection)
    assert sent < 200
    assert answer.startswith(b"HTTP/1.1 413 ") or not answer
    assert site.head == before


def _send_until_closed(connection: socket.socket, maximum: int) -> int:
    """How many chunks of 100 kB the server took before it closed the connection."""
    chunk = b"%x\r\n%s\r\n" % (100_000, bytes(100_000))
    for count in range(maximum):
        try:
            connection.sendall(chunk)
        except (BrokenPipeError, ConnectionResetError):
            return count
    return maximum


def _all_of(connection: socket.socket) -> bytes:
    """Everything that comes back until the server closes, as far as the network kept it."""
    found = b""
    try:
        while part := connection.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found


def test_without_a_valid_token_nothing_opens(site: Site) -> None:
    revoked = issue_token(site.home, "ZK08", "oud", actor=OPERATOR)
    assert site.ask("GET", DELIVERIES, token=revoked.secret).status == HTTPStatus.OK
    revoke_token(site.home, revoked.token_id, reason="uitgelekt", actor=OPERATOR)
    before = site.head
    for token in (None, "jzojp_ZK08_000000000000_x", revoked.secret):
        answer = site.ask("POST", QUARTER, GOOD, token=token)
        assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert site.head == before


def test_the_number_of_another_region_is_unknown(site: Site) -> None:
    address = site.ask("POST", QUARTER, GOOD, token=site.zk08).headers["location"]
    theirs, nobodys = (site.ask("GET", path, token=site.zk10) for path in (address, f"{DELIVERIES}/999999"))
    assert (theirs.status, nobodys.status) == (404, 404)
    assert theirs.json["detail"].replace(address.rpartition("/")[2], "999999") == nobodys.json["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/deliveries/../../../../etc/passwd",
        "/api/v1/deliveries/%2e%2e%2f%2e%2e%2fregister%2fledger.sqlite/file",
        "/api/v1/deliveries/..%5c..%5cledger.sqlite",
        "//etc/passwd/api/v1/deliveries",
        "/api/v1/deliveries/%00/file",
    ],
)
def test_no_path_leads_out(site: Site, path: str) -> None:
    answer = site.ask("GET", path, token=site.zk08)
    assert 400 <= answer.status < 500
    assert b"root:" not in answer.content
    assert b"SQLite" not in answer.content


def test_a_region_that_sends_slowly_keeps_nobody_else_waiting(site: Site) -> None:
    head = (f"Authorization: Bearer {site.zk08}", "Content-Length: 1000", "Expect: 100-continue")
    with ExitStack() as stack:
        for _ in range(2):
            slow = stack.enter_context(site.open(*head))
            assert b"100 Continue" in slow.recv(65_536)
            slow.sendall(b"x")
        refused = site.ask("POST", QUARTER, GOOD, token=site.zk08)
        assert (refused.status, refused.headers["retry-after"]) == (HTTPStatus.TOO_MANY_REQUESTS, "10")
        assert site.ask("GET", DELIVERIES, token=site.zk08).status == HTTPStatus.OK
        assert site.ask("POST", QUARTER, GOOD, token=site.zk10).status == HTTPStatus.CREATED
    assert _once_there_is_room(site).json["outcome"] == "accepted"


def _once_there_is_room(site: Site) -> Answer:
    """The answer when the server has noticed that the slow ones hung up."""
    deadline = time.monotonic() + _SECONDS
    while (answer := site.ask("POST", QUARTER, GOOD, token=site.zk08)).status == HTTPStatus.TOO_MANY_REQUESTS:
        assert time.monotonic() < deadline, answer
        time.sleep(0.1)
    return answer


def test_the_site_and_the_page_about_the_api_are_on_the_same_address(site: Site) -> None:
    assert b"<html" in site.ask("GET", "/").content
    page = site.ask("GET", "/api/v1/")
    assert (page.status, b"curl" in page.content) == (HTTPStatus.OK, True)
    assert site.ask("GET", "/api/v1/openapi.json").json["openapi"] == "3.1.0"
    assert site.ask("GET", "/api/onzin").headers["content-type"] == "application/problem+json"
