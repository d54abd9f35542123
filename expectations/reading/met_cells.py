"""What is met in a sheet beside its texts: formulas, hidden rows, merged cells, cells outside the table.

Belongs here: counting it while rows stream by, and telling it once the header is known.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from expectations.columns import Column
from expectations.findings import MAXIMUM_LISTED
from expectations.reading.notes import Notes
from expectations.reading.privacy import find_in_row
from expectations.reading.tables import Header, column_letters, tell_outside
from expectations.rules import Rule

_COUNTED: Final = frozenset({Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE})
_NAMED: Final = 10

Range = tuple[int, int, int, int]
"""First row, last row (from 1), first column, last column (from 0)."""


class MetCells:
    """What is met while one sheet is read."""

    def __init__(self) -> None:
        self.formula_count = 0
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Range] = []
        self._hidden_rows: list[int] = []
        self._hidden_row_count = 0
        self._odd: dict[tuple[Rule, int], list[tuple[int, str]]] = {}
        self._odd_counts: Counter[tuple[Rule, int]] = Counter()
        self._outside: dict[int, tuple[int, str]] = {}
        self._outside_counts: Counter[int] = Counter()
        self._personal = Notes()

    def odd(self, rule: Rule, row: int, number: int, text: str) -> None:
        """A cell with which a rule may find fault, once it is known what its column is."""
        self._odd_counts[rule, number] += 1
        if self._odd_counts[rule, number] <= MAXIMUM_LISTED:
            self._odd.setdefault((rule, number), []).append((row, text))

    def outside(self, row: int, number: int, text: str) -> None:
        """A cell beyond the last column with a header."""
        self._outside_counts[number] += 1
        self._outside.setdefault(number, (row, text))
        find_in_row(row, [text], self._personal)

    def hidden_row(self, row: int) -> None:
        """A row that is filled and not shown."""
        self._hidden_row_count += 1
        if len(self._hidden_rows) < _NAMED:
            self._hidden_rows.append(row)

    def tell(self, header: Header, notes: Notes) -> None:
        """Tell all of it."""
        self._tell_odd(header, notes)
        self._tell_merged(header, notes)
        for number, (row, text) in sorted(self._outside.items()):
            tell_outside(number, row, text, self._outside_counts[number], notes)
        notes.take(self._personal)
        if self.formula_count:
            notes.say(f"Aantal formules, gelezen met de uitkomst die in het bestand staat: {self.formula_count}.")
        if self._hidden_rows:
            rows = ", ".join(map(str, self._hidden_rows))
            more = ", ..." if self._hidden_row_count > len(self._hidden_rows) else ""
            notes.say(f"Aantal verborgen rijen, die gewoon gelezen zijn: {self._hidden_row_count} (rij {rows}{more}).")
        self._say_hidden_columns(header, notes)

    def _tell_odd(self, header: Header, notes: Notes) -> None:
        for (rule, number), cells in self._odd.items():
            column = header.columns[number] if number < header.width else None
            if column is None or (rule is Rule.CELL_RAISED_TEXT and column not in _COUNTED):
                continue
            below = [cell for cell in cells if cell[0] > header.row]
            for row, text in below:
                notes.find(rule, row=row, column=column, value=text)
            notes.count(rule, column, self._odd_counts[rule, number] - len(cells))

    def _tell_merged(self, header: Header, notes: Notes) -> None:
        for first_row, last_row, first, last in self.merged:
            taken = [number for number in range(first, min(last + 1, header.width)) if header.columns[number]]
            begin = max(first_row, header.row + 1)
            if taken and len(taken) * (last_row - begin + 1) > 1:
                cells = f"{column_letters(first)}{first_row}:{column_letters(last)}{last_row}"
                notes.find(Rule.CELL_MERGED, row=begin, column=header.columns[taken[0]], cells=cells)

    def _say_hidden_columns(self, header: Header, notes: Notes) -> None:
        hidden = [
            header.names[number] for number in _within(self.hidden_columns, header.width) if header.columns[number]
        ]
        if hidden:
            notes.say(f"Verborgen kolommen zijn gewoon gelezen: {', '.join(hidden)}.")


def _within(ranges: Sequence[tuple[int, int]], width: int) -> list[int]:
    return [number for first, last in ranges for number in range(first, min(last + 1, width))]
