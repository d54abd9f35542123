"""The closed lists of an afspraak, with their Dutch words; the values of theme and movement are in `indicators/`.

Belongs here: what may be chosen. Does not belong here: the afspraak itself (`agreement_model.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Owner(StrEnum):
    """Who has the lead; exactly one."""

    GEMEENTE = "gemeente"
    ZORGVERZEKERAAR = "zorgverzekeraar"
    ZORGKANTOOR = "zorgkantoor"
    SAMEN = "samen"


class AgreementStatus(StrEnum):
    """How far an afspraak is."""

    VOORGENOMEN = "voorgenomen"
    LOOPT = "loopt"
    GEPAUZEERD = "gepauzeerd"
    BEREIKT = "bereikt"
    NIET_BEREIKT = "niet_bereikt"
    GESTOPT = "gestopt"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done for it."""
        return self in {AgreementStatus.BEREIKT, AgreementStatus.NIET_BEREIKT, AgreementStatus.GESTOPT}

    @property
    def words(self) -> str:
        """In Dutch."""
        return _STATUS_WORDS[self]


class MoneyKind(StrEnum):
    """On which side of the question 'who pays, who gains' an amount stands."""

    PAYS = "betaalt"
    GAINS = "profiteert"


_STATUS_WORDS: Final[Mapping[AgreementStatus, str]] = {
    AgreementStatus.VOORGENOMEN: "voorgenomen",
    AgreementStatus.LOOPT: "loopt",
    AgreementStatus.GEPAUZEERD: "gepauzeerd",
    AgreementStatus.BEREIKT: "doel bereikt",
    AgreementStatus.NIET_BEREIKT: "klaar, doel niet bereikt",
    AgreementStatus.GESTOPT: "gestopt",
}
