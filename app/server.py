"""The process that serves the site: one Streamlit app, in Dutch, on one address.

    python -m app.server --address 127.0.0.1 --port 8501

Belongs here: starting and wrapping the server. Does not belong here: pages (`app/main.py`).
Streamlit is imported inside functions, because the worker process imports this module again.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app import intake_worker

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import RedirectResponse
    from streamlit.starlette import App

FOLDER = Path(__file__).parent
START_PATH = "/overzicht"


def create_app() -> App:
    """The site as an ASGI application: pages behind the Dutch start page, the API beside them, a warm intake worker."""
    from starlette.middleware import Middleware
    from starlette.routing import Route
    from streamlit.starlette import App

    from app.api.application import api_routes
    from app.start_page import DutchStartPage
    from register.home import Home

    @asynccontextmanager
    async def with_worker(_: App) -> AsyncIterator[None]:
        intake_worker.start()
        yield
        intake_worker.stop()

    return App(
        FOLDER / "main.py",
        lifespan=with_worker,
        routes=[*api_routes(Home.from_environment()), Route(START_PATH, _to_start)],
        middleware=[Middleware(DutchStartPage)],
        on_script_error=_failed,
    )


def _to_start(request: Request) -> RedirectResponse:
    """The first page has no path of its own in Streamlit, which calls the name of it a page that does not exist."""
    from starlette.responses import RedirectResponse

    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


def _failed(error: Exception) -> bool:
    """Import the page's frame only now: its caches want a running server."""
    from app.layout import failed

    return failed(error)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m app.server", description="De website van de monitor.")
    parser.add_argument("--address", default="127.0.0.1", help="adres waarop de site luistert")
    parser.add_argument("--port", type=int, default=8501, help="poort waarop de site luistert")
    chosen = parser.parse_args(arguments)
    create_app().run(config={"server.address": chosen.address, "server.port": chosen.port})


if __name__ == "__main__":
    main()
