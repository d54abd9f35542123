"""The receipt as one HTML page that a sender can keep, print and open without this site.

Belongs here: the page around the parts of `app/receipt_words.py`. It asks nothing from elsewhere and runs no script;
all text is escaped.
"""

from pathlib import Path
from typing import Final

from app.figures import period_name
from app.finding_tables import group_table
from app.markup import Html, element, join, table_html
from app.receipt_words import (
    act_table,
    answer_html,
    dataset_table,
    difference_table,
    facts_html,
    normalisations_html,
    title_of,
)
from app.start_page import TITLE
from register.receipts import Receipt

_STYLE: Final = Path(__file__).parent / "receipt_document.css"


def receipt_document(receipt: Receipt) -> bytes:
    """The whole page, as UTF-8."""
    title = f"{title_of(receipt)}, {receipt.region}, {period_name(receipt.period)}"
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"Ontvangstbewijs: {title}"),
        element("style", Html(_STYLE.read_text("utf-8"))),
    )
    name = element("p", TITLE, _class="jzojp-name")
    main = element("main", name, element("h1", f"Ontvangstbewijs: {title}"), *_parts(receipt))
    return f"<!doctype html>\n{element('html', head, element('body', main), lang='nl')}\n".encode()


def receipt_file_name(receipt: Receipt) -> str:
    """The name of the document, without its ending."""
    return f"ontvangstbewijs-{receipt.region}-{receipt.period}-{receipt.submission or 'controle'}"


def _parts(receipt: Receipt) -> list[Html]:
    parts = [answer_html(receipt), _section("Gegevens", facts_html(receipt))]
    if receipt.groups:
        parts.append(_section("Wat er aan te merken is", table_html(group_table(receipt.groups))))
    if receipt.changes is not None and receipt.changes.differences:
        parts.append(_section("Wat er verandert", table_html(difference_table(receipt.changes.differences))))
    if receipt.dataset_rows:
        parts.append(_section("Hoe volledig het bestand is", table_html(dataset_table(receipt))))
    if receipt.normalisations:
        parts.append(_section("Wat bij het lezen is rechtgezet", normalisations_html(receipt.normalisations)))
    if receipt.acts:
        parts.append(_section("Wat er gebeurde", table_html(act_table(receipt.acts))))
    return parts


def _section(title: str, content: Html) -> Html:
    return join([element("h2", title), content])
