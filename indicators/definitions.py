"""Indicator definitions as they are shipped: one YAML file per indicator version, hash-locked once released.

Belongs here: how the files of definitions and kernset are read, with every fault named at once.
Does not belong here: the fields (`definition_model.py`), what definitions must keep to (`definition_checks.py`), the
hash lock (`lock.py`), any arithmetic.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from indicators.definition_checks import faults_of_file, faults_of_kernset, faults_together
from indicators.definition_model import (
    Aim,
    IndicatorDefinition,
    Kernset,
    Movement,
    Polarity,
    Protection,
    Theme,
    Window,
)
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.kinds import CalculationKind, Part
from indicators.lock import check_lock, definition_files
from indicators.measures import Catalogue, catalogue
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
    "load_definitions",
    "load_kernset",
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


def load_kernset(file: Traversable, known: Mapping[str, IndicatorDefinition]) -> Kernset:
    """Read a kernset that lists some of the known definitions.

    Raises:
        DefinitionError: it lists a definition that does not exist, or one indicator twice; every fault is named.
    """
    found = read_model(Kernset, file)
    _refuse([f"{file.name}: {fault}" for fault in faults_of_kernset(found, known)])
    return found


@cache
def definitions() -> Mapping[str, IndicatorDefinition]:
    """The definitions shipped here, read once, by id."""
    return load_definitions(files("indicators").joinpath("definitions"), catalogue())


@cache
def kernset() -> Kernset:
    """The kernset in force."""
    return load_kernset(files("indicators").joinpath("kernset.yaml"), definitions())


def current_definition(code: str) -> IndicatorDefinition:
    """The version of an indicator that the kernset lists.

    Raises:
        UnknownCodeError: the kernset does not have the indicator.
    """
    for name in kernset().indicators:
        if name.split("@")[0] == code:
            return definitions()[name]
    raise UnknownCodeError(f"Indicator '{code}' staat niet in kernset {kernset().version}.")


def _refuse(faults: list[str]) -> None:
    if faults:
        raise DefinitionError("\n".join(faults))
