"""The events about afspraken; a version of an afspraak is the sequence number of its last event.

Belongs here: what each of them says. Does not belong here: what follows from them (`agreement_states.py`).
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from indicators.definition_model import Theme
from register.agreement_fields import AgreementStatus
from register.agreement_model import Agreement
from register.event_fields import Content, Reason, RegionCode, SequenceNumber

AgreementCode: TypeAlias = Annotated[str, Field(pattern=r"^ZK[0-9]{2}-A[0-9]{3,6}$")]
RegionalFunctieCode: TypeAlias = Annotated[str, Field(pattern=r"^ZK[0-9]{2}-F[0-9]{2,4}$")]


class AgreementMade(Content):
    """A region made an afspraak; it begins as *voorgenomen*."""

    kind: Literal["agreement_made"] = "agreement_made"
    code: AgreementCode
    agreement: Agreement


class AgreementChanged(Content):
    """An afspraak says something else from now on: the whole of it, and on which version the change was based."""

    kind: Literal["agreement_changed"] = "agreement_changed"
    code: AgreementCode
    agreement: Agreement
    based_on: SequenceNumber
    reason: Reason


class AgreementStatusChanged(Content):
    """An afspraak is in another state since a day."""

    kind: Literal["agreement_status_changed"] = "agreement_status_changed"
    code: AgreementCode
    status: AgreementStatus
    since: date
    reason: Reason


class AgreementWithdrawn(Content):
    """An afspraak should not have been entered; it is no longer shown among the others."""

    kind: Literal["agreement_withdrawn"] = "agreement_withdrawn"
    code: AgreementCode
    reason: Reason


class FunctieAdded(Content):
    """A region adds a functie to the vocabulary of afspraken."""

    kind: Literal["functie_added"] = "functie_added"
    code: RegionalFunctieCode
    region: RegionCode
    name: str = Field(min_length=1, max_length=200)
    theme: Theme
    reason: Reason
