"""National doelstellingen in words: what was agreed, by whom, whether it still stands, and what is missing.

Belongs here: the sentences about a target, wherever it is shown. Does not belong here: the target itself
(`indicators/targets.py`), and how figures stand beside it (`app/target_marks.py`).
"""

from collections.abc import Sequence

from app.figures import amount, long_date, number, period_name
from app.markup import Html, element
from app.records import Indicator
from app.target_records import Target
from indicators.false_alarms import AssessedSeries, expected_false_alarms
from indicators.targets import TargetKind, TargetStatus

STATUSES = {
    TargetStatus.GELDEND: "geldend",
    TargetStatus.AMBITIE: "ambitie",
    TargetStatus.LOSGELATEN: "losgelaten",
    TargetStatus.VERLOPEN: "verlopen",
}


def target_html(targets: Sequence[Target]) -> Html:
    """Every version of the targets of one indicator, the last one first, with its number, status and source."""
    if not targets:
        return element("p", "Voor deze indicator is geen landelijke doelstelling gevonden.")
    ordered = sorted(targets, key=lambda target: (target.target_code, -target.target_version))
    return element("ul", *(element("li", *_item(target)) for target in ordered), _class="jzojp-targets")


def drawable_target(targets: Sequence[Target]) -> float | None:
    """The level that can stand in the same picture: of a target that stands, in the unit of the indicator."""
    levels = [
        target.level_value
        for target in targets
        if target.level_value is not None and target.is_current and TargetStatus(target.status_code).is_standing
    ]
    return levels[0] if levels else None


def number_sentence(target: Target) -> str:
    """The number that was agreed, or that there is none."""
    return "Er is geen getal afgesproken." if target.value is None else f"Doel: {number_words(target)}."


def number_words(target: Target) -> str:
    """What has to be reached, and when."""
    if target.value is None:
        return "geen getal"
    by = "" if target.target_period_code is None else f", te halen in {period_name(target.target_period_code)}"
    return f"{_wanted(target, target.value)}{by}"


def base_sentence(target: Target) -> str:
    """From where it counts, as far as a source says it; empty where none does."""
    if target.base_value is None:
        return ""
    when = "" if target.base_period_code is None else f" in {period_name(target.base_period_code)}"
    return f"Uitgangssituatie: {_amount(target.base_value, target.unit)}{when}."


def gap_sentence(target: Target) -> str:
    """Why there is no progress figure; empty where there is one."""
    return "" if target.gap_code is None else f"Geen voortgangscijfer: {target.gap_code.words}."


def origin_sentence(target: Target) -> str:
    """Status, source and how certain it is, and whether somebody laid down how it is measured."""
    monitoring = {True: "Er is vastgelegd hoe dit wordt gemeten.", False: "Niet vastgelegd is hoe dit wordt gemeten."}
    said = "" if target.is_monitoring_defined is None else f" {monitoring[bool(target.is_monitoring_defined)]}"
    return f"Status: {STATUSES[target.status_code]}. Bron: {target.source} ({target.certainty}).{said}"


def version_sentence(target: Target) -> str:
    """That this version is no longer in force, or why it came; empty for a first version that still holds."""
    since = "" if target.valid_from is None else f" sinds {long_date(target.valid_from)}"
    if not target.is_current:
        return f"Dit was versie {target.target_version}{since}; er is een latere."
    return "" if target.reason is None else f"Versie {target.target_version}{since}: {target.reason}"


def false_alarm_sentence(series: Sequence[AssessedSeries]) -> str:
    """How many signals of standing still are to be expected while everybody does what was agreed."""
    if not series:
        return "Er is nog geen afspraak met een pad in procenten, dus ook geen valse melding van stagnatie."
    expected = number(expected_false_alarms(series), 2)
    return (
        f"Ook als alle {len(series)} reeksen doen wat is afgesproken, zegt de regel door toeval soms dat er een "
        f"stagneert: naar verwachting **{expected} keer per kwartaal** (uit de simulatie, docs/signals.md)."
    )


def _item(target: Target) -> Sequence[Html]:
    sentences = (
        number_sentence(target),
        base_sentence(target),
        gap_sentence(target),
        target.note or "",
        version_sentence(target),
        origin_sentence(target),
    )
    return (
        element("strong", f"{target.issuer}: {target.text}"),
        element("span", " ".join(sentence for sentence in sentences if sentence)),
    )


def level_words(target: Target, indicator: Indicator) -> str:
    """The level to reach in the unit of the indicator."""
    value = target.level_value or 0.0
    return amount(value, indicator.unit, 0 if value == round(value) else indicator.decimals)


def _amount(value: float, unit: str | None) -> str:
    return f"{number(value, 0 if value == round(value) else 1)} {unit or ''}".rstrip()


def _wanted(target: Target, value: float) -> str:
    if target.kind_code is TargetKind.RELATIVE_CHANGE:
        more = "minder" if value < 0 else "meer"
        return f"{_amount(abs(value), target.unit)} {more} dan in het begin"
    words = "" if target.direction_code is None else f"{target.direction_code.words} "
    return f"{words}{_amount(value, target.unit)}"
