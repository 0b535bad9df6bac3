"""Where the platform enters an app before the user does anything, as the manifest states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class EntryPoints:
    """Component classes, dotted. What the manifest does not state is left empty."""

    package: str = ""
    """Application id."""
    factory: str = ""
    """``android:appComponentFactory``."""
    application: str = ""
    """``android:name`` of the application element."""
    providers: tuple[str, ...] = ()
    """Enabled content providers; the system makes them before the first screen."""
    initializers: tuple[str, ...] = ()
    """Classes named in provider meta-data (androidx.startup)."""
    launchers: tuple[str, ...] = ()
    """Activities with MAIN and LAUNCHER (an alias: the activity it stands for)."""
    receivers: tuple[str, ...] = ()
    """Receivers the system itself wakes (boot, connectivity, package events)."""
    services: tuple[str, ...] = ()
    """Services the system itself binds or starts (jobs, listeners)."""
    activities_later: tuple[str, ...] = ()
    """All other activities: they run once something starts them."""
    receivers_later: tuple[str, ...] = ()
    """All other receivers."""
    services_later: tuple[str, ...] = ()
    """All other services."""

    views: Callable[[int], tuple[str, ...]] | None = None
    """Classes of views and fragments that the layout of a resource id names."""

    def at_start(self) -> list[tuple[str, str]]:
        """Give (role, class) of everything that runs without the user."""
        roles = {
            "factory": (self.factory,),
            "application": (self.application,),
            "provider": self.providers,
            "initializer": self.initializers,
            "activity": self.launchers,
            "receiver": self.receivers,
            "service": self.services,
        }
        return [(role, name) for role, names in roles.items() for name in names if name]

    def later(self) -> dict[str, str]:
        """Give class → role of the components that something else must start."""
        roles = {
            "activity": (*self.activities_later, *self.launchers),
            "receiver": (*self.receivers_later, *self.receivers),
            "service": (*self.services_later, *self.services),
        }
        return {name: role for role, names in roles.items() for name in names}
