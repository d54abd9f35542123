"""Judging a publication before it is made: one suite over all published values, fails closed.

Belongs here: the order of the steps and the sentence per check. What must hold is in `suites/publication.json`,
with its Dutch words in the meta of each expectation.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from expectations.publication_frame import KEY, publication_frame
from expectations.suite import ExpectationResult, metas, run_suite
from indicators.definitions import kernset

SUITE: Final = "publication"


@dataclass(frozen=True)
class CheckResult:
    """What one check said about a publication; `failing_count` counts rows, or is 1 for the whole table."""

    name: str
    passed: bool
    message: str
    failing_count: int


def judge_publication(values: pd.DataFrame, previous: pd.DataFrame | None) -> list[CheckResult]:
    """Check the values that are about to be published, in the order of the suite.

    Args:
        values: the rows of `mart.indicator_value` in the published view.
        previous: the same of the publication before, if there is one; an indicator of the kernset that was in it
            must still be there.
    """
    frame = publication_frame(values)
    results = run_suite(SUITE, frame, parameters={"indicators_before": _indicators_before(previous)})
    return [_check(result, frame) for result in results]


def publication_check_names() -> list[str]:
    """The names of the checks on a publication, in the order of the suite."""
    return [str(meta["check"]) for meta in metas(SUITE)]


def _indicators_before(previous: pd.DataFrame | None) -> list[str]:
    in_kernset = {name.split("@")[0] for name in kernset().indicators}
    return [] if previous is None else sorted(in_kernset & set(previous["indicator_code"]))


def _check(result: ExpectationResult, frame: pd.DataFrame) -> CheckResult:
    name, requirement = str(result.meta["check"]), str(result.meta["message"])
    if not result.is_checked:
        sentence = f"{requirement} Dit is niet gecontroleerd door een fout in de dienst."
        return CheckResult(name, passed=False, message=sentence, failing_count=len(frame))
    if result.is_met:
        return CheckResult(name, passed=True, message=requirement, failing_count=0)
    sentence = f"{requirement} {_where(result, frame)}"
    return CheckResult(name, passed=False, message=sentence, failing_count=max(len(result.positions), 1))


def _where(result: ExpectationResult, frame: pd.DataFrame) -> str:
    if not result.positions:
        return "Dit geldt niet voor de tabel als geheel."
    first = frame.loc[result.positions[0]]
    place = ", ".join(str(first[column]) for column in KEY)
    return f"Dit geldt niet voor {len(result.positions)} rijen; de eerste is {place}."
