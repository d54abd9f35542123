"""Indicator: all regions for one indicator with intervals, or why it has no figures, and the definition beside it."""

import streamlit as st

from app import layout, queries
from app.chart_specs import interval_spec
from app.charts import Chart, show_chart
from app.choices import choose
from app.definition_panel import definition_html, drawable_target, introduction_html, target_html
from app.figure_tables import area_table
from app.figures import period_name
from app.filling import choosable_names, filling, reason_not_filled
from app.markup import element
from app.records import Figure, Indicator, Target
from app.region_levels import RegionLevel, choose_level
from app.session import current_actor, home
from app.snapshots import Snapshot, published
from app.takeaways import absence_sentence, regions_sentence
from app.words import unit_text
from indicators.areas import COUNTRY
from indicators.states import ValueState


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    found = filling(snapshot)
    known = {item.code: item for item in (*found.filled, *found.not_filled)}
    names = choosable_names(found)
    left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
    with left:
        indicator = known[choose("Indicator", "indicator", names, default=next(iter(names)))]
    targets = queries.targets(snapshot, indicator.code)
    if indicator in found.not_filled:
        _show_not_filled(indicator, targets)
    else:
        with middle:
            period = _choose_period(snapshot, indicator)
        with right:
            level = choose_level(snapshot, indicator.code)
        figures = queries.indicator_figures(snapshot, indicator.code, period, level.code)
        _show_filled(indicator, targets, figures, period, level=level)
    layout.foot(snapshot)


def _choose_period(snapshot: Snapshot, indicator: Indicator) -> str:
    periods = {code: period_name(code) for code in queries.periods(snapshot, indicator.code)}
    return choose("Periode", "periode", periods, default=next(iter(periods)))


def _show_not_filled(indicator: Indicator, targets: tuple[Target, ...]) -> None:
    st.title(indicator.name)
    st.caption(unit_text(indicator))
    words = ValueState.NOT_FILLED.words.capitalize()
    st.html(element("p", element("strong", f"{words}."), f" {reason_not_filled(indicator)}", _class="jzojp-notice"))
    _show_introduction(indicator)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _show_definition(indicator)
    with narrow:
        _show_targets(targets)


def _show_filled(
    indicator: Indicator,
    targets: tuple[Target, ...],
    figures: tuple[Figure, ...],
    period_code: str,
    *,
    level: RegionLevel,
) -> None:
    st.title(indicator.name)
    st.caption(f"{unit_text(indicator)}, {period_name(period_code)}")
    _show_introduction(indicator)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _show_regions(figures, indicator, targets, level=level)
    with narrow:
        _show_definition(indicator)
        _show_targets(targets)


def _show_introduction(indicator: Indicator) -> None:
    introduction = introduction_html(indicator)
    if introduction:
        st.html(introduction)


def _show_regions(
    figures: tuple[Figure, ...], indicator: Indicator, targets: tuple[Target, ...], *, level: RegionLevel
) -> None:
    st.header(level.heading)
    if level.note:
        st.caption(level.note)
    regions = [item for item in figures if not item.is_country and item.value is not None]
    if not regions:
        st.markdown("In deze periode heeft geen enkele regio een cijfer.")
        return
    ranked = sorted(regions, key=lambda item: item.value or 0.0, reverse=True)
    absent = [item for item in figures if item.value is None]
    country = next((item for item in figures if item.is_country), None)
    chart = Chart(
        title=f"{indicator.name} per {level.name}, {period_name(regions[0].period_code)}",
        description=regions_sentence(figures, indicator),
        spec=interval_spec(ranked, indicator, country=country, target=drawable_target(targets, indicator)),
        table=area_table(
            [*([country] if country else []), *ranked, *absent],
            indicator,
            caption=f"{indicator.name} ({indicator.unit})",
            area_word=level.word,
        ),
    )
    show_chart(chart, key="regions")
    for figure in absent:
        st.markdown(absence_sentence(figure))


def _show_definition(indicator: Indicator) -> None:
    st.header("Definitie")
    st.html(definition_html(indicator))


def _show_targets(targets: tuple[Target, ...]) -> None:
    st.header("Landelijke doelstelling")
    st.html(target_html(targets))


if __name__ == "__main__":
    main()
