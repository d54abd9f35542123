"""What a delivery does not hold: areas and strata that were asked. It is told, and never decides.

What is asked is in `facts.py`; a fact about a whole group stands on the first row of that group.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import pandas as pd

from expectations.facts import asked_stratum_keys, expected_areas, stratum_name
from expectations.judgement import FileToJudge

Groups: TypeAlias = Iterable[tuple[Any, "pd.Series[Any]"]]

_NAMED = 5


def add_missing_areas(frame: pd.DataFrame, files: Sequence[FileToJudge]) -> None:
    """Per file and indicator the areas without any row: their number and the first few names."""
    frame["missing_areas"] = frame["missing_area_count"] = None
    sound = frame[frame["dataset_key"].notna() & frame["area_code"].notna()]
    groups: Groups = sound.groupby(["file_number", "indicator_code"], sort=False)["area_code"]
    for (number, code), group in groups:
        file, delivered = files[number], set(group)
        absent = [area for area in expected_areas(code, file.region_code, file.period) if area.code not in delivered]
        if absent:
            names = [f"{area.code} ({area.name})" for area in absent]
            frame.at[group.index[0], "missing_areas"] = _listed(names)
            frame.at[group.index[0], "missing_area_count"] = len(absent)


def add_missing_strata(frame: pd.DataFrame) -> None:
    """Per file, indicator and area the asked strata without a row, where the indicator is broken down."""
    frame["missing_strata"] = frame["missing_stratum_count"] = None
    broken_down = frame[(frame["is_broken_down"] == 1) & frame["stratum_key"].notna()]
    keys = ["file_number", "indicator_code", "area_code"]
    groups: Groups = broken_down.groupby(keys, sort=False)["stratum_key"]
    for (_, code, _), group in groups:
        absent = sorted(asked_stratum_keys(code) - set(group))
        if absent:
            frame.at[group.index[0], "missing_strata"] = _listed([stratum_name(int(key)) for key in absent])
            frame.at[group.index[0], "missing_stratum_count"] = len(absent)


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" en nog {rest}" if rest > 0 else "")
