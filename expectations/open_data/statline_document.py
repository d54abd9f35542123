"""The one JSON file in which the answers of CBS StatLine to a question are kept: the raw file of the register.

Belongs here: the form of that file. Every answer is in it as it was received, letter for letter, with its address; the
moment of downloading is not, so that the same answers are the same bytes (decision 0017).
Does not belong here: asking (`orchestration/statline/`) and what the answers say (`statline_table.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

FORM: Final = "statline-1"
_START: Final = b'{"answers":'


class Protocol(StrEnum):
    """Version of OData that was spoken: 4 is what CBS advises, 3 its older feed."""

    V4 = "v4"
    V3 = "v3"


class StatlineDocumentError(ValueError):
    """The bytes are no such document; the text says in Dutch what is wrong."""


@dataclass(frozen=True)
class Answer:
    """One answer: the part of the table that was asked (`Observations`, `PeriodenCodes`), the address and the text."""

    part: str
    address: str
    body: str

    def content(self) -> Mapping[str, Any]:
        """The answer as a JSON object.

        Raises:
            StatlineDocumentError: it is none.
        """
        try:
            content = json.loads(self.body)
        except json.JSONDecodeError as error:
            raise StatlineDocumentError(f"het antwoord van {self.address} is geen JSON ({error})") from error
        if not isinstance(content, dict):
            raise StatlineDocumentError(f"het antwoord van {self.address} is geen JSON-object")
        return content

    def records(self) -> list[dict[str, Any]]:
        """The records in the answer.

        Raises:
            StatlineDocumentError: it has no list of records under `value`.
        """
        records = self.content().get("value")
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise StatlineDocumentError(f"het antwoord van {self.address} heeft geen lijst 'value'")
        return records


@dataclass(frozen=True)
class StatlineDocument:
    """What was asked of a table and every answer, in the order in which they came."""

    protocol: Protocol
    table: str
    period: str
    filter: str
    answers: tuple[Answer, ...]
    related: tuple["StatlineDocument", ...] = ()
    """What was asked of other tables, without which these figures cannot be read."""

    def records(self, part: str) -> list[dict[str, Any]]:
        """The records of all pages of a part under each other.

        Raises:
            StatlineDocumentError: an answer has no records.
        """
        return [record for answer in self.answers if answer.part == part for record in answer.records()]


def is_statline_document(content: bytes) -> bool:
    """Whether the bytes begin as `pack` writes them."""
    return content.startswith(_START)


def pack(document: StatlineDocument) -> bytes:
    """The bytes to keep; equal documents give equal bytes."""
    written = {"form": FORM, **asdict(document)}
    if not document.related:
        del written["related"]
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def unpack(content: bytes) -> StatlineDocument:
    """The inverse of `pack`.

    Raises:
        StatlineDocumentError: the bytes are no such document.
    """
    try:
        written = json.loads(content.decode("utf-8"))
        document = _document(written)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StatlineDocumentError(f"het is geen geheel JSON-document van de vorm {FORM}") from error
    if written.get("form") != FORM:
        raise StatlineDocumentError(f"het heeft de vorm '{written.get('form')}' in plaats van {FORM}")
    return document


def _document(written: Mapping[str, Any]) -> StatlineDocument:
    return StatlineDocument(
        protocol=Protocol(written["protocol"]),
        table=str(written["table"]),
        period=str(written["period"]),
        filter=str(written["filter"]),
        answers=tuple(Answer(a["part"], a["address"], a["body"]) for a in written["answers"]),
        related=tuple(_document(other) for other in written.get("related", ())),
    )
