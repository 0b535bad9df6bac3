"""The first schema: all objects, the journal, and triggers that refuse every deletion.

The columns are frozen in ``tables_0001.json``; the catalogue of today is not looked at.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "integer": sa.Integer, "text": sa.Text, "date": sa.Date, "boolean": sa.Boolean,
}  # fmt: skip


def upgrade() -> None:
    """Make the tables and the triggers."""
    frozen = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    metadata = sa.MetaData()
    for table in frozen:
        columns = [
            sa.Column(
                column["name"],
                _TYPES[column["type"]],
                *([sa.ForeignKey(column["to"])] if "to" in column else []),
                primary_key=column["name"] == "id",
                nullable=column.get("null", False),
            )
            for column in table["columns"]
        ]
        checks = [sa.CheckConstraint(c["rule"], name=c["name"]) for c in table["checks"]]
        sa.Table(table["name"], metadata, *columns, *checks)
    metadata.create_all(op.get_bind(), checkfirst=False)
    refuse_changes([(table["name"], "DELETE") for table in frozen] + [("change", "UPDATE")])


def refuse_changes(pairs: list[tuple[str, str]]) -> None:
    """Make triggers that end a statement on a table with an error."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(
            "CREATE FUNCTION register_keeps() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'nothing is deleted from the register'; END $$ LANGUAGE plpgsql"
        )
    for table, action in pairs:
        head = f'CREATE TRIGGER "{table}_no_{action.lower()}" BEFORE {action} ON "{table}"'
        if postgres:
            op.execute(f"{head} FOR EACH STATEMENT EXECUTE FUNCTION register_keeps()")
        else:
            refusal = "SELECT RAISE(ABORT, 'nothing is deleted from the register');"
            op.execute(f"{head} BEGIN {refusal} END")
