"""A process beside the server that judges deliveries, so that a page never loads Great Expectations.

Belongs here: the pool of one worker, warmed when the server starts, and how a use case runs in it. Does not belong
here: what happens to a delivery (`register.intake`). What only reads or writes the ledger needs no worker.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from threading import Lock
from typing import ParamSpec, TypeVar

from expectations.own_process import own_process
from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.periods import Period

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_lock = Lock()
_pools: list[ProcessPoolExecutor] = []


def start() -> None:
    """Make the worker and let it load what judging needs; returns at once."""
    _submit_warm_up(_pool())


def stop() -> None:
    """End the worker, after the delivery that it has in hand."""
    with _lock:
        while _pools:
            _pools.pop().shutdown(wait=True, cancel_futures=True)


def run(use_case: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
    """Run a use case in the worker and wait for its answer.

    Args:
        use_case: a function of a module, safe to repeat: it runs again when the worker dies the first time.
        args: what it is called with.
        kwargs: the same, by name.

    Raises:
        BrokenProcessPool: the worker died twice; whatever was stored stays stored, an answer was not given.
    """
    try:
        return _pool().submit(use_case, *args, **kwargs).result()
    except BrokenProcessPool:
        stop()
        return _pool().submit(use_case, *args, **kwargs).result()


def _pool() -> ProcessPoolExecutor:
    with _lock:
        if not _pools:
            _pools.append(own_process())
        return _pools[0]


def _submit_warm_up(pool: ProcessPoolExecutor) -> Future[None]:
    return pool.submit(_warm_up)


def _warm_up() -> None:
    """Judge one empty file: that loads everything a real one needs."""
    from expectations.delivery import judge
    from expectations.judgement import FileToJudge

    region = area_register().existing(AreaLevel.REGION, date(REPORTING_YEAR, 1, 1))[0]
    judge([FileToJudge(b"", region.code, Period.quarter(REPORTING_YEAR, 1))])
