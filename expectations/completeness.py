"""What a delivery does not hold: areas and strata that were asked. It is told, and never decides.

What is asked is in the uitvraag; a fact about a whole group stands on the first row of that group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from expectations.delivery_rows import KEY_SIZES, DeliveryRows
from expectations.distinct import Codes
from expectations.facts import expected_area_keys, expected_areas, stratum_name
from expectations.judgement import FileToJudge
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.uitvraag import AskedDataset, uitvraag_for

_NAMED: Final = 5


@dataclass(frozen=True)
class _Answer:
    """What a file holds of one dataset, at the level that makes it complete: every cell once, ordered by area."""

    file: FileToJudge
    asked: AskedDataset
    areas: Codes
    strata: Codes
    positions: Codes
    """Per cell the first row that holds it."""

    def missing_areas(self) -> list[str]:
        """The areas without a row, as they are told."""
        place = (self.asked.code, self.file.region_code, self.file.period)
        absent = expected_area_keys(*place) - set(self.areas.tolist())
        if not absent:
            return []
        return [f"{area.code} ({area.name})" for area in expected_areas(*place) if area_key(area.code) in absent]

    def missing_strata(self) -> Iterator[tuple[int, list[int]]]:
        """Of every area that misses some: its first row, and the keys of the strata."""
        keys = {stratum.key for stratum in self.asked.strata}
        _, starts, counts = np.unique(self.areas, return_index=True, return_counts=True)
        for start, count in zip(starts, counts, strict=True):
            if count < len(keys):
                cells = slice(start, start + count)
                absent = sorted(keys - set(self.strata[cells].tolist()))
                yield int(self.positions[cells].min()), absent


def add_completeness(rows: DeliveryRows, files: Sequence[FileToJudge]) -> None:
    """Per file and indicator how many areas have no row, and per area how many strata; with the first few names."""
    area_counts = np.zeros(len(rows.columns["position"]), dtype=np.int64)
    stratum_counts = np.zeros_like(area_counts)
    for answer in _answers(rows, files):
        absent = answer.missing_areas()
        if absent:
            _note(rows, area_counts, int(answer.positions.min()), "missing_areas", absent[:_NAMED], len(absent))
        for position, strata in answer.missing_strata():
            names = [stratum_name(key) for key in strata[:_NAMED]]
            _note(rows, stratum_counts, position, "missing_strata", names, len(strata))
    rows.columns["missing_area_count"], rows.columns["missing_stratum_count"] = area_counts, stratum_counts


def _note(rows: DeliveryRows, counts: Codes, position: int, word: str, names: Sequence[str], count: int) -> None:
    """Note how many are missing; `names` are the first few."""
    counts[position] = count
    rest = count - len(names)
    listed = ", ".join(names) + (f" en nog {rest}" if rest > 0 else "")
    rows.lists.setdefault(position, {})[word] = listed


def _answers(rows: DeliveryRows, files: Sequence[FileToJudge]) -> Iterator[_Answer]:
    """Of every file the datasets that it holds and that can be missed."""
    datasets, areas, strata = KEY_SIZES
    usable = np.flatnonzero(rows.columns["is_first_level"] & (rows.columns["row_key"] >= 0))
    cells, first = np.unique(rows.columns["row_key"][usable], return_index=True)
    groups, starts, counts = np.unique(cells // (areas * strata), return_index=True, return_counts=True)
    for group, start, end in zip(groups, starts, starts + counts, strict=True):
        file = files[int(group) // datasets]
        asked = uitvraag_for(file.period).asked(catalogue().dataset_by_key(int(group) % datasets).code)
        if asked is not None and not asked.is_optional:
            own = cells[start:end]
            yield _Answer(file, asked, own // strata % areas, own % strata, usable[first[start:end]])
