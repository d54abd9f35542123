"""Indicator definitions and kernsets as they are shipped: one YAML file per version, hash-locked once released.

Belongs here: how the files of definitions and kernsets are read, with every fault named at once.
Does not belong here: the fields (`definition_model.py`, `kernset_model.py`), what they must keep to
(`definition_checks.py`, `kernset_checks.py`), which version applies when (`validity.py`), the hash lock (`lock.py`),
any arithmetic.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from indicators.definition_checks import faults_of_file, faults_together
from indicators.definition_model import (
    Aim,
    IndicatorDefinition,
    Movement,
    Polarity,
    Protection,
    Theme,
    Window,
)
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.kernset_checks import faults_of_history, faults_of_kernset
from indicators.kernset_model import Kernset
from indicators.kinds import CalculationKind, Part
from indicators.lock import check_lock, definition_files
from indicators.measures import Catalogue, catalogue
from indicators.validity import Validity, validities
from indicators.worked_example import WorkedExample, WorkedStratum
from indicators.yaml_models import read_model

__all__ = [
    "Aim",
    "CalculationKind",
    "IndicatorDefinition",
    "Kernset",
    "Movement",
    "Part",
    "Polarity",
    "Protection",
    "Theme",
    "Window",
    "WorkedExample",
    "WorkedStratum",
    "current_definition",
    "definitions",
    "kernset",
    "kernsets",
    "latest_definition",
    "latest_versions",
    "load_definitions",
    "load_kernsets",
    "released_definitions",
]


def load_definitions(folder: Traversable, known: Catalogue) -> Mapping[str, IndicatorDefinition]:
    """Read every definition in a folder, by id (`PRE02@1`).

    Raises:
        DefinitionError: files differ from the hash lock, break the model, are not named after their indicator, or
            contradict the catalogue or each other; every fault of every file is named.
    """
    check_lock(folder)
    found: list[IndicatorDefinition] = []
    faults: list[str] = []
    for file in definition_files(folder):
        try:
            definition = read_model(IndicatorDefinition, file)
        except DefinitionError as error:
            faults.append(str(error))
        else:
            found.append(definition)
            faults += faults_of_file(file.name, definition, known)
    _refuse([*faults, *faults_together(found)])
    return {definition.id: definition for definition in found}


def load_kernsets(folder: Traversable, known: Mapping[str, IndicatorDefinition]) -> tuple[Kernset, ...]:
    """Read every kernset in a folder, in the order of their numbers.

    Raises:
        DefinitionError: files differ from the hash lock or break the model, list a definition that does not exist or
            an indicator twice, or lose an indicator without a word; every fault is named.
    """
    check_lock(folder)
    found: list[Kernset] = []
    faults: list[str] = []
    for file in definition_files(folder):
        try:
            read = read_model(Kernset, file)
        except DefinitionError as error:
            faults.append(str(error))
        else:
            found.append(read)
            faults += [f"{file.name} {fault}" for fault in faults_of_kernset(read, file.name, known)]
    _refuse(faults)
    ordered = sorted(found, key=lambda item: item.number)
    _refuse(faults_of_history(ordered, known))
    return tuple(ordered)


@cache
def definitions() -> Mapping[str, IndicatorDefinition]:
    """The definitions shipped here, read once, by id."""
    return load_definitions(files("indicators").joinpath("definitions"), catalogue())


@cache
def kernsets() -> tuple[Kernset, ...]:
    """The kernsets shipped here, read once, oldest first; there is at least one."""
    return load_kernsets(files("indicators").joinpath("kernsets"), definitions())


def kernset() -> Kernset:
    """The kernset in force."""
    return kernsets()[-1]


def released_definitions() -> Mapping[str, Validity]:
    """Every definition version that a kernset lists, with the periods to which it applies, by id."""
    return validities(kernsets(), definitions())


def current_definition(code: str) -> IndicatorDefinition:
    """The version of an indicator that the kernset lists.

    Raises:
        UnknownCodeError: the kernset does not have the indicator.
    """
    for name in kernset().indicators:
        if name.split("@")[0] == code:
            return definitions()[name]
    raise UnknownCodeError(f"Indicator '{code}' staat niet in kernset {kernset().version}.")


def latest_definition(code: str) -> IndicatorDefinition:
    """The last version of an indicator, also of one that retired.

    Raises:
        UnknownCodeError: there is no such indicator.
    """
    found = latest_versions(definitions().values()).get(code)
    if found is None:
        raise UnknownCodeError(f"Indicator '{code}' bestaat niet.")
    return found


def latest_versions(found: Iterable[IndicatorDefinition]) -> Mapping[str, IndicatorDefinition]:
    """The last version of each indicator, by code."""
    return {item.code: item for item in sorted(found, key=lambda item: item.version)}


def _refuse(faults: list[str]) -> None:
    if faults:
        raise DefinitionError("\n".join(faults))
