"""One remark of the linter."""

from __future__ import annotations

from analyzers.model import Model


class Finding(Model, frozen=True):
    """Something wrong or unwise in a rule file."""

    item: str
    """Check item, empty for the profile as a whole."""
    code: str
    """Kind of remark, such as ``example.missing``."""
    detail: str
    """Where and what exactly."""
