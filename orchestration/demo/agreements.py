"""The fictitious afspraken of the demo, through the real use case: one for each story that follows a set course.

Does not belong here: the courses themselves (`stories.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.areas import area_register
from indicators.periods import Period
from register.access import Actor
from register.agreement_draft import AgreementDraft, DraftIndicator, DraftLevel, DraftParty
from register.agreement_fields import AgreementStatus
from register.agreements import agreements, make, set_status
from register.home import Home


class DemoAgreement(NamedTuple):
    """One afspraak; baseline and target count in quarters from the last one of the demo."""

    region_code: str
    indicator_code: str
    unit: str
    theme: str
    movement: str
    functie: str
    opgave: str
    doel: str
    maatregel: str
    direction: str
    baseline: float
    baseline_ago: int
    target: float
    target_ahead: int


AGREEMENTS: Sequence[DemoAgreement] = (
    DemoAgreement(
        "ZK22", "PRE02", "%", "preventie", "voorkomen", "F09",
        "Veel ouderen breken een heup na een val.",
        "Bij 14 % van de thuiswonende 65-plussers is het valrisico bekeken.",
        "Huisartsen en wijkteams nemen de valtest af.", "at_least", 7.3, 19, 14.0, 2,
    ),
    DemoAgreement(
        "ZK09", "GGZ03", "%", "ggz", "vervangen", "F11",
        "Te veel mensen wachten te lang op ggz.", "Hoogstens 22 % van de wachtenden wacht langer dan de norm.",
        "Een gezamenlijk aanmeldpunt.", "decrease", 39.0, 19, 22.0, 2,
    ),
    DemoAgreement(
        "ZK31", "OUD01", "per 1.000 inwoners van 65 jaar en ouder, op jaarbasis", "ouderen", "voorkomen", "F06",
        "Ouderen komen vaak op de SEH terwijl dat niet hoeft.", "Terug naar 270 SEH-bezoeken per 1.000 65-plussers.",
        "Meer plaatsen in het eerstelijnsverblijf.", "decrease", 285.0, 19, 270.0, 4,
    ),
)  # fmt: skip


def make_agreements(home: Home, last: Period, actor: Actor) -> None:
    """Make the afspraken that are not there yet; they run since the quarter of their baseline."""
    there = {item.agreement.region for item in agreements(home, actor=actor)}
    for item in AGREEMENTS:
        if item.region_code not in there:
            begins = last.shifted(-item.baseline_ago)
            made = make(home, _draft(item, last), actor=actor, today=begins.end)
            set_status(
                home, made.code, AgreementStatus.LOOPT, since=begins.end, reason="Begonnen (fictief).",
                version=made.version, actor=actor,
            )  # fmt: skip


def _draft(item: DemoAgreement, last: Period) -> AgreementDraft:
    region = area_register().area(item.region_code)
    begins, ends = last.shifted(-item.baseline_ago), last.shifted(item.target_ahead)
    return AgreementDraft(
        region=item.region_code, theme=item.theme, opgave=item.opgave, doel=item.doel, functie=item.functie,
        maatregel=item.maatregel, movement=item.movement, owner="samen",
        parties=(DraftParty(name=f"Zorgkantoor {region.name} (fictief)"),),
        indicators=(
            DraftIndicator(
                indicator=item.indicator_code, unit=item.unit, direction=item.direction,
                baseline=DraftLevel(value=item.baseline, period=begins.code),
                target=DraftLevel(value=item.target, period=ends.code),
            ),
        ),
        start_date=begins.end, end_date=ends.end, is_public=True,
    )  # fmt: skip
