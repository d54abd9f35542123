"""Tokens: shown once, kept as a hash, revoked at once, and for one region only."""

import time
from pathlib import Path

import pytest

from indicators.errors import UnknownCodeError
from register.access import OPERATOR, Action, Actor, Role, may
from register.errors import AccessDeniedError, ReasonNeededError, UnknownSubmissionError
from register.events import DemoStarted, Event
from register.home import Home
from register.ledger import Ledger
from register.tokens import actor_of_token, issue_token, revoke_token, tokens
from tests.support_register import BSN, OFFICER, STRANGER, deliver, row, sound


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def denied(home: Home, secret: str) -> str:
    with pytest.raises(AccessDeniedError) as caught:
        actor_of_token(home, secret)
    return str(caught.value)


def test_a_token_acts_as_a_data_officer_of_its_region_under_its_label(home: Home) -> None:
    issued = issue_token(home, "ZK08", " Bronsysteem Almelo ", actor=OFFICER)
    assert issued.secret.startswith(f"jzojp_ZK08_{issued.token_id}_")
    assert len(issued.secret.split("_", 3)[3]) >= 43, "256 bits in base64"
    actor = actor_of_token(home, issued.secret)
    assert actor == Actor(name="Bronsysteem Almelo", role=Role.DATA_OFFICER, region="ZK08")
    assert not may(actor, Action.SUBMIT, "ZK10")


def test_the_secret_is_kept_nowhere(home: Home) -> None:
    issued = issue_token(home, "ZK08", "bron", actor=OFFICER)
    secret = issued.secret.split("_", 3)[3].encode()
    assert all(secret not in path.read_bytes() for path in home.path.rglob("*") if path.is_file())
    assert issued.secret not in str(tokens(home, actor=OFFICER))


def test_two_tokens_are_never_the_same(home: Home) -> None:
    issued = [issue_token(home, "ZK08", "bron", actor=OFFICER) for _ in range(5)]
    assert len({item.secret for item in issued}) == len({item.token_id for item in issued}) == 5


def test_a_revoked_token_opens_nothing_at_once(home: Home) -> None:
    first, second = (issue_token(home, "ZK08", name, actor=OFFICER) for name in ("een", "twee"))
    actor_of_token(home, first.secret)
    revoked = revoke_token(home, first.token_id, reason="gelekt", actor=OFFICER)
    assert (revoked.is_valid, revoked.revoked_reason, revoked.revoked_by) == (False, "gelekt", OFFICER.name)
    denied(home, first.secret)
    assert actor_of_token(home, second.secret).name == "twee"
    assert revoke_token(home, first.token_id, reason="nog eens", actor=OPERATOR) == revoked


def test_what_is_wrong_with_a_token_is_not_told(home: Home) -> None:
    issued = issue_token(home, "ZK08", "bron", actor=OFFICER)
    gone = issue_token(home, "ZK08", "weg", actor=OFFICER)
    revoke_token(home, gone.token_id, reason="x", actor=OFFICER)
    wrong = [
        "", "jzojp", "jzojp_ZK08__", issued.secret + "x", issued.secret[:-1], gone.secret,
        issued.secret.replace("ZK08", "ZK10"), f"jzojp_ZK08_{'0' * 12}_{'a' * 43}", "\ud800", "x" * 10_000,
    ]  # fmt: skip
    assert len({denied(home, secret) for secret in wrong}) == 1


def test_without_a_register_no_token_opens_anything_and_none_is_made(home: Home) -> None:
    denied(home, "jzojp_ZK08_000000000000_x")
    assert not home.path.exists()


def test_a_request_does_not_read_the_whole_ledger(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(home)
    for start in range(0, 3_000, 1_000):
        ledger.append([DemoStarted(seed=start + n) for n in range(1_000)], actor=OPERATOR)
    issued = issue_token(home, "ZK08", "bron", actor=OFFICER)
    actor_of_token(home, issued.secret)
    asked: list[int] = []
    real = Ledger.events

    def events(self: Ledger, after: int = 0) -> list[Event]:
        asked.append(after)
        return real(self, after)

    monkeypatch.setattr(Ledger, "events", events)
    start_time = time.perf_counter()
    for _ in range(50):
        actor_of_token(home, issued.secret)
    assert (time.perf_counter() - start_time) / 50 < 0.02
    assert asked == []
    Ledger(home).append([DemoStarted(seed=1)], actor=OPERATOR)
    actor_of_token(home, issued.secret)
    assert asked == [3_001]


def test_a_register_that_was_put_in_its_place_has_its_own_tokens(home: Home) -> None:
    issued = issue_token(home, "ZK08", "bron", actor=OFFICER)
    actor_of_token(home, issued.secret)
    for path in home.register_path.glob("ledger.sqlite*"):
        path.rename(path.with_name(f"oud-{path.name}"))
    Ledger(home).append([DemoStarted(seed=n) for n in range(3)], actor=OPERATOR)
    denied(home, issued.secret)


def test_only_the_own_region_and_the_operator_manage_tokens(home: Home) -> None:
    issued = issue_token(home, "ZK08", "bron", actor=OPERATOR)
    other = issue_token(home, "ZK10", "bron", actor=STRANGER)
    assert [token.token_id for token in tokens(home, actor=OFFICER)] == [issued.token_id]
    assert [token.token_id for token in tokens(home, actor=OPERATOR)] == [issued.token_id, other.token_id]
    with pytest.raises(AccessDeniedError):
        issue_token(home, "ZK10", "bron", actor=OFFICER)
    texts = set()
    for token_id in (other.token_id, "0" * 12):
        with pytest.raises(AccessDeniedError) as caught:
            revoke_token(home, token_id, reason="x", actor=OFFICER)
        texts.add(str(caught.value).replace(token_id, "N"))
    assert len(texts) == 1
    with pytest.raises(UnknownSubmissionError):
        revoke_token(home, "0" * 12, reason="x", actor=OPERATOR)
    for role, region in ((Role.POLICY_OFFICER, "ZK08"), (Role.PROGRAMME_STAFF, None), (Role.READER, None)):
        with pytest.raises(AccessDeniedError):
            tokens(home, actor=Actor(name="x", role=role, region=region))


@pytest.mark.parametrize("label", ["", "  ", "x" * 101, BSN])
def test_a_label_must_say_something_that_can_be_kept(home: Home, label: str) -> None:
    with pytest.raises(ReasonNeededError):
        issue_token(home, "ZK08", label, actor=OFFICER)


def test_a_region_that_does_not_exist_has_no_tokens(home: Home) -> None:
    with pytest.raises(UnknownCodeError):
        issue_token(home, "ZK99", "bron", actor=OPERATOR)


def test_what_is_delivered_with_a_token_carries_its_label(home: Home) -> None:
    issued = issue_token(home, "ZK08", "Bronsysteem", actor=OFFICER)
    (receipt,) = deliver(home, sound(row("OUD08", 30)), actor=actor_of_token(home, issued.secret))
    assert receipt.received_from == "Bronsysteem"
