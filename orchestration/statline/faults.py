"""What can go wrong with a question to CBS StatLine: which faults may pass by waiting, and what a person is told.

A `DownloadError` names the address, what came and what to do.
"""

import json
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError

from indicators.errors import MonitorError

BY_HAND: Final = "Lukt het niet, haal de tabel dan met --save op waar wel internet is, en lees haar in met --file."
_MAY_PASS: Final = frozenset({408, 429, 500, 502, 503, 504})
QUOTED: Final = 200


class DownloadError(MonitorError):
    """A download that did not succeed; nothing of it is kept."""

    def __init__(self, address: str, what: str, remedy: str) -> None:
        super().__init__(f"Ophalen van {address} is niet gelukt: {what}. {remedy}")


class PassingFaultError(Exception):
    """A fault that may be gone at the next try."""

    def __init__(self, what: str, wait_seconds: float | None = None) -> None:
        super().__init__(what)
        self.wait_seconds = wait_seconds


def refused(address: str, refusal: HTTPError) -> Exception:
    """What a status outside 200-299 means."""
    said = _said(refusal)
    what = f"de server antwoordt met {refusal.code}" + (f" ('{said}')" if said else "")
    if refusal.code in _MAY_PASS and "10000" not in said.replace(".", "").replace(",", ""):
        return PassingFaultError(what, _retry_after(refusal.headers.get("Retry-After")))
    if refusal.code in (404, 410):
        remedy = "Controleer de naam van de tabel (kleine en grote letters tellen, zoals in 03759ned) en het adres."
    elif "10000" in said.replace(".", "").replace(",", ""):
        remedy = "Deze dienst geeft hoogstens 10.000 records; gebruik de feed (laat --address weg)."
    else:
        remedy = f"Ga na of CBS het adres of de vraag veranderde. {BY_HAND}"
    return DownloadError(address, what, remedy)


def _said(refusal: HTTPError) -> str:
    """The message in an error of OData v4 or v3, or the beginning of what came."""
    try:
        text = refusal.read(1 << 16).decode("utf-8", errors="replace")
    except (HTTPException, OSError):
        return ""
    try:
        error = json.loads(text)
        message = (error.get("error") or error.get("odata.error"))["message"]
        text = message["value"] if isinstance(message, dict) else message
    except (ValueError, AttributeError, TypeError, KeyError):
        pass
    return " ".join(str(text).split())[:QUOTED]


def _retry_after(header: str | None) -> float | None:
    """Seconds to wait, from a number of seconds or a date."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(tz=UTC)).total_seconds())


def unreachable(address: str, error: URLError) -> Exception:
    """A name that is not found, a certificate that is not trusted and a refused connection do not pass by waiting."""
    if isinstance(error.reason, TimeoutError):
        return PassingFaultError("er kwam geen verbinding tot stand")
    if isinstance(error.reason, ssl.SSLError | socket.gaierror | ConnectionRefusedError):
        return DownloadError(address, f"er is geen verbinding ({error.reason})", f"Controleer het internet. {BY_HAND}")
    return PassingFaultError(f"er is geen verbinding ({error.reason})")
