"""Handing one message to a mail server or a webhook, through apprise.

Belongs here: that, and telling a server that cannot be reached from one that refuses. Does not belong here: when to try
again (`register/notices.py`).
"""

import logging
from typing import Final
from urllib.parse import quote

from apprise import Apprise, AppriseAsset, NotifyFormat

from orchestration.notice_texts import Message
from register.notice_events import FailureReason

HEADER: Final = "X-JZOJP-Bericht"
"""Tells a message apart; the same in every attempt."""

logging.getLogger("apprise").propagate = False  # its lines name addresses


def send_mail(server: str, address: str, message: Message, *, key: str) -> FailureReason | None:
    """Send one mail; None when the server took it.

    Args:
        server: `mailto://` or `mailtos://` as apprise knows it, without recipients.
        address: to whom.
        message: what.
        key: goes along as a header.
    """
    joint = "&" if "?" in server else "?"
    return _send(f"{server}{joint}to={quote(address, safe='')}&format=text&+{HEADER}={quote(key, safe='')}", message)


def send_to_webhook(address: str, message: Message) -> FailureReason | None:
    """Send one message to a channel; None when the server took it."""
    return _send(address, message)


def _send(address: str, message: Message) -> FailureReason | None:
    service = Apprise(asset=AppriseAsset(app_id="JZOJP-monitor", async_mode=False))
    if not service.add(address):
        return FailureReason.REFUSED
    result = service.notify(
        title=message.subject, body=message.body, body_format=NotifyFormat.TEXT, log_level=logging.WARNING
    )
    if result:
        return None
    told = [entry.message.casefold() for entry in result.logs()]
    is_away = any("connection error" in line for line in told)
    return FailureReason.UNREACHABLE if is_away else FailureReason.REFUSED
