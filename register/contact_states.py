"""Which organisations and recipients there are, as the events say.

Belongs here: pure functions of events. Does not belong here: the persons themselves (`persons.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from indicators.areas import COUNTRY
from indicators.definition_model import Theme
from register.contact_events import (
    Notice,
    OrganisationAdded,
    OrganisationKind,
    OrganisationRemoved,
    RecipientAdded,
    RecipientChanged,
    RecipientRemoved,
)
from register.events import Event
from register.persons import PersonReference


@dataclass(frozen=True)
class Organisation:
    """An organisation that has contacts; `region` is None where it is of the whole country."""

    code: str
    name: str
    kind: OrganisationKind
    region: str | None
    area_code: str | None

    @property
    def access_area(self) -> str:
        """For which area somebody must have rights to see or keep its recipients."""
        return self.region or COUNTRY


@dataclass(frozen=True)
class RecipientState:
    """Who of an organisation is told about what; without themes or regions about all of them."""

    code: str
    organisation: str
    person: PersonReference
    themes: tuple[Theme, ...]
    regions: tuple[str, ...]
    notice: Notice

    def is_told_about(self, region: str, theme: Theme | None) -> bool:
        """Whether a region and theme (None for no single one) concern him; what is `generiek` concerns every theme."""
        is_theme = not self.themes or theme in (None, Theme.GENERIEK) or theme in self.themes
        return is_theme and (not self.regions or region in self.regions)


@dataclass
class ContactStates:
    """All organisations and recipients that there are, by code, and how many there ever were."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    recipients: dict[str, RecipientState] = field(default_factory=dict)
    organisation_count: int = 0
    recipient_count: int = 0

    def recipients_of(self, organisation: str) -> list[RecipientState]:
        """The recipients of one organisation."""
        return [item for item in self.recipients.values() if item.organisation == organisation]


def contact_states(events: Iterable[Event]) -> ContactStates:
    """What the events say, in the order in which things were added."""
    found = ContactStates()
    for event in events:
        match event.content:
            case OrganisationAdded() as added:
                found.organisation_count += 1
                found.organisations[added.code] = Organisation(
                    added.code, added.name, added.organisation_kind, added.region, added.area_code
                )
            case OrganisationRemoved(code=code):
                del found.organisations[code]
                for item in found.recipients_of(code):
                    del found.recipients[item.code]
            case RecipientAdded() as new:
                found.recipient_count += 1
                found.recipients[new.code] = RecipientState(
                    new.code, new.organisation, new.person, new.themes, new.regions, new.notice
                )
            case RecipientChanged() as changed:
                found.recipients[changed.code] = replace(
                    found.recipients[changed.code], person=changed.person, themes=changed.themes,
                    regions=changed.regions, notice=changed.notice,
                )  # fmt: skip
            case RecipientRemoved(code=code):
                del found.recipients[code]
            case _:
                pass
    return found
