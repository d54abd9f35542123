"""A delivery given back as a workbook with its findings marked.

Belongs here: reading the stored file once more for it; called in the process of `intake_worker.py`, because it is work.
Does not belong here: how the copy looks (`expectations.marked_copy`).
"""

from typing import NamedTuple

from register.access import Actor
from register.history import raw_file, receipt
from register.home import Home


class MarkedCopy(NamedTuple):
    """A workbook as a file."""

    file_name: str
    content: bytes


def marked_copy_of(home: Home, number: int, *, actor: Actor) -> MarkedCopy:
    """The file of a submission as XLSX, with what was found in it.

    Raises:
        AccessDeniedError: `actor` may not read it, or it does not exist for him.
        QuarantinedFileError: it holds personal data.
        UnknownSubmissionError: there is no such submission.
    """
    from expectations.marked_copy import marked_copy
    from expectations.reading import read_deliveries

    found = receipt(home, number, actor=actor)
    _, content = raw_file(home, number, actor=actor)
    cells = read_deliveries([content])[0].cells
    return MarkedCopy(f"aanlevering_{number}_gemarkeerd.xlsx", marked_copy(cells, found.findings))
