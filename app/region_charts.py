"""The charts of the page *Regio*: one trend and one spread per indicator.

Belongs here: which sentence, drawing and table belong together. Does not belong here: how each is made.
"""

from collections.abc import Sequence

import streamlit as st

from app.chart_specs import SpreadData, spread_spec, trend_spec
from app.charts import Chart, show_chart
from app.figure_tables import area_table, trend_table
from app.figures import period_name
from app.markup import table_html
from app.records import Figure, Indicator, Spread
from app.takeaways import spread_sentence, trend_sentence


def show_trend(figures: Sequence[Figure], indicator: Indicator) -> None:
    """The region over time beside the Netherlands.

    Args:
        figures: the region and the country, oldest first; the region has at least one.
        indicator: what the figures are about.
    """
    region = [figure for figure in figures if not figure.is_country]
    chart = Chart(
        title=f"Verloop van {indicator.name}",
        description=trend_sentence(region, indicator),
        spec=trend_spec(figures, indicator, area_name=region[-1].area_name),
        table=trend_table(region, indicator),
    )
    show_chart(chart, key=f"trend_{indicator.code}")


def show_spread(region: Figure, gemeenten: Sequence[Figure], spread: Spread, indicator: Indicator) -> None:
    """The gemeenten of the region beside each other."""
    if not gemeenten:
        st.markdown("Van de gemeenten is er nog geen cijfer.")
        return
    when = period_name(spread.period_code)
    table = area_table(
        gemeenten, indicator, caption=f"{indicator.name} ({indicator.unit}), {when}", area_word="Gemeente"
    )
    if spread.median is None:
        st.markdown(spread_sentence(spread, indicator))
        st.html(table_html(table))
        return
    chart = Chart(
        title=f"Spreiding van {indicator.name} over gemeenten",
        description=spread_sentence(spread, indicator),
        spec=spread_spec(SpreadData(region, gemeenten, spread), indicator, country_value=region.country_value),
        table=table,
    )
    show_chart(chart, key=f"spread_{indicator.code}")
    st.caption("Streepjes: gemeenten. Balk: van p10 tot p90, met de mediaan. Ruit: de regio. Stippellijn: Nederland.")
