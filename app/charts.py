"""The one way to show a chart: with a sentence that says what it shows, and with the same data as a table.

Belongs here: showing. Does not belong here: drawing (`app/chart_specs.py`).
"""

from dataclasses import dataclass

import streamlit as st

from app.chart_specs import Spec
from app.markup import Table, table_html


@dataclass(frozen=True)
class Chart:
    """A drawing that also reads without eyes.

    Raises:
        ValueError: there is no description, or the table is empty.
    """

    title: str
    description: str
    spec: Spec
    table: Table

    def __post_init__(self) -> None:
        if not self.description.strip():
            raise ValueError(f"chart '{self.title}' has no description; say what a reader must take from it")
        if not self.table.rows:
            raise ValueError(f"chart '{self.title}' has no rows in its table; show a message instead of a chart")


def show_chart(chart: Chart, *, key: str) -> None:
    """The description, the drawing and, folded, the table."""
    st.markdown(chart.description)
    st.vega_lite_chart(spec=chart.spec, alt=f"{chart.title}. {chart.description}", theme=None, key=f"chart_{key}")
    with st.expander(f"Als tabel: {chart.title}", key=f"table_{key}"):
        st.html(table_html(chart.table))
