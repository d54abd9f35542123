"""Sending the notices that are due, one after the other, each written down before it is handed over.

Nothing is sent or written down while the environment names no server, and from a demo only when that is asked. A server
that cannot be reached is left alone until the next time. Belongs here: that order. Does not belong here: what is due
(`register/notices.py`) and the words (`notice_texts.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from orchestration.notice_settings import NoticeSettings, Webhook
from register.access import Actor
from register.contacts import Recipient, recipients
from register.events import Event, RecipientAdded
from register.failpoints import Failpoint, reach
from register.home import Home
from register.in_force import is_fictitious
from register.ledger import Clock, Ledger, utc_now
from register.notice_events import FailureReason
from register.notices import Begun, Receiver, begin, due_notices, finish


@dataclass
class NotifyReport:
    """What one round did."""

    sent: int = 0
    failed: list[FailureReason] = field(default_factory=list)


@dataclass(frozen=True)
class _Round:
    """What one round knows: the ledger as it began, and everybody who can be told, by code."""

    events: Sequence[Event]
    people: Mapping[str, Recipient]
    webhooks: Mapping[str, Webhook]
    settings: NoticeSettings

    def receivers(self, away: frozenset[str] = frozenset()) -> list[Receiver]:
        """Everybody who can be told, but for those whose server is away."""
        since = {e.content.code: e.sequence for e in self.events if isinstance(e.content, RecipientAdded)}
        found = [_of_person(item, since.get(item.code, 0)) for item in self.people.values()]
        found += [
            Receiver(code, item.cadence, regions=item.regions, reminded_of=item.regions)
            for code, item in self.webhooks.items()
        ]
        return [item for item in found if self.channel_of(item.code) not in away]

    def channel_of(self, code: str) -> str:
        """By which server somebody is told."""
        return code if code in self.webhooks else "mail"


def notify(home: Home, *, actor: Actor, settings: NoticeSettings | None = None, clock: Clock = utc_now) -> NotifyReport:
    """Send every notice that is due. Safe to repeat and to run twice at once.

    Raises:
        AccessDeniedError: `actor` may not do this.
        NoticeSettingsError: the environment cannot be followed.
    """
    report = NotifyReport()
    around = _round(home, settings or NoticeSettings.from_environment(), actor)
    if around is None:
        return report
    now, away = clock(), frozenset[str]()
    while begun := begin(home, around.receivers(away), now=now, actor=actor, events=around.events):
        reach(Failpoint.NOTICE_BEFORE_SEND)
        failure = _hand_over(begun, around)
        reach(Failpoint.NOTICE_AFTER_SEND)
        finish(home, begun.notice, failure, now=clock(), actor=actor)
        if failure is None:
            report.sent += 1
            continue
        report.failed.append(failure)
        if failure is FailureReason.UNREACHABLE:
            away |= {around.channel_of(begun.notice.receiver)}
    return report


def notify_afterwards(home: Home, *, actor: Actor, say: Callable[[str], None]) -> None:
    """Send what is due after work that must not fail because of it."""
    try:
        report = notify(home, actor=actor)
    except Exception as error:  # noqa: BLE001 - what was done before stands, whatever is wrong here
        say(f"berichten zijn niet verstuurd: {error}")
        return
    if report.failed:
        say(f"{len(report.failed)} berichten niet verstuurd; zie 'jzojp notify status'")


def is_anything_due(home: Home, *, actor: Actor, clock: Clock = utc_now) -> bool:
    """Whether `notify` has anything to do now.

    Raises:
        NoticeSettingsError: the environment cannot be followed.
    """
    around = _round(home, NoticeSettings.from_environment(), actor)
    return around is not None and bool(due_notices(around.events, around.receivers(), clock()))


def _round(home: Home, settings: NoticeSettings, actor: Actor) -> _Round | None:
    if not settings.is_configured:
        return None
    events = Ledger(home).events()
    if is_fictitious(events) and not settings.is_sent_in_demo:
        return None
    people = {} if settings.smtp is None else {item.code: item for item in recipients(home, actor=actor)}
    return _Round(events, people, {item.code: item for item in settings.webhooks}, settings)


def _of_person(item: Recipient, since: int) -> Receiver:
    own = () if item.organisation.region is None else (item.organisation.region,)
    return Receiver(item.code, item.notice, item.themes, item.regions, item.regions or own, since)


def _hand_over(begun: Begun, around: _Round) -> FailureReason | None:
    from orchestration.notice_channels import send_mail, send_to_webhook
    from orchestration.notice_texts import Reader, message

    notice = begun.notice
    person = around.people.get(notice.receiver)
    reader = Reader() if person is None else Reader(person.person.name, person.organisation.name)
    words = message(
        begun.told, reader, cadence=notice.cadence, base_url=around.settings.base_url,
        is_fictitious=is_fictitious(around.events),
    )  # fmt: skip
    if person is None:
        return send_to_webhook(around.webhooks[notice.receiver].address, words)
    if around.settings.smtp is None or person.person.e_mail is None:
        return FailureReason.REFUSED
    return send_mail(around.settings.smtp, person.person.e_mail, words, key=notice.key)
