"""Overzicht: all regions by all indicators with figures, compared with the Netherlands; then those without figures."""

import streamlit as st

from app import layout, queries
from app.choices import address_of, choose_one_of_few
from app.filling import filling, filling_sentence, not_filled_html
from app.matrix import matrix_html
from app.session import current_actor, home
from app.snapshots import published
from indicators.areas import COUNTRY
from indicators.definition_words import THEMES
from indicators.definitions import Theme

_ALL = "alle"


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    st.title("Overzicht")
    st.markdown("Het laatste cijfer van elke zorgkantoorregio, met de vergelijking met Nederland.")
    theme = choose_one_of_few("Thema", "thema", {_ALL: "Alle thema's"} | dict(THEMES), default=_ALL)
    found = filling(snapshot)
    shown = found if theme == _ALL else found.of(Theme(theme))
    st.markdown(filling_sentence(shown))
    if shown.filled:
        caption = "Regio's en indicatoren" if theme == _ALL else f"Regio's en indicatoren, thema {theme}"
        st.html(matrix_html(queries.latest_figures(snapshot), shown.filled, address=_address, caption=caption))
        layout.legend()
    if shown.not_filled:
        st.header("Nog niet gevuld")
        st.html(not_filled_html(shown.not_filled))
    layout.foot(snapshot)


def _address(page: str, code: str) -> str:
    return address_of(page, **{page: code})


if __name__ == "__main__":
    main()
