"""What is found and tidied while one file is read: bounded, because a bad file is wrong a million times."""

from collections import Counter
from typing import Any, Final

from expectations.findings import MAXIMUM_LISTED, Finding, Severity
from expectations.personal_data import echo
from expectations.reading.read_file import Unlisted
from expectations.rules import Rule, make_finding

_MAXIMUM_SAID: Final = 100


class Notes:
    """The findings and normalisations of one file; of each rule in each column only the first are listed."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.has_personal_data = False
        self._counts: Counter[tuple[Rule, str | None]] = Counter()
        self._said: list[str] = []

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong with the file as a whole, so that no row of it can be read."""
        return any(finding.severity is Severity.ERROR and finding.row is None for finding in self.findings)

    @property
    def normalisations(self) -> tuple[str, ...]:
        """What was tidied, in sentences."""
        more = len(self._said) - _MAXIMUM_SAID
        rest = (f"En nog {more} andere aanpassingen.",) if more > 0 else ()
        return (*self._said[:_MAXIMUM_SAID], *rest)

    @property
    def unlisted(self) -> tuple[Unlisted, ...]:
        """The findings that are only counted."""
        more = ((rule, column, count - MAXIMUM_LISTED) for (rule, column), count in self._counts.items())
        return tuple(Unlisted(rule, column, count) for rule, column, count in more if count > 0)

    def find(
        self, rule: Rule, *, row: int | None = None, column: str | None = None, value: str | None = None, **words: Any
    ) -> None:
        """Add a finding."""
        column = None if column is None else echo(column)
        self._counts[rule, column] += 1
        if self._counts[rule, column] <= MAXIMUM_LISTED:
            self.findings.append(make_finding(rule, row=row, column=column, value=value, **words))

    def count(self, rule: Rule, column: str | None, further: int) -> None:
        """Count findings beyond those that are listed already."""
        self._counts[rule, None if column is None else echo(column)] += further

    def say(self, sentence: str) -> None:
        """Add a normalisation; personal data in it is made unreadable."""
        self._said.append(echo(sentence))
