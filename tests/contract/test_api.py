"""What a region's own system can rely on: the operations of the API, on real files and the real judge."""

import io
import zipfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from app import intake_worker
from app.api import uploads
from app.api.application import OPERATIONS
from app.api.openapi import document
from app.api.operations import PREFIX
from app.api.uploads import UPLOADS_PER_REGION, UPLOADS_TOGETHER, Uploads
from register.access import OPERATOR
from register.door import LIMIT_VARIABLE
from register.ledger import Ledger
from register.tokens import revoke_token
from tests.support_api import BAD, BSN, CORRECTED, GOOD, OF_ANOTHER_REGION, Regions, file_of, regions_on, row
from tests.support_asgi import Answered

DELIVERIES = "/api/v1/deliveries"
ABOUT_A_NUMBER = (
    ("GET", ""),
    ("GET", "/file"),
    ("GET", "/marked"),
    ("POST", "/confirmation"),
    ("POST", "/withdrawal"),
    ("POST", "/reinstatement"),
)


@pytest.fixture(scope="module", autouse=True)
def _worker() -> Iterator[None]:
    yield
    intake_worker.stop()


@pytest.fixture
def api(tmp_path: Path) -> Regions:
    return regions_on(tmp_path / "var")


def deliver(api: Regions, content: bytes = GOOD, **query: str) -> Answered:
    return api.zk08.post(DELIVERIES, content, **{"period": "2025Q4", **query})


def number_of(answer: Answered) -> int:
    number = answer.json["submission"]
    assert isinstance(number, int)
    return number


def head(api: Regions) -> int:
    return Ledger(api.home).head()


def problem(answer: Answered, status: HTTPStatus) -> str:
    """The detail of a problem with this status."""
    assert (answer.status, answer.is_problem) == (status, True), answer.content
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.json["detail"])


def test_a_good_file_gets_a_receipt_with_an_address(api: Regions) -> None:
    answer = deliver(api, file_name="levering.csv")
    assert answer.status == HTTPStatus.CREATED
    assert answer.headers["location"] == f"{DELIVERIES}/{number_of(answer)}"
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    assert (answer.json["outcome"], answer.json["region"], answer.json["state"]) == ("accepted", "ZK08", "accepted")
    assert api.zk08.get(answer.headers["location"]).json == answer.json


def test_a_rejected_file_is_received_too(api: Regions) -> None:
    answer = deliver(api, BAD)
    assert (answer.status, answer.json["outcome"], answer.json["state"]) == (201, "rejected", "rejected")
    assert {item["column"] for item in answer.json["findings"] if item["severity"] == "error"} == {"Teller"}


def test_the_same_file_again_is_the_same_delivery(api: Regions) -> None:
    first, second = deliver(api), deliver(api)
    assert (first.status, second.status) == (201, 200)
    assert number_of(second) == number_of(first)
    assert second.json["already_received"] is True


def test_a_dry_run_stores_nothing(api: Regions) -> None:
    before = head(api)
    answer = deliver(api, dry_run="true")
    assert (answer.status, answer.json["outcome"], answer.json["submission"]) == (200, "accepted", None)
    assert "location" not in answer.headers
    assert head(api) == before
    assert not any(api.home.files_path.iterdir())


def test_a_token_delivers_for_its_own_region_only(api: Regions) -> None:
    answer = deliver(api, OF_ANOTHER_REGION)
    assert (answer.json["region"], answer.json["outcome"]) == ("ZK08", "rejected")
    assert "ZK10" not in {item["region"] for item in api.zk08.get(DELIVERIES).json["deliveries"]}
    problem(deliver(api, region="ZK10"), HTTPStatus.BAD_REQUEST)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "\x00a\x1b[2J", "."])
def test_a_file_name_is_never_a_path(api: Regions, name: str) -> None:
    answer = deliver(api, file_name=name)
    assert answer.status == HTTPStatus.CREATED
    assert not set("/\\\x00\x1b") & set(answer.json["file_name"])
    stored = [path.name for path in api.home.files_path.rglob("*")]
    assert stored == [answer.json["sha256"]]
    saved = api.zk08.get(f"{answer.headers['location']}/file")
    assert saved.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


