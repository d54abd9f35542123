"""What a delivery does not hold: areas and strata that were asked. It is told, and never decides.

What is asked is in the uitvraag; a fact about a whole group stands on the first row of that group.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from expectations.delivery_rows import DeliveryRows, is_at_level
from expectations.facts import expected_areas, stratum_name
from expectations.judgement import FileToJudge
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.uitvraag import AskedDataset, uitvraag_for

_NAMED: Final = 5


def add_completeness(rows: DeliveryRows, files: Sequence[FileToJudge], spans: Sequence[range]) -> None:
    """Per file and indicator how many areas have no row, and per area how many strata; with the first few names."""
    area_counts = np.zeros(len(rows.columns["position"]), dtype=np.int64)
    stratum_counts = np.zeros_like(area_counts)
    for file, span in zip(files, spans, strict=True):
        part = rows.part(span, "row_key", "dataset_key", "area_key", "stratum_key")
        for asked, group in _delivered(part[part["row_key"] >= 0], file):
            for position, names in _missing_areas(group, asked, file):
                area_counts[position] = len(names)
                rows.lists.setdefault(position, {})["missing_areas"] = _listed(names)
            for position, names in _missing_strata(group, asked):
                stratum_counts[position] = len(names)
                rows.lists.setdefault(position, {})["missing_strata"] = _listed(names)
    rows.columns["missing_area_count"], rows.columns["missing_stratum_count"] = area_counts, stratum_counts


def _delivered(part: pd.DataFrame, file: FileToJudge) -> Iterator[tuple[AskedDataset, pd.DataFrame]]:
    """The rows of each indicator that can be missed, at the level that makes it complete."""
    uitvraag = uitvraag_for(file.period)
    for key, group in part.groupby("dataset_key", sort=False):
        asked = uitvraag.asked(catalogue().dataset_by_key(int(float(str(key)))).code)
        if asked is not None and not asked.is_optional:
            yield asked, group[is_at_level(group["area_key"], asked.levels[0])]


def _missing_areas(group: pd.DataFrame, asked: AskedDataset, file: FileToJudge) -> Iterator[tuple[int, list[str]]]:
    if group.empty:
        return
    delivered = set(group["area_key"].unique())
    expected = expected_areas(asked.code, file.region_code, file.period)
    absent = [f"{area.code} ({area.name})" for area in expected if area_key(area.code) not in delivered]
    if absent:
        yield int(group.index[0]), absent


def _missing_strata(group: pd.DataFrame, asked: AskedDataset) -> Iterator[tuple[int, list[str]]]:
    """The areas whose strata are not all there; those that are complete are found by counting."""
    keys = {stratum.key for stratum in asked.strata}
    counts = group.groupby("area_key")["stratum_key"].transform("nunique")
    short = group[counts < len(keys)]
    for _, area in short.groupby("area_key", sort=False):
        absent = sorted(keys - set(area["stratum_key"].astype(int)))
        if absent:
            yield int(area.index[0]), [stratum_name(key) for key in absent]


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" en nog {rest}" if rest > 0 else "")
