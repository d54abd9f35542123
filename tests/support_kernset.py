"""A copy of the shipped kernset that a test may spoil: only first versions, so that a later one changes no test."""

import shutil
from pathlib import Path
from typing import Any

import yaml

import indicators
from indicators.lock import LOCKED_FOLDERS, lock_new_files, lock_of

SHIPPED = Path(indicators.__file__).parent


def first_versions(target: Path) -> Path:
    """Copy the folder `indicators/` with version 1 of every definition, locked and listed."""
    folder = Path(
        shutil.copytree(SHIPPED, target, ignore=shutil.ignore_patterns("*.v[2-9].yaml", "*.v??.yaml", "*.py*"))
    )
    kernsets = sorted((folder / "kernsets").glob("*.yaml"), key=lambda path: int(_read(path)["number"]))
    first = {**_read(kernsets[-1]), **{name: _read(kernsets[0])[name] for name in ("version", "number", "retired")}}
    first["indicators"] = [f"{name.split('@')[0]}@1" for name in first["indicators"]]
    for path in kernsets[1:]:
        path.unlink()
    kernsets[0].write_text(yaml.safe_dump(first), "utf-8")
    relock(folder)
    return folder


def relock(folder: Path) -> None:
    """Lock every definition and kernset as it stands now."""
    for guarded in LOCKED_FOLDERS:
        (folder / guarded / lock_of(folder / guarded).name).write_text("", "utf-8")
        lock_new_files(folder / guarded)


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return document
