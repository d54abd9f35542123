"""Which notices are due: to whom, about what, when, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indicators.definition_model import Theme
from orchestration.notice_settings import NoticeSettings, NoticeSettingsError
from orchestration.notice_texts import Reader, message
from register.contact_events import Notice
from register.events import (
    Event,
    EventContent,
    NoticeFailed,
    NoticeSending,
    NoticeSent,
    Reminded,
    ReminderKind,
    SignalClosed,
    SignalOpened,
)
from register.happenings import happenings
from register.notice_events import FailureReason
from register.notice_states import NoticeState, notices_of
from register.notices import BACK_OFF, Receiver, due_notices, last_digest_moment, next_attempt_at
from register.signal_events import Cause, ClosedBecause
from register.signal_kinds import SignalKind
from tests.support_ledger import ledger

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)
"""Seven in the morning in the Netherlands."""
DIRECT = Receiver("ONT001", Notice.IMMEDIATELY)
WEEKLY = Receiver("ONT002", Notice.WEEKLY)
OPENED = SignalOpened(
    cause=Cause(signal=SignalKind.STALLED, area="ZK22", indicator="PRE02", path="ZK22-A001"),
    rule_version="A", seen_in="2026Q2", detail="37 van 1200",
)  # fmt: skip
OVERDUE = SignalOpened(
    cause=Cause(signal=SignalKind.OVERDUE, area="ZK08", period="2026Q3"), rule_version="1", seen_in="2026Q3",
    detail="3 onderdelen ontbreken",
)  # fmt: skip
DUE_SOON = Reminded(
    region="ZK08", period="2026Q3", reminder=ReminderKind.DUE_SOON, days=7, due_date=date(2026, 12, 1)
)  # fmt: skip


def closed(signal: int, because: ClosedBecause = ClosedBecause.GONE) -> SignalClosed:
    return SignalClosed(signal=signal, because=because, reason="de cijfers geven er geen aanleiding meer toe.")


def events(*contents: EventContent) -> list[Event]:
    return ledger(*contents, moment=TUESDAY)


def about(found: list[Event], *receivers: Receiver, now: datetime = TUESDAY) -> dict[str, tuple[int, ...]]:
    return {item.receiver: item.about for item in due_notices(found, receivers, now)}


def test_who_wants_it_at_once_is_told_of_what_opened_and_what_closed_by_itself() -> None:
    found = events(OPENED, OVERDUE, closed(1), closed(2, ClosedBecause.PERSON))
    assert about(found, DIRECT) == {"ONT001": (1, 2, 3)}


def test_who_wants_it_weekly_is_told_on_monday_morning_of_what_happened_before() -> None:
    found = events(OPENED)
    assert about(found, WEEKLY) == about(found, WEEKLY, now=MONDAY - timedelta(seconds=1)) == {}
    assert about(found, WEEKLY, now=MONDAY) == about(found, WEEKLY, now=MONDAY + timedelta(days=3)) == {"ONT002": (1,)}
    later = ledger(OVERDUE, moment=MONDAY + timedelta(hours=1), before=found)
    assert about(later, WEEKLY, now=MONDAY + timedelta(days=3)) == {"ONT002": (1,)}
    assert last_digest_moment(MONDAY + timedelta(days=6, hours=23)) == MONDAY


def test_regions_themes_and_the_moment_of_becoming_a_recipient_decide_who_is_told() -> None:
    found = events(OPENED, OVERDUE)
    receivers = [
        Receiver("ONT001", Notice.IMMEDIATELY, regions=("ZK22",)),
        Receiver("ONT002", Notice.IMMEDIATELY, regions=("ZK10",)),
        Receiver("ONT003", Notice.IMMEDIATELY, themes=(Theme.GGZ,)),
        Receiver("ONT004", Notice.IMMEDIATELY, since=1),
        Receiver("ONT005", Notice.NEVER),
    ]
    assert about(found, *receivers) == {"ONT001": (1,), "ONT003": (2,), "ONT004": (2,)}


def test_a_reminder_goes_to_who_belongs_to_the_region_only() -> None:
    assert about(events(DUE_SOON), DIRECT) == {}
    assert about(events(DUE_SOON), Receiver("ONT001", Notice.IMMEDIATELY, reminded_of=("ZK08",))) == {"ONT001": (1,)}


def test_what_is_older_than_two_weeks_is_no_news() -> None:
    assert about(events(OPENED), DIRECT, now=TUESDAY + timedelta(days=14)) == {"ONT001": (1,)}
    assert about(events(OPENED), DIRECT, now=TUESDAY + timedelta(days=14, seconds=1)) == {}


def test_a_notice_that_was_sent_or_is_uncertain_is_not_due_again() -> None:
    begun = [*events(OPENED, NoticeSending(receiver="ONT001", cadence=Notice.IMMEDIATELY, about=(1,)))]
    assert about(begun, DIRECT) == {}
    assert notices_of(begun)[2].state is NoticeState.UNCERTAIN
    sent = ledger(NoticeSent(sending=2), moment=TUESDAY, before=begun)
    assert about(sent, DIRECT) == {}
    assert notices_of(sent)[2].state is NoticeState.SENT


def test_what_failed_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    found, now = events(OPENED), TUESDAY
    for wait in (*BACK_OFF, None):
        (sending,) = due_notices(found, [DIRECT], now)
        found = ledger(sending, moment=now, before=found)
        moment = next_attempt_at(sending.attempt, now)
        failed = NoticeFailed(sending=len(found), reason=FailureReason.UNREACHABLE, next_attempt_at=moment)
        found = ledger(failed, moment=now, before=found)
        if wait is not None:
            assert due_notices(found, [DIRECT], now + wait - timedelta(seconds=1)) == []
            now += wait
    assert due_notices(found, [DIRECT], now + timedelta(days=1)) == []
    (notice,) = notices_of(found).values()
    assert (notice.attempt, notice.state, notice.about) == (5, NoticeState.GIVEN_UP, (1,))


def test_what_failed_is_not_sent_again_to_who_is_no_longer_a_recipient() -> None:
    failed = NoticeFailed(sending=2, reason=FailureReason.REFUSED, next_attempt_at=TUESDAY)
    begun = NoticeSending(receiver="ONT001", cadence=Notice.IMMEDIATELY, about=(1,))
    found = events(OPENED, begun, failed)
    assert about(found, DIRECT) == {"ONT001": (1,)}
    assert about(found) == about(found, Receiver("ONT001", Notice.NEVER)) == {}


def test_the_words_say_what_where_since_when_the_rule_and_where_to_look_and_no_figures() -> None:
    told = happenings(events(OPENED, OVERDUE, DUE_SOON, closed(1)))
    site = "https://monitor.voorbeeld.nl"
    words = message(told, Reader("Bob Jansen", "Gemeente X"), cadence=Notice.WEEKLY, base_url=site, is_fictitious=False)
    assert words.subject == "JZOJP-monitor: weekoverzicht, 4 berichten"
    for text in (
        "Beste Bob Jansen,", "Nieuw signaal: stagneert", "(ZK22)", "PRE02", "Sinds: 24-11-2026",
        "het 2e kwartaal van 2026", SignalKind.STALLED.rule, f"{site}/signalen?stand=open&signaal=1", "Gemeente X",
        f"{site}/signalen?stand=closed&signaal=1",
        "Aanleveren kan tot en met 01-12-2026", f"{site}/aanleveren", "Signaal gesloten: stagneert",
    ):  # fmt: skip
        assert text in words.body
    assert "37" not in words.body
    assert "3 onderdelen" not in words.body


def test_one_happening_stands_in_the_subject_and_a_demo_says_so_first() -> None:
    told = happenings(events(OPENED))
    words = message(told, Reader(), cadence=Notice.IMMEDIATELY, base_url=None, is_fictitious=True)
    assert words.subject.startswith("Fictief: JZOJP-monitor: Nieuw signaal: stagneert, ")
    assert words.body.startswith("Fictief: ")
    assert "de pagina Signalen, signaal 1" in words.body


def test_without_settings_nothing_is_configured_and_faults_are_told_at_once_without_secrets() -> None:
    assert not NoticeSettings.from_environment({}).is_configured
    with pytest.raises(NoticeSettingsError) as caught:
        NoticeSettings.from_environment({
            "JZOJP_NOTIFY_SMTP": "smtp://geheim@x?to=a@b.nl",
            "JZOJP_NOTIFY_WEBHOOKS": "json://geheim ZK99=json://geheim ZK08=json://geheim",
            "JZOJP_NOTIFY_BASE_URL": "monitor.nl",
        })  # fmt: skip
    assert len(str(caught.value).splitlines()) == 5
    assert "geheim" not in str(caught.value)


def test_a_webhook_has_regions_a_cadence_and_a_code_without_its_address() -> None:
    found = NoticeSettings.from_environment(
        {"JZOJP_NOTIFY_WEBHOOKS": "ZK08,ZK10=json://a/geheim NL:wekelijks=json://b/geheim"}
    ).webhooks
    assert [(item.regions, item.cadence) for item in found] == [
        (("ZK08", "ZK10"), Notice.IMMEDIATELY), ((), Notice.WEEKLY),
    ]  # fmt: skip
    assert all(len(item.code) == len("WEB") + 12 for item in found)
