"""What the codes in a definition mean in Dutch, for the page of methods and the app.

Aims and movements are words already.
Does not belong here: the words of states and reasons (`states.py`) and how a page is laid out (`methods_page.py`).
"""

from collections.abc import Mapping
from typing import Final

THEMES: Final[Mapping[str, str]] = {
    "preventie": "Preventie",
    "ouderen": "Ouderen",
    "ggz": "GGZ",
    "generiek": "Generiek",
}
POLARITIES: Final[Mapping[str, str]] = {
    "higher_better": "hoger is gunstiger",
    "lower_better": "lager is gunstiger",
    "neutral": "hoger of lager is niet gunstig of ongunstig",
}
LEVELS: Final[Mapping[str, str]] = {
    "landelijk": "Nederland",
    "zorgkantoorregio": "zorgkantoorregio",
    "gemeente": "gemeente",
    "wijk": "wijk",
}
FREQUENCIES: Final[Mapping[str, str]] = {
    "quarter": "per kwartaal",
    "half_year": "per half jaar",
    "year": "per jaar",
}
WINDOWS: Final[Mapping[str, str]] = {
    "period": "de periode zelf",
    "rolling_year": "een voortschrijdend jaar: de laatste vier kwartalen opgeteld",
}
PROTECTIONS: Final[Mapping[str, str]] = {
    "suppress_and_round": "kleine aantallen verbergen, andere afronden",
    "owner_protected": "de bron heeft de aantallen al beschermd",
}
KINDS: Final[Mapping[str, str]] = {
    "proportion": "percentage, een deel van een geheel",
    "rate": "aantal gebeurtenissen per aantal inwoners",
    "ratio": "verhouding van twee hoeveelheden",
    "dsr": "direct gestandaardiseerd, alsof elk gebied dezelfde bevolking heeft",
    "isr": "indirect gestandaardiseerd, waargenomen, gedeeld door wat in Nederland te verwachten is",
    "mean": "gemiddelde",
    "index": "index, waarbij 100 het cijfer van hetzelfde kwartaal in het basisjaar is",
    "difference": "verschil van twee cijfers",
}
INTERVALS: Final[Mapping[str, str]] = {
    "proportion": "volgens Wilson",
    "rate": "exact bij minder dan 10 gebeurtenissen, vanaf 10 volgens Byar",
    "dsr": "volgens Dobson",
    "isr": "exact bij minder dan 10 gebeurtenissen, vanaf 10 volgens Byar, gedeeld door het verwachte aantal",
    "mean": "volgens Student (t)",
    "index": "uit de logaritme van de verhouding",
    "difference": "volgens Newcombe, uit de grenzen van de twee delen",
}
"""How the 95 % interval of each kind is made, where there is one."""


def calculation_words(kind: str, *, has_interval: bool) -> str:
    """How a value is made, and its interval."""
    return f"{KINDS[kind]}; interval: {INTERVALS[kind] if has_interval else 'geen'}"


SETTINGS: Final[Mapping[str, str]] = {
    "denominator_factor": "de noemer maal {}",
    "age_from": "vanaf {} jaar",
    "standard_population": "standaardbevolking {}",
    "base_year": "basisjaar {}",
}
"""What a calculation may have beside its measures; a setting that is not here is told by its own name."""

PARTS: Final[Mapping[str, str]] = {
    "numerator": "teller",
    "denominator": "noemer",
    "squares": "kwadraten",
    "minus_numerator": "teller die eraf gaat",
    "minus_denominator": "noemer die eraf gaat",
    "other_numerator": "andere teller",
    "other_denominator": "andere noemer",
    "reference_numerator": "teller Nederland",
    "reference_denominator": "noemer Nederland",
    "value": "uitkomst",
}
