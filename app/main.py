"""What runs at every visit: the frame, who is looking, and the page that was asked for.

Belongs here: the list of pages and what happens when one cannot be shown. Does not belong here: what a page shows.
"""

from pathlib import Path

import streamlit as st

from app import layout, queries
from app.session import choose_actor, current_actor, has_role_switch, home, remember_actor, role_label
from app.snapshots import published, region_names
from app.start_page import TITLE
from indicators.areas import COUNTRY
from register.access import ANYONE
from register.errors import AccessDeniedError, NoPublicationError

PAGES = {
    "overzicht": "Overzicht",
    "regio": "Regio",
    "indicator": "Indicator",
    "doelstellingen": "Doelstellingen",
    "afspraken": "Afspraken",
    "signalen": "Signalen",
    "aanleveren": "Aanleveren",
    "leveringen": "Leveringen",
}
_FOLDER = Path(__file__).parent


def main() -> None:
    """Show one page in its frame."""
    st.set_page_config(page_title=TITLE, page_icon=str(_FOLDER / "static" / "icon.svg"), layout="wide")
    layout.style()
    pages = [
        st.Page(_FOLDER / "views" / f"{name}.py", title=title, url_path=name, default=name == "overzicht")
        for name, title in PAGES.items()
    ]
    page = st.navigation(pages, position="top")
    layout.narrow_navigation(pages)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        layout.head(is_fictitious=_is_fictitious())
        _decide_who_looks()
    layout.background_notice(home())
    try:
        page.run()
    except NoPublicationError as error:
        layout.no_publication(error)
    except AccessDeniedError as error:
        layout.denied(error)


def _decide_who_looks() -> None:
    remember_actor(ANYONE)
    if has_role_switch():
        with st.popover(role_label(region_names()), key="role_switch"):
            remember_actor(choose_actor(region_names()))


def _is_fictitious() -> bool:
    if has_role_switch():
        return True
    try:
        return queries.publication_facts(published(home(), current_actor(), COUNTRY)).is_fictitious
    except NoPublicationError:
        return False


if __name__ == "__main__":
    main()
