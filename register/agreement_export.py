"""Afspraken as a file, to read, to edit and to bring back (`agreement_import.py`).

Belongs here: which afspraken, for whom, under which name. Does not belong here: how the file is made.
"""

from enum import StrEnum
from typing import NamedTuple

from register.access import Action, Actor, require
from register.agreement_workbook import json_file, xlsx_file
from register.agreements import agreements
from register.functie_list import functie_list
from register.home import Home


class AgreementFormat(StrEnum):
    """In which form afspraken are written."""

    XLSX = "xlsx"
    JSON = "json"


class AgreementFile(NamedTuple):
    """A file with afspraken, under the name that it should get."""

    file_name: str
    content: bytes


def export(
    home: Home, region: str | None = None, format_: AgreementFormat = AgreementFormat.XLSX, *, actor: Actor
) -> AgreementFile:
    """The afspraken of a region, or of all, that still stand; a region without any gives a file to fill in.

    Raises:
        AccessDeniedError: `actor` may not read them whole.
        UnknownCodeError: the region does not exist.
    """
    require(actor, Action.READ_AGREEMENT, region or "NL")
    views = agreements(home, region, actor=actor)
    name = f"afspraken_{region or 'alle'}.{format_}"
    if format_ is AgreementFormat.JSON:
        return AgreementFile(name, json_file(views))
    return AgreementFile(name, xlsx_file(views, functie_list(home)))
