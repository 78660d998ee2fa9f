"""Create the table that binds servers and channels to stories."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "bindings",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("story", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("bindings")
