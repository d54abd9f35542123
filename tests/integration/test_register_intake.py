"""Receiving deliveries and open data with the real checks: stored, judged, recorded, and said so in the receipt."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from register.access import OPERATOR, Actor, Role
from register.decisions import withdraw
from register.errors import (
    AccessDeniedError,
    DamagedFileError,
    ReadDifferenceError,
    UnknownSubmissionError,
    WrongStateError,
)
from register.events import Received
from register.home import Home
from register.in_force import BatchInForce, batches_in_force
from register.intake import Delivery, dry_run, receive, resume
from register.ledger import Ledger
from register.raw_files import RawFiles, hash_of
from register.receipts import Receipt
from register.rows import canonical_hash, canonical_rows, refresh_rows, rows_path
from register.submissions import SubmissionState, submissions

PERIOD = Period.quarter(2025, 4)
OFFICER = Actor(name="datamedewerker ZK08", role=Role.DATA_OFFICER, region="ZK08")
HEADER = "Indicator;Periode;Gebiedscode;Leeftijd;Geslacht;Teller;Noemer"


def file_of(*rows: str) -> bytes:
    return "\r\n".join([HEADER, *rows, ""]).encode()


def row(indicator: str, teller: object, region: str = "ZK08", noemer: int = 1200) -> str:
    return f"{indicator};2025Q4;{region};totaal;totaal;{teller};{noemer}"


GOOD = file_of(row("OUD08", 30), row("DIG01", 300))
CORRECTED = file_of(row("OUD08", 35))
BAD = file_of(row("OUD08", "dertig"), row("DIG01", 5000))


def delivery(content: bytes = GOOD, region: str = "ZK08", name: str = "levering.csv") -> Delivery:
    return Delivery(content, name, region, PERIOD)


def send(home: Home, *deliveries: Delivery) -> list[Receipt]:
    return receive(home, deliveries, OPERATOR)


def in_force(home: Home) -> Sequence[BatchInForce]:
    return batches_in_force(Ledger(home).events())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def test_a_good_file_is_on_disk_in_the_ledger_and_in_force(home: Home) -> None:
    (receipt,) = receive(home, [delivery()], OFFICER)
    assert (receipt.submission, receipt.sequence, receipt.outcome) == (1, 2, Outcome.ACCEPTED)
    assert (receipt.rows_read, receipt.state, receipt.already_received) == (2, SubmissionState.ACCEPTED, False)
    assert receipt.message == "Aanlevering 1 van ZK08 over 2025Q4 is geaccepteerd."
    assert RawFiles(home).read(str(receipt.sha256)) == GOOD
    assert Ledger(home).verify() == 2
    assert [(batch.number, batch.dataset_code) for batch in in_force(home)] == [(1, "DIG01"), (1, "OUD08")]
    assert {event.actor for event in Ledger(home).events()} == {OFFICER}


def test_the_receipt_is_the_json_that_the_issue_asks(home: Home) -> None:
    (receipt,) = send(home, delivery(BAD))
    answer = json.loads(receipt.model_dump_json())
    assert {"submission", "outcome", "rows_read", "findings", "normalisations"} <= set(answer)
    assert answer["outcome"] == "rejected"
    assert {"row", "column", "value", "rule", "severity", "message", "remedy"} == set(answer["findings"][0])


def test_of_a_rejected_file_the_bytes_stay_and_nothing_counts(home: Home) -> None:
    (receipt,) = send(home, delivery(BAD))
    assert receipt.outcome is Outcome.REJECTED
    assert {finding.row for finding in receipt.findings if finding.severity is Severity.ERROR} == {2, 3}
    assert "niets uit dit bestand telt mee" in receipt.message
    assert RawFiles(home).read(str(receipt.sha256)) == BAD
    assert in_force(home) == []
    assert list(home.rows_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<html>", b"PK\x03\x04" + bytes(100)])
def test_whatever_the_bytes_they_are_received_and_judged(home: Home, content: bytes) -> None:
    (receipt,) = send(home, delivery(content))
    assert receipt.outcome is Outcome.REJECTED
    assert RawFiles(home).read(hash_of(content)) == content


def test_the_same_bytes_are_the_same_submission(home: Home) -> None:
    first, again = send(home, delivery(), delivery(name="andere naam.csv"))
    (later,) = send(home, delivery(name="nog een naam.csv"))
    assert first.submission == again.submission == later.submission == 1
    assert [item.already_received for item in (first, again, later)] == [False, True, True]
    assert "al ontvangen als aanlevering 1" in later.message
    assert later.file_name == "levering.csv"
    assert Ledger(home).head() == 2
    assert len(list(home.files_path.iterdir())) == 1


def test_the_same_bytes_of_a_rejected_file_get_the_same_answer(home: Home) -> None:
    (first,) = send(home, delivery(BAD))
    (again,) = send(home, delivery(BAD))
    assert (again.outcome, again.findings) == (first.outcome, first.findings)
    assert "Verbeter de fouten" in again.message


def test_the_same_bytes_for_another_region_are_another_submission(home: Home) -> None:
    mine, other = send(home, delivery(), delivery(region="ZK10"))
    assert (mine.submission, other.submission) == (1, 2)
    assert (mine.outcome, other.outcome) == (Outcome.ACCEPTED, Outcome.REJECTED)


def test_a_batch_is_two_transactions_and_every_file_has_its_own_verdict(home: Home) -> None:
    receipts = send(home, delivery(), delivery(BAD, "ZK10"), delivery(file_of(row("OUD08", 5, "ZK33")), "ZK33"))
    assert [item.outcome for item in receipts] == [Outcome.ACCEPTED, Outcome.REJECTED, Outcome.ACCEPTED]
    kinds = [event.content.kind for event in Ledger(home).events()]
    assert kinds == ["received"] * 3 + ["accepted", "rejected", "accepted"]


def test_no_deliveries_give_no_receipts(home: Home) -> None:
    assert send(home) == []


def test_a_correction_replaces_only_what_it_holds_and_withdrawal_restores(home: Home) -> None:
    send(home, delivery())
    (corrected,) = send(home, delivery(CORRECTED))
    assert corrected.submission is not None
    before = [(batch.dataset_code, batch.number, batch.is_correction) for batch in in_force(home)]
    assert before == [("DIG01", 1, False), ("OUD08", 3, True)]
    taken_back = withdraw(home, corrected.submission, reason="verkeerd kwartaal", actor=OFFICER)
    assert taken_back.state is SubmissionState.WITHDRAWN
    assert [(batch.dataset_code, batch.number) for batch in in_force(home)] == [("DIG01", 1), ("OUD08", 1)]
    (again,) = send(home, delivery(CORRECTED))
    assert again.already_received
    assert "ingetrokken en telt niet mee" in again.message
    assert [batch.number for batch in in_force(home)] == [1, 1]


def test_the_same_bytes_of_a_superseded_file_say_by_what(home: Home) -> None:
    send(home, delivery(file_of(row("OUD08", 30))))
    send(home, delivery(CORRECTED))
    (again,) = send(home, delivery(file_of(row("OUD08", 30))))
    assert (again.submission, again.state) == (1, SubmissionState.SUPERSEDED)
    assert "vervangen door aanlevering 3" in again.message


@pytest.mark.parametrize("number", [99, 2])
def test_what_does_not_exist_cannot_be_withdrawn(home: Home, number: int) -> None:
    send(home, delivery())
    with pytest.raises(UnknownSubmissionError, match=f"Aanlevering {number} bestaat niet"):
        withdraw(home, number, reason="fout", actor=OPERATOR)


def test_what_does_not_count_cannot_be_withdrawn(home: Home) -> None:
    send(home, delivery(BAD))
    with pytest.raises(WrongStateError, match="telt al niet mee"):
        withdraw(home, 1, reason="fout", actor=OPERATOR)


def test_another_region_can_neither_submit_nor_withdraw(home: Home) -> None:
    stranger = Actor(name="ander", role=Role.DATA_OFFICER, region="ZK10")
    with pytest.raises(AccessDeniedError):
        receive(home, [delivery(region="ZK10"), delivery()], stranger)
    assert not home.path.exists(), "something was stored before the right was asked"
    send(home, delivery())
    with pytest.raises(AccessDeniedError):
        withdraw(home, 1, reason="fout", actor=stranger)
    assert [batch.number for batch in in_force(home)] == [1, 1]


def test_another_region_learns_nothing_about_a_submission(home: Home) -> None:
    send(home, delivery(BAD))
    with pytest.raises(AccessDeniedError):
        withdraw(home, 1, reason="fout", actor=Actor(name="ander", role=Role.DATA_OFFICER, region="ZK10"))


@pytest.mark.parametrize("region", ["ZK99", "GM0080", "NL", "ZK05"])
def test_a_region_that_does_not_exist_in_the_period_is_wrong_use(home: Home, region: str) -> None:
    with pytest.raises(UnknownCodeError, match=region):
        send(home, delivery(region=region))
    assert not home.path.exists()


def test_a_dry_run_says_the_same_and_stores_nothing(home: Home) -> None:
    receipts = dry_run(home, [delivery(), delivery(BAD)], OFFICER)
    assert [item.outcome for item in receipts] == [Outcome.ACCEPTED, Outcome.REJECTED]
    assert {(item.submission, item.sequence, item.received_at) for item in receipts} == {(None, None, None)}
    assert "Er is niets opgeslagen" in receipts[0].message
    assert not home.path.exists()


def test_a_submission_without_verdict_is_judged_by_resume_once(home: Home) -> None:
    sha256 = RawFiles(home).store(GOOD)
    received = Received(
        region="ZK08", period="2025Q4", uitvraag_version=2, sha256=sha256, size=len(GOOD), file_name="a.csv"
    )
    Ledger(home).append([received], actor=OFFICER)
    with pytest.raises(WrongStateError, match="nog beoordeeld"):
        withdraw(home, 1, reason="fout", actor=OPERATOR)
    assert [item.outcome for item in resume(home, OPERATOR)] == [Outcome.ACCEPTED]
    assert resume(home, OPERATOR) == []
    assert Ledger(home).head() == 2


def test_a_submission_without_verdict_is_judged_when_the_bytes_come_again(home: Home) -> None:
    sha256 = RawFiles(home).store(GOOD)
    received = Received(
        region="ZK08", period="2025Q4", uitvraag_version=2, sha256=sha256, size=len(GOOD), file_name="a.csv"
    )
    Ledger(home).append([received], actor=OFFICER)
    (receipt,) = send(home, delivery())
    assert (receipt.submission, receipt.already_received, receipt.outcome) == (1, True, Outcome.ACCEPTED)


def test_rows_come_from_the_cache_and_otherwise_from_the_bytes(home: Home) -> None:
    send(home, delivery())
    batch = in_force(home)[0]
    path = rows_path(home, sha256=batch.sha256, region_code="ZK08", period_code="2025Q4")
    kept = canonical_rows(home, batch)
    assert canonical_hash(kept) == batch.canonical_hash
    path.unlink()
    read_again = canonical_rows(home, batch)
    assert read_again.equals(kept)
    assert path.exists()


def test_a_damaged_cache_is_read_again(home: Home) -> None:
    send(home, delivery())
    batch = in_force(home)[0]
    path = rows_path(home, sha256=batch.sha256, region_code="ZK08", period_code="2025Q4")
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"x" * 500):
        path.write_bytes(damaged)
        assert refresh_rows(home, in_force(home)) == 1
        assert canonical_hash(canonical_rows(home, batch)) == batch.canonical_hash
    assert refresh_rows(home, in_force(home)) == 0


def test_rows_of_other_content_in_the_cache_are_not_used(home: Home) -> None:
    send(home, delivery(), delivery(file_of(row("OUD08", 99)), "ZK08"))
    first, second = ({batch.number: batch for batch in in_force(home)}[number] for number in (1, 2))
    paths = [rows_path(home, sha256=b.sha256, region_code="ZK08", period_code="2025Q4") for b in (first, second)]
    paths[0].write_bytes(paths[1].read_bytes())
    assert canonical_hash(canonical_rows(home, first)) == first.canonical_hash


def test_reading_that_gives_other_rows_than_were_accepted_is_an_error(home: Home) -> None:
    send(home, delivery())
    batch = in_force(home)[0]._replace(canonical_hash="0" * 64)
    with pytest.raises(ReadDifferenceError, match=r"Aanlevering 1 .*ZK08, 2025Q4.*lever"):
        canonical_rows(home, batch)


def test_rows_cannot_be_read_again_from_damaged_bytes(home: Home) -> None:
    send(home, delivery())
    batch = in_force(home)[0]
    for path in home.rows_path.iterdir():
        path.unlink()
    stored = home.files_path / batch.sha256
    stored.chmod(0o644)
    stored.write_bytes(GOOD.replace(b"30", b"31"))
    with pytest.raises(DamagedFileError, match=batch.sha256):
        canonical_rows(home, batch)


def test_the_canonical_hash_sees_every_cell(home: Home) -> None:
    (judged,) = judge([FileToJudge(GOOD, "ZK08", PERIOD)])
    hashes = {canonical_hash(judged.canonical)}
    for column in judged.canonical.columns:
        changed = judged.canonical.copy()
        changed.loc[1, column] = not changed.loc[1, column] if column == "is_provisional" else 7
        hashes.add(canonical_hash(changed))
    changed = judged.canonical.copy()
    changed.loc[0, "amount"] = float("nan")
    hashes |= {canonical_hash(changed), canonical_hash(judged.canonical.iloc[:-1])}
    assert len(hashes) == len(judged.canonical.columns) + 3


def test_what_was_received_stays_in_order_of_receipt(home: Home) -> None:
    send(home, delivery(BAD), delivery())
    found = submissions(Ledger(home).events())
    assert [(number, item.state) for number, item in found.items()] == [
        (1, SubmissionState.REJECTED), (2, SubmissionState.ACCEPTED),
    ]  # fmt: skip
