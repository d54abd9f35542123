"""What can ask attention, each kind with the rule that opens and closes it, in the words that readers see.

Belongs here: the closed list of kinds and their words. Does not belong here: the rules as code (`signal_rules.py`), and
the state against a target (`indicators/trend.py`).
"""

from enum import StrEnum
from typing import Final


class SignalKind(StrEnum):
    """Why something asks attention."""

    STALLED = "stalled"
    WORSENING = "worsening"
    OUT_OF_REACH = "out_of_reach"
    SPECIAL_CAUSE = "special_cause"
    OVERDUE = "overdue"
    QUALITY = "quality"

    @property
    def words(self) -> str:
        """The kind in Dutch."""
        return _WORDS[self]

    @property
    def rule(self) -> str:
        """When it opens and when it closes, in Dutch."""
        return _RULES[self]

    @property
    def rule_version(self) -> str:
        """The version of the rule that stands in the record of a signal."""
        return "A" if self is SignalKind.STALLED else "1"

    @property
    def is_about_a_path(self) -> bool:
        """Whether it is about an afspraak or doelstelling with a path."""
        return self in {SignalKind.STALLED, SignalKind.WORSENING, SignalKind.OUT_OF_REACH}


QUALITY_BOUND_PCT: Final = 90.0
QUALITY_DROP_PCT: Final = 5.0

_WORDS = {
    SignalKind.STALLED: "stagneert",
    SignalKind.WORSENING: "verslechtert",
    SignalKind.OUT_OF_REACH: "doel buiten bereik",
    SignalKind.SPECIAL_CAUSE: "opvallend cijfer",
    SignalKind.OVERDUE: "levering te laat",
    SignalKind.QUALITY: "kwaliteit van de levering gedaald",
}
_RULES = {
    SignalKind.STALLED: (
        "Gaat open als er in twee jaar geen aantoonbare verbetering is, en het tempo van de laatste zes kwartalen "
        "aantoonbaar lager is dan afgesproken (regel A: Z boven 2,25 en minder dan 30 % van het tempo). "
        "Sluit na twee kwartalen zonder stagnatie, of als een correctie de oorzaak wegneemt."
    ),
    SignalKind.WORSENING: (
        "Gaat open als het cijfer twee kwartalen achter elkaar aantoonbaar de verkeerde kant op gaat (90 % zeker). "
        "Sluit na twee kwartalen zonder, of als een correctie de oorzaak wegneemt."
    ),
    SignalKind.OUT_OF_REACH: (
        "Gaat open als zelfs de bovengrens van het tempo, volgehouden tot het einde, het doel niet haalt. "
        "Sluit zodra dat niet meer zo is."
    ),
    SignalKind.SPECIAL_CAUSE: (
        "Gaat open als het laatste kwartaal buiten de grenzen van het gewone verloop ligt (XmR), en de stap sinds een "
        "kwartaal eerder groter is dan toeval verklaart (3,27 keer de gemiddelde stap). Een reeks die al jaren "
        "stijgt of daalt komt vanzelf buiten de grenzen, en is geen signaal. "
        "Sluit als een later kwartaal weer gewoon is, of als een correctie de oorzaak wegneemt."
    ),
    SignalKind.OVERDUE: (
        "Gaat open als de uiterste datum voorbij is en er nog iets ontbreekt. Sluit zodra alles er is, of de regio het "
        "kwartaal gereed meldt."
    ),
    SignalKind.QUALITY: (
        f"Gaat open als minder dan {QUALITY_BOUND_PCT:.0f} % van de gevraagde rijen zonder waarschuwing is geleverd, "
        f"of dat deel meer dan {QUALITY_DROP_PCT:.0f} procentpunt lager is dan een kwartaal eerder. "
        "Sluit als een nieuwe levering beter is."
    ),
}
