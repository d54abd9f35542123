"""How much of what is asked a file answers, per dataset."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from expectations.canonical import SignCode
from expectations.delivery_rows import DeliveryRows
from expectations.facts import expected_areas
from expectations.judgement import DatasetRows, FileToJudge
from indicators.measures import catalogue
from indicators.uitvraag import uitvraag_for

_NEEDED: Final = ("row_key", "dataset_key", "is_first_level", "numerator_sign")


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
    own = {name: rows.columns[name][span.start : span.stop] for name in _NEEDED}
    is_counted = (own["row_key"] >= 0) & own["is_first_level"] & (own["numerator_sign"] == SignCode.NUMBER)
    is_warned = np.zeros(len(span), dtype=np.bool_)
    is_warned[warned - span.start] = True
    for key in np.unique(own["dataset_key"][is_counted]):
        asked = uitvraag_for(file.period).asked(catalogue().dataset_by_key(int(key)).code)
        if asked is not None:
            is_own = is_counted & (own["dataset_key"] == key)
            found[asked.code] = DatasetRows(
                asked=len(expected_areas(asked.code, file.region_code, file.period)) * len(asked.strata),
                delivered=int(is_own.sum()),
                warned=int((is_own & is_warned).sum()),
            )
    return found
