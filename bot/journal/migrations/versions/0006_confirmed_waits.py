"""Store which fact an editor confirmed as the answer that a user waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a wait that is there already is not confirmed."""
    op.add_column("waits", sa.Column("story", sa.String(40)))
    op.add_column("waits", sa.Column("fact", sa.String(40)))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("waits") as table:
        table.drop_column("fact")
        table.drop_column("story")
