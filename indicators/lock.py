"""The hash lock: a released definition file never changes (METHODS 7).

`definitions.lock` has one line per definition file: its name and the SHA-256 of its bytes. A file that differs from
its line is refused; a new file gets its line with `python -m indicators.lock`. A version that was never published may
still be changed: delete its line and lock again, which a reviewer then sees.
Does not belong here: what a definition says.
"""

import hashlib
import sys
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from indicators.errors import DefinitionError

LOCK_NAME = "definitions.lock"


def file_hash(file: Traversable) -> str:
    """The SHA-256 of a definition file, as the lock has it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def locked_hashes(folder: Traversable) -> Mapping[str, str]:
    """What the lock says: hash by file name."""
    lines = folder.joinpath(LOCK_NAME).read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines)


def definition_files(folder: Traversable) -> list[Traversable]:
    """The definition files of a folder, ordered by name."""
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


def check_lock(folder: Traversable) -> None:
    """Compare every definition file with the lock.

    Raises:
        DefinitionError: a file changed, has no line, or is gone; every such file is named.
    """
    locked, found = locked_hashes(folder), {file.name: file_hash(file) for file in definition_files(folder)}
    faults = [
        *(f"{name} changed after it was locked" for name in found if name in locked and found[name] != locked[name]),
        *(f"{name} is not locked" for name in found if name not in locked),
        *(f"{name} is locked but gone" for name in locked if name not in found),
    ]
    if faults:
        raise DefinitionError(
            f"{'; '.join(faults)}. A released definition never changes: put the old file back and make a new version "
            f"with a reason. A new file is locked with 'python -m indicators.lock'."
        )


def lock_new_files(folder: Path) -> list[str]:
    """Add a line for every file that has none, and return their names; existing lines are never changed."""
    locked = dict(locked_hashes(folder))
    new = {file.name: file_hash(file) for file in definition_files(folder) if file.name not in locked}
    lines = [f"{name} {digest}\n" for name, digest in sorted({**locked, **new}.items())]
    folder.joinpath(LOCK_NAME).write_text("".join(lines), encoding="utf-8")
    return list(new)


if __name__ == "__main__":
    shipped = Path(__file__).with_name("definitions")
    sys.stdout.writelines(f"locked {name}\n" for name in lock_new_files(shipped))
    check_lock(shipped)