def test_a_file_that_announces_too_much_is_refused_unread(api: Regions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, "1")
    before = head(api)
    headers = {"Content-Length": "1000001"}
    answer = api.zk08.send("POST", DELIVERIES, {"period": "2025Q4"}, [b"x"], headers)
    assert "1 MB" in problem(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    assert answer.chunks_read == 0
    assert head(api) == before


def test_a_file_without_a_size_is_read_no_further_than_the_limit(api: Regions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, "1")
    answer = deliver_in_pieces(api, pieces=1_000)
    problem(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    assert answer.headers["connection"] == "close"
    assert answer.chunks_read == 11


def deliver_in_pieces(api: Regions, pieces: int, *, is_silent: bool = False) -> Answered:
    query = {"period": "2025Q4"}
    return api.zk08.send("POST", DELIVERIES, query, (bytes(100_000) for _ in range(pieces)), is_silent=is_silent)


def test_a_sender_that_falls_silent_is_not_waited_for(api: Regions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "IDLE_SECONDS", 0.01)
    answer = deliver_in_pieces(api, pieces=3, is_silent=True)
    problem(answer, HTTPStatus.REQUEST_TIMEOUT)
    assert (answer.headers["connection"], answer.chunks_read) == ("close", 3)


def test_without_a_token_nothing_is_read_or_told(api: Regions) -> None:
    number = number_of(deliver(api))
    for answer in (
        api.nobody.post(DELIVERIES, GOOD, period="2025Q4"),
        api.nobody.post(DELIVERIES, GOOD, onzin="1"),
        api.nobody.get(f"{DELIVERIES}/{number}"),
        api.nobody.get("/api/v1/periods/2025Q4"),
    ):
        problem(answer, HTTPStatus.UNAUTHORIZED)
        assert answer.headers["www-authenticate"] == 'Bearer realm="jzojp"'
        assert answer.chunks_read == 0


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer jzojp_ZK08_000000000000_x", "Basic enE6eno=", "Bearer a b", "\x00", "é" * 9]
)
def test_a_wrong_token_opens_nothing(api: Regions, header: str) -> None:
    answer = api.nobody.send("GET", DELIVERIES, headers={"Authorization": header})
    problem(answer, HTTPStatus.UNAUTHORIZED)
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_revoked_token_opens_nothing(api: Regions) -> None:
    assert api.zk08.get(DELIVERIES).status == HTTPStatus.OK
    revoke_token(api.home, api.token_id, reason="uitgelekt", actor=OPERATOR)
    problem(api.zk08.get(DELIVERIES), HTTPStatus.UNAUTHORIZED)
    assert api.zk10.get(DELIVERIES).status == HTTPStatus.OK


@pytest.mark.parametrize(("method", "path"), ABOUT_A_NUMBER)
def test_the_number_of_another_region_is_as_unknown_as_any(api: Regions, method: str, path: str) -> None:
    number = number_of(deliver(api))
    before = head(api)
    body = [b'{"reason": "nieuwsgierig"}'] if method == "POST" else []
    theirs, nobodys = (api.zk10.send(method, f"{DELIVERIES}/{item}{path}", body=body) for item in (number, 999))
    detail = problem(theirs, HTTPStatus.NOT_FOUND)
    assert detail.replace(str(number), "999") == problem(nobodys, HTTPStatus.NOT_FOUND)
    assert dict(theirs.headers) | {"content-length": ""} == dict(nobodys.headers) | {"content-length": ""}
    assert head(api) == before


def test_withdrawing_and_reinstating_change_what_counts(api: Regions) -> None:
    first, second = number_of(deliver(api)), number_of(deliver(api, CORRECTED))
    assert api.zk08.get(f"{DELIVERIES}/{first}").json["state"] == "partly_superseded"
    withdrawn = api.zk08.post(f"{DELIVERIES}/{second}/withdrawal", {"reason": "verkeerd bestand"})
    assert (withdrawn.status, withdrawn.json["state"]) == (200, "withdrawn")
    assert api.zk08.get(f"{DELIVERIES}/{first}").json["state"] == "accepted"
    assert "telt al niet mee" in problem(
        api.zk08.post(f"{DELIVERIES}/{second}/withdrawal", {"reason": "nog eens"}), HTTPStatus.CONFLICT
    )
    back = api.zk08.post(f"{DELIVERIES}/{second}/reinstatement", {"reason": "toch goed"})
    assert (back.status, back.json["state"]) == (200, "accepted")
    assert [(act["kind"], act["reason"]) for act in back.json["acts"]][-1] == ("reinstated", "toch goed")


def test_a_delivery_with_warnings_waits_for_confirmation(api: Regions) -> None:
    deliver_last_quarter(api)
    answer = deliver(api, file_of(row("OUD08", 900)))
    assert (answer.json["outcome"], answer.json["state"]) == ("accepted_with_warnings", "awaiting_confirmation")
    address = f"{answer.headers['location']}/confirmation"
    assert answer.json["asks_reason"] is True
    problem(api.zk08.post(address), HTTPStatus.BAD_REQUEST)
    confirmed = api.zk08.post(address, {"reason": "nieuwe locatie"})
    assert (confirmed.status, confirmed.json["state"]) == (200, "accepted")


def test_warnings_can_be_confirmed_at_once(api: Regions) -> None:
    deliver_last_quarter(api)
    answer = deliver(api, file_of(row("OUD08", 900)), confirm="nieuwe locatie")
    assert (answer.json["outcome"], answer.json["state"]) == ("accepted_with_warnings", "accepted")


def deliver_last_quarter(api: Regions) -> None:
    earlier = file_of(row("OUD08", 30)).replace(b"2025Q4", b"2025Q3")
    assert deliver(api, earlier, period="2025Q3").json["state"] == "accepted"


def test_a_delivery_comes_back_as_it_was_and_marked(api: Regions) -> None:
    address = deliver(api, BAD, file_name="één levering.csv").headers["location"]
    same = api.zk08.get(f"{address}/file")
    assert same.content == BAD
    assert same.headers["content-disposition"].endswith("%C3%A9%C3%A9n%20levering.csv")
    with zipfile.ZipFile(io.BytesIO(api.zk08.get(f"{address}/marked").content)) as workbook:
        assert any(b"dertig" in workbook.read(name) for name in workbook.namelist())


def test_a_file_with_personal_data_is_never_given_back(api: Regions) -> None:
    answer = deliver(api, GOOD.replace(b"Noemer", b"Noemer;Toelichting").replace(b"1200", f"1200;{BSN}".encode()))
    assert answer.json["has_personal_data"] is True
    assert BSN not in answer.content.decode()
    for kind in ("file", "marked"):
        gone = api.zk08.get(f"{answer.headers['location']}/{kind}")
        assert BSN not in problem(gone, HTTPStatus.GONE)


def test_deliveries_are_listed_by_period_without_findings(api: Regions) -> None:
    deliver_last_quarter(api)
    numbers = [number_of(deliver(api)), number_of(deliver(api, BAD))]
    found = api.zk08.get(DELIVERIES, period="4e kwartaal 2025").json["deliveries"]
    assert [item["submission"] for item in found] == numbers[::-1]
    assert not any("findings" in item for item in found)
    assert len(api.zk08.get(DELIVERIES).json["deliveries"]) == 3
    assert api.zk10.get(DELIVERIES).json == {"deliveries": []}


def test_a_quarter_tells_what_is_asked_missing_and_when(api: Regions) -> None:
    deliver(api)
    quarter = api.zk08.get("/api/v1/periods/2025Q4").json
    assert quarter["due_date"] == quarter["delivery"]["due_date"] == "2026-02-14"
    asked = {item["dataset"]: item for item in quarter["asked"]}
    assert (asked["OUD08"]["missing_count"], asked["PRE02"]["missing_count"]) == (0, asked["PRE02"]["row_count"])
    assert "PRE02" in quarter["delivery"]["missing_datasets"]
    assert quarter["completion"] is None


def test_a_quarter_is_declared_complete_with_a_reason_while_something_lacks(api: Regions) -> None:
    deliver(api)
    address = "/api/v1/periods/2025Q4/completion"
    assert "PRE02" in problem(api.zk08.post(address), HTTPStatus.BAD_REQUEST)
    said = api.zk08.post(address, {"reason": "volgt later"})
    assert (said.status, said.json["holds"], said.json["reason"]) == (200, True, "volgt later")
    assert api.zk08.get("/api/v1/periods/2025Q4").json["completion"] == said.json


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("csv", "\ufeffIndicator;".encode())])
def test_the_template_is_that_of_the_region(api: Regions, kind: str, start: bytes) -> None:
    answer = api.zk08.get("/api/v1/template", period="2025Q4", format=kind)
    assert answer.status == HTTPStatus.OK
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"].endswith(f"ZK08_2025Q4.{kind}")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "'period' ontbreekt"),
        ("period=ooit", "ooit"),
        ("period=2025Q4&dryrun=true", "'dryrun' bestaat niet; wel: period, file_name, dry_run, confirm"),
        ("period=2025Q4&period=2025Q3", "meer dan eens"),
        ("period=2025Q4&dry_run=misschien", "misschien"),
        ("period=2025Q4&confirm=", "leeg of te lang"),
        ("period=2025Q4&file_name=" + "x" * 2_000, "leeg of te lang"),
        ("period=1950Q1", "1950Q1"),
        ("period=%00%ff'; drop table event--", "period"),
    ],
)
def test_a_wrong_parameter_is_named_and_nothing_is_received(api: Regions, query: str, told: str) -> None:
    before = head(api)
    answer = api.zk08.send("POST", DELIVERIES, query, [GOOD])
    assert told in problem(answer, HTTPStatus.BAD_REQUEST)
    assert head(api) == before


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"reason": ""}', b'{"rede": "x"}', b"\xff\xfe", b'{"reason": 5}'])
def test_a_wrong_reason_is_refused(api: Regions, body: bytes) -> None:
    address = deliver(api).headers["location"]
    problem(api.zk08.post(f"{address}/withdrawal", body), HTTPStatus.BAD_REQUEST)
    assert api.zk08.get(address).json["state"] == "accepted"


