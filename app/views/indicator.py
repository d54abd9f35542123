"""Indicator: all regions for one indicator, with intervals, and the definition beside it."""

import streamlit as st

from app import layout, queries
from app.chart_specs import interval_spec
from app.charts import Chart, show_chart
from app.choices import choose
from app.definition_panel import definition_html, drawable_target, target_html
from app.figure_tables import area_table
from app.figures import period_name
from app.records import Figure, Indicator, Target
from app.session import current_actor, home
from app.snapshots import published
from app.takeaways import absence_sentence, regions_sentence
from app.words import unit_text
from indicators.areas import COUNTRY


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    known = {item.code: item for item in queries.indicators(snapshot)}
    names = {code: f"{item.name} ({code})" for code, item in known.items()}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        indicator = known[choose("Indicator", "indicator", names, default=next(iter(names)))]
    periods = {code: period_name(code) for code in queries.periods(snapshot, indicator.code)}
    with right:
        period = choose("Periode", "periode", periods, default=next(iter(periods), "")) if periods else ""
    st.title(indicator.name)
    st.caption(f"{unit_text(indicator)}, {period_name(period)}" if period else unit_text(indicator))
    figures = queries.indicator_figures(snapshot, indicator.code, period)
    targets = queries.targets(snapshot, indicator.code)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _show_regions(figures, indicator, targets)
    with narrow:
        st.header("Definitie")
        st.html(definition_html(indicator))
        st.header("Landelijke doelstelling")
        st.html(target_html(targets))
    layout.foot(snapshot)


def _show_regions(figures: tuple[Figure, ...], indicator: Indicator, targets: tuple[Target, ...]) -> None:
    st.header("Alle regio's")
    regions = [item for item in figures if not item.is_country and item.value is not None]
    if not regions:
        st.markdown("In deze periode heeft geen enkele regio een cijfer.")
        return
    ranked = sorted(regions, key=lambda item: item.value or 0.0, reverse=True)
    absent = [item for item in figures if item.value is None]
    country = next((item for item in figures if item.is_country), None)
    chart = Chart(
        title=f"{indicator.name} per regio, {period_name(regions[0].period_code)}",
        description=regions_sentence(figures, indicator),
        spec=interval_spec(ranked, indicator, country=country, target=drawable_target(targets, indicator)),
        table=area_table(
            [*([country] if country else []), *ranked, *absent],
            indicator,
            caption=f"{indicator.name} ({indicator.unit})",
            area_word="Regio",
        ),
    )
    show_chart(chart, key="regions")
    for figure in absent:
        st.markdown(absence_sentence(figure))


if __name__ == "__main__":
    main()
