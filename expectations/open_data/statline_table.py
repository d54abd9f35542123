"""What the answers of StatLine say, the same for both versions of the protocol.

Belongs here: how OData v4 (`Dimensions`, `MeasureCodes`, `<Dimension>Codes`, long `Observations`) and v3
(`DataProperties`, one part per dimension, wide `TypedDataSet`) name the same things. CBS pads keys and titles with
blanks; everything here is trimmed.
Does not belong here: what a table must look like (`statline_contract.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from expectations.open_data.statline_document import Protocol, StatlineDocument, StatlineDocumentError

TIME: Final = "TimeDimension"
KINDS: Final = frozenset({"Dimension", TIME, "GeoDimension", "GeoDetail"})
NUMBER: Final = "None"
"""`ValueAttribute` of a cell that has a number."""
_WITHOUT_REASON: Final = "NotAvailable"
"""What version 3, which gives no reason, means with an empty cell."""

METADATA: Final[Mapping[Protocol, Sequence[str]]] = {
    Protocol.V4: ("Properties", "Dimensions", "MeasureCodes"),
    Protocol.V3: ("TableInfos", "DataProperties"),
}
"""The parts that say what a table is; the code lists are asked when the dimensions are known."""
OBSERVATIONS: Final[Mapping[Protocol, str]] = {Protocol.V4: "Observations", Protocol.V3: "TypedDataSet"}


@dataclass(frozen=True)
class Measure:
    """A thing that a table counts."""

    title: str
    unit: str


@dataclass(frozen=True)
class TableDescription:
    """What a table says about itself; keys are codes, trimmed."""

    modified: str
    dimensions: Mapping[str, str]
    measures: Mapping[str, Measure]
    codes: Mapping[str, Mapping[str, str]]
    status: Mapping[str, str]


def codes_part(protocol: Protocol, dimension: str) -> str:
    """The part that lists the codes of a dimension."""
    return f"{dimension}Codes" if protocol is Protocol.V4 else dimension


def dimensions(document: StatlineDocument) -> dict[str, str]:
    """The dimensions of the table and the kind of each.

    Raises:
        StatlineDocumentError: an answer is not as the protocol says.
    """
    if document.protocol is Protocol.V4:
        return {_text(record, "Identifier"): _text(record, "Kind") for record in document.records("Dimensions")}
    properties = document.records("DataProperties")
    return {_text(record, "Key"): _text(record, "Type") for record in properties if record.get("Type") in KINDS}


def describe(document: StatlineDocument) -> TableDescription:
    """Everything but the figures.

    Raises:
        StatlineDocumentError: an answer is not as the protocol says.
    """
    found, key = dimensions(document), "Identifier" if document.protocol is Protocol.V4 else "Key"
    lists = {name: document.records(codes_part(document.protocol, name)) for name in found}
    return TableDescription(
        modified=modified(document),
        dimensions=found,
        measures=_measures(document),
        codes={name: {_text(r, key): _text(r, "Title") for r in records} for name, records in lists.items()},
        status={
            _text(record, key): str(record.get("Status") or "").strip()
            for name, records in lists.items()
            if found[name] == TIME
            for record in records
        },
    )


def modified(document: StatlineDocument) -> str:
    """When CBS last changed the table, as CBS writes it.

    Raises:
        StatlineDocumentError: an answer is not as the protocol says.
    """
    if document.protocol is Protocol.V3:
        return "".join(_text(record, "Modified") for record in document.records("TableInfos")[:1])
    return "".join(_text(a.content(), "Modified") for a in document.answers if a.part == "Properties")


def observations(document: StatlineDocument, names: Sequence[str], measure: str) -> pd.DataFrame:
    """The figures in long form: the dimensions, `value` (null without a number), `reason`, `row` (from 1).

    Raises:
        StatlineDocumentError: a record lacks one of these, or has a text where a number belongs.
    """
    records = document.records(OBSERVATIONS[document.protocol])
    if document.protocol is Protocol.V4:
        records = [record for record in records if _text(record, "Measure") == measure]
    value_key = "Value" if document.protocol is Protocol.V4 else measure
    columns: dict[str, list[Any]] = {name: [_text(record, name) for record in records] for name in names}
    values = [_number(record, value_key) for record in records]
    if document.protocol is Protocol.V4:
        reasons = [_text(record, "ValueAttribute") for record in records]
    else:
        reasons = [_WITHOUT_REASON if value is None else NUMBER for value in values]
    frame = pd.DataFrame({**columns, "value": values, "reason": reasons})
    return frame.assign(value=frame["value"].astype("float64"), row=range(1, len(frame) + 1))


def _measures(document: StatlineDocument) -> dict[str, Measure]:
    if document.protocol is Protocol.V4:
        records, key = document.records("MeasureCodes"), "Identifier"
    else:
        records, key = [r for r in document.records("DataProperties") if r.get("Type") == "Topic"], "Key"
    return {_text(r, key): Measure(_text(r, "Title"), str(r.get("Unit") or "").strip()) for r in records}


def _text(record: Mapping[str, Any], name: str) -> str:
    """A text of a record, without the blanks around it."""
    value = record.get(name)
    if not isinstance(value, str):
        raise StatlineDocumentError(f"een record heeft geen tekst bij '{name}': {str(dict(record))[:200]}")
    return value.strip()


def _number(record: Mapping[str, Any], name: str) -> float | None:
    value = record.get(name)
    if value is None and name in record:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise StatlineDocumentError(f"een record heeft geen getal bij '{name}': {str(dict(record))[:200]}")
    return float(value)
