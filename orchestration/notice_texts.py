"""The words of a notice: what, where, since when, by which rule, and where to look. Dutch, plain.

No figures: what a signal was seen in may be a small number, and mail is not protected. Belongs here: the words. Does
not belong here: who is told and when (`register/notices.py`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from indicators.areas import COUNTRY, area_register
from indicators.definitions import latest_definition
from indicators.errors import UnknownCodeError
from indicators.periods import Period, PeriodKind
from register.contact_events import Notice
from register.happenings import Happening, HappeningKind
from register.signal_kinds import SignalKind
from register.signal_states import SignalState

SHOWN: Final = 50
"""How many happenings one notice writes out; the others stand on the page."""
_NETHERLANDS: Final = ZoneInfo("Europe/Amsterdam")
_HEADS: Final = {
    HappeningKind.OPENED: "Nieuw signaal",
    HappeningKind.CLOSED: "Signaal gesloten",
    HappeningKind.DUE_SOON: "Aanleveren",
}


class Message(NamedTuple):
    """What is sent."""

    subject: str
    body: str


class Reader(NamedTuple):
    """For whom the words are: name and organisation of a recipient; None for a channel."""

    name: str | None = None
    organisation: str | None = None


def message(
    told: Sequence[Happening], reader: Reader, *, cadence: Notice, base_url: str | None, is_fictitious: bool
) -> Message:
    """The words of one notice.

    Args:
        told: what it tells, oldest first; not empty.
        reader: for whom it is.
        cadence: at once or weekly.
        base_url: the address of the site; without it there are no links.
        is_fictitious: whether it comes from a demo.
    """
    parts = [
        "Fictief: dit bericht komt uit een demo met verzonnen cijfers." if is_fictitious else "",
        f"Beste {reader.name or 'collega'},",
        "Dit vraagt aandacht of is veranderd in de JZOJP-monitor.",
        *(_told(item, base_url) for item in told[:SHOWN]),
        f"En nog {len(told) - SHOWN} andere. Ze staan op de pagina Signalen." if len(told) > SHOWN else "",
        *_rules(told[:SHOWN]),
        "Een signaal is het begin van een gesprek, geen oordeel. De cijfers staan in de monitor, niet in dit bericht.",
        _footer(reader),
    ]
    subject = f"{'Fictief: ' if is_fictitious else ''}JZOJP-monitor: {_subject(told, cadence)}"
    return Message(subject, "\n\n".join(part for part in parts if part) + "\n")


def _subject(told: Sequence[Happening], cadence: Notice) -> str:
    if cadence is Notice.WEEKLY:
        return f"weekoverzicht, {_count(len(told))}"
    if len(told) == 1:
        return f"{_head(told[0])}, {_area(told[0].area)}"
    return _count(len(told))


def _count(number: int) -> str:
    return "1 bericht" if number == 1 else f"{number} berichten"


def _head(item: Happening) -> str:
    if item.cause is not None:
        return f"{_HEADS[item.kind]}: {item.cause.signal.words}"
    return f"{_HEADS[item.kind]} kan tot en met {item.due_date:%d-%m-%Y}"


def _told(item: Happening, base_url: str | None) -> str:
    lines = [_head(item), f"- Waar: {_area(item.area)}", f"- Waarover: {_about(item)}"]
    if item.cause is not None:
        since = "Sinds" if item.kind is HappeningKind.OPENED else "Gesloten op"
        lines.append(f"- {since}: {_day(item.at)}, gezien in {_period(item.period)}")
    if item.reason is not None:
        lines.append(f"- Waarom gesloten: {item.reason}")
    lines.append(f"- Bekijken: {_where(item, base_url)}")
    return "\n".join(lines)


def _about(item: Happening) -> str:
    code = None if item.cause is None else item.cause.indicator
    if code is None:
        return f"de levering over {_period(item.period)}"
    try:
        name = latest_definition(code).name
    except UnknownCodeError:
        name = code
    path = None if item.cause is None else item.cause.path
    return f"{name} ({code}{f', {path}' if path else ''})"


def _where(item: Happening, base_url: str | None) -> str:
    if item.signal is None:
        return f"{base_url}/aanleveren" if base_url else "de pagina Aanleveren"
    if base_url is None:
        return f"de pagina Signalen, signaal {item.signal}"
    state = SignalState.CLOSED if item.kind is HappeningKind.CLOSED else SignalState.OPEN
    return f"{base_url}/signalen?stand={state}&signaal={item.signal}"


def _rules(told: Sequence[Happening]) -> Iterator[str]:
    kinds = {item.cause.signal for item in told if item.cause is not None}
    if kinds:
        yield "\n".join(["De regels", *(f"- {kind.words}: {kind.rule}" for kind in SignalKind if kind in kinds)])


def _footer(reader: Reader) -> str:
    if reader.organisation is None:
        return "Dit kanaal staat in de instellingen van de monitor. Vraag de beheerder als dat anders moet."
    return (
        f"U krijgt dit bericht omdat u bij {reader.organisation} als ontvanger staat. Wilt u het niet meer, of anders? "
        "Vraag het de beleidsmedewerker van uw regio of de beheerder van de monitor."
    )


def _area(code: str) -> str:
    return "Nederland" if code == COUNTRY else f"{area_register().area(code).name} ({code})"


def _period(code: str) -> str:
    period = Period.parse(code)
    is_quarter = period.kind is PeriodKind.QUARTER
    return f"het {period.number}e kwartaal van {period.year}" if is_quarter else period.code


def _day(at: datetime) -> str:
    return f"{at.astimezone(_NETHERLANDS):%d-%m-%Y}"
