"""Small deliveries for the register, judged by the real checks: sound, with warnings, with personal data."""

from typing import Final

from indicators.periods import Period
from register.access import OPERATOR, Actor, Role
from register.home import Home
from register.in_force import batches_in_force
from register.intake import Confirmation, Delivery, receive
from register.ledger import Ledger
from register.receipts import Receipt
from register.submissions import SubmissionState, submissions

PERIOD: Final = Period.parse("2025Q4")
OFFICER: Final = Actor(name="datamedewerker ZK08", role=Role.DATA_OFFICER, region="ZK08")
STRANGER: Final = Actor(name="datamedewerker ZK10", role=Role.DATA_OFFICER, region="ZK10")
BSN: Final = "111222333"
_COLUMNS: Final = "Indicator;Periode;Gebiedscode;Leeftijd;Geslacht;Teller;Noemer"


def row(indicator: str, numerator: object, region: str = "ZK08", period: Period = PERIOD) -> str:
    """One row of a region as a whole."""
    return f"{indicator};{period};{region};totaal;totaal;{numerator};1200"


def sound(*rows: str) -> bytes:
    """A file with these rows and nothing to remark."""
    return "\r\n".join([_COLUMNS, *rows, ""]).encode()


def warned(*rows: str) -> bytes:
    """A file with these rows and a column that nobody asked: a warning that asks no reason."""
    return "\r\n".join([f"{_COLUMNS};Kleur", *(f"{item};blauw" for item in rows), ""]).encode()


def personal(*rows: str) -> bytes:
    """A file with these rows and a burgerservicenummer in the note of each."""
    return "\r\n".join([f"{_COLUMNS};Toelichting", *(f"{item};patiënt {BSN}" for item in rows), ""]).encode()


def deliver(
    home: Home,
    *contents: bytes,
    region: str = "ZK08",
    period: Period = PERIOD,
    actor: Actor = OPERATOR,
    confirmation: Confirmation | None = None,
) -> list[Receipt]:
    """Send files for one region and period."""
    deliveries = [Delivery(content, "levering.csv", region, period) for content in contents]
    return receive(home, deliveries, actor, confirmation=confirmation)


def numbers_in_force(home: Home) -> dict[str, int]:
    """The number of the submission in force per dataset."""
    return {batch.dataset_code: batch.number for batch in batches_in_force(Ledger(home).events())}


def states(home: Home) -> dict[int, SubmissionState]:
    """The state of every submission."""
    return {number: item.state for number, item in submissions(Ledger(home).events()).items()}


def kinds(home: Home) -> list[str]:
    """The kinds of the events, in order."""
    return [event.content.kind for event in Ledger(home).events()]
