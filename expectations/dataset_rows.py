"""How much of what is asked a file answers, per dataset."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from expectations.canonical import SignCode
from expectations.delivery_rows import DeliveryRows, is_at_level
from expectations.facts import expected_areas
from expectations.judgement import DatasetRows, FileToJudge
from indicators.measures import catalogue
from indicators.uitvraag import uitvraag_for


def dataset_rows(
    rows: DeliveryRows, span: range, warned: npt.NDArray[np.int64], file: FileToJudge
) -> Mapping[str, DatasetRows]:
    """The rows asked, delivered as a number, and warned about, for every dataset in a file.

    Only rows at the level that makes a dataset complete are counted; a numerator decides.

    Args:
        rows: the rows of all files.
        span: the positions of this file's rows.
        warned: the positions of the rows with a warning.
        file: for which region and period it was sent.
    """
    found = {}
    part = rows.part(span, "row_key", "dataset_key", "area_key", "numerator_sign")
    uitvraag = uitvraag_for(file.period)
    is_number = part["numerator_sign"] == SignCode.NUMBER
    for key, group in part[is_number & (part["row_key"] >= 0)].groupby("dataset_key"):
        asked = uitvraag.asked(catalogue().dataset_by_key(int(float(str(key)))).code)
        if asked is not None:
            counted = group[is_at_level(group["area_key"], asked.levels[0])]
            found[asked.code] = DatasetRows(
                asked=len(expected_areas(asked.code, file.region_code, file.period)) * len(asked.strata),
                delivered=len(counted),
                warned=int(counted.index.isin(warned).sum()),
            )
    return found
