"""Keep how a question was understood: completed, where it went on from the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of older exchanges the question itself is all that is known."""
    op.add_column("exchanges", sa.Column("understood", sa.Text))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("exchanges", "understood")
