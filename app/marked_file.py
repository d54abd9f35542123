"""A delivery given back as a spreadsheet in which its faults are marked, made when somebody asks for it.

Belongs here: from a submission, or bytes that were only checked, to that file. Does not belong here: what it looks
like (`expectations.marked_copy`). Reading costs time and memory, so this runs in the worker.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from expectations.findings import Finding, Severity
from register import history
from register.access import Actor
from register.home import Home
from register.receipts import Receipt

_MARKED: Final = {Severity.ERROR: "fouten", Severity.WARNING: "waarschuwingen"}
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def marked_submission(home: Home, number: int, actor: Actor) -> bytes:
    """The marked copy of a file that was received.

    Raises:
        AccessDeniedError: `actor` may not read the file.
        DamagedFileError: the file is gone or damaged.
        QuarantinedFileError: it holds personal data.
    """
    _, content = history.raw_file(home, number, actor=actor)
    return marked_content(content, history.receipt(home, number, actor=actor).findings)


def marked_content(content: bytes, findings: Sequence[Finding]) -> bytes:
    """The marked copy of bytes that were read before, with what was found in them."""
    from expectations.marked_copy import marked_copy
    from expectations.reading import read_deliveries

    return marked_copy(read_deliveries([content])[0].cells, findings)


def marked_label(receipt: Receipt) -> str | None:
    """What the button for the marked copy says; None when there is nothing to mark, or nothing may be given back."""
    if receipt.has_personal_data or not (receipt.sha256 and receipt.findings):
        return None
    for severity, words in _MARKED.items():
        if receipt.finding_counts.get(severity):
            return f"Uw bestand met de {words} gemarkeerd (Excel)"
    return None


def marked_name(file_name: str) -> str:
    """How the marked copy of a file is called."""
    return f"gemarkeerd-{PurePath(file_name).stem}.xlsx"
