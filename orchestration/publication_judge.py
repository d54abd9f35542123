"""Judging a publication in a process of its own, while this one writes the files.

Great Expectations takes seconds to import; started early, it is ready on the second core when the figures are.
Does not belong here: what must hold of a publication (`expectations/publication.py`).
"""

import os
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache

import pandas as pd

from expectations.own_process import own_process
from expectations.publication import CheckResult, judge_publication


def warm_up_judge() -> None:
    """Start the process and the import, and do not wait for them."""
    _judge_process().submit(os.getpid)


def judge_apart(values: pd.DataFrame, previous: pd.DataFrame | None) -> "Future[list[CheckResult]]":
    """Begin judging; the answer comes when it is asked for.

    When the process dies, asking raises: nothing is published without a verdict.
    """
    return _judge_process().submit(judge_publication, values, previous)


@cache
def _judge_process() -> ProcessPoolExecutor:
    return own_process()
