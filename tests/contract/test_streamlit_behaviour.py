"""What we rely on in Streamlit, beside the pages themselves."""

import inspect
from pathlib import Path

import pytest
import streamlit as st
from streamlit.elements.vega_charts import VegaChartsMixin
from streamlit.starlette import App

import app
from app.charts import Chart
from app.delivery_form import MAXIMUM_MEGABYTES
from app.markup import Table
from app.server import create_app
from register.door import maximum_bytes

FOLDER = Path(app.__file__).parent


def test_no_folder_is_called_pages() -> None:
    """Streamlit serves such a folder by itself, without frame or role, until the main page has run once."""
    assert not (FOLDER / "pages").exists()


def test_charts_accept_a_text_for_who_does_not_see_them() -> None:
    assert "alt" in inspect.signature(VegaChartsMixin.vega_lite_chart).parameters


def test_the_site_is_an_app_with_our_main_script() -> None:
    made = create_app()
    assert isinstance(made, App)
    assert made.script_path == FOLDER / "main.py"


def test_settings_keep_visitors_private_and_the_language_ours() -> None:
    text = (FOLDER / ".streamlit" / "config.toml").read_text("utf-8")
    known = {option.key for option in st.config.get_config_options().values()}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#"):
            assert f"{section}.{line.split('=')[0].strip()}" in known
    assert "gatherUsageStats = false" in text
    assert f"maxUploadSize = {MAXIMUM_MEGABYTES} " in text


def test_the_style_says_the_same_limit_as_the_page() -> None:
    """What the server does not take in at all is told by the style sheet; Streamlit's own words are English."""
    assert f"Hoogstens {MAXIMUM_MEGABYTES} MB kan." in (FOLDER / "style.css").read_text("utf-8")
    assert maximum_bytes() <= MAXIMUM_MEGABYTES * 1_000_000


def test_a_chart_without_description_is_refused() -> None:
    with pytest.raises(ValueError, match="has no description"):
        Chart("Titel", "  ", {}, Table("t", ("a",), [("b",)]))


def test_a_chart_without_its_data_as_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows in its table"):
        Chart("Titel", "Dit valt op.", {}, Table("t", ("a",), []))
