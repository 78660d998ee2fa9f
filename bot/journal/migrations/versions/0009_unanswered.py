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
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.alter_column("outcome", existing_type=OLD, type_=NEW, existing_nullable=False)


def downgrade() -> None:
    """Narrow the columns."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.alter_column("outcome", existing_type=NEW, type_=OLD, existing_nullable=False)
