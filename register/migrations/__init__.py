"""Migrations of the register database; `env.py` is called by Alembic."""
