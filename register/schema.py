"""The tables of the register database; migrations make them, a test compares the two."""

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

REVISION: Final = "0002"
"""The migration that this code needs."""

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False, comment="canonical JSON of EventBody"),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("person_id", String(12), primary_key=True),
    Column("salt", String(64), nullable=False, comment="goes with the row, so that the fingerprint tells nothing"),
    Column("body", Text, nullable=False, comment="JSON of Person; can be erased, unlike an event"),
)
