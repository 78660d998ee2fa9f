"""Create the tables of exchanges and of synced commands."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "exchanges",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("follows", sa.String(12)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("surface", sa.String(16), nullable=False),
        sa.Column("guild", sa.BigInteger),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("asker", sa.String(32), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("cause", sa.String(16)),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("story", sa.String(40), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("elapsed_ms", sa.Float, nullable=False),
    )
    op.create_index("exchanges_at", "exchanges", ["at"])
    op.create_index("exchanges_asker", "exchanges", ["asker"])
    op.create_table(
        "sync_state",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("value", sa.String(128), nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("sync_state")
    op.drop_table("exchanges")
