"""What all tests share: where the real public data is, and a fresh data directory."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data and published test values; the test is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the public data of ../shared is not here")
    return SHARED
