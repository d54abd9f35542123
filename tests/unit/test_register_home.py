"""The data directory: every path is inside it, whatever the environment says."""

from pathlib import Path

import pytest

from register.errors import RegisterError
from register.home import Home


def test_the_environment_names_the_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JZOJP_HOME", str(tmp_path / "elders"))
    assert Home.from_environment().path == tmp_path / "elders"


@pytest.mark.parametrize("value", [None, ""])
def test_without_it_the_directory_is_var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str | None) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JZOJP_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("JZOJP_HOME", value)
    assert Home.from_environment().path == tmp_path / "var"


def test_a_relative_directory_does_not_move_with_the_current_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JZOJP_HOME", "gegevens")
    home = Home.from_environment()
    monkeypatch.chdir("/")
    assert home.create().ledger_path == tmp_path / "gegevens" / "register" / "ledger.sqlite"


def test_making_the_object_touches_nothing(tmp_path: Path) -> None:
    Home(tmp_path / "nieuw")
    assert not (tmp_path / "nieuw").exists()


def test_create_makes_the_folders_and_can_be_repeated(tmp_path: Path) -> None:
    home = Home(tmp_path / "nieuw").create().create()
    assert home.files_path.is_dir()
    assert home.tmp_path.is_dir()


def test_every_path_is_inside_the_directory(tmp_path: Path) -> None:
    home = Home(tmp_path / "nieuw")
    properties = [name for name, kind in vars(Home).items() if isinstance(kind, property)]
    paths = [getattr(home, name) for name in properties]
    paths += [home.work_path("run"), home.publication_path("a"), home.own_database_path("a", "ZK08")]
    assert len(paths) > 12
    assert all(path.is_relative_to(home.path) for path in paths)


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "", ".verborgen", "a\x00", "/etc"])
def test_a_name_that_is_a_path_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RegisterError):
        Home(tmp_path).publication_path(name)


def test_a_directory_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(RegisterError, match="JZOJP_HOME"):
        Home(tmp_path / "bestand").create()
