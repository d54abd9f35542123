"""This project: `judge`, warm, beside whatever the register has in force."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np
import pandas as pd

from bench.contenders import Report
from bench.deliveries import FIRST_ROW, SEED, cells, counts
from bench.world import PERIOD, REGION
from expectations.canonical import canonical_frame
from expectations.columns import Column
from expectations.judgement import FileToJudge, Known
from expectations.report import report_file
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import Stratum

EARLIER_QUARTERS: Final = (-1, -4)
"""The quarters before the delivered one with which it is compared."""


class Ours:
    """The whole verdict: findings in words, groups, normalisations, canonical rows."""

    def __init__(self, known_rows: int = 0) -> None:
        self._known = Known(history=_history(known_rows)) if known_rows else Known()

    def load(self) -> None:
        """Import everything and start the process that reads."""
        from expectations import reading, suite

        suite.warm_up()
        reading.warm_up()

    def report(self, path: Path) -> Report:
        """The judgement; the rows behind its counts are kept aside while it is made."""
        from expectations.delivery import judge

        kept: dict[str, Any] = {}
        file = FileToJudge(path.read_bytes(), REGION, PERIOD, known=self._known)
        with patch("expectations.delivery.report_file", _keeping(kept)):
            judge([file])
        return kept


def _keeping(kept: dict[str, Any]) -> Callable[..., Any]:
    """`report_file`, which also keeps the rows of every error; the judgement itself lists at most a thousand."""

    def keep(broken: Sequence[Any], rows: Any, *others: Any) -> Any:
        for number, item in enumerate(broken):
            if item.severity == "error":
                kept[f"{number} {item.rule}"] = rows.source_row[item.positions]
        return report_file(broken, rows, *others)

    return keep


def _history(row_count: int) -> pd.DataFrame:
    """Two earlier quarters of so many rows, each with counts of its own that lie near the delivered ones."""
    keys = _keys(cells(row_count))
    quarters = [_quarter(keys, PERIOD.shifted(steps)) for steps in EARLIER_QUARTERS]
    return canonical_frame(pd.concat(quarters, ignore_index=True))


def _keys(frame: pd.DataFrame) -> pd.DataFrame:
    """The integer keys of every row of a delivery."""
    measures = {code: [measure.key for measure in catalogue().dataset(code).measures] for code in _codes(frame)}
    strata = pd.Series(list(zip(frame[Column.AGE_BAND], frame[Column.SEX], strict=True)))
    return pd.DataFrame(
        {
            "source_row": np.arange(len(frame)) + FIRST_ROW,
            "area_key": frame[Column.AREA_CODE].map(
                {code: area_key(code) for code in frame[Column.AREA_CODE].unique()}
            ),
            "stratum_key": strata.map({pair: Stratum.parse(*pair).key for pair in strata.unique()}),
            "numerator_key": frame[Column.INDICATOR].map({code: keys[0] for code, keys in measures.items()}),
            "denominator_key": frame[Column.INDICATOR].map({code: keys[1] for code, keys in measures.items()}),
        }
    )


def _codes(frame: pd.DataFrame) -> list[str]:
    return [str(code) for code in frame[Column.INDICATOR].unique()]


def _quarter(keys: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One quarter: the counts of the delivered one, moved by at most a tenth."""
    moved = np.random.default_rng(period.key).uniform(0.9, 1.1, len(keys))
    amounts = [np.rint(count * moved) for count in counts(len(keys), SEED)]
    parts = [
        keys.assign(measure_key=keys[f"{name}_key"], amount=amount)
        for name, amount in zip(("numerator", "denominator"), amounts, strict=True)
    ]
    return pd.concat(parts).assign(period_key=period.key, sign_code=0, is_provisional=False)
