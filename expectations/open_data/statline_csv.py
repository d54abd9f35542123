"""A CSV that somebody downloaded by hand from StatLine: titles instead of codes, read under the contract of the table.

Belongs here: the form of such a file (the contract has its signs). What its figures become is as for the answers of
OData. Quirks: UTF-8 with a mark or ISO-8859-1; rows of other regions and, empty, of gemeenten that ended; a last line
with the source; a star behind a provisional period; columns in the order in which somebody chose them.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from expectations.open_data.statline_contract import Contract, CsvForm, contract, period_code
from expectations.open_data.statline_document import Protocol, StatlineDocumentError
from expectations.open_data.statline_figures import AgreedFigures, checked, existing_gemeenten, require_as_agreed
from expectations.open_data.statline_table import NUMBER, Measure, TableDescription
from expectations.reading.decoding import decode
from indicators.periods import Period

_PROTOCOL = Protocol.V4
"""Codes of a table in the contract have the form of this version; a CSV has none."""


def is_statline_csv(content: bytes, table: str) -> bool:
    """Whether the first line has the column of regions of the table."""
    agreed = contract(table)
    region = agreed.dimensions[agreed.region_dimension].title
    first = content[:1_000].decode("cp1252", errors="replace").splitlines()[:1]
    return agreed.csv is not None and any(region in _cells(line, agreed.csv) for line in first)


def figures_of_csv(content: bytes, table: str, period: Period) -> AgreedFigures:
    """The figures of a table in a CSV.

    Raises:
        StatlineDocumentError: the file cannot be read as such a CSV.
        StatlineRefusedError: the table or a record is not as agreed.
    """
    agreed = contract(table)
    if agreed.csv is None:
        raise StatlineDocumentError(f"een CSV van tabel {table} wordt niet gelezen")
    header, rows = _rows(content, agreed.csv)
    frame = pd.DataFrame(rows, columns=header)
    columns = {d.title: name for name, d in agreed.dimensions.items() if d.title in header}
    topics = {_title(m.title, m.unit): m.v4 or m.v3 for m in agreed.measures}
    found = _description(agreed, frame, columns, topics)
    require_as_agreed(agreed, found, _PROTOCOL, period)
    coded = _coded(agreed, agreed.csv, frame, columns, period)
    names = {code: title for title, code in topics.items()}
    cells = {code: _cells_of(agreed.csv, coded, frame[names[code]]) for code in agreed.filled(_PROTOCOL)}
    return checked(AgreedFigures(agreed, found, cells, period), {})


def _rows(content: bytes, form: CsvForm) -> tuple[list[str], list[list[str]]]:
    decoded = decode(content)
    if decoded.finding:
        raise StatlineDocumentError(decoded.finding.message.rstrip("."))
    try:
        lines = [row for row in csv.reader(io.StringIO(decoded.text), delimiter=form.separator, strict=True) if row]
    except csv.Error as error:
        raise StatlineDocumentError(f"het is geen tabel ({error})") from error
    if lines and lines[-1][0].startswith(form.source_line):
        lines.pop()
    header, rows = [_one_space(name) for name in lines[0]], lines[1:]
    if double := sorted({name for name in header if header.count(name) > 1}):
        raise StatlineDocumentError(f"een kolom staat er meer dan één keer in: {', '.join(double)}")
    wrong = next((n for n, row in enumerate(rows, start=1) if len(row) != len(header)), None)
    if wrong:
        raise StatlineDocumentError(f"record {wrong} heeft {len(rows[wrong - 1])} cellen in plaats van {len(header)}")
    return header, [[cell.strip() for cell in row] for row in rows]


def _description(
    agreed: Contract, frame: pd.DataFrame, columns: Mapping[str, str], topics: Mapping[str, str]
) -> TableDescription:
    """What the file says of the table; a topic that nobody reads need not be chosen."""
    known = {m.v4 or m.v3: Measure(m.title or "", m.unit or "") for m in agreed.measures}
    measures = {code: known[code] for title, code in topics.items() if title in frame or code not in _read(agreed)}
    measures |= {title: Measure(title, "") for title in frame.columns if title not in columns and title not in topics}
    periods = {title: _period(agreed, title) for title in _distinct(frame, agreed, agreed.time_dimension)}
    codes = {
        name: {
            code: title for title in _distinct(frame, agreed, name) for code in [_codes(agreed, name).get(title, title)]
        }
        for name in columns.values()
        if name not in (agreed.time_dimension, agreed.region_dimension)
    }
    return TableDescription(
        modified="",
        dimensions={name: agreed.dimensions[name].kind for name in columns.values()},
        measures=measures,
        codes=codes | {agreed.time_dimension: {code: title for title, (code, _) in periods.items()}},
        status=dict(periods.values()),
    )


def _coded(
    agreed: Contract, form: CsvForm, frame: pd.DataFrame, columns: Mapping[str, str], period: Period
) -> pd.DataFrame:
    """The dimensions in codes; rows of regions that are no gemeente are left out."""
    coded = frame[list(columns)].rename(columns=columns)
    regions, gemeenten = coded[agreed.region_dimension], existing_gemeenten(period)
    coded = coded[[not title.endswith(form.not_gemeenten) for title in regions]].copy()
    by_title = {name: code for code, name in gemeenten.items()}
    by_title |= {f"{name}{form.title_suffix}": code for code, name in gemeenten.items()}
    readers = {name: _codes(agreed, name) for name in columns.values()}
    readers |= {agreed.region_dimension: by_title}
    readers |= {agreed.time_dimension: {t: _period(agreed, t)[0] for t in coded[agreed.time_dimension].unique()}}
    for name, codes in readers.items():
        coded[name] = [codes.get(title, title) for title in coded[name]]
    return coded


def _cells_of(form: CsvForm, coded: pd.DataFrame, column: "pd.Series[str]") -> pd.DataFrame:
    """The cells in long form; `row` is the record in the file, from 1."""
    texts = column.loc[coded.index]
    is_number = texts.str.fullmatch(rf"-?[0-9]+(?:{form.decimal_sign}[0-9]+)?")
    values = pd.to_numeric(texts.where(is_number, "").str.replace(form.decimal_sign, ".", regex=False), errors="coerce")
    reasons = [
        NUMBER if number else form.missing.get(text, text) for text, number in zip(texts, is_number, strict=True)
    ]
    return coded.assign(value=values.astype("float64"), reason=reasons, row=coded.index + 1).reset_index(drop=True)


def _read(agreed: Contract) -> Iterable[str]:
    return agreed.filled(_PROTOCOL).keys()


def _distinct(frame: pd.DataFrame, agreed: Contract, name: str) -> Sequence[str]:
    title = agreed.dimensions[name].title
    return list(frame[title].unique()) if title in frame else []


def _codes(agreed: Contract, name: str) -> Mapping[str, str]:
    """Code by title."""
    return {title: code for code, title in agreed.dimensions[name].codes.items()}


def _period(agreed: Contract, title: str) -> tuple[str, str]:
    """Code and status of a period."""
    year, sign = title.rstrip("*"), title[len(title.rstrip("*")) :]
    statuses = agreed.csv.statuses if agreed.csv else {}
    is_year = year.isdigit() and len(year) == 4
    return (period_code(Period.parse(year)) if is_year else title), statuses.get(sign, sign)


def _title(title: str | None, unit: str | None) -> str:
    return f"{title} ({unit})"


def _one_space(name: str) -> str:
    return " ".join(name.split())


def _cells(line: str, form: CsvForm) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(form.separator)]
