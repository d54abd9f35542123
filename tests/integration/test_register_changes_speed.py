"""Comparing a file of a million rows with the one before it takes little beside judging it."""

import time

import numpy as np
import pandas as pd

from expectations.canonical import canonical_frame
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.strata import AGE_SEX_STRATA
from register.changes import MAXIMUM_DIFFERENCES, Before, compare


def test_a_million_rows_take_little() -> None:
    strata = np.array([stratum.key for stratum in AGE_SEX_STRATA])
    areas = area_key("WK000000") + np.arange(1_000_000 // len(strata))
    count = len(areas) * len(strata)
    columns = {
        "source_row": np.arange(count),
        "period_key": 20254,
        "area_key": np.repeat(areas, len(strata)),
        "measure_key": catalogue().measures["OUD01.teller"].key,
        "stratum_key": np.tile(strata, len(areas)),
        "amount": np.random.default_rng(5).integers(0, 500, count).astype(float),
        "sign_code": 0,
        "is_provisional": False,
    }
    before = canonical_frame(pd.DataFrame(columns))
    is_other = np.arange(count) % 10 == 0
    after = before.assign(amount=before["amount"] + is_other).sample(frac=1, random_state=3)
    start = time.perf_counter()
    found = compare(Before({"OUD01": 1}, before), after, ["OUD01"])
    assert time.perf_counter() - start < 5
    assert (found.added, found.removed, found.altered) == (0, 0, int(is_other.sum()))
    assert len(found.differences) == MAXIMUM_DIFFERENCES
