"""What a definition must keep to beside its own fields: its file, the catalogue, other definitions.

Every check returns faults, so that a reader is told all of them at once; each names place, value, rule and remedy.
Does not belong here: kernsets (`kernset_checks.py`), reading files (`definitions.py`), and what one definition says by
itself (`definition_model.py`).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from indicators.definition_model import IndicatorDefinition
from indicators.kinds import Index
from indicators.measures import Catalogue


def faults_of_file(name: str, definition: IndicatorDefinition, known: Catalogue) -> list[str]:
    """What is wrong with one definition file, given the measures that exist."""
    return [f"{name} {fault}" for fault in (*_faults_of_name(name, definition), *_faults_of_use(definition, known))]


def faults_together(found: Sequence[IndicatorDefinition]) -> list[str]:
    """Where definitions contradict each other: their keys, and the periods for which versions are valid."""
    by_code: dict[str, list[IndicatorDefinition]] = {}
    for definition in found:
        by_code.setdefault(definition.code, []).append(definition)
    versions = [sorted(same, key=lambda item: item.version) for same in by_code.values()]
    return [
        *_faults_of_keys(found),
        *(fault for same in versions for fault in (*_faults_of_validity(same), *_faults_of_line(same))),
    ]


def _faults_of_name(name: str, definition: IndicatorDefinition) -> Iterable[str]:
    if name != f"{definition.code}.v{definition.version}.yaml":
        yield f"holds {definition.id}; a file is named CODE.vN.yaml"


def _faults_of_use(definition: IndicatorDefinition, known: Catalogue) -> Iterable[str]:
    unknown = [code for code in definition.measure_codes() if code not in known.measures]
    if unknown:
        yield f"names measures that measures.yaml does not have: {unknown}; add them there or correct the code"
    if definition.valid_from.kind.value != definition.frequency.value:
        yield (
            f"is valid from {definition.valid_from}, which is no {definition.frequency.value}; "
            "write the first period for which there can be a figure"
        )
    calculation = definition.calculation
    if isinstance(calculation, Index) and calculation.base_year >= definition.valid_from.year:
        yield (
            f"has base year {calculation.base_year} and is valid from {definition.valid_from}: a circular base, "
            "because an index is compared with a year before it; take an earlier base year or a later valid_from"
        )


def _faults_of_keys(found: Sequence[IndicatorDefinition]) -> Iterable[str]:
    keys: dict[int, str] = {}
    codes: dict[str, int] = {}
    for definition in found:
        if keys.setdefault(definition.key, definition.code) != definition.code:
            yield f"key {definition.key} is used by {keys[definition.key]} and {definition.code}; a key is used once"
        if codes.setdefault(definition.code, definition.key) != definition.key:
            yield f"{definition.id} has another key than an earlier version of {definition.code}; it stays the same"


def _faults_of_validity(versions: Sequence[IndicatorDefinition]) -> Iterable[str]:
    for earlier, later in pairwise(versions):
        if later.valid_from.start <= earlier.valid_from.start:
            yield (
                f"{later.id} is valid from {later.valid_from}, {earlier.id} from {earlier.valid_from}: one period "
                "has one version, so a later version begins later; change valid_from of the newest"
            )


def _faults_of_line(versions: Sequence[IndicatorDefinition]) -> Iterable[str]:
    """All versions of an indicator stand in one picture, so that what its axes say is the same in each."""
    for earlier, later in pairwise(versions):
        for field in ("unit", "multiplier", "frequency"):
            before, after = getattr(earlier, field), getattr(later, field)
            if before != after:
                yield (
                    f"{later.id} has {field} {after}, {earlier.id} has {before}: versions of one indicator stand in "
                    "one picture, so this stays the same; make another indicator, and retire this one"
                )
