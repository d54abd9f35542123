"""The hash lock notices every change of a definition file."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indicators.definitions as definitions_module
from indicators.errors import DefinitionError
from indicators.lock import check_lock, definition_files, lock_new_files

SHIPPED = Path(definitions_module.__file__).with_name("definitions")
NAMES = [file.name for file in definition_files(SHIPPED)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("lock") / "definitions"))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.integers(0, 10_000), st.integers(1, 255))
def test_lock_refuses_one_changed_byte(folder: Path, name: str, position: int, change: int) -> None:
    file = folder / name
    original = file.read_bytes()
    spoiled = bytearray(original)
    spoiled[position % len(spoiled)] ^= change
    try:
        file.write_bytes(bytes(spoiled))
        with pytest.raises(DefinitionError, match=name.replace(".", r"\.")):
            check_lock(folder)
        assert lock_new_files(folder) == []
    finally:
        file.write_bytes(original)
    check_lock(folder)
