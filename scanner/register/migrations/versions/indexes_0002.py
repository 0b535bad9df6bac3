"""Indexes for what is asked every day: the history of a row, what belongs to an entry, the scans."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = {
    "change": ("object", "row"),
    "scan_record": ("entry_id", "scanned_at"),
    "verdict": ("scan_id", "item"),
    "filing": ("entry_app_id", "kind"),
    "approval": ("entry_app_id", "step"),
    "issue": ("status", "due_on"),
    "app_version": ("entry_id", "version"),
}


def upgrade() -> None:
    """Make the indexes."""
    for table, columns in INDEXES.items():
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
