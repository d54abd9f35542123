"""Who can be asked: personal data, kept beside the ledger so that it can be erased (decision 0026).

An event holds a reference: an id and a salted fingerprint. Name, role and address are in the table `person` with the
salt; when the row is gone nobody can tell from the fingerprint who it was. Belongs here: that table. Does not belong
here: who is a contact of what (`agreement_model.py`, `contacts.py`).
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, delete, insert, select

from register.database import open_database, reading
from register.event_fields import Content, Sha256
from register.home import Home
from register.schema import person as person_table

_ID_BYTES: Final = 6
_SALT_BYTES: Final = 32
_WAIT_MILLISECONDS: Final = 2_000
_E_MAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")


class Person(BaseModel):
    """A contact person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    role: str | None = Field(default=None, max_length=200)
    e_mail: str | None = Field(default=None, max_length=300)


class PersonReference(Content):
    """What the ledger knows of a person; `fingerprint` is SHA-256 over the salt and what was entered."""

    person_id: str = Field(pattern=r"^[0-9a-f]{12}$")
    fingerprint: Sha256


class NewPerson(NamedTuple):
    """A person who is still to be written."""

    reference: PersonReference
    salt: str
    person: Person


def is_e_mail(address: str) -> bool:
    """Whether mail can be sent to it, by its form."""
    return _E_MAIL.fullmatch(address) is not None


def new_person(person: Person) -> NewPerson:
    """Give a person an id and a fingerprint; nothing is written yet."""
    salt = secrets.token_hex(_SALT_BYTES)
    reference = PersonReference(person_id=secrets.token_hex(_ID_BYTES), fingerprint=_fingerprint(salt, person))
    return NewPerson(reference, salt, person)


def write_persons(connection: Connection, new: Iterable[NewPerson]) -> None:
    """Keep persons, in the transaction of the event that refers to them."""
    rows = [
        {"person_id": item.reference.person_id, "salt": item.salt, "body": item.person.model_dump_json()}
        for item in new
    ]
    if rows:
        connection.execute(insert(person_table), rows)


def erase_persons(connection: Connection, person_ids: Collection[str]) -> None:
    """Erase persons with their salts; SQLite overwrites the room they had (`secure_delete`)."""
    if person_ids:
        connection.execute(delete(person_table).where(person_table.c.person_id.in_(person_ids)))


def forget_pages(home: Home) -> None:
    """Empty the write-ahead log, in which an erased row may still stand.

    Where somebody reads on, SQLite does it when the last connection closes.
    """
    with open_database(home.create().ledger_path).connect() as connection:
        connection.commit()
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute(f"pragma busy_timeout = {_WAIT_MILLISECONDS}")
            raw.execute("pragma wal_checkpoint(truncate)")


def persons(home: Home, references: Iterable[PersonReference]) -> dict[str, Person]:
    """The persons who are still known, by id."""
    wanted = {reference.person_id for reference in references}
    if not wanted:
        return {}
    with reading(open_database(home.create().ledger_path)) as connection:
        rows = connection.execute(select(person_table.c.person_id, person_table.c.body)).all()
    return {row.person_id: Person.model_validate_json(row.body) for row in rows if row.person_id in wanted}


def is_untouched(home: Home, reference: PersonReference) -> bool:
    """Whether what is kept of a person is what was entered; also False when it is erased."""
    query = select(person_table).where(person_table.c.person_id == reference.person_id)
    with reading(open_database(home.create().ledger_path)) as connection:
        row = connection.execute(query).first()
    return row is not None and _fingerprint(row.salt, Person.model_validate_json(row.body)) == reference.fingerprint


def known(references: Iterable[PersonReference], found: Mapping[str, Person]) -> tuple[Person, ...]:
    """The persons behind references, without those who were erased."""
    return tuple(found[item.person_id] for item in references if item.person_id in found)


def _fingerprint(salt: str, person: Person) -> str:
    return hashlib.sha256(f"{salt}\n{person.model_dump_json()}".encode()).hexdigest()
