"""Opening the database of the register and bringing its tables up to date.

Belongs here: what differs between database products, and the start of migrations. Only SQLite runs now; PostgreSQL
needs a migration with its own triggers and `LOCK TABLE` in `_begin`. Does not belong here: the ledger itself.
"""

import importlib.resources
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from register.errors import RegisterError, StorageError
from register.locks import opening
from register.schema import REVISION

if TYPE_CHECKING:
    from alembic.config import Config

_BUSY_MILLISECONDS: Final = 60_000
_WRITES: Final = "takes_write_lock"


def open_database(path: Path) -> Engine:
    """The database in a file, with its tables up to date; a fresh file is made.

    Raises:
        RegisterError: the file is no register, or was made by a newer version.
    """
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        if _revision(engine) != REVISION:
            with opening(path.parent):
                _migrate(engine)
    except DBAPIError as error:
        raise RegisterError(
            f"Het register {path} kan niet worden geopend ({error.orig}). "
            "Controleer of het bestand een register is, of zet een reservekopie terug."
        ) from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction as the only writer; it is on disk when the block ends, or it never was.

    Raises:
        StorageError: the database did not take it.
    """
    try:
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection
    except DBAPIError as error:
        raise StorageError(
            f"Het register kon niet worden bijgewerkt ({error.orig}). Er is niets vastgelegd. "
            "Controleer of er ruimte is op de schijf en voer de opdracht opnieuw uit."
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database, which stops no writer."""
    with engine.connect() as connection:
        yield connection


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"pragma busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("begin immediate" if is_writing else "begin")


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("select version_num from alembic_version"))
        return None if found is None else str(found)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.util import CommandError

    _use_write_ahead_log(engine)
    with engine.execution_options(**{_WRITES: True}).begin() as connection:
        try:
            command.upgrade(alembic_config(connection), "head")
        except CommandError as error:
            raise RegisterError(
                f"Het register is gemaakt door een nieuwere versie van deze software ({error}). Installeer die versie."
            ) from error


def _use_write_ahead_log(engine: Engine) -> None:
    """Set the journal mode, which the file remembers; not possible inside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("pragma journal_mode = wal")
    finally:
        raw.close()


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for the migrations in `register/migrations`, over an open connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    folder = importlib.resources.files("register").joinpath("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
