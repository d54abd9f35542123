"""Downloading from a real HTTP server that speaks OData: pages, waits, bounds, and every fault told in Dutch."""

import json
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from expectations.open_data.statline_document import Protocol, StatlineDocument, pack, unpack
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from orchestration.statline.asking import Asker, Bounds
from orchestration.statline.downloading import download, latest_release
from orchestration.statline.faults import DownloadError
from register.errors import IngestRefusedError
from tests.support_odata import MODIFIED, TABLE, Fault, World, population_world, statline

YEAR = Period.parse("2024")
BOUNDS = Bounds(silence_seconds=0.3, total_seconds=20, tries=3, first_wait_seconds=0.01, longest_wait_seconds=2)
PATIENT = replace(BOUNDS, silence_seconds=20)
OBSERVATIONS = f"v4/{TABLE}/Observations"


@pytest.fixture(scope="module")
def whole() -> World:
    return population_world()


@pytest.fixture
def world(whole: World) -> World:
    """A table with few figures, because only the way to them is looked at here."""
    parts = {path: records[:40] if isinstance(records, list) else records for path, records in whole.parts.items()}
    codes = {path: records for path, records in whole.parts.items() if "Leeftijd" in path}
    return World(deepcopy(parts | codes))


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with statline(world) as address:
        yield address


def fetched(address: str, *, bounds: Bounds = BOUNDS, protocol: Protocol = Protocol.V4) -> StatlineDocument:
    way = "v4" if protocol is Protocol.V4 else "feed"
    return download(TABLE, YEAR, protocol=protocol, address=f"{address}/{way}", asker=Asker(bounds))


def refusal(address: str, *, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(DownloadError) as caught:
        fetched(address, bounds=bounds)
    return str(caught.value)


@pytest.mark.parametrize(("protocol", "part"), [(Protocol.V4, "Observations"), (Protocol.V3, "TypedDataSet")])
def test_all_pages_come_in_order_and_are_kept_letter_for_letter(
    world: World, address: str, protocol: Protocol, part: str
) -> None:
    world.page_size = 7
    document = fetched(address, protocol=protocol)
    pages = [answer for answer in document.answers if answer.part == part]
    assert [len(page.records()) for page in pages] == [7, 7, 7, 7, 7, 5]
    assert [json.loads(page.body) for page in pages] == [page.content() for page in pages]
    assert document.filter.endswith("Perioden eq '2024JJ00' and startswith(RegioS,'GM')")
    assert unpack(pack(document)) == document


def test_the_same_answers_are_the_same_bytes(address: str) -> None:
    assert pack(fetched(address)) == pack(fetched(address))


def test_only_the_year_the_total_and_the_gemeenten_are_asked(whole: World) -> None:
    with statline(whole) as address:
        records = fetched(address, bounds=PATIENT).records("Observations")
    assert {record["BurgerlijkeStaat"] for record in records} == {"T001019"}
    assert {record["RegioS"][:2] for record in records} == {"GM"}
    assert len(records) > 100_000


@pytest.mark.parametrize(
    "fault",
    [
        Fault("Observations", 500, body=b"oeps"),
        Fault("Observations", 503, {"Retry-After": "0"}),
        Fault("Observations", 429, {"Retry-After": "0"}),
        Fault("MeasureCodes", body=b"<html>Onderhoud</html>"),
        Fault("Observations", body=b'{"value": [{"Id": 1'),
        Fault("Observations", body=b"[]"),
        Fault("Observations", cut_at=100),
        Fault("Dimensions", silent=True),
    ],
)
def test_a_fault_that_passes_is_asked_again(world: World, address: str, fault: Fault) -> None:
    world.faults = [fault]
    assert len(fetched(address).records("Observations")) == 40
    assert not world.faults
    assert len([path for path in world.asked if f"/{fault.part}" in path]) == 2


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("Observations", 500, body=b"oeps"), ["antwoordt met 500 ('oeps')", "3 keer", "--file"]),
        (Fault("Observations", 429), ["antwoordt met 429", "3 keer achter elkaar"]),
        (Fault("Observations", cut_at=100), ["afgebroken na 100 van", "bytes"]),
        (Fault("Observations", body=b"<html>Inloggen"), ["geen geheel JSON-document", "<html>Inloggen"]),
        (Fault("Observations", body=b"\xff{}"), ["geen geheel JSON-document"]),
        (Fault("Observations", silent=True), ["0.3 seconden kwam er niets"]),
    ],
)
def test_a_fault_that_stays_is_told_with_the_address(
    world: World, address: str, fault: Fault, words: list[str]
) -> None:
    world.faults = [replace(fault) for _ in range(3)]
    told = refusal(address)
    assert f"{address}/{OBSERVATIONS}" in told
    assert [word for word in words if word not in told] == []
    assert not world.faults


def test_a_wait_that_the_server_asks_is_kept_to(world: World, address: str) -> None:
    moment = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=2), usegmt=True)
    world.faults = [Fault("Properties", 429, {"Retry-After": "1"}), Fault("Dimensions", 503, {"Retry-After": moment})]
    begun = time.monotonic()
    fetched(address)
    assert 1 <= time.monotonic() - begun < 5


