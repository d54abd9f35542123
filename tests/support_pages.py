"""Pages without a browser: open one by a link, and read everything that is written on it."""

from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest

import app

FOLDER: Final = Path(app.__file__).parent


def visit(page: str, **choices: str) -> AppTest:
    """A page as somebody sees it who came by a link."""
    at = AppTest.from_file(FOLDER / "main.py", default_timeout=30)
    at.query_params.update(choices)
    at.run()
    if page != "overzicht":
        at.query_params.update(choices)
        at.switch_page(f"views/{page}.py").run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    """Everything that is written on the page."""
    told = [*at.title, *at.header, *at.subheader, *at.markdown, *at.warning, *at.get("html")]
    return "\n".join(str(item.proto.body) for item in told)
