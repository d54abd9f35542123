"""One question to a server, asked again when the fault may pass, within bounds on time, size and number of tries.

Belongs here: HTTP. Every fault becomes a `DownloadError` that names the address, what came and what to do.
Does not belong here: which addresses there are (`downloading.py`) and what an answer means.
"""

import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from indicators.errors import MonitorError

BY_HAND: Final = "Lukt het niet, haal de tabel dan op waar wel internet is en lees haar in met --file."
_HEADERS: Final = {"Accept": "application/json", "User-Agent": "jzojp-monitor"}
_MAY_PASS: Final = frozenset({408, 429, 500, 502, 503, 504})
_CHUNK: Final = 1 << 16
_QUOTED: Final = 200


class DownloadError(MonitorError):
    """A download that did not succeed; nothing of it is kept."""

    def __init__(self, address: str, what: str, remedy: str) -> None:
        super().__init__(f"Ophalen van {address} is niet gelukt: {what}. {remedy}")


class _PassingFaultError(Exception):
    """A fault that may be gone at the next try."""

    def __init__(self, what: str, wait_seconds: float | None = None) -> None:
        super().__init__(what)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True)
class Bounds:
    """How long, how much and how often at most, over one download; the wait doubles with every try."""

    silence_seconds: float = 60
    total_seconds: float = 1_800
    total_bytes: int = 400_000_000
    pages: int = 1_000
    tries: int = 5
    first_wait_seconds: float = 2
    longest_wait_seconds: float = 120


@dataclass
class Asker:
    """Asks the questions of one download, which share its bounds."""

    bounds: Bounds = field(default_factory=Bounds)
    received_bytes: int = 0
    started: float = field(default_factory=time.monotonic)

    def ask(self, address: str) -> tuple[str, Mapping[str, Any]]:
        """The answer as it came and as JSON object.

        Raises:
            DownloadError: there is no usable answer within the bounds.
        """
        for number in range(1, self.bounds.tries + 1):
            try:
                return self._once(address)
            except _PassingFaultError as fault:
                self._wait(address, fault, number)
        raise AssertionError("the last wait raises")

    def _once(self, address: str) -> tuple[str, Mapping[str, Any]]:
        try:
            opener = build_opener(_SameHost())
            with opener.open(Request(address, headers=_HEADERS), timeout=self.bounds.silence_seconds) as response:  # noqa: S310 - `require_web` looked
                body = self._read(address, response)
        except HTTPError as refusal:
            raise _refused(address, refusal) from refusal
        except TimeoutError as error:
            raise _PassingFaultError(f"{self.bounds.silence_seconds:g} seconden kwam er niets") from error
        except URLError as error:
            raise _unreachable(address, error) from error
        except (HTTPException, ConnectionError) as error:
            raise _PassingFaultError(f"de verbinding brak af ({type(error).__name__})") from error
        return _as_json(body)

    def _read(self, address: str, response: HTTPResponse) -> bytes:
        parts: list[bytes] = []
        while part := response.read(_CHUNK):
            parts.append(part)
            self.received_bytes += len(part)
            if self.received_bytes > self.bounds.total_bytes:
                what = f"er kwam meer dan {self.bounds.total_bytes:,} bytes".replace(",", ".")
                raise DownloadError(address, what, "Vraag een kleiner deel van de tabel; dit is geen jaar bevolking.")
            if self._is_late():
                raise DownloadError(address, self._late(), f"Probeer het later opnieuw. {BY_HAND}")
        body, promised = b"".join(parts), response.headers.get("Content-Length", "")
        if promised.isdigit() and len(body) < int(promised):
            raise _PassingFaultError(f"het antwoord is afgebroken na {len(body)} van {promised} bytes")
        return body

    def _wait(self, address: str, fault: _PassingFaultError, number: int) -> None:
        """Sleep before the next try, or give up."""
        own = self.bounds.first_wait_seconds * 2 ** (number - 1)
        seconds = own if fault.wait_seconds is None else max(own, fault.wait_seconds)
        if number == self.bounds.tries:
            what = f"{fault}, {number} keer achter elkaar"
            raise DownloadError(address, what, f"Probeer het later opnieuw. {BY_HAND}") from fault
        if seconds > self.bounds.longest_wait_seconds:
            what = f"{fault}, en de server vraagt {seconds:.0f} seconden te wachten"
            raise DownloadError(address, what, f"Probeer het daarna opnieuw. {BY_HAND}") from fault
        if self._is_late(seconds):
            raise DownloadError(address, self._late(), f"Probeer het later opnieuw. {BY_HAND}") from fault
        time.sleep(seconds)

    def _is_late(self, seconds: float = 0) -> bool:
        return time.monotonic() + seconds - self.started > self.bounds.total_seconds

    def _late(self) -> str:
        return f"het ophalen duurt langer dan {self.bounds.total_seconds:g} seconden"


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only within the host and the scheme that were asked."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request to follow with."""
        if not is_same_place(req.full_url, newurl):
            raise DownloadError(
                req.full_url,
                f"de server verwijst door naar {newurl[:_QUOTED]}, een andere server",
                "Klopt dat adres, geef het dan op met --address.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_same_place(address: str, other: str) -> bool:
    """Whether two addresses have the same scheme, host and port."""
    return urlsplit(address)[:2] == urlsplit(other)[:2]


def require_web(address: str) -> str:
    """An address that begins with http:// or https://, without a slash at the end.

    Raises:
        DownloadError: it is another kind of address.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise DownloadError(address, "dit is geen webadres", "Geef een adres dat met https:// begint.")
    return address.rstrip("/")


def _refused(address: str, refusal: HTTPError) -> Exception:
    """What a status outside 200-299 means."""
    said = _said(refusal)
    what = f"de server antwoordt met {refusal.code}" + (f" ('{said}')" if said else "")
    if refusal.code in _MAY_PASS and "10000" not in said.replace(".", "").replace(",", ""):
        return _PassingFaultError(what, _retry_after(refusal.headers.get("Retry-After")))
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
        text = refusal.read(_CHUNK).decode("utf-8", errors="replace")
    except (HTTPException, OSError):
        return ""
    try:
        error = json.loads(text)
        message = (error.get("error") or error.get("odata.error"))["message"]
        text = message["value"] if isinstance(message, dict) else message
    except (ValueError, AttributeError, TypeError, KeyError):
        pass
    return " ".join(str(text).split())[:_QUOTED]


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


def _unreachable(address: str, error: URLError) -> Exception:
    """A name that is not found, a certificate that is not trusted and a refused connection do not pass by waiting."""
    if isinstance(error.reason, TimeoutError):
        return _PassingFaultError("er kwam geen verbinding tot stand")
    if isinstance(error.reason, ssl.SSLError | socket.gaierror | ConnectionRefusedError):
        return DownloadError(address, f"er is geen verbinding ({error.reason})", f"Controleer het internet. {BY_HAND}")
    return _PassingFaultError(f"er is geen verbinding ({error.reason})")


def _as_json(body: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        text = body.decode("utf-8")
        content = json.loads(text)
    except ValueError as error:
        start = body[:60].decode("utf-8", errors="replace")
        raise _PassingFaultError(f"het antwoord is geen geheel JSON-document (het begint met '{start}')") from error
    if not isinstance(content, dict):
        raise _PassingFaultError("het antwoord is geen JSON-object")
    return text, content
