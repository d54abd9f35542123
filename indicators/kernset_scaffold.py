"""How the next kernset begins: a copy of the one in force with other versions, and a mark where words are needed.

Belongs here: the text of the new file. Does not belong here: writing it to disk
(`orchestration/commands/kernset.py`), and what a kernset must say (`kernset_model.py`, `kernset_checks.py`).
"""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

import yaml

from indicators.errors import UnknownCodeError
from indicators.kernset_model import Kernset
from indicators.unfilled import MARK

_ID: Final = re.compile(r"([A-Z]{3}\d{2})@([1-9]\d*)")
_NUMBER_AT_THE_END: Final = re.compile(r"\d+$")


def next_kernset(
    kernset: Kernset, listed: Iterable[str], retired: Iterable[str], *, known: Collection[str]
) -> tuple[str, str]:
    """The name of the next kernset and the text of its file.

    Args:
        kernset: the one in force.
        listed: ids (`PRE02@2`) that take the place of an earlier version, or are added at the end.
        retired: codes (`PRE04`) that leave the kernset.
        known: the ids of all definitions.

    Raises:
        UnknownCodeError: an id or code has another form or does not exist; every one is named.
    """
    new, leaving = list(listed), list(retired)
    versions: dict[str, str] = {name.split("@")[0]: name for name in kernset.indicators}
    wrong = [name for name in new if not _ID.fullmatch(name) or name not in known]
    wrong += [code for code in leaving if code not in versions]
    if wrong:
        raise UnknownCodeError(
            f"{', '.join(wrong)}: dit staat niet in de definities of in kernset {kernset.version}. Schrijf een versie "
            "zoals PRE02@2, en een indicator die vervalt zoals PRE04."
        )
    versions |= {name.split("@")[0]: name for name in new}
    number = kernset.number + 1
    name = _next_name(kernset.version, number)
    document = {
        "version": name,
        "number": number,
        "name": kernset.name,
        "status": kernset.status,
        "note": kernset.note,
        "reason": f"{MARK}: wat er is veranderd ten opzichte van {kernset.version}, en waarom",
        "retired": [_retirement(code) for code in leaving],
        "indicators": [name for code, name in versions.items() if code not in leaving],
    }
    return name, yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)


def _next_name(version: str, number: int) -> str:
    """`kandidaat-0` becomes `kandidaat-1`; a name without a number gets one."""
    found, count = _NUMBER_AT_THE_END.subn(str(number), version)
    return found if count else f"{version}-{number}"


def _retirement(code: str) -> dict[str, Any]:
    return {
        "indicator": code,
        "last_period": f"{MARK}: de laatste periode met cijfers, bijvoorbeeld 2026Q4",
        "successor": None,
        "reason": f"{MARK}: waarom de indicator vervalt",
    }
