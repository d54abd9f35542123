"""The name that a sender gave to a file: information to show, never a path."""

import re
import unicodedata
from typing import Final

MAXIMUM_LENGTH: Final = 200
NAMELESS: Final = "naamloos"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def tidy_file_name(text: str) -> str:
    """The last part of a name, without control and direction characters, at most 200 characters.

    Tidying a tidy name changes nothing, so names in the ledger stay what they are.
    """
    last = re.split(r"[/\\]", text)[-1]
    seen = "".join(character for character in last if unicodedata.category(character) not in _UNSEEN)
    name = " ".join(unicodedata.normalize("NFC", seen).split())[:MAXIMUM_LENGTH].strip()
    return name if name.strip(".") else NAMELESS
