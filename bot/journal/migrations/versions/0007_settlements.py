"""Store what a reported message showed and what became of the report."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0008"
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
    """Add the columns."""
    for name, kind in COLUMNS.items():
        op.add_column("mistakes", sa.Column(name, kind))
    op.create_index("mistakes_reporter", "mistakes", ["reporter"])


def downgrade() -> None:
    """Drop the columns."""
    op.drop_index("mistakes_reporter", "mistakes")
    for name in reversed(COLUMNS):
        op.drop_column("mistakes", name)
