"""Contact persons: personal data beside the ledger, so that it can be erased (decision 0026)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "person",
        sa.Column("person_id", sa.String(12), primary_key=True),
        sa.Column(
            "salt", sa.String(64), nullable=False, comment="goes with the row, so that the fingerprint tells nothing"
        ),
        sa.Column("body", sa.Text, nullable=False, comment="JSON of Person; can be erased, unlike an event"),
    )
