"""Make room for the outcome `unanswered`: the reply to a question was not delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OLD, NEW = sa.String(8), sa.String(10)
TABLES = ("exchanges", "daily")


def upgrade() -> None:
    """Widen the columns."""
    _alter(OLD, NEW)


def downgrade() -> None:
    """Narrow the columns."""
    _alter(NEW, OLD)


def _alter(before: sa.String, after: sa.String) -> None:
    if op.get_bind().dialect.name == "sqlite":  # it knows no length, and would have to copy the whole tables
        return
    for table in TABLES:
        op.alter_column(table, "outcome", existing_type=before, type_=after, existing_nullable=False)
