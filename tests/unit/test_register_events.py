"""Events: closed, frozen, written in one way, and the chain depends on every part."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from register.access import OPERATOR
from register.events import GENESIS, DemoStarted, EventBody, EventContent, Received, Withdrawn, chain_hash

BODY = EventBody(sequence=1, occurred_at=datetime(2026, 1, 1, tzinfo=UTC), actor=OPERATOR, content=DemoStarted(seed=3))
ANY: TypeAdapter[EventContent] = TypeAdapter(EventContent)
RECEIVED = {
    "kind": "received", "region": "ZK08", "period": "2025Q4", "uitvraag_version": 1, "sha256": "a" * 64, "size": 1,
    "file_name": "a",
}  # fmt: skip


def test_canonical_json_is_sorted_and_compact() -> None:
    assert BODY.canonical_json() == (
        '{"actor":{"name":"beheerder","region":null,"role":"operator"},"content":{"kind":"demo_started","seed":3},'
        '"occurred_at":"2026-01-01T00:00:00Z","sequence":1}'
    )


def test_canonical_json_reads_back_to_the_same() -> None:
    assert EventBody.model_validate_json(BODY.canonical_json()) == BODY


def test_the_chain_hash_is_that_of_sha256sum() -> None:
    """`printf '%s\\n{}' 000...0 | sha256sum` gives the same."""
    assert chain_hash(GENESIS, "{}") == "5649d09ed68c17156095d175eef152856c5b1a81c117c409c1e00f096aa6838e"


def test_the_chain_hash_depends_on_both_parts() -> None:
    assert len({chain_hash(GENESIS, "{}"), chain_hash("1" * 64, "{}"), chain_hash("1" * 64, "{ }")}) == 3


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        BODY.sequence = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "deleted"}, {"region": "GM0080"}, {"region": "ZK8"}, {"period": "2025-Q4"}, {"sha256": "A" * 64},
        {"sha256": "../x"}, {"size": -1}, {"unknown": 1},
    ],
)  # fmt: skip
def test_an_unknown_kind_code_or_field_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ANY.validate_python(RECEIVED | change)


def test_the_file_name_in_an_event_is_tidy() -> None:
    event = ANY.validate_python(RECEIVED | {"file_name": "../../x\x00.csv"})
    assert isinstance(event, Received)
    assert event.file_name == "x.csv"


def test_a_withdrawal_has_a_reason() -> None:
    with pytest.raises(ValidationError):
        Withdrawn(submission=1, reason="")
