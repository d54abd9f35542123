"""The data directory: one class that knows every path in it. Nothing else builds a path.

What each path holds, and which are truth and which are cache, is in docs/architecture.md.
"""

import os
import re
from pathlib import Path
from typing import Final, Self

from register.durable import fsync_folder
from register.errors import RegisterError

VARIABLE: Final = "JZOJP_HOME"
DEFAULT: Final = "var"
MANIFEST_NAME: Final = "manifest.json"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


class Home:
    """A data directory; making the object touches nothing on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    @classmethod
    def from_environment(cls) -> Self:
        """The directory that `JZOJP_HOME` names (default `var`), seen from the current directory."""
        return cls(Path(os.environ.get(VARIABLE) or DEFAULT))

    def create(self) -> Self:
        """Make the folders that are always there, so that they survive a power cut.

        Raises:
            RegisterError: the directory cannot be made or written in.
        """
        folders = (
            self.register_path, self.files_path, self.quarantine_path, self.rows_path, self.warehouse_path.parent,
            self.publications_path, self.own_path, self.tmp_path,
        )  # fmt: skip
        if all(folder.is_dir() for folder in folders):
            return self
        try:
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegisterError(
                f"De gegevensmap {self.path} kan niet worden gemaakt: {error.strerror}. "
                f"Kies met {VARIABLE} een map waarin u mag schrijven."
            ) from error
        for folder in (*folders, self.path, self.path.parent):
            fsync_folder(folder)
        return self

    @property
    def register_path(self) -> Path:
        """The folder with all that must survive."""
        return self.path / "register"

    @property
    def ledger_path(self) -> Path:
        """The ledger of events (SQLite)."""
        return self.register_path / "ledger.sqlite"

    @property
    def files_path(self) -> Path:
        """The raw files, each named by its SHA-256."""
        return self.register_path / "files"

    @property
    def quarantine_path(self) -> Path:
        """The raw files with personal data, set apart until they are destroyed; nothing reads them."""
        return self.register_path / "quarantine"

    @property
    def rows_path(self) -> Path:
        """The cache of canonical rows."""
        return self.path / "rows"

    @property
    def warehouse_path(self) -> Path:
        """The warehouse (DuckDB), with the state of SQLMesh."""
        return self.path / "warehouse" / "warehouse.duckdb"

    def work_path(self, run: str) -> Path:
        """The copy of the warehouse on which one transformation works; the file name is that of the warehouse."""
        return self.warehouse_path.parent / "work" / _name(run) / self.warehouse_path.name

    def model_catalogue_path(self, models_hash: str) -> Path:
        """What the models with this hash look like (cache)."""
        return self.warehouse_path.parent / f"models_{_name(models_hash)}.json"

    @property
    def publications_path(self) -> Path:
        """The folder of all publications."""
        return self.path / "publications"

    @property
    def pointer_path(self) -> Path:
        """The pointer to the latest and the released publication."""
        return self.publications_path / "current.json"

    def publication_path(self, publication_id: str) -> Path:
        """The folder of one publication."""
        return self.publications_path / _name(publication_id)

    def publication_database_path(self, publication_id: str) -> Path:
        """The DuckDB snapshot of one publication."""
        return self.publication_path(publication_id) / f"publication_{publication_id}.duckdb"

    def manifest_path(self, publication_id: str) -> Path:
        """The manifest of one publication."""
        return self.publication_path(publication_id) / MANIFEST_NAME

    @property
    def own_path(self) -> Path:
        """The folder of all own snapshots (confidential)."""
        return self.path / "own"

    def own_database_path(self, publication_id: str, region_code: str) -> Path:
        """The exact figures of one region, made with one publication."""
        return self.own_path / _name(publication_id) / f"{_name(region_code)}.duckdb"

    @property
    def dagster_path(self) -> Path:
        """Dagster's storage."""
        return self.path / "dagster"

    @property
    def demo_path(self) -> Path:
        """The fictitious files of the demo."""
        return self.path / "demo"

    @property
    def logs_path(self) -> Path:
        """What the services print."""
        return self.path / "logs"

    @property
    def notice_path(self) -> Path:
        """The one line that pages show about work in the background; absent when there is none."""
        return self.tmp_path / "progress.json"

    @property
    def tmp_path(self) -> Path:
        """Half-written files."""
        return self.path / "tmp"

    @property
    def lock_path(self) -> Path:
        """The file of the writer lock."""
        return self.path / "writer.lock"


def _name(text: str) -> str:
    """A text that is one folder or file name and nothing more."""
    if not _NAME.fullmatch(text):
        raise RegisterError(f"'{text}' is geen naam van een publicatie, regio of verwerking.")
    return text
