"""A data directory with tokens, and files to deliver, for tests of the API."""

from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette

from app.api.application import api_routes
from register.access import OPERATOR
from register.home import Home
from register.tokens import issue_token
from tests.support_asgi import Client

HEADER = "Indicator;Periode;Gebiedscode;Leeftijd;Geslacht;Teller;Noemer"
BSN = "111222333"
"""Passes the 11-proof; nobody has it."""


def file_of(*rows: str) -> bytes:
    """A CSV file over 2025Q4."""
    return "\r\n".join([HEADER, *rows, ""]).encode()


def row(indicator: str, teller: object, region: str = "ZK08", noemer: int = 1200) -> str:
    """One row on the level of the region."""
    return f"{indicator};2025Q4;{region};totaal;totaal;{teller};{noemer}"


GOOD = file_of(row("OUD08", 30), row("DIG01", 300))
CORRECTED = file_of(row("OUD08", 35))
BAD = file_of(row("OUD08", "dertig"), row("DIG01", 5000))
OF_ANOTHER_REGION = file_of(row("OUD08", 30, region="ZK10"))


class Regions(NamedTuple):
    """The systems of two regions, and the data directory on which they deliver."""

    home: Home
    zk08: Client
    zk10: Client
    nobody: Client
    token_id: str
    """Of ZK08."""


def regions_on(path: Path) -> Regions:
    """A new data directory with a token for two regions."""
    home = Home(path)
    issued = [issue_token(home, code, f"systeem van {code}", actor=OPERATOR) for code in ("ZK08", "ZK10")]
    site = Starlette(routes=api_routes(home))
    first, second = (Client(site, {"Authorization": f"Bearer {token.secret}"}) for token in issued)
    return Regions(home, first, second, Client(site, {}), issued[0].token_id)
