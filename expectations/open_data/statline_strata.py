"""From cells of CBS table 03759ned to strata: which ages make a band, and what stands for a band without a number."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from expectations.canonical import SignCode
from expectations.open_data.statline_contract import Contract, contract
from expectations.open_data.statline_figures import SIGNS
from indicators.areas import area_key
from indicators.strata import AGE_BANDS, Sex, Stratum

TABLE: Final = "03759ned"
SEX, AGE, AREA = "Geslacht", "Leeftijd", "RegioS"
ALL_SEXES, ALL_AGES = "T001038", "10000"
SEXES: Final = {"3000": Sex.M, "4000": Sex.V}
MISSING: Final = -1
"""The sign of a stratum of which a cell is not there at all."""
_FIRST_OPEN, _FROM_95, _FROM_105 = 90, "22000", "22300"


def wide_cells(cells: pd.DataFrame, values: str) -> pd.DataFrame:
    """One row per gemeente and sex, one column per age of the table."""
    ages = list(contract(TABLE).dimensions[AGE].codes)
    return cells.pivot(index=[AREA, SEX], columns=AGE, values=values).reindex(columns=ages)


def strata_of(agreed: Contract, cells: pd.DataFrame, wide: pd.DataFrame, areas: Sequence[str]) -> pd.DataFrame:
    """Amount, sign and first record per gemeente, sex and age band, with the keys of canonical rows.

    Args:
        agreed: the contract of the table.
        cells: the figures in long form.
        wide: the numbers among them, as `wide_cells` gives them.
        areas: the codes of the gemeenten.
    """
    index = pd.MultiIndex.from_product([list(areas), list(SEXES)], names=[AREA, SEX])
    wide, reasons, rows = (
        wide.reindex(index),
        wide_cells(cells, "reason").reindex(index),
        wide_cells(cells, "row").reindex(index),
    )
    parts = [
        pd.DataFrame(
            {
                "age_band": band,
                "amount": _amount(wide, codes),
                "sign_code": _sign(agreed, wide, reasons, codes),
                "source_row": rows[codes].min(axis=1),
            }
        )
        for band, codes in _bands().items()
    ]
    strata = pd.concat(parts).reset_index()
    keys = {(sex, band): Stratum(band, SEXES[sex]).key for sex in SEXES for band in AGE_BANDS}
    return strata.assign(
        area_key=strata[AREA].map(area_key),
        stratum_key=[keys[pair] for pair in zip(strata[SEX], strata["age_band"], strict=True)],
    ).sort_values(["area_key", "stratum_key"], kind="stable")


def adults_of(cells: pd.DataFrame, from_age: int) -> pd.DataFrame:
    """Per gemeente `adults`, the inhabitants from an age on, and `younger`; null where an age has no number."""
    wide = wide_cells(cells[cells["value"].notna()], "value").reset_index(SEX)
    wide = wide[wide[SEX] == ALL_SEXES]
    older = [code for age, code in _singles().items() if age >= from_age]
    younger = [code for age, code in _singles().items() if age < from_age]
    return pd.DataFrame(
        {
            "adults": _amount(wide, [*older, _FROM_105]),
            "younger": _amount(wide, younger),
            "total": wide[ALL_AGES],
        }
    )


def _singles() -> Mapping[int, str]:
    """The codes of single years of age."""
    ages = contract(TABLE).dimensions[AGE].codes
    years = {code: title.removesuffix(" jaar") for code, title in ages.items()}
    return dict(sorted((int(year), code) for code, year in years.items() if year.isdigit()))


def _bands() -> Mapping[str, list[str]]:
    """The ages of the table that make each band; the last one as far as single years go on."""
    singles = _singles()
    bands = {band: [singles[age] for age in range(start, start + 5)] for band, start in _starts().items()}
    open_band = [code for age, code in singles.items() if age >= _FIRST_OPEN]
    return {**bands, AGE_BANDS[-1]: [*open_band, _FROM_105]}


def _starts() -> Mapping[str, int]:
    return {band: number * 5 for number, band in enumerate(AGE_BANDS[:-1])}


def _amount(wide: pd.DataFrame, codes: list[str]) -> "pd.Series[float]":
    """The sum where every age has a number; what goes past 95 may be closed by `95 jaar of ouder` instead."""
    whole = wide[codes].sum(axis=1, min_count=len(codes))
    if _FROM_105 not in codes:
        return whole
    past_95 = {_FROM_105, *(code for age, code in _singles().items() if age >= 95)}
    closed = [*(code for code in codes if code not in past_95), _FROM_95]
    return wide[closed].sum(axis=1, min_count=len(closed)).fillna(whole)


def _sign(agreed: Contract, wide: pd.DataFrame, reasons: pd.DataFrame, codes: list[str]) -> "pd.Series[int]":
    """What stands for the amount: a number, secret before unknown, or MISSING where a cell is not there at all."""
    amounts, signs = _amount(wide, codes), pd.Series(MISSING, index=wide.index)
    for meaning, sign in SIGNS.items():
        names = [reason for reason, said in agreed.without_number.items() if said == meaning]
        signs = signs.mask(reasons[codes].isin(names).any(axis=1), int(sign))
    return signs.mask(amounts.notna(), int(SignCode.NUMBER)).astype(np.int64)
