"""Writing files so that they are whole or absent, also after a power cut: tmp, fsync, rename, fsync the folder.

Belongs here: the few calls to the operating system that this takes. What is written, and when, is decided elsewhere.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from register.failpoints import Failpoint, reach

READ_ONLY = 0o444
WRITABLE = 0o644


def write_all_durably(contents: Mapping[Path, bytes], tmp: Path, *, mode: int) -> None:
    """Write files that appear whole under their name, in folders on the same file system as `tmp`.

    Every file is written before the first is flushed, so that the disk can take a batch in one go.
    """
    drafts = [(_write(content, tmp, mode), target) for target, content in contents.items()]
    reach(Failpoint.STORE_BEFORE_FSYNC)
    for draft, _ in drafts:
        _fsync(draft)
    reach(Failpoint.STORE_BEFORE_RENAME)
    for draft, target in drafts:
        draft.replace(target)
    reach(Failpoint.STORE_AFTER_RENAME)
    for folder in {target.parent for target in contents}:
        fsync_folder(folder)


def replace_durably(target: Path, content: bytes, tmp: Path) -> None:
    """Put `content` in the place of a file; a reader sees the old or the new, never half of it."""
    draft = _write(content, tmp, WRITABLE)
    _fsync(draft)
    reach(Failpoint.POINTER_BEFORE_RENAME)
    draft.replace(target)
    fsync_folder(target.parent)


def rename_durably(draft: Path, target: Path) -> None:
    """Give a finished folder its name in one step; its files are flushed and become read-only first."""
    for path in draft.iterdir():
        path.chmod(READ_ONLY)
        _fsync(path)
    fsync_folder(draft)
    reach(Failpoint.PUBLISH_BEFORE_RENAME)
    draft.rename(target)
    fsync_folder(target.parent)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    _fsync(folder)


def _write(content: bytes, tmp: Path, mode: int) -> Path:
    draft = tmp / uuid4().hex
    draft.write_bytes(content)
    draft.chmod(mode)
    return draft


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
