"""The events about organisations, their recipients, and people who are erased.

No event holds a name or address of a person, only a reference (decision 0026). Belongs here: what each event says.
Does not belong here: what follows from them (`contacts.py`).
"""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from indicators.definition_model import Theme
from register.event_fields import Content, Reason, RegionCode
from register.persons import PersonReference

OrganisationCode: TypeAlias = Annotated[str, Field(pattern=r"^ORG[0-9]{3,6}$")]
RecipientCode: TypeAlias = Annotated[str, Field(pattern=r"^ONT[0-9]{3,6}$")]


class OrganisationKind(StrEnum):
    """What kind of organisation it is."""

    VWS = "vws"
    VNG = "vng"
    ZN = "zn"
    REGION = "regio"
    GEMEENTE = "gemeente"
    INSURER = "zorgverzekeraar"
    ZORGKANTOOR = "zorgkantoor"
    OTHER = "anders"

    @property
    def is_national(self) -> bool:
        """Whether it belongs to no region, so that only programme staff keep it."""
        return self in {OrganisationKind.VWS, OrganisationKind.VNG, OrganisationKind.ZN}


class Notice(StrEnum):
    """How somebody wants to be told."""

    IMMEDIATELY = "direct"
    WEEKLY = "wekelijks"
    NEVER = "niet"


class OrganisationAdded(Content):
    """An organisation is known; `region` is null where it is national, `area_code` where it is a gemeente or region."""

    kind: Literal["organisation_added"] = "organisation_added"
    code: OrganisationCode
    name: str = Field(min_length=1, max_length=200)
    organisation_kind: OrganisationKind
    region: RegionCode | None
    area_code: str | None = None


class OrganisationRemoved(Content):
    """An organisation is no longer a contact; its recipients are erased with this event."""

    kind: Literal["organisation_removed"] = "organisation_removed"
    code: OrganisationCode
    reason: Reason


class RecipientAdded(Content):
    """Somebody of an organisation is told about themes and regions; without themes about all, without regions too."""

    kind: Literal["recipient_added"] = "recipient_added"
    code: RecipientCode
    organisation: OrganisationCode
    person: PersonReference
    themes: tuple[Theme, ...]
    regions: tuple[RegionCode, ...]
    notice: Notice


class RecipientChanged(Content):
    """What a recipient is told about and how, and who it is, from now on."""

    kind: Literal["recipient_changed"] = "recipient_changed"
    code: RecipientCode
    person: PersonReference
    themes: tuple[Theme, ...]
    regions: tuple[RegionCode, ...]
    notice: Notice


class RecipientRemoved(Content):
    """Somebody is told nothing any more; his data are erased with this event."""

    kind: Literal["recipient_removed"] = "recipient_removed"
    code: RecipientCode
    reason: Reason


class PersonErased(Content):
    """The data of a person were erased, wherever he was named; the id then points at nothing."""

    kind: Literal["person_erased"] = "person_erased"
    person_ids: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")], ...] = Field(min_length=1)
    reason: Reason
