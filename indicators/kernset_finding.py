"""What a check of the kernset finds: where, what is wrong or missing, and what to do about it.

Does not belong here: what is checked (`kernset_check.py`, `kernset_gaps.py`).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic import ValidationError

from indicators.errors import DefinitionError

GUIDE: Final = "docs/add-an-indicator.md"
_LONGEST_VALUE: Final = 60
_YAML_REMEDY: Final = "correct the file; a text with a colon or a percent sign stands in quotes, or on a line below >-"
_REMEDIES: Final = {
    "missing": f"add the field; {GUIDE} says what it holds",
    "extra_forbidden": "remove the field, or correct its name",
}


class Severity(StrEnum):
    """How much a finding matters; only an error stops the build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The severity in a Dutch word."""
        return {"error": "fout", "warning": "waarschuwing", "note": "opmerking"}[self.value]


class Finding(NamedTuple):
    """One thing that is wrong or missing; `file` is a path under `indicators/`."""

    severity: Severity
    file: str
    field: str | None
    message: str
    remedy: str


def findings_of_reading(error: DefinitionError, file: str) -> Iterator[Finding]:
    """Why a file could not be read: one finding for each field that breaks the model."""
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        yield Finding(Severity.ERROR, file, None, str(error), _YAML_REMEDY)
        return
    for fault in cause.errors(include_url=False):
        place, told = ".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, ")
        is_about_a_value = fault["loc"] and fault["type"] != "missing"
        message = f"{told}; it says {_short(fault['input'])}" if is_about_a_value else told
        remedy = _REMEDIES.get(fault["type"], f"correct the value; {GUIDE} says what it holds")
        yield Finding(Severity.ERROR, file, place or None, message, remedy)


def adopted(fault: str, file: str, field: str | None = None) -> Finding:
    """A fault in one sentence, which says what to do after its last semicolon."""
    message, separator, remedy = fault.rpartition("; ")
    return Finding(Severity.ERROR, file, field, message if separator else fault, remedy if separator else "correct it")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
