"""What stands on the screen: windows and views, as the driver tells them."""

from __future__ import annotations

from typing import TypeVar

import msgspec

MAX_WINDOWS = 40
MAX_VIEWS = 1500
Shape = TypeVar("Shape", bound=msgspec.Struct)


class View(msgspec.Struct, frozen=True, kw_only=True, rename={"cls": "class"}):
    """One visible view of a window."""

    number: int
    cls: str
    id: str = ""
    text: str = ""
    hint: str = ""
    description: str = ""
    clickable: bool = False
    enabled: bool = True
    checkable: bool = False
    checked: bool = False
    inside: bool = False
    """Lies inside a clickable container that has no label of its own."""
    links: tuple[str, ...] = ()
    """Texts of clickable spans inside the text."""

    @property
    def label(self) -> str:
        """What a person reads on it."""
        return self.text or self.description


class Window(msgspec.Struct, frozen=True, kw_only=True, rename={"cls": "class"}):
    """One window: an activity's, a dialog's or a popup's."""

    number: int
    cls: str
    context: str = ""
    type: str = ""
    """Layer number of the window manager: 1 activity, 2 dialog, 1000 and up panels."""
    views: tuple[View, ...] = ()

    @property
    def text(self) -> str:
        """All texts, one a line."""
        return "\n".join(view.label for view in self.views if view.label)


class Screen(msgspec.Struct, frozen=True):
    """All visible windows, the front one last."""

    windows: tuple[Window, ...]
    activity: str = ""
    """Class of the activity on top, empty where none stands."""

    @property
    def front(self) -> Window | None:
        """The window a finger would meet."""
        return self.windows[-1] if self.windows else None

    @property
    def shows_web(self) -> bool:
        """A web view stands somewhere on it."""
        return any("WebView" in view.cls for window in self.windows for view in window.views)

    @property
    def text(self) -> str:
        """All texts of all windows."""
        return "\n".join(window.text for window in self.windows)


def read_screen(windows: object, activity: str = "") -> Screen:
    """Make a screen from the driver's list; what does not fit the shape is left out."""
    rows = windows if isinstance(windows, list) else []
    read = [window for row in rows[:MAX_WINDOWS] if (window := _read_window(row)) is not None]
    read.sort(key=_layer)
    return Screen(windows=tuple(read), activity=activity)


def _read_window(row: object) -> Window | None:
    if not isinstance(row, dict):
        return None
    views = row.get("views")
    kept = [
        view
        for item in (views if isinstance(views, list) else [])[:MAX_VIEWS]
        if (view := _convert(item, View)) is not None
    ]
    window = _convert({**row, "views": []}, Window)
    return msgspec.structs.replace(window, views=tuple(kept)) if window is not None else None


def _convert(row: object, shape: type[Shape]) -> Shape | None:
    try:
        return msgspec.convert(row, shape)
    except msgspec.ValidationError:
        return None


def _layer(window: Window) -> tuple[int, int]:
    layer = int(window.type) if window.type.isdigit() else 2
    return layer, window.number
