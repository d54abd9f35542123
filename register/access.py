"""Who may do what: one table, asked by page, command and API alike (`may`, `require`).

Belongs here: roles, actions, and for which areas a role may do an action. Does not belong here: how somebody proves
who he is, and what a page shows.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.areas import COUNTRY, REPORTING_YEAR, AreaLevel, area_register, level_of
from indicators.classifications import classification_areas
from register.errors import AccessDeniedError


class Role(StrEnum):
    """In which role somebody acts."""

    READER = "reader"
    DATA_OFFICER = "data_officer"
    POLICY_OFFICER = "policy_officer"
    PROGRAMME_STAFF = "programme_staff"
    OPERATOR = "operator"

    @property
    def is_regional(self) -> bool:
        """Whether somebody in this role belongs to one region."""
        return self in {Role.DATA_OFFICER, Role.POLICY_OFFICER}


class Action(StrEnum):
    """What somebody may want to do."""

    READ_PUBLISHED = "read_published"
    READ_CONCEPT = "read_concept"
    READ_OWN = "read_own"
    READ_DELIVERY_STATUS = "read_delivery_status"
    READ_SUBMISSION = "read_submission"
    READ_TEMPLATE = "read_template"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    PURGE = "purge"
    DECLARE_COMPLETE = "declare_complete"
    MANAGE_TOKENS = "manage_tokens"
    REMIND = "remind"
    INGEST = "ingest"
    PUBLISH = "publish"
    READ_AGREEMENT = "read_agreement"
    MANAGE_AGREEMENT = "manage_agreement"
    READ_CONTACT = "read_contact"
    MANAGE_CONTACT = "manage_contact"
    READ_SIGNALS = "read_signals"
    HANDLE_SIGNAL = "handle_signal"
    EVALUATE_SIGNALS = "evaluate_signals"
    NOTIFY = "notify"
    EXPLAIN = "explain"


class Scope(StrEnum):
    """For which areas a role may do an action; what is not in the table is nowhere."""

    OWN_REGION = "own_region"
    WHERE_AGREED = "where_agreed"
    COUNTRY = "country"
    EVERYWHERE = "everywhere"


ALLOWED: Final[Mapping[Role, Mapping[Action, Scope]]] = MappingProxyType({
    Role.READER: {
        Action.READ_PUBLISHED: Scope.EVERYWHERE,
    },
    Role.POLICY_OFFICER: {
        Action.READ_PUBLISHED: Scope.EVERYWHERE,
        Action.READ_CONCEPT: Scope.OWN_REGION,
        Action.READ_OWN: Scope.OWN_REGION,
        Action.READ_DELIVERY_STATUS: Scope.OWN_REGION,
        Action.READ_SUBMISSION: Scope.OWN_REGION,
        Action.READ_TEMPLATE: Scope.OWN_REGION,
        Action.READ_AGREEMENT: Scope.OWN_REGION,
        Action.MANAGE_AGREEMENT: Scope.OWN_REGION,
        Action.READ_CONTACT: Scope.OWN_REGION,
        Action.MANAGE_CONTACT: Scope.OWN_REGION,
        Action.READ_SIGNALS: Scope.OWN_REGION,
        Action.HANDLE_SIGNAL: Scope.OWN_REGION,
        Action.EXPLAIN: Scope.OWN_REGION,
    },
    Role.DATA_OFFICER: {
        Action.READ_PUBLISHED: Scope.EVERYWHERE,
        Action.READ_CONCEPT: Scope.OWN_REGION,
        Action.READ_OWN: Scope.OWN_REGION,
        Action.READ_DELIVERY_STATUS: Scope.OWN_REGION,
        Action.READ_SUBMISSION: Scope.OWN_REGION,
        Action.READ_TEMPLATE: Scope.OWN_REGION,
        Action.SUBMIT: Scope.OWN_REGION,
        Action.CONFIRM: Scope.OWN_REGION,
        Action.WITHDRAW: Scope.OWN_REGION,
        Action.REINSTATE: Scope.OWN_REGION,
        Action.PURGE: Scope.OWN_REGION,
        Action.DECLARE_COMPLETE: Scope.OWN_REGION,
        Action.MANAGE_TOKENS: Scope.OWN_REGION,
        Action.READ_AGREEMENT: Scope.OWN_REGION,
        Action.READ_CONTACT: Scope.OWN_REGION,
        Action.READ_SIGNALS: Scope.OWN_REGION,
        Action.HANDLE_SIGNAL: Scope.OWN_REGION,
        Action.EXPLAIN: Scope.OWN_REGION,
    },
    Role.PROGRAMME_STAFF: {
        Action.READ_PUBLISHED: Scope.EVERYWHERE,
        Action.READ_CONCEPT: Scope.EVERYWHERE,
        Action.READ_OWN: Scope.WHERE_AGREED,
        Action.READ_DELIVERY_STATUS: Scope.EVERYWHERE,
        Action.PUBLISH: Scope.EVERYWHERE,
        Action.READ_AGREEMENT: Scope.EVERYWHERE,
        Action.READ_CONTACT: Scope.EVERYWHERE,
        Action.MANAGE_CONTACT: Scope.EVERYWHERE,
        Action.READ_SIGNALS: Scope.EVERYWHERE,
        Action.HANDLE_SIGNAL: Scope.EVERYWHERE,
        Action.EXPLAIN: Scope.COUNTRY,
    },
    Role.OPERATOR: dict.fromkeys(Action, Scope.EVERYWHERE),
})  # fmt: skip

_ROLE_WORDS: Final = {
    Role.READER: "lezer",
    Role.DATA_OFFICER: "datamedewerker",
    Role.POLICY_OFFICER: "beleidsmedewerker",
    Role.PROGRAMME_STAFF: "programmamedewerker",
    Role.OPERATOR: "beheerder",
}
_ACTION_WORDS: Final = {
    Action.READ_PUBLISHED: "de gepubliceerde cijfers lezen van",
    Action.READ_CONCEPT: "cijfers lezen die nog niet zijn gepubliceerd, van",
    Action.READ_OWN: "de exacte eigen cijfers lezen van",
    Action.READ_DELIVERY_STATUS: "zien wat is aangeleverd door",
    Action.READ_SUBMISSION: "een aanlevering inzien van",
    Action.READ_TEMPLATE: "een sjabloon ophalen voor",
    Action.SUBMIT: "aanleveren voor",
    Action.CONFIRM: "een aanlevering bevestigen van",
    Action.WITHDRAW: "een aanlevering intrekken van",
    Action.REINSTATE: "een aanlevering herstellen van",
    Action.PURGE: "een bestand met persoonsgegevens wissen van",
    Action.DECLARE_COMPLETE: "een periode gereed melden voor",
    Action.MANAGE_TOKENS: "toegangscodes beheren voor",
    Action.REMIND: "herinneringen vastleggen voor",
    Action.INGEST: "open data inlezen voor",
    Action.PUBLISH: "publiceren voor",
    Action.READ_AGREEMENT: "de hele afspraken lezen van",
    Action.MANAGE_AGREEMENT: "afspraken maken en wijzigen van",
    Action.READ_CONTACT: "contactpersonen zien van",
    Action.MANAGE_CONTACT: "contactpersonen beheren van",
    Action.READ_SIGNALS: "de signalen zien van",
    Action.HANDLE_SIGNAL: "signalen oppakken, uitstellen of sluiten van",
    Action.EVALUATE_SIGNALS: "signalen beoordelen voor",
    Action.NOTIFY: "berichten versturen voor",
    Action.EXPLAIN: "duiding geven bij de cijfers van",
}


class Actor(BaseModel):
    """Who acts: a name for the record, a role, and the region of a regional role."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    role: Role
    region: str | None = Field(default=None, pattern=r"^ZK[0-9]{2}$")

    @model_validator(mode="after")
    def _regional_roles_have_a_region(self) -> Self:
        if self.role.is_regional != (self.region is not None):
            raise ValueError(f"role {self.role} {'needs a' if self.role.is_regional else 'has no'} region")
        return self


