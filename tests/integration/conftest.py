"""A data directory with the first part of the demo, loaded once through the real line and copied for each test."""

import shutil
from pathlib import Path

import pytest

from orchestration.demo.loading import FIRST_PAGE, load
from orchestration.pipeline import compute
from register.home import Home
from tests.support_demo import deliver_the_correction


@pytest.fixture(scope="session")
def _first_page(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    load(home, FIRST_PAGE, say=lambda _: None)
    return home


@pytest.fixture(scope="session")
def _corrected(_first_page: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(shutil.copytree(_first_page.path, tmp_path_factory.mktemp("corrected") / "home"))
    deliver_the_correction(home)
    compute(home, say=lambda _: None)
    return home


@pytest.fixture
def corrected_home(_corrected: Home, tmp_path: Path) -> Home:
    """The demo after a correction that is computed and not published yet; each test may change its copy."""
    return Home(shutil.copytree(_corrected.path, tmp_path / "home"))


@pytest.fixture
def demo_home(_first_page: Home, tmp_path: Path) -> Home:
    """Eight quarters of the demo, published as voorlopig; each test may change its copy."""
    return Home(shutil.copytree(_first_page.path, tmp_path / "home"))
