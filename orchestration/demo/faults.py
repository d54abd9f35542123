"""What deliberately goes wrong in the files of some stories: one small function per fault.

Each takes the right rows and gives rows with one fault, of a kind that really occurs.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from orchestration.demo.deliveries import DeliveryRow, percentage
from orchestration.demo.stories import Correction

Fault: TypeAlias = Callable[[list[DeliveryRow]], list[DeliveryRow]]


def text_in_a_number(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """The first row says about how many."""
    return [rows[0]._replace(numerator=f"circa {rows[0].numerator}", value=""), *rows[1:]]


def numerator_above_denominator(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """The second row has numerator and denominator the wrong way round."""
    row = rows[1]
    return [rows[0], row._replace(numerator=row.denominator, denominator=row.numerator, value=""), *rows[2:]]


def ended_gemeente(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """The third row names Brielle, which ended on 31-12-2022."""
    return [*rows[:2], rows[2]._replace(area_code="GM0501", area_name="Brielle"), *rows[3:]]


def gemeente_of_another_region(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """A row about Utrecht stands behind the last one."""
    return [*rows, rows[3]._replace(area_code="GM0344", area_name="Utrecht")]


REJECTED_FILE_FAULTS: Sequence[Fault] = (
    text_in_a_number,
    numerator_above_denominator,
    ended_gemeente,
    gemeente_of_another_region,
)


def with_faults(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """The rows with every fault of the rejected file."""
    for fault in REJECTED_FILE_FAULTS:
        rows = fault(rows)
    return rows


def counted_twice(rows: list[DeliveryRow], story: Correction) -> list[DeliveryRow]:
    """The rows in which one gemeente's numerator is twice what it should be."""
    named = (story.dataset_code, story.gemeente_code)
    return [_doubled(row) if (row.indicator, row.area_code) == named else row for row in rows]


def corrected(rows: list[DeliveryRow], story: Correction) -> list[DeliveryRow]:
    """The rows of the later, right file: only the dataset that was wrong, with the reason."""
    reason = "Correctie: in de eerste levering dubbel geteld (fictief)."
    return [
        row._replace(note=reason) if row.area_code == story.gemeente_code else row
        for row in rows
        if row.indicator == story.dataset_code
    ]


def _doubled(row: DeliveryRow) -> DeliveryRow:
    numerator = 2 * int(row.numerator)
    return row._replace(numerator=str(numerator), value=percentage(numerator, int(row.denominator)))
