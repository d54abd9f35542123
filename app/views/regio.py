"""Regio: one region, with trend, interval, the Netherlands and the spread over its gemeenten."""

from collections.abc import Sequence

import streamlit as st

from app import layout, queries
from app.choices import choose, choose_one_of_few
from app.explanation_panel import show_explanations
from app.figure_tables import summary_table
from app.filling import filling, filling_sentence, not_filled_html
from app.markup import table_html
from app.records import Figure, Indicator
from app.region_charts import show_spread, show_trend
from app.session import current_actor, home
from app.snapshots import Snapshot, own, published, region_names
from app.takeaways import cause_sentence, versions_sentence
from app.words import unit_text
from indicators.definition_words import THEMES
from indicators.definitions import Theme
from register.access import Action, may

_HISTORIES = {"toen": "Zoals die toen gold", "nu": "Zoals die nu geldt"}
_VIEWS = {"gepubliceerd": "Gepubliceerd (beschermd)", "eigen": "Eigen cijfers (exact, vertrouwelijk)"}


def main() -> None:
    """Show the page."""
    actor, names = current_actor(), region_names()
    region_code = choose("Regio", "regio", names, default=actor.region or next(iter(names)))
    snapshot = _snapshot(region_code)
    st.title(names[region_code])
    found = filling(snapshot)
    st.header("Indicatoren met cijfers")
    st.markdown(filling_sentence(found))
    if found.filled:
        figures = queries.trend(snapshot, region_code)
        st.html(table_html(summary_table(figures, found.filled, area_name=names[region_code])))
        _show_themes(snapshot, region_code, found.filled)
    if found.not_filled:
        st.header("Nog niet gevuld")
        st.html(not_filled_html(found.not_filled))
    layout.foot(snapshot)


def _snapshot(region_code: str) -> Snapshot:
    """What the visitor may see of the region: the publication, or on request the exact figures."""
    if not may(current_actor(), Action.READ_OWN, region_code):
        return published(home(), current_actor(), region_code)
    view = choose_one_of_few("Cijfers", "cijfers", _VIEWS, default="gepubliceerd")
    if view == "gepubliceerd":
        return published(home(), current_actor(), region_code)
    st.html("<p class='jzojp-confidential'>Exacte cijfers van uw regio. Vertrouwelijk: deel ze niet verder.</p>")
    return own(home(), current_actor(), region_code)


def _show_themes(snapshot: Snapshot, region_code: str, indicators: Sequence[Indicator]) -> None:
    st.header("Verloop en spreiding")
    themes = {item.theme.value: THEMES[item.theme] for item in indicators}
    theme = Theme(choose_one_of_few("Thema", "thema", themes, default=next(iter(themes))))
    shown = [item for item in indicators if item.theme is theme]
    today = _choose_today(snapshot, region_code, shown)
    for indicator in shown:
        trend = _of(indicator, queries.trend(snapshot, region_code))
        _show_indicator(snapshot, indicator, _of(indicator, today) or trend)
    layout.legend()


def _choose_today(snapshot: Snapshot, region_code: str, shown: Sequence[Indicator]) -> tuple[Figure, ...]:
    """The series under the definitions of today, when there are any and the visitor asks for them."""
    today = queries.trend_of_today(snapshot, region_code)
    if not any(_of(indicator, today) for indicator in shown):
        return ()
    asked = choose_one_of_few("Definitie van eerdere perioden", "definitie", _HISTORIES, default="toen")
    return today if asked == "nu" else ()


def _show_indicator(snapshot: Snapshot, indicator: Indicator, figures: tuple[Figure, ...]) -> None:
    st.subheader(indicator.name)
    st.caption(f"{unit_text(indicator)}. {indicator.definition}")
    region = [item for item in figures if not item.is_country]
    if not region:
        st.markdown("Van deze indicator is er voor deze regio nog geen cijfer.")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_trend(figures, indicator)
        told = versions_sentence(figures, queries.versions(snapshot, indicator.code))
        cause = queries.causes(snapshot, region[-1].area_code).get(indicator.code)
        for sentence in filter(None, (told, cause_sentence(cause) if cause else "")):
            st.markdown(sentence)
        periods = [figure.period_code for figure in reversed(region)]
        show_explanations(home(), region[-1].area_code, indicator.code, periods, actor=current_actor())
    with right:
        _show_gemeenten(snapshot, region[-1], indicator)


def _show_gemeenten(snapshot: Snapshot, region: Figure, indicator: Indicator) -> None:
    spread = queries.spreads(snapshot, region.area_code).get(indicator.code)
    if not indicator.has_gemeenten or spread is None:
        st.markdown("Dit cijfer bestaat niet per gemeente; er is geen spreiding te tonen.")
        return
    show_spread(region, _of(indicator, queries.gemeente_figures(snapshot, region.area_code)), spread, indicator)


def _of(indicator: Indicator, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(item for item in figures if item.indicator_code == indicator.code)


if __name__ == "__main__":
    main()
