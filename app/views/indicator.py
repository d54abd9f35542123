"""Indicator: all regions for one indicator with intervals, or why it has no figures, and the definition beside it."""

from collections.abc import Iterator, Sequence

import streamlit as st

from app import layout, queries, target_queries
from app.chart_specs import interval_spec
from app.charts import Chart, show_chart
from app.choices import choose
from app.definition_panel import definition_html, introduction_html
from app.explanation_panel import show_explanations
from app.figure_tables import area_table, size_table
from app.figures import period_name
from app.filling import choosable_names, filling, reason_not_filled
from app.funnel_chart import funnel_spec, has_funnel
from app.markup import element
from app.records import Figure, Indicator, Retired
from app.region_levels import RegionLevel, choose_level
from app.session import current_actor, home
from app.snapshots import Snapshot, published, region_names
from app.stratum_chart import stratum_chart, stratum_note
from app.takeaways import absence_sentence, funnel_sentence, regions_sentence
from app.target_panel import drawable_target, target_html
from app.target_records import Target
from app.words import unit_text
from indicators.areas import COUNTRY
from indicators.states import ValueState


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    found, gone = filling(snapshot), {item.indicator.code: item for item in queries.retired(snapshot)}
    empty = {item.code for item in found.not_filled}
    names = choosable_names(found, gone.values())
    left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
    with left:
        code = choose("Indicator", "indicator", names, default=next(iter(names)))
    targets, versions = target_queries.targets_of(snapshot, code), queries.versions(snapshot, code)
    retirement = [*_retirement(gone.get(code))]
    if code in empty or not queries.periods(snapshot, code):
        _show_not_filled(versions[-1], targets, notes=retirement)
    else:
        with middle:
            period = _choose_period(snapshot, code)
        with right:
            level = choose_level(snapshot, code)
        figures = queries.indicator_figures(snapshot, code, period, level.code)
        shown = next(item for item in versions if item.version == figures[0].indicator_version)
        notes = [*retirement, *_later(shown, versions)]
        _show_filled(snapshot, shown, targets, figures, level=level, notes=notes)
    layout.foot(snapshot)


def _choose_period(snapshot: Snapshot, indicator_code: str) -> str:
    periods = {code: period_name(code) for code in queries.periods(snapshot, indicator_code)}
    return choose("Periode", "periode", periods, default=next(iter(periods)))


def _retirement(gone: Retired | None) -> Iterator[str]:
    """Since when and why an indicator is no longer in the kernset."""
    if gone is not None:
        successor = f" De opvolger is {gone.successor_code}." if gone.successor_code else " Er is geen opvolger."
        yield f"Vervallen na {period_name(gone.last_period_code)}. {gone.reason}{successor}"


def _later(shown: Indicator, versions: Sequence[Indicator]) -> Iterator[str]:
    """That figures were made by a definition which has changed since."""
    newest = versions[-1]
    if shown.version != newest.version:
        yield (
            f"De cijfers van deze periode zijn berekend met versie {shown.version} van de definitie, die hieronder "
            f"staat. Vanaf {period_name(newest.valid_from)} geldt versie {newest.version}: {newest.reason}"
        )


def _show_not_filled(indicator: Indicator, targets: tuple[Target, ...], *, notes: Sequence[str]) -> None:
    st.title(indicator.name)
    st.caption(unit_text(indicator))
    _show_notes(notes)
    words = ValueState.NOT_FILLED.words.capitalize()
    st.html(element("p", element("strong", f"{words}."), f" {reason_not_filled(indicator)}", _class="jzojp-notice"))
    _show_introduction(indicator)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _show_definition(indicator)
    with narrow:
        _show_targets(targets)


def _show_filled(
    snapshot: Snapshot,
    indicator: Indicator,
    targets: tuple[Target, ...],
    figures: tuple[Figure, ...],
    *,
    level: RegionLevel,
    notes: Sequence[str],
) -> None:
    period_code = figures[0].period_code
    st.title(indicator.name)
    st.caption(f"{unit_text(indicator)}, {period_name(period_code)}")
    _show_notes(notes)
    _show_introduction(indicator)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _show_regions(figures, indicator, targets, level=level)
        _show_strata(snapshot, indicator, period_code)
        show_explanations(
            home(), COUNTRY, indicator.code, queries.periods(snapshot, indicator.code), actor=current_actor()
        )
    with narrow:
        _show_definition(indicator)
        _show_targets(targets)


def _show_notes(notes: Sequence[str]) -> None:
    for note in notes:
        st.html(element("p", note, _class="jzojp-notice"))


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
        spec=interval_spec(ranked, indicator, country=country, target=drawable_target(targets)),
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
    if country is not None and has_funnel(regions, indicator, country):
        _show_funnel(ranked, indicator, country, level=level)


def _show_funnel(regions: Sequence[Figure], indicator: Indicator, country: Figure, *, level: RegionLevel) -> None:
    st.header("Verschil en toeval")
    by_size = sorted(regions, key=lambda item: item.denominator or 0.0, reverse=True)
    chart = Chart(
        title=f"{indicator.name} naar grootte van de {level.name}, {period_name(country.period_code)}",
        description=funnel_sentence(regions),
        spec=funnel_spec(regions, indicator, country=country),
        table=size_table(by_size, indicator, area_word=level.word),
    )
    show_chart(chart, key="funnel")


def _show_strata(snapshot: Snapshot, indicator: Indicator, period_code: str) -> None:
    """The country and a region by age and sex, where the indicator is counted so."""
    country = queries.group_figures(snapshot, indicator.code, period_code, COUNTRY)
    if not any(item.figure.value is not None for item in country):
        return
    st.header("Naar leeftijd en geslacht")
    names = region_names()
    region_code = choose("Regio", "regio", names, default=current_actor().region or next(iter(names)))
    figures = queries.group_figures(snapshot, indicator.code, period_code, region_code)
    if note := stratum_note(indicator):
        st.caption(note)
    show_chart(stratum_chart(figures, indicator, region_name=names[region_code]), key="strata")


def _show_definition(indicator: Indicator) -> None:
    st.header("Definitie")
    st.html(definition_html(indicator))


def _show_targets(targets: tuple[Target, ...]) -> None:
    st.header("Landelijke doelstelling")
    st.html(target_html(targets))


if __name__ == "__main__":
    main()
