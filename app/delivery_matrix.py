"""The matrix of regions by quarters: how each delivery stands, with a link to it.

Belongs here: the table of the page *Leveringen* and the one of a single region over time. Does not belong here: the
words (`app/delivery_words.py`).
"""

from collections.abc import Callable, Mapping, Sequence

from app.delivery_words import lateness_text, percentage_text, state_html
from app.figures import long_date, period_name
from app.markup import Content, Html, Table, element, hidden, join, scroll_box
from app.snapshots import sorting_name
from register.delivery_status import DeliveryCell, DeliveryState

Address = Callable[[str, str], str]
"""From region and period to the address of a cell."""

_TINTS: Mapping[DeliveryState, str] = {
    DeliveryState.ACCEPTED: "jzojp-better",
    DeliveryState.COMPLETE: "jzojp-better",
    DeliveryState.OVERDUE: "jzojp-worse",
    DeliveryState.REJECTED: "jzojp-worse",
    DeliveryState.AWAITING_CONFIRMATION: "jzojp-worse",
}
_CAPTION = "Stand van de leveringen per regio en kwartaal"


def delivery_matrix_html(cells: Sequence[DeliveryCell], names: Mapping[str, str], *, address: Address) -> Html:
    """One row per region by name, one column per quarter, the newest first.

    Args:
        cells: at least one.
        names: code and name of the regions.
        address: where a cell leads.
    """
    found = {(cell.region, cell.period): cell for cell in cells}
    periods = sorted({cell.period for cell in cells}, reverse=True)
    regions = sorted({cell.region for cell in cells}, key=lambda code: sorting_name(names.get(code, code)))
    head = element("tr", element("th", "Regio", scope="col"), *(_heading(period, cells) for period in periods))
    rows = [
        element(
            "tr",
            element("th", names.get(region, region), scope="row"),
            *(_cell(found.get((region, period)), names, address) for period in periods),
        )
        for region in regions
    ]
    table = element(
        "table",
        element("caption", _CAPTION),
        element("thead", head),
        element("tbody", *rows),
        _class="jzojp-matrix jzojp-deliveries",
    )
    return scroll_box(table, label=_CAPTION)


def region_table(cells: Sequence[DeliveryCell], *, caption: str) -> Table:
    """One region over time, newest first: state, lateness, completeness and quality."""
    return Table(
        caption,
        ("Kwartaal", "Stand", "Uiterste datum", "Tijdigheid", "Volledigheid", "Kwaliteit"),
        [_period_row(cell) for cell in sorted(cells, key=lambda cell: cell.period, reverse=True)],
        numeric=frozenset({4, 5}),
        stacks=True,
    )


def _heading(period: str, cells: Sequence[DeliveryCell]) -> Html:
    due = next(cell.due_date for cell in cells if cell.period == period)
    return element("th", period_name(period), element("small", f"uiterlijk {due:%d-%m-%Y}"), scope="col")


def _cell(cell: DeliveryCell | None, names: Mapping[str, str], address: Address) -> Html:
    if cell is None:
        return element("td", "bestond niet", _class="jzojp-absent")
    place = hidden(f" {names.get(cell.region, cell.region)}, {period_name(cell.period)}")
    quality = f"kwaliteit {percentage_text(cell.quality_score_pct)}" if cell.quality_score_pct is not None else ""
    return element(
        "td",
        element("a", join([state_html(cell.state), place]), href=address(cell.region, cell.period), target="_self"),
        *(element("small", text) for text in (lateness_text(cell), quality) if text),
        _class=_TINTS.get(cell.state),
    )


def _period_row(cell: DeliveryCell) -> Sequence[Content]:
    return (
        period_name(cell.period),
        state_html(cell.state),
        long_date(cell.due_date),
        lateness_text(cell),
        percentage_text(cell.completeness_pct),
        percentage_text(cell.quality_score_pct),
    )
