"""A process of its own for Great Expectations: warm, one at a time, and never left behind.

Its import costs seconds and hundreds of megabytes, which a server or a command that does other work should not pay.
"""

import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from expectations.suite import warm_up

_LOOK_SECONDS = 0.5


def own_process() -> ProcessPoolExecutor:
    """A pool of one process that ends with this one, also when this one is killed."""
    return ProcessPoolExecutor(
        max_workers=1, mp_context=get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    warm_up()


def _end_with(parent: int) -> None:
    """A pool does not notice that its owner was killed, and would wait for work for ever."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
