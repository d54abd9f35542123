"""`jzojp kernset` as a maintainer meets it: from a new file to a page, with exit codes."""

import json
import re
from pathlib import Path

import pytest

from orchestration import command_line
from tests.support_kernset import first_versions

ANSWERS = {
    "valid_from": "2026Q1",
    "comparable_with_previous": "false",
    "reason": "Voorbeeld.",
    "author": "A",
    "checker": "B",
    "review_date": "2027-07-01",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions and tables."""
    return first_versions(tmp_path / "indicators")


@pytest.fixture
def kernset(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run one command in this process: (exit code, stdout, stderr)."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["jzojp", "kernset", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), *capsys.readouterr()

    return run


def fill_in(path: Path) -> None:
    text = path.read_text("utf-8")
    for field, answer in ANSWERS.items():
        text = re.sub(rf"^{field}:.*\n(?: .*\n)*", f"{field}: {answer}\n", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def test_from_a_new_file_to_a_locked_version(kernset, folder: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = kernset("new", "PRE02", "--from", "PRE02@1", "--folder", folder, "--format", "json")
    path = Path(json.loads(out)["path"])
    assert (code, path.name) == (0, "PRE02.v2.yaml")
    assert any("kernset lock" in step for step in json.loads(out)["next_steps"])

    code, out, _ = kernset("lock", "--folder", folder)
    assert code == 3
    assert "comparable_with_previous: is not filled in" in out
    assert "PRE02.v2" not in (folder / "definitions" / "definitions.lock").read_text("utf-8")

    fill_in(path)
    code, out, _ = kernset("lock", "--folder", folder)
    assert (code, out.strip()) == (0, "Vergrendeld: PRE02.v2.yaml")
    code, out, _ = kernset("check", "--folder", folder, "--format", "json")
    assert code == 0
    assert any(item["remedy"].startswith("list PRE02@2") for item in json.loads(out)["findings"])


def test_a_file_to_fill_in_is_not_overwritten(kernset, folder: Path) -> None:  # type: ignore[no-untyped-def]
    kernset("new", "PRE88", "--folder", folder)
    before = (folder / "definitions" / "PRE88.v1.yaml").read_bytes()
    code, _, err = kernset("new", "PRE88", "--folder", folder)
    assert (code, "PRE88.v1.yaml must still be filled in" in err) == (3, True)
    assert (folder / "definitions" / "PRE88.v1.yaml").read_bytes() == before
    assert not (folder / "definitions" / "PRE88.v2.yaml").exists()


def test_errors_are_all_told_and_end_in_a_failure(kernset, folder: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("PRE02.v1.yaml", "OUD01.v1.yaml"):
        path = folder / "definitions" / name
        path.write_text(path.read_text("utf-8").replace("decimals: 1", "decimals: x"), "utf-8")
    code, out, _ = kernset("check", "--folder", folder)
    assert code == 3
    assert "fout: definitions/OUD01.v1.yaml, definitions/PRE02.v1.yaml, decimals: " in out


def test_what_is_shipped_passes_the_check(kernset) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = kernset("check")
    assert code == 0
    assert "fout: 0" in out


def test_a_code_in_another_form_is_wrong_use(kernset, folder: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = kernset("new", "pre-2", "--folder", folder)
    assert code == 2
    assert "pre-2" in err


def test_export_writes_a_document_and_a_page(kernset, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, _ = kernset("export", "--json", tmp_path / "k.json", "--page", tmp_path / "k.md")
    assert code == 0
    assert json.loads((tmp_path / "k.json").read_text("utf-8"))["schema_version"] == 1
    assert (tmp_path / "k.md").read_text("utf-8").startswith("# De kernset")


@pytest.mark.parametrize("arguments", [(), ("--page", "/geen/map/k.md")])
def test_export_without_a_place_is_wrong_use(kernset, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert kernset("export", *arguments)[0] == 2
