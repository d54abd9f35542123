"""Alembic runs this file; the connection and its transaction come from `register/database.py`."""

from alembic import context

from register.schema import metadata


def run() -> None:
    """Bring the database of the given connection up to date inside the transaction that it has begun."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()


run()
