"""What codes mean in Dutch: comparisons, time windows and the status of a publication.

Belongs here: every Dutch word for a code that only pages use, once. An unknown code raises, so a new code cannot pass
unnoticed.
Does not belong here: the codes of a definition (`indicators.definition_words`), states and reasons
(`indicators.states`), numbers (`app/figures.py`) and layout.
"""

from collections.abc import Mapping

from app.figures import NARROW_SPACE, amount, interval, number
from app.records import Figure, Indicator
from indicators.definitions import Polarity, Window
from indicators.errors import UnknownCodeError
from indicators.measures import Frequency
from indicators.states import ValueState

WINDOWS: Mapping[tuple[Frequency, Window], str] = {
    (Frequency.QUARTER, Window.PERIOD): "per kwartaal",
    (Frequency.QUARTER, Window.ROLLING_YEAR): "per kwartaal, opgeteld over de laatste vier kwartalen",
    (Frequency.HALF_YEAR, Window.PERIOD): "per half jaar",
    (Frequency.YEAR, Window.PERIOD): "per jaar",
    (Frequency.YEAR, Window.ROLLING_YEAR): "per jaar",
}
PUBLICATION_STATUSES: Mapping[str, str] = {
    "concept": "concept, nog niet vastgesteld",
    "voorlopig": "voorlopig",
    "definitief": "definitief",
}
SYMBOLS: Mapping[str, str] = {
    "similar": "≈",
    "higher": "▲",
    "lower": "▼",
    "clearly_higher": "▲▲",
    "clearly_lower": "▼▼",
}
_DIRECTIONS: Mapping[str, str] = {
    "higher": "hoger",
    "lower": "lager",
    "clearly_higher": "duidelijk hoger",
    "clearly_lower": "duidelijk lager",
}
_FAVOURABLE: Mapping[Polarity, str] = {Polarity.HIGHER_BETTER: "higher", Polarity.LOWER_BETTER: "lower"}


def publication_status(code: str) -> str:
    """How firm a publication is."""
    return _word(PUBLICATION_STATUSES, code, "publicatiestatus")


def symbol(comparison_code: str) -> str:
    """The sign that stands before the word of a comparison."""
    return _word(SYMBOLS, comparison_code, "vergelijking")


def direction(comparison_code: str) -> str:
    """A comparison with the country: `hoger`, `duidelijk lager`, `niet aantoonbaar anders`."""
    if comparison_code == "similar":
        return "niet aantoonbaar anders"
    return _word(_DIRECTIONS, comparison_code, "vergelijking")


def is_favourable(comparison_code: str, polarity: Polarity) -> bool | None:
    """Whether the difference is in the better direction; None where nothing can be said."""
    if comparison_code == "similar" or polarity is Polarity.NEUTRAL:
        return None
    return comparison_code.endswith(_FAVOURABLE[polarity])


def judgement(comparison_code: str, polarity: Polarity) -> str:
    """One word beside the symbol: `gunstiger` or `ongunstiger` where polarity is set, else the direction."""
    favourable = is_favourable(comparison_code, polarity)
    if favourable is None:
        return "niet anders" if comparison_code == "similar" else direction(comparison_code)
    return "gunstiger" if favourable else "ongunstiger"


def comparison_sentence(figure: Figure, indicator: Indicator) -> str:
    """How a figure compares with the Netherlands, as the rest of a sentence; empty for the country itself."""
    if figure.is_country or figure.value is None:
        return ""
    if figure.comparison_code is None:
        return "niet met Nederland vergeleken"
    favourable = is_favourable(figure.comparison_code, indicator.polarity)
    verdict = "" if favourable is None else ", dus gunstiger" if favourable else ", dus ongunstiger"
    return f"{direction(figure.comparison_code)} dan Nederland{verdict}"


def value_text(figure: Figure, indicator: Indicator) -> str:
    """The value, or the reason that there is none; never a zero that was not counted."""
    if figure.value is None:
        return figure.reason.words
    return amount(figure.value, indicator.unit, indicator.decimals)


def interval_text(figure: Figure, indicator: Indicator) -> str:
    """The 95 % interval, or that there is none."""
    if figure.lower_95 is None or figure.upper_95 is None:
        return "" if figure.value is None else "geen interval"
    return interval(figure.lower_95, figure.upper_95, indicator.decimals)


def states(figure: Figure) -> tuple[str, ...]:
    """The states that stand beside a value, in words; several can hold at once."""
    return tuple(
        _incomplete_words(figure) if state is ValueState.INCOMPLETE else state.words for state in figure.states
    )


def unit_text(indicator: Indicator) -> str:
    """The unit as it stands under a heading: `in %`, `per 1.000 inwoners 65+`."""
    return f"in{NARROW_SPACE}%" if indicator.unit == "%" else indicator.unit


def _incomplete_words(figure: Figure) -> str:
    if figure.coverage is None:
        return ValueState.INCOMPLETE.words
    return f"{ValueState.INCOMPLETE.words} ({number(100 * figure.coverage)}{NARROW_SPACE}% van de inwoners)"


def _word(words: Mapping[str, str], code: str, what: str) -> str:
    if code not in words:
        raise UnknownCodeError(f"'{code}' is geen bekende {what}; bekend zijn {', '.join(words)}.")
    return words[code]
