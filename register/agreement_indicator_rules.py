"""What an afspraak must keep to where it names an indicator: numbers in its unit, in order, that the region can have.

Belongs here: those rules, in words. Does not belong here: the path itself (`indicators/agreed_path.py`).
"""

from collections.abc import Iterator

from indicators.agreed_path import Direction, PathFault, path_faults
from indicators.definition_model import IndicatorDefinition
from indicators.definitions import current_definition
from indicators.errors import UnknownCodeError
from indicators.kinds import CalculationKind
from indicators.periods import read_period
from register.agreement_draft import DraftIndicator, DraftLevel
from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_model import agreed_path, direction_of

_AS_TEXT = "Zet de afspraak anders als tekst, met erbij wat er voor een getal nog ontbreekt."


def indicator_faults(path: Path, draft: DraftIndicator) -> Iterator[AgreementFault]:
    """Everything that is wrong with one indicator of an afspraak."""
    definition = _definition(draft.indicator)
    if definition is None:
        yield fault(
            (*path, "indicator"), AgreementRule.UNKNOWN, f"'{draft.indicator or ''}' is geen indicator van de kernset.",
            "Schrijf een code uit de kernset, bijvoorbeeld PRE02.", value=draft.indicator,
        )  # fmt: skip
    if draft.has_numbers:
        yield from _faults_of_numbers(path, draft, definition)
    elif draft.text is None or draft.missing is None:
        name = "text" if draft.text is None else "missing"
        yield fault(
            (*path, name), AgreementRule.NO_NUMBER, "Zonder getallen is hier een tekst nodig, en wat er ontbreekt.",
            "Vul uitgangssituatie, bod en richting in, of de tekst en wat ontbreekt.",
        )  # fmt: skip


def _definition(code: str | None) -> IndicatorDefinition | None:
    try:
        return current_definition(code or "")
    except UnknownCodeError:
        return None


def _faults_of_numbers(
    path: Path, draft: DraftIndicator, definition: IndicatorDefinition | None
) -> Iterator[AgreementFault]:
    if draft.text is not None or draft.missing is not None:
        yield fault(
            (*path, "text"), AgreementRule.NO_NUMBER, "Er staan getallen en een tekst.",
            "Kies: getallen, of een tekst met wat er ontbreekt.",
        )  # fmt: skip
    if definition is not None:
        yield from _faults_of_definition(path, draft, definition)
    absent = [*_faults_of_levels(path, draft), *_faults_of_direction(path, draft)]
    yield from absent
    unread = {item.path[-1] for item in absent}
    if not unread & {"period", "direction"}:
        for found in path_faults(agreed_path(_with_values(draft))):
            if not ("value" in unread and found.field == "richting"):
                yield fault(_place(path, found), AgreementRule.PATH, found.message, found.remedy)


def _with_values(draft: DraftIndicator) -> DraftIndicator:
    """The same with a number at every level, so that the order of the periods can be looked at anyway."""

    def filled(level: DraftLevel) -> DraftLevel:
        return level.model_copy(update={"value": 0.0}) if level.value is None else level

    levels = {"baseline": filled(draft.baseline), "target": filled(draft.target)}
    return draft.model_copy(update=levels | {"milestones": tuple(filled(level) for level in draft.milestones)})


def _faults_of_definition(
    path: Path, draft: DraftIndicator, definition: IndicatorDefinition
) -> Iterator[AgreementFault]:
    if definition.not_filled is not None:
        yield fault(
            (*path, "indicator"), AgreementRule.NOT_DELIVERED,
            f"De regio levert {definition.code} niet aan: {definition.not_filled}",
            "Zonder cijfers is er geen voortgang; kies een andere indicator. " + _AS_TEXT, value=definition.code,
        )  # fmt: skip
    if draft.unit is not None and draft.unit != definition.unit:
        yield fault(
            (*path, "unit"), AgreementRule.UNIT,
            f"Het bod is in '{draft.unit}', maar {definition.code} is in '{definition.unit}'.",
            "Reken het bod om naar de eenheid van de indicator. " + _AS_TEXT, value=draft.unit,
        )  # fmt: skip
    elif definition.calculation.kind == CalculationKind.PROPORTION:
        yield from _faults_of_range(path, draft, definition)


def _faults_of_range(path: Path, draft: DraftIndicator, definition: IndicatorDefinition) -> Iterator[AgreementFault]:
    for place, level in _levels(path, draft):
        if level.value is not None and not 0 <= level.value <= definition.multiplier:
            yield fault(
                (*place, "value"), AgreementRule.UNIT,
                f"{level.value:g} kan niet: {definition.code} ligt tussen 0 en {definition.multiplier:g}.",
                "Verander de waarde. " + _AS_TEXT, value=f"{level.value:g}",
            )  # fmt: skip


def _faults_of_levels(path: Path, draft: DraftIndicator) -> Iterator[AgreementFault]:
    for place, level in _levels(path, draft):
        if level.value is None:
            yield fault(
                (*place, "value"), AgreementRule.NO_NUMBER, "Hier ontbreekt een getal; zonder is er geen voortgang.",
                "Vul het in. " + _AS_TEXT,
            )  # fmt: skip
        if level.period is None:
            yield fault(
                (*place, "period"),
                AgreementRule.REQUIRED,
                "De periode is leeg.",
                "Vul in voor welke periode dit geldt.",
            )
        elif message := _fault_of_period(level.period):
            yield fault(
                (*place, "period"), AgreementRule.FORM, message, "Schrijf een kwartaal of jaar.", value=level.period
            )


def _faults_of_direction(path: Path, draft: DraftIndicator) -> Iterator[AgreementFault]:
    if draft.direction is None:
        yield fault((*path, "direction"), AgreementRule.REQUIRED, "De richting is leeg.", _directions())
        return
    try:
        direction_of(draft.direction)
    except ValueError:
        yield fault(
            (*path, "direction"), AgreementRule.UNKNOWN, f"'{draft.direction}' is geen richting.", _directions(),
            value=draft.direction,
        )  # fmt: skip


def _directions() -> str:
    return f"Kies uit: {', '.join(direction.words for direction in Direction)}."


def _levels(path: Path, draft: DraftIndicator) -> Iterator[tuple[Path, DraftLevel]]:
    yield (*path, "baseline"), draft.baseline
    for number, level in enumerate(draft.milestones):
        yield (*path, "milestones", number), level
    yield (*path, "target"), draft.target


def _fault_of_period(text: str) -> str | None:
    try:
        read_period(text)
    except UnknownCodeError as error:
        return str(error)
    return None


def _place(path: Path, found: PathFault) -> Path:
    """Where in the draft a fault of a path is."""
    if found.field.startswith("mijlpaal"):
        return (*path, "milestones", int(found.field.split()[-1]) - 1)
    return (*path, "direction" if found.field == "richting" else "target")
