"""Targets that can be followed, of the country and of regions, as landing tables.

Belongs here: `landing.agreed_path` and `landing.agreed_point`. Does not belong here: what a path must keep to
(`indicators/agreed_path.py`), and whether figures follow it (`models/core/target_trend.sql`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from indicators.agreed_path import AgreedPath, quarter_number
from indicators.areas import COUNTRY, area_key
from indicators.definitions import latest_definition
from indicators.targets import current_targets, targets
from register.agreement_states import agreement_states
from register.events import Event


class FollowedPath(NamedTuple):
    """A path that an area agreed on an indicator."""

    code: str
    """Of the target: `D04@1` for a version of a doelstelling, `ZK22-A001` for an afspraak."""
    indicator_code: str
    area_code: str
    path: AgreedPath
    is_upward: bool
    """Whether a higher value is nearer to the target."""
    is_public: bool
    """Whether everybody may see how it stands."""


def all_paths(events: Iterable[Event]) -> list[FollowedPath]:
    """Everything that can be followed: of the country and of the regions."""
    return [*national_paths(), *regional_paths(events)]


def national_paths() -> Iterator[FollowedPath]:
    """The paths of the country: of the last version of every doelstelling that has one."""
    for target in current_targets(targets()):
        for code in target.indicators:
            definition = latest_definition(code)
            path = target.path(definition)
            if path is not None:
                is_upward = path.direction.is_upward(definition.polarity)
                yield FollowedPath(target.id, code, COUNTRY, path, is_upward, is_public=True)


def regional_paths(events: Iterable[Event]) -> Iterator[FollowedPath]:
    """The paths of afspraken that are not over and were not withdrawn."""
    for code, state in agreement_states(events).items():
        if state.withdrawn_reason is None and not state.status.status.is_over:
            agreement = state.agreement
            for item in agreement.indicators:
                if item.path is not None:
                    polarity = latest_definition(item.indicator).polarity
                    is_upward = item.path.direction.is_upward(polarity)
                    yield FollowedPath(
                        code, item.indicator, agreement.region, item.path, is_upward, is_public=agreement.is_public
                    )


def paths_hash(paths: Iterable[FollowedPath]) -> str:
    """The SHA-256 of paths in any order, as their landing tables have it: whether what is agreed changed."""
    return tables_hash(path_tables(paths))


def tables_hash(tables: Mapping[str, pd.DataFrame]) -> str:
    """The same of the tables themselves, with their rows in the order of `path_tables`."""
    lines = [tables[name].to_csv(index=False, lineterminator="\n") for name in sorted(tables)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def path_tables(paths: Iterable[FollowedPath]) -> dict[str, pd.DataFrame]:
    """The landing tables of paths, by name without the schema; in order, so that equal paths are equal tables."""
    ordered = sorted(paths, key=lambda path: (path.code, path.indicator_code, path.area_code))
    lines = [_line(path) for path in ordered]
    points = [point for path in ordered for point in _points(path)]
    return {
        "agreed_path": pd.DataFrame(lines, columns=list(_Line._fields)),
        "agreed_point": pd.DataFrame(points, columns=list(_Point._fields)),
    }


class _Line(NamedTuple):
    path_code: str
    indicator_code: str
    area_key: int
    direction_code: str
    orientation: int
    pace: float
    baseline_quarter: int
    target_quarter: int
    target_value: float
    is_public: bool


class _Point(NamedTuple):
    path_code: str
    indicator_code: str
    area_key: int
    quarter_number: int
    value: float


def _line(followed: FollowedPath) -> _Line:
    path = followed.path
    return _Line(
        path_code=followed.code,
        indicator_code=followed.indicator_code,
        area_key=area_key(followed.area_code),
        direction_code=path.direction.value,
        orientation=1 if followed.is_upward else -1,
        pace=path.pace,
        baseline_quarter=quarter_number(path.baseline.period),
        target_quarter=quarter_number(path.target.period),
        target_value=path.target.value,
        is_public=followed.is_public,
    )


def _points(followed: FollowedPath) -> Iterator[_Point]:
    key = area_key(followed.area_code)
    for level in followed.path.points:
        number = quarter_number(level.period)
        yield _Point(followed.code, followed.indicator_code, key, number, level.value)
