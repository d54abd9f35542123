"""Everything that is wrong or missing in definitions and kernsets, told at once (`jzojp kernset check`).

Belongs here: reading a folder of definitions, catalogue, kernsets, uitvraag and targets as far as it can be read, and
every fault met on the way. What the loader refuses is refused here by the same functions.
Does not belong here: what is missing between files that are each right (`kernset_gaps.py`).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources.abc import Traversable
from typing import TypeVar

from indicators.area_checks import faults_of_areas
from indicators.areas import REPORTING_YEAR
from indicators.classification_checks import faults_of_classifications
from indicators.definition_checks import faults_of_file, faults_together
from indicators.definition_model import IndicatorDefinition
from indicators.definitions import latest_versions
from indicators.errors import DefinitionError
from indicators.kernset_checks import faults_of_history, faults_of_kernset
from indicators.kernset_finding import GUIDE, Finding, Severity, adopted, findings_of_reading
from indicators.kernset_gaps import ReadKernset, gaps
from indicators.kernset_model import Kernset
from indicators.lock import LOCK_REMEDIES, LOCKED_FOLDERS, definition_files, faults_of_lock
from indicators.measures import Catalogue, Dataset
from indicators.reviews import Review, faults_of_reviews, load_reviews
from indicators.targets import Target, faults_of_targets
from indicators.uitvraag import Uitvraag
from indicators.unfilled import unfilled_fields
from indicators.yaml_models import StrictModel, read_model, read_models

ModelT = TypeVar("ModelT", bound=StrictModel)


def check_kernset(folder: Traversable, *, today: date, loaded: Iterable[str]) -> list[Finding]:
    """All findings about the kernset in a folder, errors first.

    Args:
        folder: the folder `indicators/`, or a copy of it.
        today: the day against which review dates are held.
        loaded: the open datasets that can be loaded.
    """
    read, findings = _read(folder, frozenset(loaded))
    locked = [
        Finding(Severity.ERROR, f"{guarded}/{name}", None, fault, LOCK_REMEDIES[fault])
        for guarded in LOCKED_FOLDERS
        for name, fault in faults_of_lock(folder.joinpath(guarded))
    ]
    reference = folder.joinpath("reference")
    areas = [*faults_of_areas(reference, date(REPORTING_YEAR, 1, 1)), *faults_of_classifications(reference)]
    order = list(Severity)
    return sorted(
        [*findings, *areas, *locked, *gaps(read, today=today)], key=lambda finding: order.index(finding.severity)
    )


def check_lockable(folder: Traversable) -> list[Finding]:
    """What is wrong with definitions, kernsets and catalogue, whether they are locked or not."""
    return [
        finding for finding in _read(folder, frozenset())[1] if finding.file.startswith((*LOCKED_FOLDERS, "measures"))
    ]


def _read(folder: Traversable, loaded: frozenset[str]) -> tuple[ReadKernset, list[Finding]]:
    """What can be read, and why the rest cannot."""
    findings: list[Finding] = []
    known = _catalogue(folder, findings)
    definitions = {
        file.name: definition
        for file in definition_files(folder.joinpath("definitions"))
        if (definition := _filled_in(IndicatorDefinition, file, f"definitions/{file.name}", findings)) is not None
    }
    kernsets = {
        file.name: kernset
        for file in definition_files(folder.joinpath("kernsets"))
        if (kernset := _filled_in(Kernset, file, f"kernsets/{file.name}", findings)) is not None
    }
    asked = [
        (file.name, _model(Uitvraag, file, f"uitvraag/{file.name}", findings))
        for file in sorted(folder.joinpath("uitvraag").iterdir(), key=lambda file: file.name)
    ]
    read = ReadKernset(
        definitions=definitions,
        catalogue=known,
        kernsets=kernsets,
        uitvragen={name: uitvraag for name, uitvraag in asked if uitvraag is not None},
        targets=_targets(folder, findings),
        loaded=loaded,
        reviews=_reviews(folder, findings),
    )
    return read, [*findings, *_between_files(read)]


def _between_files(read: ReadKernset) -> Iterator[Finding]:
    """Where files that can be read contradict each other, as the loader says it."""
    for name, definition in read.definitions.items():
        if read.catalogue is not None:
            for fault in faults_of_file(name, definition, read.catalogue):
                yield adopted(fault.removeprefix(f"{name} "), f"definitions/{name}")
    for fault in faults_together(list(read.definitions.values())):
        yield adopted(fault, "definitions")
    yield from _kernset_findings(read)
    for fault in faults_of_targets(read.targets, latest_versions(read.definitions.values())):
        yield adopted(fault, "targets.yaml")
    known = {definition.id for definition in read.definitions.values()}
    for fault in faults_of_reviews(read.reviews, known):
        yield adopted(fault, "reviews.yaml", "definition")


def _kernset_findings(read: ReadKernset) -> Iterator[Finding]:
    """What is wrong with each kernset; only of those that are right, whether they follow from each other."""
    known = {definition.id: definition for definition in read.definitions.values()}
    own = [
        adopted(fault, f"kernsets/{name}", "indicators")
        for name, kernset in read.kernsets.items()
        for fault in faults_of_kernset(kernset, name, known)
    ]
    yield from own or (adopted(fault, "kernsets") for fault in faults_of_history(read.ordered_kernsets, known))


def _catalogue(folder: Traversable, findings: list[Finding]) -> Catalogue | None:
    try:
        return Catalogue(read_models(Dataset, folder.joinpath("measures.yaml")))
    except DefinitionError as error:
        findings += findings_of_reading(error, "measures.yaml")
        return None


def _reviews(folder: Traversable, findings: list[Finding]) -> tuple[Review, ...]:
    try:
        return load_reviews(folder.joinpath("reviews.yaml"))
    except DefinitionError as error:
        findings += findings_of_reading(error, "reviews.yaml")
        return ()


def _targets(folder: Traversable, findings: list[Finding]) -> tuple[Target, ...]:
    try:
        return read_models(Target, folder.joinpath("targets.yaml"))
    except DefinitionError as error:
        findings += findings_of_reading(error, "targets.yaml")
        return ()


def _filled_in(model: type[ModelT], file: Traversable, place: str, findings: list[Finding]) -> ModelT | None:
    """What a file says that is filled in; of another one only the fields to fill in are told."""
    unfilled = unfilled_fields(file)
    if not unfilled:
        return _model(model, file, place, findings)
    remedy = f"fill it in; {GUIDE} says what it holds"
    findings += [Finding(Severity.ERROR, place, field, "is not filled in", remedy) for field in unfilled]
    return None


def _model(model: type[ModelT], file: Traversable, place: str, findings: list[Finding]) -> ModelT | None:
    try:
        return read_model(model, file)
    except DefinitionError as error:
        findings += findings_of_reading(error, place)
        return None
