"""The door of the intake: what is not taken in at all, and for whom a delivery is taken in.

Belongs here: what every channel asks before bytes are read or stored. Does not belong here: what a file must satisfy
(`expectations/`).
"""

import os
from dataclasses import dataclass
from typing import Final

from expectations.personal_data import mask_personal_data
from expectations.rules import Rule, make_finding
from indicators.areas import area_register
from indicators.periods import Period
from register.access import Action, Actor, require
from register.errors import RegisterError
from register.file_names import tidy_file_name
from register.receipts import Receipt, refused_receipt

LIMIT_VARIABLE: Final = "JZOJP_MAXIMUM_MEGABYTES"
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Delivery:
    """One file as somebody sends it."""

    content: bytes
    file_name: str
    region_code: str
    period: Period


def maximum_bytes() -> int:
    """How large a file may be: `JZOJP_MAXIMUM_MEGABYTES`, by default and at most what can be read (100 MB).

    Raises:
        RegisterError: the variable is no whole number from 1 to that.
    """
    from expectations.reading.kinds import MAXIMUM_BYTES

    readable = MAXIMUM_BYTES // _MEGABYTE
    text = os.environ.get(LIMIT_VARIABLE) or str(readable)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= readable):
        raise RegisterError(
            f"{LIMIT_VARIABLE}={text} is geen aantal megabytes van 1 tot en met {readable}; zet er zo'n getal neer."
        )
    return int(text) * _MEGABYTE


def is_too_large(size: int) -> bool:
    """Whether a file of this many bytes is refused unread."""
    return size > maximum_bytes()


def refuse_too_large(file_name: str, size: int, region_code: str, period: Period) -> Receipt:
    """The receipt of a file that is too large; nothing of it needs to be read, and nothing is stored."""
    finding = make_finding(Rule.FILE_TOO_LARGE, megabytes=-(-size // _MEGABYTE), limit=maximum_bytes() // _MEGABYTE)
    return refused_receipt(finding, file_name=shown_name(file_name), size=size, region=region_code, period=period.code)


def shown_name(file_name: str) -> str:
    """The name of a file as the ledger keeps it: tidy, and without personal data."""
    return mask_personal_data(tidy_file_name(file_name))


def check_sender(region_code: str, period: Period, actor: Actor) -> None:
    """Go on only when `actor` may deliver for this region, and it exists in this period.

    Raises:
        AccessDeniedError: `actor` may not submit for it.
        UnknownCodeError: it does not exist, or not in this period.
    """
    area_register().region_in(region_code, period)
    require(actor, Action.SUBMIT, region_code)
