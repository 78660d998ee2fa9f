"""Store the completed question of a follow-up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it stays null for older exchanges."""
    op.add_column("exchanges", sa.Column("understood", sa.Text))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("exchanges", "understood")
