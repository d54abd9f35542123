"""The one exception of the reader: nothing of a file can be read. It never leaves `reading`."""

from typing import Any

from expectations.rules import Rule, make_finding


class RefusedFileError(Exception):
    """A file of which nothing is read, with the finding that says why."""

    def __init__(self, rule: Rule, **words: Any) -> None:
        super().__init__(rule)
        self.finding = make_finding(rule, **words)
