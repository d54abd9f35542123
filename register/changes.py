"""What an accepted file changes in what was in force for the same region, period and datasets.

Belongs here: comparing canonical rows, on columns of numbers because a file may have a million rows. Does not belong
here: which changes are questioned (`expectations/`).
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.findings import Outcome
from expectations.judgement import Judgement
from indicators.areas import area_code
from indicators.measures import Source, catalogue
from indicators.periods import Period
from indicators.strata import Stratum
from register.event_fields import Changes, Difference
from register.home import Home
from register.in_force import BatchInForce
from register.rows import rows_in_force

MAXIMUM_DIFFERENCES: Final = 10
_AREA: Final = 1_000
_MEASURE: Final = 10_000_000 * _AREA
"""What area and measure keys are multiplied by to make one integer with the stratum key, which is below 1,000."""

Place: TypeAlias = tuple[str, Period]
_Keys: TypeAlias = npt.NDArray[np.int64]
_Mask: TypeAlias = npt.NDArray[np.bool_]


class InForce:
    """The rows that count while a batch of files is judged: those in the ledger, and then what the batch accepts."""

    def __init__(self, home: Home, batches: Sequence[BatchInForce]) -> None:
        self._home = home
        self._batches = {
            (batch.region_code, batch.period, batch.dataset_code): batch
            for batch in batches
            if batch.source is Source.DELIVERY
        }
        self._accepted: dict[tuple[str, Period, str], tuple[int, pd.DataFrame]] = {}

    def changes(self, number: int, place: Place, judgement: Judgement) -> Changes | None:
        """What submission `number` changes; None when it is rejected or nothing was in force before it."""
        if judgement.outcome is Outcome.REJECTED:
            return None
        codes = datasets_of(judgement)
        before = self._before(number, place, codes)
        return None if before is None else compare(before, judgement.canonical, codes)

    def accept(self, number: int, place: Place, judgement: Judgement) -> None:
        """Let a file without warnings count for the files after it in the same batch."""
        if judgement.outcome is Outcome.ACCEPTED:
            rows = judgement.canonical
            self._accepted.update({(*place, code): (number, rows) for code in datasets_of(judgement)})

    def _before(self, number: int, place: Place, codes: Sequence[str]) -> "Before | None":
        numbers: dict[str, int] = {}
        frames: list[pd.DataFrame] = []
        stored: list[BatchInForce] = []
        for code in codes:
            if (*place, code) in self._accepted:
                numbers[code], frame = self._accepted[*place, code]
                frames.append(_rows_of(frame, [code]))
            elif (batch := self._batches.get((*place, code))) is not None and batch.number < number:
                numbers[code] = batch.number
                stored.append(batch)
        if not numbers:
            return None
        rows = pd.concat([rows_in_force(self._home, stored), *frames], ignore_index=True)
        return Before(numbers, rows)


def datasets_of(judgement: Judgement) -> tuple[str, ...]:
    """The codes of the datasets that a file holds."""
    return tuple(catalogue().dataset_by_key(key).code for key in judgement.dataset_keys)


class Before(NamedTuple):
    """What was in force: by dataset the number of the submission, and the canonical rows of all of them."""

    numbers: Mapping[str, int]
    rows: pd.DataFrame


class _Side(NamedTuple):
    """The rows of one side, each measure once, ordered by key."""

    keys: _Keys
    amounts: npt.NDArray[np.float64]
    signs: _Keys
    provisional: _Mask


def compare(before: Before, canonical: pd.DataFrame, codes: Sequence[str]) -> Changes:
    """What canonical rows with these datasets change in what was in force."""
    old, new = _side(before.rows), _side(_rows_of(canonical, codes))
    in_old, in_new, at = _matched(old, new)
    is_other = _differs(old, new, at)
    rows_old, rows_new = np.unique(_file_rows(old.keys)), np.unique(_file_rows(new.keys))
    one_sided = np.concatenate([old.keys[~in_new], new.keys[~in_old], new.keys[in_old][is_other]])
    touched = np.unique(_file_rows(one_sided))
    both = np.intersect1d(rows_old, rows_new, assume_unique=True)
    return Changes(
        replaces=tuple(sorted(set(before.numbers.values()))),
        datasets=tuple(sorted(before.numbers)),
        added=len(np.setdiff1d(rows_new, rows_old, assume_unique=True)),
        removed=len(np.setdiff1d(rows_old, rows_new, assume_unique=True)),
        altered=len(np.intersect1d(touched, both, assume_unique=True)),
        differences=_largest(new.keys[in_old], old.amounts[at], new.amounts[in_old]),
    )


def _rows_of(frame: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    measures = [measure.key for code in codes for measure in catalogue().dataset(code).measures]
    return frame[frame["measure_key"].isin(measures)]


def _side(frame: pd.DataFrame) -> _Side:
    keys = (
        frame["measure_key"].to_numpy("int64") * _MEASURE
        + frame["area_key"].to_numpy("int64") * _AREA
        + frame["stratum_key"].to_numpy("int64")
    )
    ordered, first = np.unique(keys, return_index=True)
    return _Side(
        ordered,
        frame["amount"].to_numpy("float64")[first],
        frame["sign_code"].to_numpy("int64")[first],
        frame["is_provisional"].to_numpy("bool")[first],
    )


def _matched(old: _Side, new: _Side) -> tuple[_Mask, _Mask, _Keys]:
    """Which of the new are in the old, which of the old in the new, and where in the old the former are."""
    in_old = np.isin(new.keys, old.keys, assume_unique=True)
    in_new = np.isin(old.keys, new.keys, assume_unique=True)
    return in_old, in_new, np.flatnonzero(in_new)


def _differs(old: _Side, new: _Side, at: _Keys) -> _Mask:
    """Per measure on both sides whether it says something else; both sides are ordered alike."""
    also = np.isin(new.keys, old.keys, assume_unique=True)
    before, after = old.amounts[at], new.amounts[also]
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    same &= (old.signs[at] == new.signs[also]) & (old.provisional[at] == new.provisional[also])
    return np.asarray(~same, dtype=np.bool_)


def _file_rows(keys: _Keys) -> _Keys:
    """The row of the file to which a measure belongs: dataset, area and stratum."""
    datasets = {measure.key: dataset.key for dataset in catalogue().datasets.values() for measure in dataset.measures}
    measures, position = np.unique(keys // _MEASURE, return_inverse=True)
    of_measure = np.array([datasets[int(measure)] for measure in measures], dtype=np.int64)
    return of_measure[position] * _MEASURE + keys % _MEASURE if len(keys) else keys


def _largest(keys: _Keys, before: npt.NDArray[np.float64], after: npt.NDArray[np.float64]) -> tuple[Difference, ...]:
    """The measures that differ most, a sign counting as nothing."""
    size = np.abs(np.nan_to_num(after) - np.nan_to_num(before))
    order = np.lexsort((keys, -size))[:MAXIMUM_DIFFERENCES]
    return tuple(_difference(int(keys[i]), before[i], after[i]) for i in order if size[i] > 0)


def _difference(key: int, before: float, after: float) -> Difference:
    codes = {measure.key: code for code, measure in catalogue().measures.items()}
    stratum = Stratum.from_key(key % _AREA)
    return Difference(
        measure=codes[key // _MEASURE],
        area=area_code(key % _MEASURE // _AREA),
        age_band=stratum.age_band,
        sex=stratum.sex.code,
        before=None if np.isnan(before) else float(before),
        after=None if np.isnan(after) else float(after),
    )
