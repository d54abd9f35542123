"""Afspraken: what a region agreed, from opgave to maatregel, and what came of it; and what all agreed per functie."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from app import deliveries, layout, queries, target_queries
from app.agreement_files import show_files
from app.agreement_form import show_change, show_new
from app.agreement_panel import facts_html, history_table, next_milestone, show_indicator, state_words
from app.choices import address_of, choose, choose_one_of_few
from app.markup import Content, Table, element, join, link, table_html
from app.records import PathState
from app.session import current_actor, home
from app.snapshots import Snapshot, own, published, region_names
from app.visits import Place, show_told
from indicators.areas import COUNTRY
from indicators.functies import Functie
from indicators.periods import last_complete_quarter
from register.access import Action, may
from register.agreement_fields import Owner
from register.agreement_views import AgreementView
from register.errors import NoPublicationError
from register.submissions import today_in_the_netherlands

_EVERYBODY = "alle"
_PARTS = {"regio": "Van een regio", "functie": "Van alle regio's, per functie"}


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    st.title("Afspraken")
    st.markdown("Wat partijen in een regio hebben afgesproken, wie het doet, en wat er tot nu toe van terechtkomt.")
    states = _by_path(target_queries.path_states(snapshot))
    functies = deliveries.functies(home())
    if choose_one_of_few("Welke afspraken", "welke", _PARTS, default="regio") == "regio":
        _show_region(snapshot, functies, states)
    else:
        _show_functies(functies, states)
    layout.foot(snapshot)


def _show_region(
    snapshot: Snapshot, functies: Mapping[str, Functie], states: Mapping[tuple[str, str], PathState]
) -> None:
    actor, names = current_actor(), region_names()
    region = choose("Regio", "regio", names, default=actor.region or next(iter(names)))
    owners = {_EVERYBODY: "Samen, van alle partijen"} | {owner.value: owner.value.capitalize() for owner in Owner}
    owner = choose_one_of_few("Eigenaar", "eigenaar", owners, default=_EVERYBODY)
    show_told(Place.AGREEMENTS)
    found = [
        view for view in deliveries.agreed(home(), region, actor) if owner in {_EVERYBODY, view.agreement.owner.value}
    ]
    if not found:
        st.markdown("Van deze regio zijn er geen afspraken te zien die hieraan voldoen.")
    known = {**states, **_own_states(region)}
    for view in found:
        _show_one(snapshot, view, functies, known)
    show_new(home(), region, actor)
    show_files(home(), region, actor)


def _own_states(region: str) -> Mapping[tuple[str, str], PathState]:
    """How the paths of the region stand that are not for everybody, for who may see its own figures.

    None where the publication has no figures of its own for the region; what everybody sees is shown then.
    """
    if not may(current_actor(), Action.READ_OWN, region):
        return {}
    try:
        exact = own(home(), current_actor(), region)
        return _by_path(target_queries.path_states(exact))
    except NoPublicationError:
        return {}


def _by_path(found: Sequence[PathState]) -> dict[tuple[str, str], PathState]:
    return {(item.path_code, item.indicator_code): item for item in found}


def _show_one(
    snapshot: Snapshot,
    view: AgreementView,
    functies: Mapping[str, Functie],
    states: Mapping[tuple[str, str], PathState],
) -> None:
    st.header(view.agreement.doel)
    st.caption(f"Afspraak {view.code}")
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.html(facts_html(view, functies))
    with right:
        known = {item.code: item for item in queries.indicators(snapshot)}
        trend = queries.trend(snapshot, view.agreement.region)
        for agreed in view.agreement.indicators:
            figures = [
                figure for figure in trend if figure.indicator_code == agreed.indicator and not figure.is_country
            ]
            state = states.get((view.code, agreed.indicator))
            show_indicator(agreed, known.get(agreed.indicator), state, figures, key=f"{view.code}_{agreed.indicator}")
    show_change(home(), view, current_actor())
    if view.is_whole:
        with st.expander(f"Geschiedenis van {view.code}", key=f"history_{view.code}"):
            st.html(table_html(history_table(deliveries.steps(home(), view.code, current_actor()))))


def _show_functies(functies: Mapping[str, Functie], states: Mapping[tuple[str, str], PathState]) -> None:
    views = sorted(deliveries.agreed(home(), None, current_actor()), key=lambda view: view.agreement.functie)
    if not views:
        st.markdown("Er zijn nog geen afspraken te zien.")
    for code, group in groupby(views, key=lambda view: view.agreement.functie):
        name = functies[code].name if code in functies else code
        st.header(name[:1].upper() + name[1:])
        rows = [row for view in group for row in _rows(view, states)]
        headings = ("Regio", "Maatregel", "Indicator", "Hoe het staat", "Volgende mijlpaal")
        st.html(table_html(Table(f"Afspraken over {name}", headings, rows, stacks=True)))


def _rows(view: AgreementView, states: Mapping[tuple[str, str], PathState]) -> Sequence[Sequence[Content]]:
    now = last_complete_quarter(today_in_the_netherlands())
    region = view.agreement.region
    name = link(region_names().get(region, region), address_of("afspraken", welke="regio", regio=region))
    first = join([name, element("small", view.code)])
    return [
        (
            first,
            view.agreement.maatregel,
            link(item.indicator, address_of("indicator", indicator=item.indicator)),
            item.missing or "" if item.path is None else state_words(states.get((view.code, item.indicator))),
            "" if item.path is None else next_milestone(item.path, now),
        )
        for item in view.agreement.indicators
    ] or [(first, view.agreement.maatregel, "", "geen indicator", "")]


if __name__ == "__main__":
    main()
