"""National doelstellingen: what was agreed for the country, in versions, and what of it can be measured.

Belongs here: the fields of a target, reading `targets.yaml`, and why a target has no progress figure.
Does not belong here: what regions agree (`register/agreements.py`), the arithmetic of a path (`agreed_path.py`),
whether figures follow it (`trend.py`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from typing import Self

from pydantic import Field, model_validator

from indicators.agreed_path import AgreedPath, Direction, Level, path_faults
from indicators.definition_model import IndicatorDefinition, Polarity, Theme
from indicators.definitions import definitions, latest_versions
from indicators.errors import DefinitionError
from indicators.yaml_models import StrictModel, WrittenPeriod, read_models


class TargetKind(StrEnum):
    """How the number of a target relates to its indicator."""

    LEVEL = "level"
    """A value in the unit of the indicator."""
    RELATIVE_CHANGE = "relative_change"
    """A change in per cent of the value at the base."""
    OTHER_UNIT = "other_unit"
    """A number of something else than the indicator counts."""


class TargetStatus(StrEnum):
    """Whether a target still stands."""

    GELDEND = "geldend"
    AMBITIE = "ambitie"
    LOSGELATEN = "losgelaten"
    VERLOPEN = "verlopen"

    @property
    def is_standing(self) -> bool:
        """Whether somebody still works towards it."""
        return self in {TargetStatus.GELDEND, TargetStatus.AMBITIE}


class ProgressGap(StrEnum):
    """Why a target has no progress figure; the first that holds."""

    NO_NUMBER = "no_number"
    OTHER_UNIT = "other_unit"
    NOT_FILLED = "not_filled"
    NO_BASE = "no_base"
    NO_BASE_PERIOD = "no_base_period"
    NO_TARGET_PERIOD = "no_target_period"

    @property
    def words(self) -> str:
        """In Dutch, for readers."""
        return _GAP_WORDS[self]


_GAP_WORDS: Mapping[ProgressGap, str] = {
    ProgressGap.NO_NUMBER: "er is geen getal afgesproken",
    ProgressGap.OTHER_UNIT: "het doel is in een andere eenheid dan de indicator",
    ProgressGap.NOT_FILLED: "de indicator heeft nog geen cijfers",
    ProgressGap.NO_BASE: "er is geen uitgangssituatie afgesproken",
    ProgressGap.NO_BASE_PERIOD: "er is niet afgesproken bij welke periode de uitgangssituatie hoort",
    ProgressGap.NO_TARGET_PERIOD: "er is niet afgesproken wanneer het doel gehaald moet zijn",
}


class Base(StrictModel):
    """From where a target counts, as far as a source says it."""

    value: float
    period: WrittenPeriod | None = None


class Target(StrictModel):
    """One version of one national doelstelling; the texts are Dutch, because readers see them."""

    code: str = Field(pattern=r"^D\d{2,3}$")
    version: int = Field(ge=1)
    valid_from: date | None = None
    """Since when this version holds; the first may leave it out."""
    issuer: str
    text: str
    theme: Theme
    indicators: tuple[str, ...] = Field(min_length=1)
    """Codes of the indicators that it is about."""
    kind: TargetKind | None = None
    direction: Direction | None = None
    value: float | None = None
    unit: str | None = None
    base: Base | None = None
    target_period: WrittenPeriod | None = None
    status: TargetStatus
    source: str
    certainty: str
    """How certain the source is."""
    is_monitoring_defined: bool | None = None
    """Whether somebody laid down how it is measured; None: not found."""
    note: str | None = None
    reason: str | None = None
    """Why this version came after the previous one."""

    @model_validator(mode="after")
    def _later_versions_say_since_when_and_why(self) -> Self:
        if self.version > 1 and (self.valid_from is None or self.reason is None):
            raise ValueError(f"{self.code} version {self.version} needs valid_from and reason")
        return self

    @model_validator(mode="after")
    def _a_number_has_its_meaning(self) -> Self:
        missing = [name for name in ("kind", "direction", "unit") if getattr(self, name) is None]
        if self.value is not None and missing:
            raise ValueError(f"{self.code} has a value and no {', '.join(missing)}")
        return self

    @property
    def id(self) -> str:
        """Code and version: `D08@1`."""
        return f"{self.code}@{self.version}"

    def level(self, definition: IndicatorDefinition) -> float | None:
        """The value to reach in the unit of an indicator; None where that cannot be said."""
        if self.value is None:
            return None
        if self.kind is TargetKind.LEVEL and self.unit == definition.unit:
            return self.value
        if self.kind is TargetKind.RELATIVE_CHANGE and self.base is not None:
            return self.base.value * (1 + self.value / 100)
        return None

    def progress_gap(self, definition: IndicatorDefinition) -> ProgressGap | None:
        """Why there is no progress figure on an indicator; None where there can be one."""
        is_other = self.kind is TargetKind.OTHER_UNIT or (
            self.kind is TargetKind.LEVEL and self.unit != definition.unit
        )
        holds = {
            ProgressGap.NO_NUMBER: self.value is None and not is_other,
            ProgressGap.OTHER_UNIT: is_other,
            ProgressGap.NOT_FILLED: definition.not_filled is not None,
            ProgressGap.NO_BASE: self.base is None,
            ProgressGap.NO_BASE_PERIOD: self.base is not None and self.base.period is None,
            ProgressGap.NO_TARGET_PERIOD: self.target_period is None,
        }
        return next((gap for gap in ProgressGap if holds[gap]), None)

    def path(self, definition: IndicatorDefinition) -> AgreedPath | None:
        """The path on an indicator; None where `progress_gap` says what is missing."""
        level = self.level(definition)
        if (
            self.progress_gap(definition) is not None
            or level is None
            or self.base is None
            or self.base.period is None
            or self.target_period is None
            or self.direction is None
        ):
            return None
        return AgreedPath(
            baseline=Level(value=self.base.value, period=self.base.period),
            target=Level(value=level, period=self.target_period),
            direction=self.direction,
        )

    def contradicts(self, definition: IndicatorDefinition) -> bool:
        """Whether the target wants what the indicator calls worse."""
        if self.direction in {None, Direction.HOLD} or definition.polarity is Polarity.NEUTRAL:
            return False
        is_higher_better = definition.polarity is Polarity.HIGHER_BETTER
        return (
            self.kind is not TargetKind.OTHER_UNIT
            and (self.direction in {Direction.INCREASE, Direction.AT_LEAST}) != is_higher_better
        )


def load_targets(file: Traversable, known: Mapping[str, IndicatorDefinition]) -> tuple[Target, ...]:
    """Read targets, ordered by code and version.

    Args:
        file: a YAML list of versions.
        known: by code, the definition of every indicator that a target may name.

    Raises:
        DefinitionError: an entry breaks the model, versions are not 1, 2, ... with later days, an indicator does not
            exist, a target wants what its indicator calls worse, or a path cannot be; every fault is named.
    """
    found = sorted(read_models(Target, file), key=lambda target: (target.code, target.version))
    faults = faults_of_targets(found, known)
    if faults:
        raise DefinitionError("\n".join(f"{file.name} {fault}" for fault in faults))
    return tuple(found)


def faults_of_targets(found: Iterable[Target], known: Mapping[str, IndicatorDefinition]) -> list[str]:
    """Where targets contradict each other or the definitions, by code, of the indicators that they name."""
    ordered = sorted(found, key=lambda target: (target.code, target.version))
    return [*_faults_of_versions(ordered), *_faults_of_indicators(ordered, known)]


def current_targets(found: Iterable[Target]) -> tuple[Target, ...]:
    """The last version of every target, ordered by code."""
    return tuple({target.code: target for target in found}.values())


def _faults_of_versions(found: Sequence[Target]) -> Iterator[str]:
    for code, group in groupby(found, key=lambda target: target.code):
        versions = list(group)
        numbers = [target.version for target in versions]
        if numbers != list(range(1, len(versions) + 1)):
            yield f"{code}: versions are {numbers}; number them 1, 2, ... without gaps"
        days = [target.valid_from or date.min for target in versions]
        if days != sorted(set(days)):
            yield f"{code}: valid_from of each version comes after that of the one before"


def _faults_of_indicators(found: Sequence[Target], known: Mapping[str, IndicatorDefinition]) -> Iterator[str]:
    for target in found:
        for code in target.indicators:
            definition = known.get(code)
            name = f"{target.code} version {target.version}"
            if definition is None:
                yield f"{name}: indicator '{code}' has no definition; add it, or leave it out of indicators"
                continue
            if target.contradicts(definition):
                yield f"{name}: direction {target.direction} is what {code} ({definition.polarity}) calls worse"
            path = target.path(definition)
            for fault in [] if path is None else path_faults(path):
                yield f"{name}, {code}: {fault.field}: {fault.message} {fault.remedy}"


@cache
def targets() -> tuple[Target, ...]:
    """Every version of every national target shipped here, ordered by code and version."""
    return load_targets(files("indicators").joinpath("targets.yaml"), latest_versions(definitions().values()))
