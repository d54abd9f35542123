"""The definition of an indicator as a reader sees it.

Belongs here: which fields are shown and in which words. Does not belong here: the definition itself (`indicators/`).
"""

from collections.abc import Sequence

from app.figures import amount, number, period_name
from app.markup import Html, element, join
from app.records import Indicator
from app.words import WINDOWS
from indicators.definition_words import LEVELS, POLARITIES, THEMES, calculation_words
from indicators.definitions import Protection, definitions, kernset
from indicators.protection import POLICY
from indicators.reviews import review_state, reviews

_PROTECTIONS = {
    Protection.SUPPRESS_AND_ROUND: (
        f"Een aantal onder {POLICY.threshold} schermen we af. Andere aantallen ronden we af op een veelvoud van "
        f"{POLICY.rounding_base}. Een echte 0 blijft 0. Voor Nederland als geheel gebeurt dit niet."
    ),
    Protection.OWNER_PROTECTED: "De bron heeft kleine aantallen al beschermd; hier gebeurt dat niet nog een keer.",
}


def definition_html(indicator: Indicator) -> Html:
    """All fields of the definition, as a list of terms."""
    terms = [join([element("dt", term), element("dd", text)]) for term, text in _fields(indicator) if text]
    return element("dl", *terms, _class="jzojp-definition")


def introduction_html(indicator: Indicator) -> Html:
    """The indicator in plain words: what it is, why it matters and how a value is read; empty in an old publication."""
    parts = (
        ("In gewone taal", indicator.plain_name),
        ("Waarom dit telt", indicator.why),
        ("Zo leest u een cijfer", indicator.how_to_read),
    )
    rows = [join([element("dt", term), element("dd", text)]) for term, text in parts if text]
    return element("dl", *rows, _class="jzojp-facts") if rows else Html("")


def _fields(indicator: Indicator) -> Sequence[tuple[str, str | None]]:
    example, calculation = indicator.worked_example, indicator.calculation
    shown = amount(example.value, indicator.unit, indicator.decimals)
    version = f"{indicator.code}, versie {indicator.version}, geldig vanaf {period_name(indicator.valid_from)}."
    return (
        ("Omschrijving", indicator.definition),
        ("Teller", indicator.numerator_text),
        ("Noemer", indicator.denominator_text),
        ("Eenheid", indicator.unit),
        ("Tijdvak", WINDOWS[indicator.frequency, indicator.window]),
        ("Berekening", calculation_words(calculation.kind, has_interval=calculation.has_interval)),
        ("Standaardisatie", indicator.standardisation),
        ("Voorbeeld", f"{example.note.rstrip('.')}. Uitkomst: {shown}."),
        ("Richting", POLARITIES[indicator.polarity]),
        ("Niveaus", ", ".join(LEVELS[level] for level in indicator.levels)),
        ("Thema", f"{THEMES[indicator.theme]}; beweging {indicator.movement}; doel {indicator.aim}"),
        ("Dekking", _coverage(indicator)),
        ("Kleinste noemer", _smallest_denominator(indicator)),
        ("Kleine aantallen", _PROTECTIONS[indicator.protection]),
        ("Wie levert", indicator.delivered_by),
        ("Open bron", _open_source(indicator)),
        ("Bron", indicator.source),
        ("Eigen keuzes", indicator.choices),
        ("Let op", indicator.pitfalls),
        ("Versie", f"{version} {indicator.reason}"),
        ("Status", f"{kernset().status}, reconstructie. {kernset().note}"),
        ("Opgesteld door", indicator.author),
        ("Nagerekend door", _review(indicator)),
    )


def _review(indicator: Indicator) -> str:
    """Who checked this version, with what came after it was released."""
    released = definitions().get(f"{indicator.code}@{indicator.version}")
    if released is None:
        return f"{indicator.checker}; opnieuw bekijken voor {indicator.review_date:%d-%m-%Y}"
    state = review_state(released, reviews())
    return f"{state.checker}; opnieuw bekijken voor {state.due:%d-%m-%Y}"


def _coverage(indicator: Indicator) -> str:
    share = amount(100 * indicator.minimum_coverage, "%", 0)
    least = "" if indicator.minimum_coverage == 1 else "minstens "
    return f"Een optelling van gebieden is volledig als ze over {least}{share} van de inwoners gaat."


def _smallest_denominator(indicator: Indicator) -> str | None:
    least = indicator.minimum_denominator
    return f"Bij een noemer onder {number(least)} is er geen cijfer." if least else None


def _open_source(indicator: Indicator) -> str | None:
    """The source, or that none is known; None where an old publication does not say."""
    is_said = "open_source" in indicator.model_fields_set
    return indicator.open_source or ("geen bekend" if is_said else None)
