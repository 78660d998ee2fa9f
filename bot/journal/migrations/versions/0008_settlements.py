"""Store what a reported message showed, what became of the report, and what was posted in the editors' channel."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS: dict[str, Any] = {
    "locale": sa.String(8),
    "story": sa.String(40),
    "version": sa.String(12),
    "facts": sa.JSON(),
    "link": sa.Text(),
    "reporter": sa.BigInteger(),
    "outcome": sa.String(12),
    "note": sa.Text(),
}


def upgrade() -> None:
    """Add the columns and the table."""
    for name, kind in COLUMNS.items():
        op.add_column("mistakes", sa.Column(name, kind))
    op.create_index("mistakes_reporter", "mistakes", ["reporter"])
    op.create_table(
        "posted",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_table("posted")
    op.drop_index("mistakes_reporter", "mistakes")
    for name in reversed(COLUMNS):
        op.drop_column("mistakes", name)
