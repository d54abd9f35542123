"""What the ledger says about files with personal data: which bytes are set apart, which are destroyed, and doing so.

The events come first and the bytes follow, so that a crash in between is finished from what the ledger says.
Belongs here: that rule, and leaving out of a verdict what such a file says. Does not belong here: how personal data
is found (`expectations/`), and moving and removing files (`raw_files.py`).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from expectations.columns import Column
from expectations.findings import Finding, FindingGroup
from expectations.personal_data import PersonalData, personal_data
from expectations.rules import Rule, rule_texts
from register.events import Event, Purged, Received, Rejected
from register.home import Home
from register.raw_files import RawFiles

HIDDEN: Final = "(niet getoond)"
"""What stands for a text from a file with personal data."""


class _Hidden(dict[str, object]):
    """The words of a message, in which everything that is not named is hidden."""

    def __missing__(self, key: str) -> str:
        return HIDDEN


class SetApart(NamedTuple):
    """The hashes of bytes that hold personal data, by what must be done with them."""

    quarantined: frozenset[str]
    destroyed: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every hash of which the ledger knows that the bytes hold personal data."""
        return self.quarantined | self.destroyed


def set_apart(events: Iterable[Event]) -> SetApart:
    """Which bytes must be in quarantine, and which must be gone, as the ledger says."""
    hashes: dict[int, str] = {}
    personal: set[str] = set()
    destroyed: set[str] = set()
    for event in events:
        match event.content:
            case Received(sha256=sha256):
                hashes[event.sequence] = sha256
            case Rejected(submission=number, has_personal_data=True):
                personal.add(hashes[number])
            case Purged(sha256=sha256):
                destroyed.add(sha256)
            case _:
                pass
    return SetApart(frozenset(personal - destroyed), frozenset(destroyed))


def settle(home: Home, events: Sequence[Event], *, only: Collection[str] | None = None) -> None:
    """Make the folders what the ledger says: set apart and destroy what a crash or a second sending left behind.

    Args:
        home: the data directory.
        events: the whole ledger, read after the bytes were written.
        only: the hashes to look at; without it all.
    """
    wanted = set_apart(events)
    files = RawFiles(home)
    for sha256 in wanted.quarantined:
        if (only is None or sha256 in only) and (home.files_path / sha256).exists():
            files.quarantine(sha256)
    for sha256 in wanted.destroyed:
        if (only is None or sha256 in only) and files.has(sha256):
            files.destroy(sha256)


def without_personal_data(finding: Finding) -> Finding:
    """A finding that says where and which rule, and nothing of what the file says there."""
    column = _own_column(finding.column)
    words = _Hidden(row=finding.row, column=column)
    text = rule_texts()[Rule(finding.rule)]
    return finding.model_copy(
        update={
            "column": column,
            "value": None if finding.value is None else HIDDEN,
            "message": text.message.format_map(words),
            "remedy": text.remedy.format_map(words),
        }
    )


def group_without_personal_data(group: FindingGroup) -> FindingGroup:
    """A group of findings with nothing of what the file says."""
    column = _own_column(group.column)
    words = _Hidden(row=group.first_row, column=column)
    text = rule_texts()[Rule(group.rule)]
    return group.model_copy(
        update={
            "column": column,
            "message": text.message.format_map(words),
            "remedy": text.remedy.format_map(words),
        }
    )


def has_bsn(text: str) -> bool:
    """Whether a text, which the ledger would keep for ever, names a burgerservicenummer."""
    return PersonalData.BSN in personal_data(text)


def _own_column(name: str | None) -> str | None:
    """The name of one of our columns; a name that only the file has is hidden."""
    return name if name is None or name in set(Column) else HIDDEN
