"""The one exception with which a part of the reader says that nothing of a file can be read; it never leaves `reading`."""

from typing import Any

from expectations.rules import Rule, make_finding


class RefusedFileError(Exception):
    """A file of which nothing is read, with the finding that says why."""

    def __init__(self, rule: Rule, **words: Any) -> None:
        super().__init__(rule)
        self.finding = make_finding(rule, **words)
