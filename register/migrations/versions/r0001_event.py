"""The ledger: one table to which rows are only added, each chained to the one before.

The triggers hold for every program that opens the file: they refuse a change, a removal (also by INSERT OR REPLACE),
a gap, and a row that does not name the hash of the row before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table and its triggers."""
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False, comment="canonical JSON of EventBody"),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    for action in ("update", "delete"):
        op.execute(
            f"create trigger event_no_{action} before {action} on event "
            "begin select raise(abort, 'the ledger is append-only'); end"
        )
    op.execute(
        "create trigger event_chained before insert on event "
        "when new.sequence is not (select coalesce(max(sequence), 0) + 1 from event) "
        "or new.previous_hash is not coalesce((select hash from event order by sequence desc limit 1), "
        "printf('%064d', 0)) "
        "begin select raise(abort, 'the event does not follow the last one'); end"
    )
