"""A sound afspraak to begin with, and who makes it."""

from datetime import date
from typing import Any, Final

from register import agreements
from register.access import Actor, Role
from register.agreement_views import AgreementView
from register.home import Home

TODAY: Final = date(2026, 3, 1)
POLICY: Final = Actor(name="beleidsmedewerker ZK33", role=Role.POLICY_OFFICER, region="ZK33")
NEIGHBOUR: Final = Actor(name="beleidsmedewerker ZK08", role=Role.POLICY_OFFICER, region="ZK08")
DATA: Final = Actor(name="datamedewerker ZK33", role=Role.DATA_OFFICER, region="ZK33")
STAFF: Final = Actor(name="staf", role=Role.PROGRAMME_STAFF)
READER: Final = Actor(name="lezer", role=Role.READER)


def sound(**changes: Any) -> dict[str, Any]:
    """What somebody enters for a sound afspraak, with some of it changed."""
    return {
        "region": "ZK33",
        "theme": "preventie",
        "opgave": "ouderen vallen te vaak",
        "doel": "minder ernstige valongevallen",
        "functie": "F09",
        "maatregel": "valpreventie in elke wijk",
        "maatregel_code": "M08",
        "movement": "voorkomen",
        "owner": "samen",
        "parties": [{"code": "GM0363"}, {"name": "een zorgverzekeraar"}],
        "contacts": [{"name": "Anna de Vries", "role": "projectleider", "e_mail": "anna@voorbeeld.nl"}],
        "indicators": [
            {
                "indicator": "PRE02",
                "unit": "%",
                "direction": "increase",
                "baseline": {"value": 20.0, "period": "2025Q4"},
                "milestones": [{"value": 25.5, "period": "2026Q4"}, {"value": 28.0, "period": "2027Q4"}],
                "target": {"value": 30.1, "period": "2028Q4"},
            },
            {"indicator": "PRE06", "text": "vijf jaar langer gezond", "missing": "een bod in procenten"},
        ],
        "start_date": "2026-01-01",
        "end_date": "2028-12-31",
        "money": [
            {"payer": "gemeente", "kind": "betaalt", "amount_euro": 120000.5, "note": None},
            {"payer": "zorgverzekeraar", "kind": "profiteert", "amount_euro": 300000},
        ],
        "evidence": "richtlijn",
        "obstacle": "wie investeert, verdient het niet terug",
        "examples": [{"title": "voorbeeld", "url": "https://voorbeeld.nl/valpreventie"}],
        "is_public": False,
    } | changes


def made(home: Home, **changes: Any) -> AgreementView:
    """A sound afspraak in the register."""
    return agreements.make(home, sound(**changes), actor=POLICY, today=TODAY)
