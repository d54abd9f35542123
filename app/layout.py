"""What all pages share: style, head, foot, the notice of work in the background and the page without figures.

Belongs here: the frame around a page. Does not belong here: what a page is about.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from app import queries
from app.figures import moment
from app.markup import element, join
from app.snapshots import Snapshot
from app.start_page import TITLE
from app.words import publication_status
from indicators.definitions import kernset
from register.errors import AccessDeniedError, NoPublicationError
from register.home import Home

_FOLDER = Path(__file__).parent


def style() -> None:
    """Load the style sheet."""
    st.html(_FOLDER / "style.css")


def narrow_navigation(pages: Sequence[Page]) -> None:
    """The list of pages again, for narrow screens, where Streamlit hides its own behind an unnamed button."""
    with st.container(key="narrow_navigation", horizontal=True, gap="small"):
        for page in pages:
            st.page_link(page)


def head(*, is_fictitious: bool) -> None:
    """The name of the site, and whether the figures are real."""
    name = element("p", TITLE, _class="jzojp-name")
    warning = element(
        "p", element("strong", "Fictieve gegevens"), " Deze cijfers zijn verzonnen en gaan niet over echte regio's."
    )
    st.html(element("div", name, warning if is_fictitious else "", _class="jzojp-head"))


def background_notice(home: Home) -> None:
    """Say which work goes on in the background, when `tmp/progress.json` tells of any (`{"text": "..."}`)."""
    try:
        told = json.loads(home.notice_path.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return
    st.html(element("p", str(told["text"]), role="status", _class="jzojp-notice"))


def legend() -> None:
    """What the signs in tables mean."""
    meanings = (
        ("▲ ▼", "hoger of lager dan Nederland: Nederland ligt buiten het 95%-interval van de regio"),
        ("▲▲ ▼▼", "duidelijk hoger of lager: Nederland ligt ook buiten het 99,8%-interval"),
        ("≈", "niet aantoonbaar anders dan Nederland"),
        ("gunstiger, ongunstiger", "alleen waar vaststaat welke kant beter is"),
        ("afgeschermd", "met dit cijfer zouden personen herkenbaar kunnen zijn"),
    )
    rows = [join([element("dt", sign), element("dd", meaning)]) for sign, meaning in meanings]
    st.html(element("dl", *rows, _class="jzojp-legend"))


def foot(snapshot: Snapshot) -> None:
    """From which publication the figures come, and how firm it is."""
    facts = queries.publication_facts(snapshot)
    origin = "Exacte eigen cijfers bij publicatie" if snapshot.is_own else "Publicatie"
    known = kernset()
    kind = (
        f" ({known.status}, {known.note[0].lower()}{known.note[1:]})" if known.version == facts.kernset_version else ""
    )
    lines = (
        f"{origin} {facts.id}, gemaakt op {moment(facts.made_at)}.",
        f"Status: {publication_status(facts.status)}. Kernset {facts.kernset_version}{kind}",
    )
    st.html(element("footer", *(element("p", line) for line in lines), _class="jzojp-foot"))


def no_publication(error: NoPublicationError) -> None:
    """Say that there are no figures to show yet, and what to do."""
    st.title("Nog geen cijfers")
    st.html(element("p", str(error)))
    st.markdown(
        "Wie deze monitor beheert, maakt cijfers met `jzojp demo` (fictieve gegevens) of, na aanleveringen, "
        "met `jzojp publish`. Deze pagina toont ze zodra ze er zijn."
    )


def denied(error: AccessDeniedError) -> None:
    """Say what somebody may not do, and who may; the text can repeat what he typed, so it is escaped."""
    st.html(element("p", str(error), role="alert", _class="jzojp-notice jzojp-refused"))


def failed(_: Exception) -> bool:
    """Tell a visitor in Dutch that a page could not be made; the log has the traceback.

    Returns:
        True: Streamlit need not show its own message.
    """
    st.error("Deze pagina kan nu niet worden getoond. Probeer het later opnieuw of meld het bij de beheerder.")
    return True
