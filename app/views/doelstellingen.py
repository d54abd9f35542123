"""Doelstellingen: what was agreed for the country, and how the Netherlands and the regions stand beside it."""

from collections.abc import Sequence

import streamlit as st

from app import layout, queries, target_queries
from app.charts import Chart, show_chart
from app.choices import choose, choose_one_of_few
from app.figures import period_name
from app.markup import element, join, table_html
from app.records import Figure, Indicator
from app.session import current_actor, home
from app.snapshots import Snapshot, published, region_names
from app.target_chart import paths_spec
from app.target_marks import LEGEND
from app.target_panel import target_html
from app.target_records import Target
from app.target_tables import Beside, beside_sentence, overview_table, regions_table, without_table
from indicators.areas import COUNTRY
from indicators.definition_words import THEMES

_ALL, _NOBODY = "alle", "geen"


def main() -> None:
    """Show the page."""
    snapshot = published(home(), current_actor(), COUNTRY)
    st.title("Doelstellingen")
    st.markdown(
        "Wat landelijk is afgesproken, en hoe Nederland en de regio's er nu voor staan. Een doel zonder getal, of met "
        "een getal in een andere eenheid dan de indicator, heeft geen cijfer; er staat bij waarom."
    )
    theme = choose_one_of_few("Thema", "thema", {_ALL: "Alle thema's"} | dict(THEMES), default=_ALL)
    known = {item.code: item for item in queries.indicators(snapshot)}
    every = target_queries.targets(snapshot)
    shown = [item for item in every if item.is_current and theme in {_ALL, item.theme_code.value}]
    beside = [_beside(snapshot, target, known.get(target.indicator_code or "")) for target in shown]
    if not beside:
        st.markdown("Voor dit thema is geen landelijke doelstelling gevonden.")
    else:
        _show_all(snapshot, beside, every)
    layout.foot(snapshot)


def _show_all(snapshot: Snapshot, beside: Sequence[Beside], every: Sequence[Target]) -> None:
    with_figures = [item for item in beside if item.is_comparable]
    without = [item for item in beside if not item.is_comparable]
    if with_figures:
        st.header("Hoe het er voor staat")
        st.html(table_html(overview_table(with_figures)))
        _show_legend()
        _show_one(snapshot, with_figures, every)
    if without:
        st.header("Doelen zonder stand")
        st.html(table_html(without_table(without)))


def _beside(snapshot: Snapshot, target: Target, indicator: Indicator | None) -> Beside:
    """A target with the last figures of its indicator."""
    if indicator is None:
        return Beside(target, None, (), {})
    figures = target_queries.history(snapshot, indicator.code)
    last = max((figure.period_start for figure in figures), default=None)
    latest = tuple(figure for figure in figures if figure.period_start == last)
    return Beside(target, indicator, latest, target_queries.directions(snapshot, indicator.code))


def _show_legend() -> None:
    rows = [join([element("dt", sign), element("dd", meaning)]) for sign, meaning in LEGEND]
    st.html(element("dl", *rows, _class="jzojp-legend"))


def _show_one(snapshot: Snapshot, beside: Sequence[Beside], every: Sequence[Target]) -> None:
    """One target of which there are figures in its unit: all regions over time."""
    followed = {
        f"{item.target.target_code}-{item.target.indicator_code}": item for item in beside if item.is_comparable
    }
    if not followed:
        return
    st.header("Alle regio's naast een doel")
    left, right = st.columns(2)
    with left:
        names = {code: f"{item.target.issuer}: {item.target.text}" for code, item in followed.items()}
        chosen = followed[choose("Doelstelling", "doel", names, default=next(iter(names)))]
    with right:
        regions = {_NOBODY: "geen"} | dict(region_names())
        region = choose("Regio die opvalt in de grafiek", "regio", regions, default=current_actor().region or _NOBODY)
    indicator = chosen.indicator
    if indicator is None:
        return
    figures = target_queries.history(snapshot, indicator.code)
    versions = [
        item for item in every if (item.target_code, item.indicator_code) == (chosen.target.target_code, indicator.code)
    ]
    _show_paths(chosen, figures, versions, name="" if region == _NOBODY else regions[region])
    st.subheader("Wat er is afgesproken")
    st.html(target_html(versions))


def _show_paths(chosen: Beside, figures: Sequence[Figure], versions: Sequence[Target], *, name: str) -> None:
    indicator = chosen.indicator
    if indicator is None:
        return
    chart = Chart(
        title=f"{indicator.name} per regio, tot en met {period_name(figures[-1].period_code)}",
        description=beside_sentence(chosen),
        spec=paths_spec(figures, indicator, versions, chosen=name),
        table=regions_table(chosen),
    )
    show_chart(chart, key="paths")


if __name__ == "__main__":
    main()
