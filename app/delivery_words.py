"""How the delivery of a region for a quarter stands: sign, word and sentence.

Belongs here: what is said about a `DeliveryCell`. Does not belong here: the words of a state themselves
(`register.delivery_status`).
"""

from collections.abc import Mapping
from typing import Final

from app.figures import NARROW_SPACE, long_date, number
from app.markup import Html, element, join
from indicators.measures import catalogue
from register.delivery_status import DeliveryCell, DeliveryState

SIGNS: Final[Mapping[DeliveryState, str]] = {
    DeliveryState.EXPECTED: "○",
    DeliveryState.RECEIVED: "◐",
    DeliveryState.AWAITING_CONFIRMATION: "?",
    DeliveryState.REJECTED: "✕",
    DeliveryState.ACCEPTED: "✓",
    DeliveryState.COMPLETE: "✔",
    DeliveryState.OVERDUE: "!",
    DeliveryState.NOT_DUE: "–",
}
_MEANINGS: Final[Mapping[DeliveryState, str]] = {
    DeliveryState.EXPECTED: "het kwartaal is voorbij en er telt nog niets mee",
    DeliveryState.RECEIVED: "er telt al iets mee, maar nog niet elke gevraagde indicator",
    DeliveryState.AWAITING_CONFIRMATION: "de regio moet waarschuwingen nog bevestigen",
    DeliveryState.REJECTED: "het laatste bestand had fouten en er telt niets mee",
    DeliveryState.ACCEPTED: "elke gevraagde indicator telt mee",
    DeliveryState.COMPLETE: "de regio heeft gemeld dat alles er is",
    DeliveryState.OVERDUE: "de uiterste datum is voorbij en er ontbreekt een indicator",
    DeliveryState.NOT_DUE: "het kwartaal loopt nog",
}
QUALITY: Final = (
    "Volledigheid is het deel van de gevraagde rijen dat als getal meetelt. Kwaliteit is het deel van de gevraagde "
    "rijen dat als getal meetelt zonder waarschuwing. Een rij is één gebied met één leeftijdsgroep en geslacht. "
    "Te laat telt vanaf de uiterste datum tot de dag waarop de laatste gevraagde indicator meetelde."
)
_STANDINGS: Final[Mapping[DeliveryState, str]] = {
    DeliveryState.EXPECTED: "Nog niet aangeleverd.",
    DeliveryState.RECEIVED: "Nog niet alles is aangeleverd.",
    DeliveryState.AWAITING_CONFIRMATION: "Een aanlevering wacht op bevestiging; die cijfers tellen nog niet mee.",
    DeliveryState.REJECTED: "Het laatste bestand is afgekeurd; er telt nog niets mee.",
    DeliveryState.ACCEPTED: "Elke gevraagde indicator is aangeleverd en telt mee.",
    DeliveryState.COMPLETE: "Dit kwartaal is gereed gemeld.",
    DeliveryState.OVERDUE: "Nog niet alles is aangeleverd, en de uiterste datum is voorbij.",
    DeliveryState.NOT_DUE: "Dit kwartaal loopt nog.",
}


def standing_html(cell: DeliveryCell | None) -> Html:
    """The line under the choice of a quarter: how it stands and when it is due."""
    if cell is None:
        return element("p", "Over dit kwartaal is niets gevraagd.", _class="jzojp-standing")
    return element(
        "p",
        element("strong", _standing(cell)),
        f" Uiterste datum: {long_date(cell.due_date)}. {lateness_text(cell).capitalize()}".rstrip(),
        "." if lateness_text(cell) else "",
        _class="jzojp-standing",
    )


def cell_html(cell: DeliveryCell) -> Html:
    """Everything about one region and quarter."""
    missing = ", ".join(catalogue().dataset(code).name for code in cell.missing_datasets)
    facts = (
        ("Stand", state_html(cell.state)),
        ("Uiterste datum", long_date(cell.due_date)),
        ("Tijdigheid", lateness_text(cell)),
        ("Aantal bestanden", number(cell.attempts)),
        ("Eerste bestand op", "" if cell.first_received_on is None else long_date(cell.first_received_on)),
        ("Alles telde mee op", "" if cell.accepted_on is None else long_date(cell.accepted_on)),
        ("Ontbreekt nog", missing),
        ("Volledigheid", percentage_text(cell.completeness_pct)),
        ("Kwaliteit", percentage_text(cell.quality_score_pct)),
    )
    pairs = [join([element("dt", term), element("dd", text)]) for term, text in facts if text]
    return element("dl", *pairs, _class="jzojp-facts")


def state_html(state: DeliveryState) -> Html:
    """Sign and word: never colour alone."""
    return join([element("span", SIGNS[state], aria_hidden="true", _class="jzojp-sign"), state.words])


def lateness_text(cell: DeliveryCell) -> str:
    """How early or late: `op tijd`, `3 dagen te laat`, `al 3 dagen te laat`; empty before the due date."""
    if cell.days_late is None:
        return ""
    if cell.days_late <= 0:
        return "op tijd"
    days = f"{number(cell.days_late)} {'dag' if cell.days_late == 1 else 'dagen'} te laat"
    return days if cell.accepted_on else f"al {days}"


def percentage_text(value: float | None) -> str:
    """A share as a whole percentage, rounded down so that 100 means everything; `onbekend` when there is none."""
    return "onbekend" if value is None else f"{number(int(value))}{NARROW_SPACE}%"


def states_legend() -> Html:
    """What the words in the matrix mean."""
    rows = [join([element("dt", state_html(state)), element("dd", _MEANINGS[state])]) for state in DeliveryState]
    return element("dl", *rows, _class="jzojp-legend")


def _standing(cell: DeliveryCell) -> str:
    if cell.state is DeliveryState.OVERDUE and not cell.attempts:
        return "Nog niet aangeleverd, en de uiterste datum is voorbij."
    return _STANDINGS[cell.state]