OPERATOR: Final = Actor(name="beheerder", role=Role.OPERATOR)
"""The person at the command line of the machine."""

ANYONE: Final = Actor(name="bezoeker", role=Role.READER)
"""Who has not logged in."""


def may(actor: Actor, action: Action, area_code: str, *, agreements: AbstractSet[str] = frozenset()) -> bool:
    """Whether `actor` may do `action` for an area.

    Args:
        actor: who asks.
        action: what is asked.
        area_code: region, gemeente, wijk, area of another classification or `NL`; `NL` also where the action concerns
            no single area.
        agreements: regions that agreed that programme staff read their exact figures.

    Raises:
        UnknownCodeError: the area does not exist.
    """
    region = _region_of(area_code)
    match ALLOWED[actor.role].get(action):
        case Scope.EVERYWHERE:
            return True
        case Scope.OWN_REGION:
            return region is not None and region == actor.region
        case Scope.WHERE_AGREED:
            return region is not None and region in agreements
        case Scope.COUNTRY:
            return area_code == COUNTRY
        case None:
            return False


def require(actor: Actor, action: Action, area_code: str, *, agreements: AbstractSet[str] = frozenset()) -> None:
    """Go on only when `may` says yes.

    Raises:
        AccessDeniedError: it says no; the text tells who may.
        UnknownCodeError: the area does not exist.
    """
    if may(actor, action, area_code, agreements=agreements):
        return
    allowed = [_ROLE_WORDS[role] for role, actions in ALLOWED.items() if action in actions]
    who = f"{_ROLE_WORDS[actor.role]}{f' van {actor.region}' if actor.region else ''}"
    raise AccessDeniedError(
        f"Als {who} mag u niet {_ACTION_WORDS[action]} {area_code}. "
        f"Dit kan alleen een {' of een '.join(allowed)} die daar recht op heeft; vraag het de beheerder."
    )


def _region_of(area_code: str) -> str | None:
    """The region to which an area belongs in the reporting indeling.

    None for the country, for ended areas and for areas of other classifications, which lie in several regions.
    """
    if area_code in classification_areas():
        return None
    known = f"GM{area_code[2:6]}" if level_of(area_code) is AreaLevel.WIJK else area_code
    return area_register().region_of(known, date(REPORTING_YEAR, 1, 1))
