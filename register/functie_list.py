"""The functies that an afspraak may name: those that are shipped and those that regions added.

Belongs here: that list, and adding to it. Does not belong here: what is shipped (`indicators/functies.py`).
"""

from collections.abc import Iterable, Mapping, Sequence

from indicators.areas import area_register
from indicators.definition_model import Theme
from indicators.functies import Functie, FunctieKind, functies
from register.access import Action, Actor, require
from register.errors import ReasonNeededError, WrongStateError
from register.events import Event, EventContent, FunctieAdded
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason, optional_reason

_MAXIMUM_NAME = 200


def known_functies(events: Iterable[Event]) -> Mapping[str, Functie]:
    """Every functie and kind of maatregel, by code; what regions added comes last."""
    found = dict(functies())
    for event in events:
        if isinstance(event.content, FunctieAdded):
            added = event.content
            found[added.code] = Functie(
                added.code,
                added.name,
                added.theme,
                FunctieKind.FUNCTIE,
                added.reason,
                f"toegevoegd door {added.region}",
            )
    return found


def functie_list(home: Home) -> Mapping[str, Functie]:
    """The same from the ledger of a data directory; everybody may know it."""
    return known_functies(Ledger(home).events())


def add_functie(home: Home, region_code: str, *, name: str, theme: Theme, reason: str, actor: Actor) -> Functie:
    """Add a functie for all regions.

    Raises:
        AccessDeniedError: `actor` may not make afspraken for the region.
        ReasonNeededError: name or reason is empty, too long, or names a burgerservicenummer.
        WrongStateError: there is a functie of that name; the text gives its code.
        UnknownCodeError: the region does not exist.
    """
    area_register().area(region_code)
    require(actor, Action.MANAGE_AGREEMENT, region_code)
    said, called = needed_reason(reason, to="de functie toe te voegen"), _name(name)

    def decide(events: Sequence[Event]) -> list[EventContent]:
        known = known_functies(events)
        same = next((item for item in known.values() if item.name.casefold() == called.casefold()), None)
        if same is not None:
            raise WrongStateError(f"De functie '{called}' staat al in de lijst als {same.code}; gebruik die.")
        number = 1 + sum(code.startswith(f"{region_code}-F") for code in known)
        code = f"{region_code}-F{number:02}"
        return [FunctieAdded(code=code, region=region_code, name=called, theme=theme, reason=said)]

    appended = Ledger(home).append_decided(decide, actor=actor)
    return list(known_functies(appended.events).values())[-1]


def _name(text: str) -> str:
    name = optional_reason(text)
    if name is None or len(name) > _MAXIMUM_NAME:
        raise ReasonNeededError(f"Geef de functie een naam van hoogstens {_MAXIMUM_NAME} tekens.")
    return name
