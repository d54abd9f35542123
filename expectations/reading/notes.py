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
        self._listed: Counter[tuple[Rule, str | None]] = Counter()
        self._further: Counter[tuple[Rule, str | None]] = Counter()
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
        return tuple(Unlisted(rule, column, further) for (rule, column), further in self._further.items())

    def find(
        self, rule: Rule, *, row: int | None = None, column: str | None = None, value: str | None = None, **words: Any
    ) -> None:
        """Add a finding."""
        column = None if column is None else echo(column)
        if self._listed[rule, column] < MAXIMUM_LISTED:
            self._listed[rule, column] += 1
            self.findings.append(make_finding(rule, row=row, column=column, value=value, **words))
        else:
            self._further[rule, column] += 1

    def count(self, rule: Rule, column: str | None, further: int) -> None:
        """Count findings beyond those that are listed already."""
        if further:
            self._further[rule, None if column is None else echo(column)] += further

    def take(self, other: "Notes") -> None:
        """Add what was found elsewhere."""
        self.findings += other.findings
        self.has_personal_data |= other.has_personal_data
        for rule, column, further in other.unlisted:
            self._further[rule, column] += further

    def say(self, sentence: str) -> None:
        """Add a normalisation; personal data in it is made unreadable."""
        self._said.append(echo(sentence))
