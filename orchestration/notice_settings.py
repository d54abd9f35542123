"""What the environment says about notices; without it nothing is sent and nothing leaves the machine.

Belongs here: reading and checking the variables, with every fault at once and never an address in a message, because
it holds a password. Does not belong here: sending (`notice_channels.py`).
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from indicators.areas import COUNTRY
from indicators.errors import MonitorError
from register.contact_events import Notice
from register.event_fields import RegionCode
from register.organisations import is_area

SMTP: Final = "JZOJP_NOTIFY_SMTP"
WEBHOOKS: Final = "JZOJP_NOTIFY_WEBHOOKS"
BASE: Final = "JZOJP_NOTIFY_BASE_URL"
DEMO: Final = "JZOJP_NOTIFY_DEMO"
_WEBHOOK: Final = re.compile(r"(?P<where>NL|ZK\d\d(?:,ZK\d\d)*)(?P<weekly>:wekelijks)?=(?P<address>[a-z]+://\S+)")
_MAIL: Final = re.compile(r"mailtos?://\S+")
_OTHERS: Final = re.compile(r"[?&](to|cc|bcc)=", re.IGNORECASE)


class NoticeSettingsError(MonitorError):
    """The environment says something about notices that cannot be followed; every fault is in the text."""


@dataclass(frozen=True)
class Webhook:
    """A channel such as Teams, Slack or a server of one's own, and the regions of which it is told (none: all)."""

    address: str
    regions: tuple[RegionCode, ...]
    cadence: Notice

    @property
    def code(self) -> str:
        """What the ledger calls it; its address holds a secret."""
        return f"WEB{hashlib.sha256(self.address.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class NoticeSettings:
    """How notices are sent."""

    smtp: str | None = None
    webhooks: tuple[Webhook, ...] = ()
    base_url: str | None = None
    is_sent_in_demo: bool = False

    @property
    def is_configured(self) -> bool:
        """Whether there is any way to send."""
        return self.smtp is not None or bool(self.webhooks)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """What the variables say.

        Raises:
            NoticeSettingsError: they cannot be followed.
        """
        smtp = environment.get(SMTP, "").strip() or None
        entries = environment.get(WEBHOOKS, "").split()
        base = environment.get(BASE, "").strip().rstrip("/") or None
        faults = [*_faults_of_mail(smtp), *_faults_of_webhooks(entries), *_faults_of_base(base)]
        if faults:
            raise NoticeSettingsError("\n".join(faults))
        return cls(smtp, tuple(map(_webhook, entries)), base, environment.get(DEMO) == "1")


def _webhook(entry: str) -> Webhook:
    found = _WEBHOOK.fullmatch(entry)
    if found is None:
        raise AssertionError("was checked before")
    regions = () if found["where"] == COUNTRY else tuple(found["where"].split(","))
    return Webhook(found["address"], regions, Notice.WEEKLY if found["weekly"] else Notice.IMMEDIATELY)


def _faults_of_mail(smtp: str | None) -> Iterator[str]:
    if smtp is None:
        return
    if _MAIL.fullmatch(smtp) is None:
        yield f"{SMTP} begint niet met mailto:// of mailtos://, of bevat een spatie. Zie docs/notifications.md."
    if _OTHERS.search(smtp):
        yield f"{SMTP} noemt ontvangers (to, cc of bcc). Haal ze weg: ontvangers staan in het register."


def _faults_of_webhooks(entries: list[str]) -> Iterator[str]:
    for place, entry in enumerate(entries, start=1):
        found = _WEBHOOK.fullmatch(entry)
        if found is None or found["address"].startswith("mailto"):
            yield (
                f"{WEBHOOKS}, nummer {place}, heeft niet de vorm WAAR=ADRES, zoals ZK08=msteams://... of "
                "NL:wekelijks=slack://...."
            )
        elif unknown := [code for code in found["where"].split(",") if code != COUNTRY and not is_area(code)]:
            yield f"{WEBHOOKS}, nummer {place}, noemt een regio die niet bestaat: {', '.join(unknown)}."


def _faults_of_base(base: str | None) -> Iterator[str]:
    if base is not None and not base.startswith(("http://", "https://")):
        yield f"{BASE} is '{base}' en begint niet met http:// of https://."
