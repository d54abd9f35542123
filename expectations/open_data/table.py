"""What every open-data reader does alike: bytes to a table of text, numbers with the place of what is none, strata.

The quirks of one source are in its own module. Open data comes from its owner unchanged, so a reader refuses what it
does not know instead of tidying it.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from expectations.canonical import empty_canonical
from expectations.cells import read_age_band, read_sex
from expectations.findings import MAXIMUM_LISTED, Finding, Severity
from expectations.numbers import UnreadableCellError
from expectations.open_data.csv_contract import CsvContract, header_differences
from expectations.open_data.open_data_file import OpenDataFile
from expectations.reading.decoding import decode
from expectations.reading.kinds import CSV_WANTED
from expectations.rules import Rule, make_finding
from indicators.errors import UnknownCodeError
from indicators.periods import Period, PeriodKind
from indicators.strata import Stratum


@dataclass
class Table:
    """A file on its way to canonical rows: text cells under lower-case headers, and what was found.

    The index of `cells` is the row as a spreadsheet shows it.
    """

    cells: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    normalisations: list[str] = field(default_factory=list)
    decimal_sign: str = "."

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def find_cells(self, rule: Rule, column: str, is_wrong: "pd.Series[bool]", **words: str) -> None:
        """One finding per cell of a column that is wrong, as far as they are listed."""
        wrong = self.cells.loc[is_wrong, column].head(MAXIMUM_LISTED)
        self.findings += [
            make_finding(rule, row=int(str(row)), column=column, value=value, **words) for row, value in wrong.items()
        ]

    def numbers(self, column: str) -> "pd.Series[float]":
        """A column as numbers with the decimal sign of the contract; what is no number is found and null."""
        text = self.cells[column]
        if self.decimal_sign != ".":
            text = text.where(~text.str.contains(".", regex=False), "").str.replace(self.decimal_sign, ".", regex=False)
        numbers: pd.Series[float] = pd.to_numeric(text, errors="coerce").astype("float64")
        self.find_cells(Rule.OPEN_DATA_NUMBER, column, numbers.isna())
        return numbers

    def mapped(self, column: str, reader: Callable[[str], Any], rule: Rule) -> "pd.Series[Any]":
        """A column read per distinct text; what `reader` refuses is found and null."""
        distinct = {text: _read_or_none(reader, text) for text in self.cells[column].unique()}
        values = self.cells[column].map(distinct)
        self.find_cells(rule, column, values.isna())
        return values

    def stratum_keys(self, age_column: str, sex_column: str) -> "pd.Series[float]":
        """The stratum of every row; an unknown age band or sex is found."""
        ages = self.mapped(age_column, lambda text: Stratum(read_age_band(text)).key, Rule.OPEN_DATA_KEY_INVALID)
        sexes = self.mapped(sex_column, lambda text: Stratum(sex=read_sex(text)).key, Rule.OPEN_DATA_KEY_INVALID)
        return ages + sexes

    def find_repeated(self, *keys: "pd.Series[Any]") -> None:
        """One finding per row whose keys an earlier row has too."""
        repeated = pd.concat(keys, axis=1).duplicated()
        for row in self.cells.index[repeated][:MAXIMUM_LISTED]:
            self.findings.append(make_finding(Rule.OPEN_DATA_REPEATED, row=int(row)))

    def file(self, dataset_code: str, period: Period, canonical: Callable[[], pd.DataFrame]) -> OpenDataFile:
        """The result; canonical rows are made only when no error was found."""
        rows = empty_canonical() if self.is_refused else canonical()
        return OpenDataFile(dataset_code, period, rows, tuple(self.findings), tuple(self.normalisations))


def read_table(content: bytes, agreed: CsvContract) -> Table:
    """The text of a file with one header row, as far as it keeps to its contract. Never raises on bad input."""
    decoded = decode(content)
    if decoded.finding:
        return Table(pd.DataFrame(), [decoded.finding])
    try:
        header, *rows = csv.reader(io.StringIO(decoded.text, newline=None), delimiter=agreed.separator, strict=True)
    except csv.Error:
        return Table(
            pd.DataFrame(), [make_finding(Rule.FILE_TYPE, kind="een tekstbestand dat geen tabel is", wanted=CSV_WANTED)]
        )
    frame = _frame([name.strip().lower() for name in header], rows)
    table = Table(frame, normalisations=[*decoded.normalisations], decimal_sign=agreed.decimal_sign)
    _find_field_counts(table, len(header), rows)
    return table


def find_differences(table: Table, agreed: CsvContract, content: bytes, period: Period) -> None:
    """One finding per way in which a readable table is not as its contract says."""
    if table.is_refused:
        return
    table.findings += [
        make_finding(Rule.OPEN_DATA_DIFFERS, source=agreed.source, period_code=period.code, difference=difference,
                     contract=agreed.dataset)
        for difference in [*_other_letters(agreed, content), *header_differences(agreed, table.cells.columns, period)]
    ]  # fmt: skip


def _other_letters(agreed: CsvContract, content: bytes) -> Iterator[str]:
    try:
        content.decode(agreed.encoding)
    except UnicodeDecodeError as error:
        yield f"byte {error.start + 1} is geen {agreed.encoding}"


def require_year(period: Period) -> None:
    """Open data comes per year.

    Raises:
        UnknownCodeError: the period is a quarter or half-year.
    """
    if period.kind is not PeriodKind.YEAR:
        raise UnknownCodeError(
            f"Open data komt per jaar; '{period}' is geen jaar. Geef een jaar op, bijvoorbeeld 2023."
        )


def _frame(header: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    width = len(header)
    filled = [(number, row) for number, row in enumerate(rows, start=2) if len(row) == width]
    return pd.DataFrame([row for _, row in filled], columns=list(header), index=[number for number, _ in filled])


def _find_field_counts(table: Table, width: int, rows: Sequence[Sequence[str]]) -> None:
    """Rows with another number of fields; a line without anything is no row."""
    wrong = [(number, row) for number, row in enumerate(rows, start=2) if row and len(row) != width]
    table.findings += [
        make_finding(Rule.ROW_FIELD_COUNT, row=number, found=len(row), expected=width)
        for number, row in wrong[:MAXIMUM_LISTED]
    ]


def _read_or_none(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except UnreadableCellError:
        return None
