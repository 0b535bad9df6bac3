"""Loads all knowledge ahead of time, while a process may still write its caches."""

from __future__ import annotations

from analyzers.knowledge.apis import load_apis
from analyzers.knowledge.catalogue import load_catalogue
from analyzers.knowledge.permissions.table import load_permissions
from analyzers.knowledge.personal_types import load_personal_types


def load_all() -> None:
    """Load every table; the loaders keep what they loaded."""
    load_permissions()
    load_personal_types()
    load_apis()
    load_catalogue()
