"""A real HTTP server that speaks OData as CBS StatLine does, from records made here; every figure is fictitious.

Versions 4 (paths `/v4/<table>/<part>`) and 3 (`/feed/...`, and `/api/...` which stops at `api_limit` records). A test
puts faults in `faults`: each is used for one request of its part.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from expectations.open_data.statline_contract import contract
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period

TABLE, ESTIMATES = "03759ned", "50120NED"
MODIFIED = "2026-04-15T02:00:00+02:00"
_EQUAL = re.compile(r"(\w+) eq '([^']*)'")
_STARTS = re.compile(r"startswith\((\w+),'([^']*)'\)")

Records = list[dict[str, Any]]


@dataclass
class Fault:
    """What goes wrong with one request: a status, a text, only a part of the answer, silence, or a byte at a time."""

    part: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut_at: int | None = None
    silent: bool = False
    drips: bool = False


@dataclass
class World:
    """What the server knows: parts per path (`v4/03759ned/Observations`), and how it behaves."""

    parts: dict[str, Records | dict[str, Any]] = field(default_factory=dict)
    page_size: int = 100_000
    api_limit: int = 10_000
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    next_link: str | None = None
    is_closing: Event = field(default_factory=Event)


@contextmanager
def statline(world: World) -> Iterator[str]:
    """The address of a server for this world, stopped afterwards."""
    handler = type("Handler", (_Handler,), {"world": world})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        world.is_closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    world: ClassVar[World]

    def do_GET(self) -> None:
        self.world.asked.append(self.path)
        path = urlsplit(self.path).path.strip("/")
        fault = next((f for f in self.world.faults if f.part == path.rpartition("/")[2]), None)
        if fault:
            self.world.faults.remove(fault)
        if fault and fault.silent:
            self.world.is_closing.wait(10)
        elif fault and fault.drips:
            self._drip()
        elif fault and fault.cut_at is None:
            self._send(fault.status, fault.body or b"", fault.headers)
        else:
            self._answer(path, fault.cut_at if fault else None)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(ConnectionError):
            while not self.world.is_closing.wait(0.1):
                self.wfile.write(b" ")

    def _answer(self, path: str, cut_at: int | None) -> None:
        records = self.world.parts.get(path.replace("api/", "feed/", 1))
        if records is None:
            self._send(404, json.dumps({"error": {"code": "", "message": "Not found"}}).encode())
            return
        content = records if isinstance(records, dict) else self._page(path, records)
        if "odata.error" in content:
            self._send(400, json.dumps(content).encode())
            return
        self._send(200, json.dumps(content).encode(), cut_at=cut_at)

    def _page(self, path: str, records: Records) -> dict[str, Any]:
        question = parse_qs(urlsplit(self.path).query)
        chosen = _selected(records, question)
        if path.startswith("api/") and len(chosen) > self.world.api_limit:
            text = f"The query results in too many records (max: {self.world.api_limit})"
            return {"odata.error": {"code": "", "message": {"lang": "en-US", "value": text}}}
        skip, size = int(question.get("$skip", ["0"])[0]), self.world.page_size
        page: dict[str, Any] = {"value": chosen[skip : skip + size]}
        if skip + size < len(chosen):
            here = f"http://{self.headers['Host']}/{path}"
            words = {name: values[0] for name, values in question.items()} | {"$skip": str(skip + size)}
            link = self.world.next_link or f"{here}?{urlencode(words, safe='$')}"
            page["@odata.nextLink" if path.startswith("v4") else "odata.nextLink"] = link
        return page

    def _send(
        self, status: int, body: bytes, headers: Mapping[str, str] | None = None, *, cut_at: int | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body if cut_at is None else body[:cut_at])
        self.close_connection = True


def _selected(records: Records, question: Mapping[str, list[str]]) -> Records:
    wanted, columns = question.get("$filter", [""])[0], question.get("$select", [""])[0]
    equal, starts = _EQUAL.findall(wanted), _STARTS.findall(wanted)
    assert len(equal) + len(starts) == (len(wanted.split(" and ")) if wanted else 0), wanted
    found = [
        record
        for record in records
        if all(record[name].strip() == code for name, code in equal)
        and all(record[name].startswith(prefix) for name, prefix in starts)
    ]
    return [{name: record[name] for name in columns.split(",")} for record in found] if columns else found


def inhabitants(area: str, sex: str, age: int) -> int:
    """A fictitious number of persons of one sex and age."""
    return (int(area[2:]) * 7 + (0 if sex == "3000" else 3) + age * 11) % 90 + (100 - age) // 10 + 1


def population_world(year: int = 2024, *, status: str = "Definitief", single_years_to: int = 104) -> World:
    """The table of population with one year: padded codes, an ended gemeente without figures, a province."""
    agreed = contract(TABLE)
    period = f"{year}JJ00"
    lists = {name: dict(dimension.codes) for name, dimension in agreed.dimensions.items()}
    lists["BurgerlijkeStaat"]["1010"] = "Ongehuwd"
    lists["RegioS"] = {"NL01": "Nederland", "GM0003": "Appingedam"}
    lists["Perioden"] = {f"{year - 1}JJ00": str(year - 1), period: str(year)}
    statuses = {f"{year - 1}JJ00": "Definitief", period: status}
    cells = list(_cells(year, single_years_to))
    measure = agreed.measures[0]
    common = [
        {"BurgerlijkeStaat": "T001019", "Perioden": period, "Geslacht": _padded(s), "Leeftijd": a, "RegioS": _padded(g)}
        for g, s, a, _, _ in cells
    ]
    world = World()
    v4, feed = f"v4/{TABLE}", f"feed/{TABLE}"
    world.parts[f"{v4}/Properties"] = {"Identifier": TABLE, "Title": agreed.title, "Modified": MODIFIED}
    world.parts[f"{v4}/Dimensions"] = [{"Identifier": n, "Kind": d.kind} for n, d in agreed.dimensions.items()]
    world.parts[f"{v4}/MeasureCodes"] = [
        {"Identifier": m.v4, "Title": f"{m.title} ", "Unit": m.unit} for m in agreed.measures
    ]
    world.parts[f"{v4}/Observations"] = [
        {"Id": n, "Measure": measure.v4, **record, "Value": value, "StringValue": None, "ValueAttribute": reason}
        for n, (record, (_, _, _, value, reason)) in enumerate(zip(common, cells, strict=True))
    ]
    world.parts[f"{feed}/TableInfos"] = [{"Identifier": TABLE, "Title": agreed.title, "Modified": MODIFIED}]
    world.parts[f"{feed}/DataProperties"] = [
        *({"Key": name, "Type": dimension.kind, "Title": name} for name, dimension in agreed.dimensions.items()),
        *({"Key": m.v3, "Type": "Topic", "Title": m.title, "Unit": m.unit} for m in agreed.measures),
    ]
    world.parts[f"{feed}/TypedDataSet"] = [
        {"ID": n, **record, measure.v3: value, agreed.measures[1].v3: None}
        for n, (record, (_, _, _, value, _)) in enumerate(zip(common, cells, strict=True))
    ]
    for name, codes in lists.items():
        world.parts[f"{v4}/{name}Codes"] = [
            {"Identifier": code, "Title": title} | ({"Status": statuses[code]} if name == "Perioden" else {})
            for code, title in codes.items()
        ]
        world.parts[f"{feed}/{name}"] = [
            {"Key": _padded(code), "Title": title} | ({"Status": statuses[code]} if name == "Perioden" else {})
            for code, title in codes.items()
        ]
    return world


def share(area: str, code: str, margin: str = "MW00000") -> float:
    """A fictitious percentage of a gemeente, or an end of its interval."""
    middle = 40 + (int(area[2:]) * 7 + len(code)) % 350 / 10
    return middle + {"MW00000": 0, "MOG0095": -2.5, "MBG0095": 2.5}[margin]


def estimates_world(year: int = 2022) -> World:
    """The table of percentages beside that of population, in version 3: every figure three times, by its margin."""
    agreed, period, world = contract(ESTIMATES), f"{year}JJ00", population_world(year)
    feed = f"feed/{ESTIMATES}"
    areas = [area.code for area in area_register().existing(AreaLevel.GEMEENTE, Period.parse(str(year)).start)]
    world.parts[f"{feed}/TableInfos"] = [{"Identifier": ESTIMATES, "Title": agreed.title, "Modified": MODIFIED}]
    world.parts[f"{feed}/DataProperties"] = [
        *({"Key": name, "Type": dimension.kind, "Title": name} for name, dimension in agreed.dimensions.items()),
        *({"Key": m.v3, "Type": "Topic", "Title": m.v3.rpartition("_")[0], "Unit": "%"} for m in agreed.measures),
    ]
    for name in ("Leeftijd", "Marges"):
        codes = agreed.dimensions[name].codes
        world.parts[f"{feed}/{name}"] = [{"Key": code, "Title": title} for code, title in codes.items()]
    world.parts[f"{feed}/Perioden"] = [{"Key": period, "Title": str(year), "Status": "Definitief"}]
    world.parts[f"{feed}/WijkenEnBuurten"] = [{"Key": f"{area:<12}", "Title": area} for area in areas]
    world.parts[f"{feed}/TypedDataSet"] = [
        {"Leeftijd": age, "Marges": margin, "WijkenEnBuurten": f"{area:<12}", "Perioden": period}
        | {m.v3: area if n < 3 else share(area, m.v3, margin) for n, m in enumerate(agreed.measures)}
        for area in areas
        for age in ("20300", "80200")
        for margin in agreed.dimensions["Marges"].codes
    ]
    return world


def _padded(code: str) -> str:
    return code.ljust(7 if code[0].isdigit() else 6)


def _cells(year: int, single_years_to: int) -> Iterator[tuple[str, str, str, int | None, str]]:
    """Gemeente, sex, age, number and the reason when there is none."""
    codes = contract(TABLE).dimensions["Leeftijd"].codes
    singles = {int(t.removesuffix(" jaar")): c for c, t in codes.items() if t.removesuffix(" jaar").isdigit()}
    for area in area_register().existing(AreaLevel.GEMEENTE, Period.parse(str(year)).start):
        people = {sex: {age: inhabitants(area.code, sex, age) for age in range(106)} for sex in ("3000", "4000")}
        people["T001038"] = {age: people["3000"][age] + people["4000"][age] for age in range(106)}
        for sex, by_age in people.items():
            yield area.code, sex, "10000", sum(by_age.values()), "None"
            for age, code in singles.items():
                has_number = age <= single_years_to
                yield area.code, sex, code, by_age[age] if has_number else None, "None" if has_number else "Impossible"
            yield area.code, sex, "22000", sum(by_age[age] for age in range(95, 106)), "None"
            oldest = by_age[105] if single_years_to == 104 else None
            yield area.code, sex, "22300", oldest, "Impossible" if oldest is None else "None"
    for sex in ("T001038", "3000", "4000"):
        yield "GM9999", sex, "10000", None, "Impossible"
        yield "NL01", sex, "10000", 18_000_000, "None"
