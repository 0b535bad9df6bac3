"""Draws entries for a spot check (S3 四（三）) so that anybody can draw the same ones again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scanner.register.snapshot import is_active

if TYPE_CHECKING:
    import datetime

    from scanner.register.session import Session


def draw(refs: list[str], count: int, seed: str) -> list[str]:
    """Give ``count`` calls by the order of their hashes under a seed; any order of input is the same."""

    def lot(ref: str) -> bytes:
        return hashlib.sha256(f"{seed}\0{ref}".encode()).digest()

    return sorted(sorted(set(refs), key=lot)[:count])


def record_draw(
    session: Session, name: str, count: int, day: datetime.date, seed: str
) -> list[str]:
    """Draw active entries of an object and note each as a spot check without result."""
    active = [row.ref for row in session.find(name) if is_active(row)]
    drawn = draw(active, count, seed)
    session.note = f"抽取 {count}/{len(active)}，种子 {seed}"
    for ref in drawn:
        session.add("inspection", {"entry": ref, "kind": "抽查", "drawn_on": day}, action="draw")
    return drawn
