"""Sentences that say what a chart shows: the text beside it and its description for who does not see it.

Belongs here: whole sentences about figures. Does not belong here: single words (`app/words.py`).
A sentence states figures and demonstrable differences; it never calls something a change or a standstill.
"""

from collections import Counter
from collections.abc import Sequence

from app.figures import NARROW_SPACE, amount, number, period_name
from app.records import Cause, Figure, Indicator, Spread
from app.words import comparison_sentence, interval_text, value_text
from indicators.periods import Period, PeriodKind
from indicators.xmr import SpecialCause


def trend_sentence(figures: Sequence[Figure], indicator: Indicator) -> str:
    """The last figure of one area with its interval, the country and a year earlier.

    Args:
        figures: one area in all its periods, oldest first; not empty.
        indicator: what the figures are about.
    """
    last = figures[-1]
    when = period_name(last.period_code)
    if last.value is None:
        return f"{when}: geen cijfer ({last.reason.words}). {_last_known(figures, indicator)}".strip()
    value = f"{when}: **{value_text(last, indicator)}**{_limits(last, indicator)}."
    return " ".join(filter(None, (value, _compared(last, indicator), _year_earlier(figures, indicator))))


def spread_sentence(spread: Spread, indicator: Indicator) -> str:
    """How far the gemeenten lie apart, and how many could not be shown."""
    shown = _gemeenten(spread.area_count)
    if spread.median is None or spread.p10 is None or spread.p90 is None:
        return f"{period_name(spread.period_code)}: te weinig gemeenten met een cijfer om de spreiding te tonen."
    low, middle, high = (amount(x, indicator.unit, indicator.decimals) for x in (spread.p10, spread.median, spread.p90))
    withheld = f" Van {_gemeenten(spread.withheld_count)} is geen cijfer te tonen." if spread.withheld_count else ""
    return (
        f"{shown} met een cijfer: de middelste heeft {middle}, 80{NARROW_SPACE}% ligt tussen {low} en {high}.{withheld}"
    )


def regions_sentence(figures: Sequence[Figure], indicator: Indicator) -> str:
    """How many regions differ from the country, in which direction, and how many have no figure."""
    regions = [figure for figure in figures if not figure.is_country]
    country = next((figure for figure in figures if figure.is_country and figure.value is not None), None)
    level = (
        f"Nederland staat op **{value_text(country, indicator)}**. " if country else "Van Nederland is er geen cijfer. "
    )
    return level + _differences(regions) + _absent(regions)


def funnel_sentence(figures: Sequence[Figure]) -> str:
    """How to read a funnel, and how many regions lie outside it.

    Args:
        figures: the regions that have a value.
    """
    outside = sum(figure.comparison_code in {"clearly_higher", "clearly_lower"} for figure in figures)
    return (
        "Een kleine regio wijkt door toeval sneller af dan een grote. Tussen de streepjeslijnen ligt 95 van de 100 "
        "regio's die gelijk zijn aan Nederland, tussen de doorgetrokken lijnen bijna elke. "
        f"{_regions(outside).capitalize()} {_verb(outside)} duidelijk hoger of lager dan Nederland."
    )


def absence_sentence(figure: Figure) -> str:
    """Which area has no figure and why."""
    return f"{figure.area_name}: {figure.reason.words}. {figure.reason.sentence}"


def versions_sentence(figures: Sequence[Figure], versions: Sequence[Indicator]) -> str:
    """Under which versions of the definition a series was computed; nothing where there is only one.

    Args:
        figures: one series, oldest first; not empty.
        versions: every version of its indicator, oldest first.
    """
    if len(versions) == 1:
        return ""
    first: dict[int, Figure] = {}
    for figure in figures:
        first.setdefault(figure.indicator_version, figure)
    if len(first) == 1:
        return f"Alle perioden zijn berekend met versie {figures[-1].indicator_version} van de definitie."
    parts = [f"vanaf {period_name(figure.period_code)} met versie {version}" for version, figure in first.items()]
    reason = next(item.reason for item in versions if item.version == figures[-1].indicator_version)
    return f"Berekend {', '.join(parts)} van de definitie. Waarom: {reason}"


def cause_sentence(cause: Cause) -> str:
    """That the last quarter stands out, and by which rule (XmR)."""
    trial = " Er zijn minder dan twaalf kwartalen; de grenzen zijn voorlopig." if cause.is_trial else ""
    return f"Valt op in het {period_name(cause.period_code)}: {SpecialCause(cause.cause_code).words}.{trial}"


def _differences(regions: Sequence[Figure]) -> str:
    codes = Counter(figure.comparison_code for figure in regions if figure.value is not None)
    if set(codes) <= {None}:
        return "Dit cijfer heeft geen interval; welke regio's echt afwijken, is niet te zeggen."
    higher = codes["higher"] + codes["clearly_higher"]
    lower = codes["lower"] + codes["clearly_lower"]
    return (
        f"{_regions(higher)} {_verb(higher)} aantoonbaar hoger, {_regions(lower)} aantoonbaar lager "
        f"en {_regions(codes['similar'])} niet aantoonbaar anders."
    )


def _absent(regions: Sequence[Figure]) -> str:
    reasons = Counter(figure.reason.words for figure in regions if figure.value is None)
    told = ", ".join(f"{_regions(count)} {why}" for why, count in reasons.items())
    return f" Zonder cijfer: {told}." if told else ""


def _last_known(figures: Sequence[Figure], indicator: Indicator) -> str:
    known = next((figure for figure in reversed(figures) if figure.value is not None), None)
    if known is None:
        return "Er is ook geen eerder cijfer."
    text = f"{value_text(known, indicator)}{_limits(known, indicator)}"
    return f"Het laatste cijfer is van {period_name(known.period_code)}: {text}."


def _compared(figure: Figure, indicator: Indicator) -> str:
    if figure.is_country or figure.country_value is None:
        return ""
    country = amount(figure.country_value, indicator.unit, indicator.decimals)
    if figure.comparison_code is None:
        return f"Nederland staat op {country}; de twee zijn niet vergeleken."
    return f"Dat is {comparison_sentence(figure, indicator)}. Nederland staat op {country}."


def _year_earlier(figures: Sequence[Figure], indicator: Indicator) -> str:
    last = Period.parse(figures[-1].period_code)
    earlier = last.shifted(-1 if last.kind is PeriodKind.YEAR else -4).code
    found = next((figure for figure in figures if figure.period_code == earlier), None)
    if found is None:
        return ""
    if any(figure.is_break and figure.period_start > found.period_start for figure in figures):
        return "Een jaar eerder gold een andere definitie; de twee zijn niet te vergelijken."
    return f"Een jaar eerder: {value_text(found, indicator)}."


def _limits(figure: Figure, indicator: Indicator) -> str:
    return f" (95%-interval {interval_text(figure, indicator)})" if figure.has_interval else " (geen interval)"


def _gemeenten(count: int) -> str:
    return f"{number(count)} {'gemeente' if count == 1 else 'gemeenten'}"


def _regions(count: int) -> str:
    if count == 0:
        return "geen regio"
    return "1 regio" if count == 1 else f"{number(count)} regio's"


def _verb(count: int) -> str:
    return "ligt" if count <= 1 else "liggen"
