"""Which code made a publication: the released version and a hash of the source that ran."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder of the project, where `config.yaml` and the packages are."""

_SOURCES = ("indicators", "expectations", "register", "orchestration", "models", "macros", "audits")
_SUFFIXES = {".py", ".sql", ".yaml", ".json", ".csv", ".lock"}


@cache
def code_version() -> str:
    """For example `0.1.0+3f2a91c07b55`; the part after the plus is the same for the same source files."""
    digest = hashlib.sha256()
    for file in sorted(path for name in _SOURCES for path in (ROOT / name).rglob("*") if path.suffix in _SUFFIXES):
        digest.update(f"{file.relative_to(ROOT).as_posix()}\n".encode())
        digest.update(file.read_bytes())
    return f"{version('jzojp-monitor')}+{digest.hexdigest()[:12]}"
