"""Create the tables of daily counts, and store whose direct messages a story is bound to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the column; whose direct messages older bindings are, their exchanges tell."""
    op.create_table(
        "daily",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("is_typed", sa.Boolean, primary_key=True),
        sa.Column("outcome", sa.String(8), primary_key=True),
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("locale", sa.String(8), primary_key=True),
        sa.Column("fact", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "daily_votes",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("helpful", sa.Boolean, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.add_column("bindings", sa.Column("asker", sa.String(32)))


def downgrade() -> None:
    """Drop the column and the tables."""
    op.drop_column("bindings", "asker")
    op.drop_table("daily_votes")
    op.drop_table("daily")
