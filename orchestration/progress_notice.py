"""The line on every page that tells which work goes on in the background."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from register.durable import replace_durably
from register.home import Home
from register.locks import scratch


@contextmanager
def noticed(home: Home, say: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Say each step to a person at the terminal and to whoever looks at a page; the line goes at the end."""

    def say_both(step: str) -> None:
        say(step)
        with scratch(home) as tmp:
            replace_durably(home.notice_path, json.dumps({"text": step}).encode(), tmp)

    try:
        yield say_both
    finally:
        home.notice_path.unlink(missing_ok=True)
