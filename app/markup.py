"""Safe HTML: everything that is not made here is escaped.

Belongs here: elements and tables that screen readers understand (caption, scope).
Does not belong here: which figures stand in a table.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple, TypeAlias


class Html(str):
    """Text that is HTML already; only `element` and `join` make it."""

    __slots__ = ()


Content: TypeAlias = str | Html


def element(tag: str, *children: Content, **attributes: str | None) -> Html:
    """One element with escaped text and attributes; `_class` becomes `class`, `aria_label` `aria-label`.

    An attribute that is None is left out.
    """
    written = "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{written}>{join(children)}</{tag}>")


def join(parts: Iterable[Content]) -> Html:
    """Put parts after each other, escaping those that are not HTML."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def link(text: Content, href: str) -> Html:
    """A link inside the site, opened in the same window."""
    return element("a", text, href=href, target="_self")


class Table(NamedTuple):
    """A plain table: the first cell of each row is its heading; `numeric` columns are aligned to the right.

    A table that `stacks` shows, on a narrow screen, each row as a list of headings and texts.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Content]]
    numeric: frozenset[int] = frozenset()
    stacks: bool = False


def table_html(table: Table) -> Html:
    """The table with caption and scopes, in a box that scrolls by itself when the screen is narrow."""
    headings = [
        element("th", text, scope="col", _class=_alignment(table, place)) for place, text in enumerate(table.headings)
    ]
    rows = [_row(table, row) for row in table.rows]
    body = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *headings)),
        element("tbody", *rows),
        _class="jzojp-stack" if table.stacks else None,
    )
    return scroll_box(body, label=table.caption)


def scroll_box(content: Html, *, label: str) -> Html:
    """A box that scrolls sideways and can be reached with the keyboard."""
    return element("div", content, _class="jzojp-scroll", role="region", aria_label=label, tabindex="0")


def hidden(text: str) -> Html:
    """Text for screen readers only."""
    return element("span", text, _class="jzojp-hidden")


def _row(table: Table, row: Sequence[Content]) -> Html:
    first, *others = row
    cells = [
        element("td", _content(table, cell), _class=_alignment(table, place), data_label=table.headings[place])
        for place, cell in enumerate(others, start=1)
    ]
    return element("tr", element("th", _content(table, first), scope="row", data_label=table.headings[0]), *cells)


def _content(table: Table, cell: Content) -> Content:
    """A cell as one piece, so that a row that stacks can put it beside its heading."""
    return element("div", cell) if table.stacks and cell else cell


def _alignment(table: Table, place: int) -> str | None:
    return "jzojp-number" if place in table.numeric else None
