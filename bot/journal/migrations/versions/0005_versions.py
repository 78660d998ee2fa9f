"""Create the tables of kept versions, and store excerpts of the story with each change."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the columns."""
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("story", sa.String(40), nullable=False),
        sa.Column("follows", sa.Integer, nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.UniqueConstraint("story", "follows"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.add_column("changes", sa.Column("before", sa.Text))
    op.add_column("changes", sa.Column("after", sa.Text))


def downgrade() -> None:
    """Drop the columns and the tables."""
    op.drop_column("changes", "after")
    op.drop_column("changes", "before")
    op.drop_table("blobs")
    op.drop_table("versions")
