"""One question to a server, asked again when the fault may pass, within bounds on time, size and number of tries.

Does not belong here: which addresses there are (`downloading.py`), what a fault means (`faults.py`) and what an answer
says (`expectations/open_data/`).
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from orchestration.statline.faults import BY_HAND, QUOTED, DownloadError, PassingFaultError, refused, unreachable

_HEADERS: Final = {"Accept": "application/json", "User-Agent": "jzojp-monitor"}
_CHUNK: Final = 1 << 16


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
            except PassingFaultError as fault:
                self._wait(address, fault, number)
        raise AssertionError("the last wait raises")

    def _once(self, address: str) -> tuple[str, Mapping[str, Any]]:
        try:
            opener = build_opener(_SameHost())
            with opener.open(Request(address, headers=_HEADERS), timeout=self.bounds.silence_seconds) as response:  # noqa: S310 - `require_web` looked
                body = self._read(address, response)
        except HTTPError as refusal:
            with refusal:
                raise refused(address, refusal) from refusal
        except TimeoutError as error:
            raise PassingFaultError(f"{self.bounds.silence_seconds:g} seconden kwam er niets") from error
        except URLError as error:
            raise unreachable(address, error) from error
        except (HTTPException, ConnectionError) as error:
            raise PassingFaultError(f"de verbinding brak af ({type(error).__name__})") from error
        return _as_json(body)

    def _read(self, address: str, response: HTTPResponse) -> bytes:
        parts: list[bytes] = []
        while part := response.read1(_CHUNK):
            parts.append(part)
            self.received_bytes += len(part)
            if self.received_bytes > self.bounds.total_bytes:
                what = f"er kwam meer dan {self.bounds.total_bytes:,} bytes".replace(",", ".")
                raise DownloadError(address, what, "Vraag een kleiner deel van de tabel; dit is geen jaar bevolking.")
            if self._is_late():
                raise DownloadError(address, self._late(), f"Probeer het later opnieuw. {BY_HAND}")
        body, promised = b"".join(parts), response.headers.get("Content-Length", "")
        if promised.isdigit() and len(body) < int(promised):
            raise PassingFaultError(f"het antwoord is afgebroken na {len(body)} van {promised} bytes")
        return body

    def _wait(self, address: str, fault: PassingFaultError, number: int) -> None:
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
            fp.close()
            raise DownloadError(
                req.full_url,
                f"de server verwijst door naar {newurl[:QUOTED]}, een andere server",
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


def _as_json(body: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        text = body.decode("utf-8")
        content = json.loads(text)
    except ValueError as error:
        start = body[:60].decode("utf-8", errors="replace")
        raise PassingFaultError(f"het antwoord is geen geheel JSON-document (het begint met '{start}')") from error
    if not isinstance(content, dict):
        raise PassingFaultError("het antwoord is geen JSON-object")
    return text, content