def test_a_wait_that_is_too_long_ends_it_at_once(world: World, address: str) -> None:
    world.faults = [Fault("Properties", 429, {"Retry-After": "3600"})]
    assert "vraagt 3600 seconden te wachten" in refusal(address)


def test_an_unknown_table_is_not_asked_again(world: World, address: str) -> None:
    del world.parts[f"v4/{TABLE}/Properties"]
    told = refusal(address)
    assert "antwoordt met 404 ('Not found')" in told
    assert "kleine en grote letters tellen" in told
    assert len(world.asked) == 1


def test_a_table_without_contract_is_not_asked_at_all(world: World, address: str) -> None:
    with pytest.raises(UnknownCodeError, match=r"'03759NED'.*03759ned"):
        download("03759NED", YEAR, address=address)
    with pytest.raises(UnknownCodeError, match="geen jaar"):
        download(TABLE, Period.parse("2024Q1"), address=address)
    assert world.asked == []


def test_more_than_ten_thousand_records_is_for_the_feed(whole: World) -> None:
    with statline(whole) as address, pytest.raises(DownloadError) as caught:
        download(TABLE, YEAR, protocol=Protocol.V3, address=f"{address}/api", asker=Asker(PATIENT))
    assert "too many records (max: 10000)" in str(caught.value)
    assert "hoogstens 10.000 records; gebruik de feed" in str(caught.value)


@pytest.mark.parametrize("link", ["http://127.0.0.2/v4/elders", "file:///etc/passwd", "//elders.example/x"])
def test_a_next_page_elsewhere_is_refused(world: World, address: str, link: str) -> None:
    world.page_size, world.next_link = 7, link
    assert "andere server" in refusal(address)


def test_a_next_page_that_was_there_already_is_refused(world: World, address: str) -> None:
    world.page_size, world.next_link = 39, f"/{OBSERVATIONS}?$skip=0&x"
    assert "dezelfde bladzijde komt twee keer" in refusal(address) or "die al kwam" in refusal(address)


def test_pages_without_end_are_refused(world: World, address: str) -> None:
    world.page_size = 1
    assert "meer dan 20 bladzijden" in refusal(address, bounds=replace(BOUNDS, pages=20))


def test_too_much_is_refused(world: World, address: str) -> None:
    assert "meer dan 5.000 bytes" in refusal(address, bounds=replace(BOUNDS, total_bytes=5_000))


def test_too_long_in_all_is_refused(world: World, address: str) -> None:
    world.faults = [Fault("Properties", 503) for _ in range(3)]
    bounds = replace(BOUNDS, total_seconds=0.5, first_wait_seconds=1)
    assert "duurt langer dan 0.5 seconden" in refusal(address, bounds=bounds)


def test_an_answer_that_drips_ends_in_time(world: World, address: str) -> None:
    world.faults = [Fault("Properties", drips=True)]
    assert "duurt langer dan 0.5 seconden" in refusal(address, bounds=replace(BOUNDS, total_seconds=0.5))


def test_a_redirect_to_another_server_is_refused(world: World, address: str) -> None:
    world.faults = [Fault("Properties", 302, {"Location": "http://127.0.0.2/elders"})]
    assert "verwijst door naar http://127.0.0.2/elders" in refusal(address)


def test_no_connection_is_told_at_once() -> None:
    with statline(World()) as address:
        pass
    assert "er is geen verbinding" in refusal(address)
    with pytest.raises(DownloadError, match="geen webadres"):
        download(TABLE, YEAR, address="file:///tmp")


def test_a_changed_table_is_refused_before_its_figures_are_asked(world: World, address: str) -> None:
    world.parts[f"v4/{TABLE}/Dimensions"][1]["Identifier"] = "Regio"  # type: ignore[index]
    world.parts[f"v4/{TABLE}/RegioCodes"] = world.parts[f"v4/{TABLE}/RegioSCodes"]
    world.parts[f"v4/{TABLE}/MeasureCodes"][0]["Title"] = "Inwoners"  # type: ignore[index]
    with pytest.raises(IngestRefusedError, match="op 3 punten anders dan afgesproken") as caught:
        fetched(address)
    told = " ".join(finding.message for finding in caught.value.findings)
    assert "de dimensie RegioS ontbreekt" in told
    assert "de dimensie Regio is nieuw" in told
    assert "heet 'Inwoners' in plaats van 'Bevolking op 1 januari'" in told
    assert not [path for path in world.asked if "Observations" in path]


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("Dimensions", {"value": [{"Identifier": 7}]}, "geen tekst bij 'Identifier'"),
        ("Dimensions", {"dims": []}, "geen lijst 'value'"),
        ("MeasureCodes", {"value": ["x"]}, "geen lijst 'value'"),
        ("Properties", {}, "geen tekst bij 'Modified'"),
    ],
)
def test_an_answer_in_another_form_is_told(
    world: World, address: str, part: str, content: dict[str, object], words: str
) -> None:
    world.faults = [Fault(part, body=json.dumps(content).encode())]
    assert words in refusal(address)


def test_the_latest_release_has_its_moment_and_years(address: str) -> None:
    release = latest_release(TABLE, address=f"{address}/v4", asker=Asker(BOUNDS))
    assert (release.modified, release.years) == (MODIFIED, (2023, 2024))
