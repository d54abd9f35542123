"""A process beside the server that judges deliveries, so that a page never loads Great Expectations.

Belongs here: the pool of one worker, warmed when the server starts. Does not belong here: what happens to a
delivery (`register.intake`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from expectations.own_process import own_process
from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.periods import Period

if TYPE_CHECKING:
    from register.access import Actor
    from register.home import Home
    from register.intake import Delivery
    from register.receipts import Receipt

Said = ParamSpec("Said")
Result = TypeVar("Result")
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


def receive(home: Home, delivery: Delivery, actor: Actor) -> Receipt:
    """Hand one delivery to `register.intake.receive` in the worker and wait for the answer.

    Raises:
        BrokenProcessPool: the worker died twice; the bytes may be stored, a receipt was not given.
    """
    return run(_receive, home, delivery, actor)


def run(function: Callable[Said, Result], *args: Said.args, **kwargs: Said.kwargs) -> Result:
    """Call a function in the worker and wait for its result; once more when the worker died of it.

    Args:
        function: a function of a module, safe to repeat, because it travels by name.
        args: what it is called with.
        kwargs: the same, by name.

    Raises:
        BrokenProcessPool: the worker died twice.
    """
    try:
        return _pool().submit(function, *args, **kwargs).result()
    except BrokenProcessPool:
        stop()
        return _pool().submit(function, *args, **kwargs).result()


def _pool() -> ProcessPoolExecutor:
    with _lock:
        if not _pools:
            _pools.append(own_process())
        return _pools[0]


def _submit_warm_up(pool: ProcessPoolExecutor) -> Future[None]:
    return pool.submit(_warm_up)


def _receive(home: Home, delivery: Delivery, actor: Actor) -> Receipt:
    from register import intake

    return intake.receive(home, [delivery], actor)[0]


def _warm_up() -> None:
    """Judge one empty file: that loads everything a real one needs."""
    from register.access import OPERATOR
    from register.home import Home
    from register.intake import Delivery, dry_run

    region = area_register().existing(AreaLevel.REGION, date(REPORTING_YEAR, 1, 1))[0]
    dry_run(
        Home.from_environment(), [Delivery(b"", "leeg.csv", region.code, Period.quarter(REPORTING_YEAR, 1))], OPERATOR
    )
