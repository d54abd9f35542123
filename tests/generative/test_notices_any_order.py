"""Whatever happens in whatever order, nobody is told a thing twice, and nothing is tried more than five times."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from register.contact_events import Notice
from register.events import Event, NoticeFailed, NoticeSending, NoticeSent, SignalClosed, SignalOpened
from register.notice_events import FailureReason
from register.notice_states import NoticeState, notices_of
from register.notices import BACK_OFF, Receiver, due_notices, next_attempt_at
from register.signal_events import Cause, ClosedBecause
from register.signal_kinds import SignalKind
from tests.support_ledger import ledger

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
AREAS = ("ZK08", "ZK10", "NL")
RECEIVERS = (
    Receiver("ONT001", Notice.IMMEDIATELY),
    Receiver("ONT002", Notice.WEEKLY, regions=("ZK08",)),
    Receiver("WEB0123456789ab", Notice.WEEKLY),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(AREAS)),
        st.tuples(st.just("close"), st.sampled_from(AREAS)),
        st.tuples(st.just("wait"), st.sampled_from([60, 3_600, 86_400, 604_800])),
        st.tuples(st.just("send"), st.sampled_from(["sent", "failed", "killed"])),
    ),
    max_size=40,
)


def step(found: list[Event], now: datetime, what: str, which: object) -> list[Event]:
    """The ledger after one step."""
    standing = {e.content.cause.area: e.sequence for e in found if isinstance(e.content, SignalOpened)}
    if what == "open":
        cause = Cause(signal=SignalKind.SPECIAL_CAUSE, area=str(which), indicator="PRE02")
        new = SignalOpened(cause=cause, rule_version="1", seen_in="2026Q2", detail="above_limits")
        return ledger(new, moment=now, before=found)
    if what == "close" and which in standing:
        gone = SignalClosed(signal=standing[str(which)], because=ClosedBecause.GONE, reason="voorbij")
        return ledger(gone, moment=now, before=found)
    return found


def send(found: list[Event], now: datetime, outcome: object) -> list[Event]:
    """The ledger after one round, in which every notice that is due has the same outcome."""
    while due := due_notices(found, RECEIVERS, now):
        found = ledger(due[0], moment=now, before=found)
        if outcome == "sent":
            found = ledger(NoticeSent(sending=len(found)), moment=now, before=found)
        if outcome == "failed":
            moment = next_attempt_at(due[0].attempt, now)
            failed = NoticeFailed(sending=len(found), reason=FailureReason.REFUSED, next_attempt_at=moment)
            found = ledger(failed, moment=now, before=found)
    return found


@given(STEPS)
def test_nobody_is_told_twice(steps: list[tuple[str, object]]) -> None:
    found: list[Event] = []
    now = START
    for what, which in steps:
        if what == "wait":
            now += timedelta(seconds=int(str(which)))
        found = send(found, now, which) if what == "send" else step(found, now, what, which)
    notices = notices_of(found).values()
    told = Counter((item.receiver, number) for item in notices for number in item.about)
    assert all(count == 1 for count in told.values())
    assert all(item.attempt <= len(BACK_OFF) + 1 for item in notices)
    for item in notices:
        attempts = [
            e for e in found if isinstance(e.content, NoticeSending) and item.number in (e.sequence, e.content.first)
        ]
        outcomes = [e.content for e in found if isinstance(e.content, NoticeSent | NoticeFailed)]
        ended = {content.sending: content for content in outcomes}
        assert all(isinstance(ended.get(attempt.sequence), NoticeFailed) for attempt in attempts[:-1])
        assert (item.state is NoticeState.UNCERTAIN) is (attempts[-1].sequence not in ended)