def test_a_reason_is_not_a_file(api: Regions) -> None:
    address = deliver(api).headers["location"]
    answer = api.zk08.post(f"{address}/withdrawal", (bytes(10_000) for _ in range(99)))
    problem(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    assert answer.chunks_read <= 3


@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/deliveries",
        "/api/v1/deliveries/",
        "/api/v1/deliveries/1/../../../etc/passwd",
        "/api/v1/deliveries/1/raw",
        "/api/v1//deliveries",
        "/api/v1/template/../openapi.json",
    ],
)
def test_an_address_that_is_not_there_is_a_problem(api: Regions, path: str) -> None:
    assert "/api/v1/" in problem(api.zk08.get(path), HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1e3", "9" * 30, "9" * 5_000, "1;drop", "%2e%2e"])
def test_a_number_that_cannot_be_one_is_refused(api: Regions, number: str) -> None:
    problem(api.zk08.get(f"{DELIVERIES}/{number}"), HTTPStatus.BAD_REQUEST)


def test_a_method_that_is_not_there_names_those_that_are(api: Regions) -> None:
    answer = api.zk08.send("DELETE", DELIVERIES)
    assert "DELETE" in problem(answer, HTTPStatus.METHOD_NOT_ALLOWED)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_answers_are_what_the_document_says(api: Regions) -> None:
    described = document(OPERATIONS)
    number = number_of(deliver(api))
    for method, path, answer in (
        ("post", "/deliveries", deliver(api, BAD)),
        ("post", "/deliveries", deliver(api, dry_run="true")),
        ("get", "/deliveries", api.zk08.get(DELIVERIES)),
        ("get", "/deliveries/{number}", api.zk08.get(f"{DELIVERIES}/{number}")),
        ("get", "/deliveries/{number}", api.zk10.get(f"{DELIVERIES}/{number}")),
        ("post", "/deliveries/{number}/withdrawal", api.zk08.post(f"{DELIVERIES}/{number}/withdrawal")),
        ("get", "/periods/{period}", api.zk08.get("/api/v1/periods/2025Q4")),
        ("post", "/periods/{period}/completion", api.zk08.post("/api/v1/periods/2025Q4/completion", {"reason": "x"})),
    ):
        said = described["paths"][f"{PREFIX}{path}"][method]["responses"][str(answer.status)]
        schema = said["content"][answer.headers["content-type"]]["schema"]
        Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json)


def test_an_error_of_ours_is_told_without_its_text(api: Regions) -> None:
    answer = deliver(api)
    (api.home.files_path / answer.json["sha256"]).unlink()
    detail = problem(api.zk08.get(f"{answer.headers['location']}/file"), HTTPStatus.INTERNAL_SERVER_ERROR)
    assert str(api.home.path) not in detail
    assert "Traceback" not in detail


def test_one_region_has_two_uploads_at_a_time_and_all_of_them_eight(api: Regions) -> None:
    places = Uploads()
    held = [places.one_of(f"ZK{n // UPLOADS_PER_REGION:02}") for n in range(UPLOADS_TOGETHER)]
    for place in held[:UPLOADS_PER_REGION]:
        place.__enter__()
    with pytest.raises(Exception, match="al 2 bestanden van ZK00"), places.one_of("ZK00"):
        pass
    for place in held[UPLOADS_PER_REGION:]:
        place.__enter__()
    with pytest.raises(Exception, match="nu tegelijk"), places.one_of("ZK31"):
        pass
    held[0].__exit__(None, None, None)
    with places.one_of("ZK31"):
        pass
