"""The rules that hold for every indicator, in short and in Dutch, for the page of methods.

Belongs here: what a reader must know of intervals, small numbers and states, with the place of the whole rule.
Does not belong here: anything about one indicator (`methods_page.py`).
"""

from collections.abc import Iterable
from typing import Final

from indicators import definition_words as words
from indicators.protection import POLICY
from indicators.states import ReasonCode, ValueState

_RULES: Final = """## Regels voor alle indicatoren

- Alleen aantallen worden opgeteld. Percentages en gemiddelden worden nooit gemiddeld.
- Een voortschrijdend jaar telt vier kwartalen op; de noemer is die van het laatste kwartaal. Ontbreekt er een kwartaal,
  dan is er geen cijfer ([besluit 0005](decisions/0005-rolling-year.md)).
- Een versie van een definitie verandert nooit. Een wijziging is een nieuwe versie met een reden. Is zij niet te
  vergelijken met de vorige, dan staat er *trendbreuk*.
- Een indicator zonder cijfers heet *niet gevuld*, met de reden erbij.

### Intervallen

Een interval van 95 % laat zien hoeveel van een cijfer toeval kan zijn. Wat hier niet staat, heeft geen interval. Kosten
en uren zijn geen aantallen gebeurtenissen en hebben er ook geen.

{intervals}
### Kleine aantallen

Onder Nederland wordt een aangeleverd aantal van 1 tot en met {highest_hidden} verborgen. Een aantal vanaf {threshold}
wordt afgerond op een veelvoud van {rounding_base}. Een echte 0 blijft 0. Elk cijfer wordt daarna uit de beschermde
aantallen berekend; alleen een direct gestandaardiseerd cijfer komt uit de precieze aantallen
([besluit 0006](decisions/0006-suppress-and-round.md)).

### Naar leeftijd en geslacht

Is elk deel van een indicator geteld naar leeftijd en geslacht, dan is er ook een cijfer per groep. Van een direct
gestandaardiseerd cijfer is dat het gewone cijfer van die groep: aantal gedeeld door inwoners. Een verdeling die regio's
aanleverden, staat er helemaal of niet: elk aantal is dan 0 of minstens {threshold}, in elke regio
([besluit 0023](decisions/0023-figures-by-age-and-sex.md)).

### Standen en redenen

Bij een cijfer kan staan: {states}.

Als er geen cijfer is, staat de reden erbij:

{reasons}"""


def general_rules() -> str:
    """The section of general rules; thresholds, states and reasons are those of the code."""
    return _RULES.format(
        intervals=_list(f"**{words.KINDS[kind]}**: {words.INTERVALS[kind]}" for kind in words.INTERVALS),
        highest_hidden=POLICY.threshold - 1,
        threshold=POLICY.threshold,
        rounding_base=POLICY.rounding_base,
        states=", ".join(state.words for state in ValueState),
        reasons=_list(f"**{reason.words}**: {reason.sentence}" for reason in ReasonCode),
    )


def _list(items: Iterable[str]) -> str:
    return "".join(f"- {item}\n" for item in items)
