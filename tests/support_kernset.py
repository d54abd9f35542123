"""A copy of the shipped kernset that a test may spoil: only first versions, so that a later one changes no test."""

import shutil
from pathlib import Path

import yaml

import indicators
from indicators.lock import LOCK_NAME, lock_new_files

SHIPPED = Path(indicators.__file__).parent


def first_versions(target: Path) -> Path:
    """Copy the folder `indicators/` with version 1 of every definition, locked and listed."""
    folder = Path(
        shutil.copytree(SHIPPED, target, ignore=shutil.ignore_patterns("*.v[2-9].yaml", "*.v??.yaml", "*.py*"))
    )
    relock(folder)
    path = folder / "kernset.yaml"
    kernset = yaml.safe_load(path.read_text("utf-8"))
    kernset["indicators"] = [f"{name.split('@')[0]}@1" for name in kernset["indicators"]]
    path.write_text(yaml.safe_dump(kernset), "utf-8")
    return folder


def relock(folder: Path) -> None:
    """Lock every definition as it stands now."""
    (folder / "definitions" / LOCK_NAME).write_text("", "utf-8")
    lock_new_files(folder / "definitions")
