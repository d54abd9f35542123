"""The hash lock: a released file never changes (METHODS 7); it guards the folders `definitions` and `kernsets`.

`<folder>.lock` has one line per YAML file of its folder: its name and the SHA-256 of its bytes. A file that differs
from its line is refused, and so is a file in which something must still be filled in; a new file gets its line with
`jzojp kernset lock`. A version that was never published may still be changed: delete its line and lock again, which a
reviewer then sees.
Does not belong here: what a definition or a kernset says.
"""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from indicators.errors import DefinitionError
from indicators.unfilled import unfilled_fields

LOCKED_FOLDERS: Final = ("definitions", "kernsets")
"""The folders of `indicators/` that have a lock."""
_CHANGED, _NEW, _GONE = "changed after it was locked", "is not locked", "is locked but gone"
LOCK_REMEDIES: Final[Mapping[str, str]] = {
    _CHANGED: (
        "put the old file back, and make a new version with a reason ('jzojp kernset new CODE', or for a kernset "
        "'jzojp kernset next')"
    ),
    _NEW: "lock it with 'jzojp kernset lock' when everything else in it is right",
    _GONE: "put it back: what was released stays",
}
"""What to do about each way in which a file differs from the lock."""


def lock_of(folder: Traversable) -> Traversable:
    """The lock of a folder: `definitions/definitions.lock`."""
    return folder.joinpath(f"{folder.name}.lock")


def file_hash(file: Traversable) -> str:
    """The SHA-256 of a file, as the lock has it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def locked_hashes(folder: Traversable) -> Mapping[str, str]:
    """What the lock says: hash by file name."""
    lines = lock_of(folder).read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines)


def definition_files(folder: Traversable) -> list[Traversable]:
    """The YAML files of a folder, ordered by name."""
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


def check_lock(folder: Traversable) -> None:
    """Compare every file of a folder with its lock.

    Raises:
        DefinitionError: a file changed, has no line, is gone or is not filled in; every such file is named.
    """
    found = [*faults_of_lock(folder), *faults_of_filling(definition_files(folder))]
    faults = [f"{name} {fault}" for name, fault in found]
    if faults:
        raise DefinitionError(
            f"{'; '.join(faults)}. A released file never changes: put the old one back and make a new version with a "
            "reason ('jzojp kernset new CODE', or 'jzojp kernset next' for the kernset). A new file that is filled in "
            "is locked with 'jzojp kernset lock'."
        )


def faults_of_lock(folder: Traversable) -> list[tuple[str, str]]:
    """File name and fault, of every file that differs from the lock."""
    locked, found = locked_hashes(folder), {file.name: file_hash(file) for file in definition_files(folder)}
    return [
        *((name, _CHANGED) for name in found if name in locked and found[name] != locked[name]),
        *((name, _NEW) for name in found if name not in locked),
        *((name, _GONE) for name in locked if name not in found),
    ]


def faults_of_filling(files: Iterable[Traversable]) -> list[tuple[str, str]]:
    """File name and fault, of every file in which something must still be filled in."""
    unfilled = {file.name: unfilled_fields(file) for file in files}
    return [(name, f"must still be filled in: {', '.join(fields)}") for name, fields in unfilled.items() if fields]


def lock_new_files(folder: Path) -> list[str]:
    """Add a line for every file that has none, and return their names; existing lines are never changed.

    Raises:
        DefinitionError: a new file is not filled in.
    """
    locked = dict(locked_hashes(folder))
    new = [file for file in definition_files(folder) if file.name not in locked]
    unfilled = [f"{name} {fault}" for name, fault in faults_of_filling(new)]
    if unfilled:
        raise DefinitionError("\n".join(unfilled))
    hashes = {**locked, **{file.name: file_hash(file) for file in new}}
    lines = [f"{name} {digest}\n" for name, digest in sorted(hashes.items())]
    (folder / lock_of(folder).name).write_text("".join(lines), encoding="utf-8")
    return [file.name for file in new]
