"""Which questions make one year of a table of CBS StatLine, page after page, in version 4 or 3 of the protocol.

The description of the table comes first and is held against its contract, so that a changed table is refused before its
figures are asked. Does not belong here: HTTP (`asking.py`).
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from expectations.open_data.statline_contract import Contract, contract, period_code
from expectations.open_data.statline_differences import differences
from expectations.open_data.statline_document import Answer, Protocol, StatlineDocument, StatlineDocumentError
from expectations.open_data.statline_table import (
    METADATA,
    OBSERVATIONS,
    codes_part,
    describe,
    dimensions,
    modified,
)
from expectations.open_data.table import require_year
from expectations.rules import Rule, make_finding
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from orchestration.statline.asking import Asker, is_same_place, require_web
from orchestration.statline.faults import DownloadError
from register.errors import IngestRefusedError

ADDRESS_VARIABLE: Final[Mapping[Protocol, str]] = {Protocol.V4: "JZOJP_STATLINE", Protocol.V3: "JZOJP_STATLINE_V3"}
"""The variable of the environment that names another server, per version of the protocol."""
TRY_LATER: Final = "Probeer het later opnieuw; blijft het zo, meld het aan het CBS."
_YEAR: Final = re.compile(r"[0-9]{4}JJ00")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Release:
    """A state of a table: when CBS last changed it, and the years in it."""

    modified: str
    years: tuple[int, ...]


def download(
    table: str,
    period: Period,
    *,
    protocol: Protocol | None = None,
    address: str | None = None,
    asker: Asker | None = None,
    say: Say = lambda _: None,
) -> StatlineDocument:
    """One year of a table with its description, and of the table that its contract names as denominator.

    Args:
        table: a table that has a contract, in the letters that CBS uses.
        period: the year.
        protocol: the version of OData to speak, when not the one of the contract.
        address: where to ask instead of the owner's server.
        asker: with other bounds than usual.
        say: told what is asked.

    Raises:
        UnknownCodeError: the table has no contract, or the period is no year.
        DownloadError: the server gave no usable answer.
        IngestRefusedError: the table is not as its contract says.
    """
    require_year(period)
    agreed, asker = contract(table), asker or Asker()
    spoken = protocol or agreed.protocol
    document = _download(agreed, period, spoken, address, {}, asker, say)
    if agreed.denominator is None:
        return document
    other, selection = contract(agreed.denominator.table), agreed.denominator.selection
    return replace(document, related=(_download(other, period, spoken, address, selection, asker, say),))


def _download(
    agreed: Contract, period: Period, protocol: Protocol, address: str | None,
    selection: Mapping[str, str], asker: Asker, say: Say,
) -> StatlineDocument:  # fmt: skip
    table, base = agreed.table, _base(agreed, protocol, address)
    wanted = _filter(agreed, protocol, period, selection)
    description = _description(base, protocol, table, asker, say)
    described = StatlineDocument(protocol, table, period_code(period), wanted, tuple(description))
    _require_as_agreed(agreed, described, period, base)
    figures = []
    for answer in _pages(base, OBSERVATIONS[protocol], protocol, _question(agreed, protocol, wanted), asker):
        figures.append(answer)
        say(f"Tabel {table}: {len(figures)} bladzijden met cijfers")
    return StatlineDocument(protocol, table, period_code(period), wanted, (*description, *figures))


def _base(agreed: Contract, protocol: Protocol, address: str | None) -> str:
    """The address of a table.

    Raises:
        UnknownCodeError: the table is not known in this version of the protocol.
        DownloadError: the address is no web address.
    """
    if protocol not in agreed.addresses:
        known = ", ".join(agreed.addresses)
        raise UnknownCodeError(f"Tabel {agreed.table} is alleen bekend met --protocol {known}, niet met {protocol}.")
    server = address or os.environ.get(ADDRESS_VARIABLE[protocol]) or agreed.addresses[protocol]
    return f"{require_web(server)}/{quote(agreed.table)}"


def latest_release(table: str, *, address: str | None = None, asker: Asker | None = None) -> Release:
    """What the owner has published of a table.

    Raises:
        UnknownCodeError: the table has no contract.
        DownloadError: the server gave no usable answer.
    """
    agreed, asker = contract(table), asker or Asker()
    protocol = agreed.protocol
    base = _base(agreed, protocol, address)
    periods, key = codes_part(protocol, agreed.time_dimension), "Identifier" if protocol is Protocol.V4 else "Key"
    parts = (METADATA[protocol][0], periods)
    answers = [answer for part in parts for answer in _pages(base, part, protocol, "", asker)]
    document = StatlineDocument(protocol, table, "", "", tuple(answers))
    try:
        codes = [str(record.get(key)).strip() for record in document.records(periods)]
        return Release(modified(document), tuple(sorted(int(code[:4]) for code in codes if _YEAR.fullmatch(code))))
    except StatlineDocumentError as error:
        raise DownloadError(base, str(error), TRY_LATER) from error


def _description(base: str, protocol: Protocol, table: str, asker: Asker, say: Say) -> list[Answer]:
    """The parts that say what the table is, and the codes of every dimension that it has."""
    say(f"Tabel {table}: beschrijving")
    parts = [answer for part in METADATA[protocol] for answer in _pages(base, part, protocol, "", asker)]
    try:
        names = dimensions(StatlineDocument(protocol, table, "", "", tuple(parts)))
    except StatlineDocumentError as error:
        raise DownloadError(base, str(error), TRY_LATER) from error
    lists = [codes_part(protocol, name) for name in sorted(names)]
    return parts + [answer for part in lists for answer in _pages(base, quote(part), protocol, "", asker)]


def _require_as_agreed(agreed: Contract, described: StatlineDocument, period: Period, base: str) -> None:
    try:
        faults = differences(agreed, describe(described), described.protocol, period)
    except StatlineDocumentError as error:
        raise DownloadError(base, str(error), TRY_LATER) from error
    if not faults:
        return
    findings = tuple(make_finding(Rule.STATLINE_DIFFERS, table=agreed.table, difference=fault) for fault in faults)
    raise IngestRefusedError(
        f"Tabel {agreed.table} op {base} is op {len(faults)} punten anders dan afgesproken. Er is niets opgeslagen.",
        findings,
    )


def _filter(agreed: Contract, protocol: Protocol, period: Period, selection: Mapping[str, str]) -> str:
    """The year, the gemeenten and, of what is not broken down, the one code that is read."""
    equal = {**agreed.selection, **selection, agreed.time_dimension: period_code(period)}
    read = list(agreed.filled(protocol))
    if protocol is Protocol.V4 and len(read) == 1:
        equal = {"Measure": read[0], **equal}
    terms = [f"{name} eq '{code}'" for name, code in equal.items()]
    return " and ".join([*terms, f"startswith({agreed.region_dimension},'{agreed.region_prefix}')"])


def _question(agreed: Contract, protocol: Protocol, wanted: str) -> str:
    figures = ("Measure", "Value", "ValueAttribute") if protocol is Protocol.V4 else agreed.filled(protocol)
    chosen = ",".join([*agreed.dimensions, *figures])
    return f"$filter={quote(wanted, safe='(),')}&$select={chosen}"


def _pages(base: str, part: str, protocol: Protocol, question: str, asker: Asker) -> Iterator[Answer]:
    """The pages of a part, following the link in each to the next.

    Raises:
        DownloadError: a link leads elsewhere or back, a page comes twice, or there is no end.
    """
    words = [word for word in (question, "$format=json" if protocol is Protocol.V3 else "") if word]
    address: str | None = f"{base}/{part}" + (f"?{'&'.join(words)}" if words else "")
    asked, seen = set[str](), set[str]()
    while address:
        if len(asked) == asker.bounds.pages:
            raise DownloadError(address, f"er zijn meer dan {asker.bounds.pages} bladzijden", TRY_LATER)
        asked.add(address)
        body, content = asker.ask(address)
        link = content.get("@odata.nextLink") or content.get("odata.nextLink")
        digest = hashlib.sha256(repr(content.get("value")).encode()).hexdigest()
        if digest in seen and content.get("value"):
            raise DownloadError(address, "dezelfde bladzijde komt twee keer", TRY_LATER)
        seen.add(digest)
        yield Answer(part, address, body)
        address = _next(address, str(link), asked) if link else None


def _next(address: str, link: str, asked: set[str]) -> str:
    """The address of the next page: on the same server, and not asked before."""
    following = urljoin(address, link)
    if urlsplit(address).scheme == "https":
        following = following.replace("http://", "https://", 1) if following.startswith("http://") else following
    if not is_same_place(address, following):
        raise DownloadError(address, f"de volgende bladzijde staat op een andere server ({following[:200]})", TRY_LATER)
    if following in asked:
        raise DownloadError(address, "de volgende bladzijde is er een die al kwam", TRY_LATER)
    return following
