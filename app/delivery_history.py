"""What a region sent before: a table with a link to each answer.

Belongs here: the table. Does not belong here: showing an answer (`app/receipt_view.py`).
"""

from collections.abc import Callable, Sequence
from typing import Final

from app.figures import moment, number, period_name
from app.finding_tables import counts_text
from app.markup import Content, Table, element, join, link
from indicators.periods import Period
from register.receipts import Receipt

SHOWN: Final = 100
"""How many deliveries a page lists."""


def history_table(receipts: Sequence[Receipt], *, address: Callable[[Receipt], str]) -> Table:
    """One row per delivery, the newest period first and in it the newest delivery.

    Args:
        receipts: what was sent.
        address: where the answer to a delivery is shown.
    """
    ordered = sorted(receipts, key=lambda item: (Period.parse(item.period), item.submission or 0), reverse=True)
    shown = ordered[:SHOWN]
    caption = "Aanleveringen, het nieuwste kwartaal bovenaan"
    return Table(
        caption if len(shown) == len(receipts) else f"{caption}; de bovenste {SHOWN} van {number(len(receipts))}",
        ("Aanlevering", "Periode", "Ontvangen", "Bestand", "Stand"),
        [_row(receipt, address(receipt)) for receipt in shown],
        stacks=True,
    )


def _row(receipt: Receipt, href: str) -> Sequence[Content]:
    received = "" if receipt.received_at is None else moment(receipt.received_at)
    late = element("small", "na de uiterste datum") if receipt.is_on_time is False else ""
    standing = receipt.state.words if receipt.state else ""
    return (
        link(f"Nummer {receipt.submission}", href),
        period_name(receipt.period),
        join([received, late]),
        receipt.file_name,
        join([standing, element("small", counts_text(receipt.finding_counts))]),
    )
