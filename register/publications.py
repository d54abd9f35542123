"""Reading publications: the pointer, the manifest, the snapshot, and the figures that somebody may see.

Belongs here: everything between a publication on disk and whoever reads it, and the manifest that makers of
publications fill in. Does not belong here: making one (`orchestration/publishing.py`).
DuckDB and pandas are imported where a snapshot is opened: who only asks which publication there is, waits for neither.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from register.durable import replace_durably
from register.errors import DamagedFileError, NoPublicationError, StorageError
from register.event_fields import PeriodCode, Sha256
from register.home import Home
from register.locks import scratch

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

_LOCKED_DOWN: Mapping[str, str | bool] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


class _Record(BaseModel):
    """What is written as JSON beside a publication: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PublicationStatus(StrEnum):
    """How final a publication is."""

    CONCEPT = "concept"
    VOORLOPIG = "voorlopig"
    DEFINITIEF = "definitief"


class Pointer(_Record):
    """Which publication is the latest (perhaps a concept), and which one everybody reads."""

    latest: str
    released: str | None = None


class ManifestInput(_Record):
    """One batch that counts in a publication."""

    number: int
    region: str
    period: PeriodCode
    dataset: str
    sha256: Sha256


class ManifestPolicy(_Record):
    """The rule for small numbers under which a publication was made."""

    version: int
    threshold: int
    rounding_base: int


class ManifestCheck(_Record):
    """One check on the publication and what came out."""

    name: str
    passed: bool
    detail: str = ""


class Manifest(_Record):
    """Everything needed to explain a publication later, and to make it again.

    `files` has the SHA-256 of every file beside the manifest; `definitions` that of each released definition by id
    (`PRE02@1`) and of the kernset in force by its version; `inputs_added` and
    `inputs_removed` are against the publication `previous`. `agreed_paths` is the hash of what was agreed and could be
    followed; a publication from before afspraken has none.
    """

    id: str
    status: PublicationStatus
    made_at: AwareDatetime
    previous: str | None
    content_hash: Sha256
    files: Mapping[str, Sha256]
    ledger_sequence: int = Field(ge=0)
    ledger_hash: Sha256
    inputs: tuple[ManifestInput, ...]
    inputs_added: tuple[ManifestInput, ...]
    inputs_removed: tuple[ManifestInput, ...]
    indicators_changed: tuple[str, ...]
    kernset_version: str
    definitions: Mapping[str, Sha256]
    policy: ManifestPolicy
    agreed_paths: Sha256 | None = None
    code_version: str
    checks: tuple[ManifestCheck, ...]
    is_fictitious: bool


class PublicationReader:
    """One snapshot, opened read-only and locked down: it can reach no file, no network and no setting.

    Use it as a context manager, or keep it: snapshots never change. Threads may share it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> "pd.DataFrame":
        """The answer to a query; user input only as parameters (`$name`)."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, parameters or None).df()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        self.close()
        return False


def pointer(home: Home) -> Pointer | None:
    """The pointer, or None before the first publication.

    Raises:
        DamagedFileError: the file is not a pointer.
    """
    try:
        return Pointer.model_validate_json(home.pointer_path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise DamagedFileError(
            f"{home.pointer_path} is beschadigd. Maak met 'jzojp publish' een nieuwe publicatie."
        ) from error


def latest(home: Home) -> str | None:
    """The id of the latest publication, perhaps a concept."""
    found = pointer(home)
    return found.latest if found else None


def released(home: Home) -> str | None:
    """The id of the publication that everybody reads."""
    found = pointer(home)
    return found.released if found else None


def replace_pointer(home: Home, new: Pointer) -> None:
    """Point to other publications, in one step; needs the writer lock and publications that are whole.

    Raises:
        NoPublicationError: one of them is not there.
        StorageError: the disk did not take it; the old pointer stays.
    """
    for publication_id in filter(None, (new.latest, new.released)):
        if not home.manifest_path(publication_id).is_file():
            raise NoPublicationError(f"Publicatie {publication_id} bestaat niet; er kan niet naar worden verwezen.")
    try:
        with scratch(home) as tmp:
            replace_durably(home.pointer_path, new.model_dump_json().encode(), tmp)
    except OSError as error:
        raise StorageError(
            f"De verwijzing {home.pointer_path.name} kon niet worden vervangen ({error.strerror}); alles blijft zoals "
            "het was. Maak ruimte op de schijf en voer de opdracht opnieuw uit."
        ) from error


def read_manifest(home: Home, publication_id: str) -> Manifest:
    """The manifest of a publication.

    Raises:
        NoPublicationError: there is no such publication.
        DamagedFileError: its manifest cannot be read.
    """
    path = home.manifest_path(publication_id)
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise NoPublicationError(f"Publicatie {publication_id} bestaat niet.") from error
    except ValidationError as error:
        raise DamagedFileError(f"{path} is beschadigd. Zet de map terug uit een reservekopie.") from error


def open_publication(home: Home, publication_id: str) -> PublicationReader:
    """The published snapshot of a publication."""
    return PublicationReader(home.publication_database_path(publication_id))


def open_own(home: Home, publication_id: str, region_code: str) -> PublicationReader:
    """The confidential snapshot of one region; who may see it is asked in `values.py`."""
    return PublicationReader(home.own_database_path(publication_id, region_code))


def damaged_files(home: Home, publication_id: str) -> list[str]:
    """The files of a publication that are gone or no longer have the hash in its manifest."""
    folder = home.publication_path(publication_id)
    return [
        name
        for name, expected in read_manifest(home, publication_id).files.items()
        if not (folder / name).is_file() or _hash_of_file(folder / name) != expected
    ]


def _hash_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _connect(path: Path) -> "DuckDBPyConnection":
    """The one connection factory: all connections to one file in a process need the same settings."""
    import duckdb

    if not path.is_file():
        raise NoPublicationError(
            f"De momentopname {path.name} ontbreekt. Maak met 'jzojp publish' een nieuwe publicatie."
        )
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(_LOCKED_DOWN))
    except duckdb.Error as error:
        raise DamagedFileError(
            f"{path.name} is beschadigd en kan niet worden geopend. Maak met 'jzojp publish' een nieuwe publicatie."
        ) from error
