"""The raw files: the bytes that somebody sent, under their SHA-256, never changed.

They are never removed either, but for one exception: a file with personal data goes to quarantine, where nothing
reads it, and is destroyed when its sender says so. Belongs here: storing, reading, checking and setting apart bytes.
Does not belong here: who sent them (the ledger) and what is in them (`expectations/`). Reading and listing go through
fsspec; storing needs rename and fsync, so the folder is local.
"""

import hashlib
from collections.abc import Sequence

from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from register.durable import READ_ONLY, fsync_folder, write_all_durably
from register.errors import DamagedFileError, QuarantinedFileError, StorageError
from register.failpoints import Failpoint, reach
from register.home import Home
from register.locks import scratch


def hash_of(content: bytes) -> str:
    """The SHA-256 of bytes, as the store names them."""
    return hashlib.sha256(content).hexdigest()


class RawFiles:
    """The raw files of one data directory."""

    def __init__(self, home: Home) -> None:
        self._home = home.create()
        self._folder = home.files_path
        self._quarantine = home.quarantine_path
        self._files = LocalFileSystem()

    def store(self, content: bytes) -> str:
        """Store one file; returns its SHA-256 once the bytes would survive a power cut.

        Raises:
            StorageError: the disk did not take it.
        """
        return self.store_all([content])[0]

    def store_all(self, contents: Sequence[bytes]) -> list[str]:
        """Store a batch, flushed together; the same bytes are stored once, a damaged copy is mended.

        Raises:
            StorageError: the disk did not take them; what arrived before that does no harm.
        """
        hashes = [hash_of(content) for content in contents]
        named = dict(zip(hashes, contents, strict=True))
        missing = {self._folder / sha256: content for sha256, content in named.items() if not self.verify(sha256)}
        try:
            with scratch(self._home) as tmp:
                write_all_durably(missing, tmp, mode=READ_ONLY)
            fsync_folder(self._folder)
        except OSError as error:
            raise StorageError(
                f"Het bestand kon niet worden opgeslagen ({error.strerror}). Er is niets ontvangen. "
                "Maak ruimte op de schijf of herstel de schrijfrechten, en lever opnieuw aan."
            ) from error
        return hashes

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash, checked.

        Raises:
            DamagedFileError: the file is not there, or holds other bytes.
            QuarantinedFileError: it holds personal data and was set apart.
        """
        path = str(self._folder / sha256)
        if not self._files.exists(path):
            if self.is_quarantined(sha256):
                raise QuarantinedFileError(
                    f"Bestand {sha256} bevat persoonsgegevens en staat apart; het wordt niet gelezen."
                )
            raise DamagedFileError(
                f"Het ontvangen bestand {sha256} ontbreekt in {self._folder}. Zet het terug uit een reservekopie."
            )
        content: bytes = self._files.cat_file(path)
        if hash_of(content) != sha256:
            raise DamagedFileError(
                f"Het ontvangen bestand {sha256} in {self._folder} is beschadigd: de inhoud past niet bij de naam. "
                "Zet het terug uit een reservekopie, of lever dezelfde bytes opnieuw aan."
            )
        return content

    def verify(self, sha256: str) -> bool:
        """Whether the file is there and whole."""
        try:
            self.read(sha256)
        except (DamagedFileError, QuarantinedFileError):
            return False
        return True

    def has(self, sha256: str) -> bool:
        """Whether there are bytes with this hash, set apart or not."""
        return (self._folder / sha256).exists() or self.is_quarantined(sha256)

    def is_quarantined(self, sha256: str) -> bool:
        """Whether the bytes with this hash are set apart."""
        return (self._quarantine / sha256).exists()

    def quarantine(self, sha256: str) -> None:
        """Set a file apart; safe to repeat, also after a crash halfway."""
        path = self._folder / sha256
        reach(Failpoint.QUARANTINE_BEFORE_RENAME)
        if path.exists():
            path.replace(self._quarantine / sha256)
        reach(Failpoint.QUARANTINE_AFTER_RENAME)
        fsync_folder(self._quarantine)
        fsync_folder(self._folder)

    def destroy(self, sha256: str) -> None:
        """Remove the bytes for good, wherever they are; safe to repeat, also after a crash halfway."""
        reach(Failpoint.PURGE_BEFORE_UNLINK)
        for folder in (self._folder, self._quarantine):
            (folder / sha256).unlink(missing_ok=True)
        reach(Failpoint.PURGE_AFTER_UNLINK)
        fsync_folder(self._folder)
        fsync_folder(self._quarantine)
