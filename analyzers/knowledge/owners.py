"""Who owns a class or a stack: an SDK, the app's own code, or nobody we know.

One function for static facts and for observed events. The nearest frame decides; generic
libraries (okhttp, androidx, kotlin ...) never own while a caller is known; code outside the app's
namespaces and manifest components that no signature knows is ``unattributed``, so that the school
is never blamed for renamed SDK code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analyzers.knowledge.catalogue import Catalogue

APP = "app"
UNATTRIBUTED = "unattributed"


class Owner(msgspec.Struct, frozen=True):
    """The party a class or an access belongs to."""

    id: str
    """Id of the catalogue, ``app`` or ``unattributed``."""
    name: str
    """Name for people: the entry's name, the app's namespace, or the foreign package."""
    kind: str
    """``sdk``, ``framework``, ``library``, ``app``, ``platform`` or ``unattributed``."""
    frame: str = ""
    """The frame or class that decided, as it was given."""


NOBODY = Owner(UNATTRIBUTED, "", UNATTRIBUTED)


class Owners:
    """Finds owners for one app; make one per app, ask it as often as needed."""

    def __init__(
        self,
        app_namespaces: Iterable[str],
        manifest_classes: Iterable[str],
        *,
        renamed: Mapping[str, str] | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        """Take what is the app's own.

        Args:
            app_namespaces: dotted package prefixes of the app's own code
                (``derive_app_namespaces``).
            manifest_classes: full class names of the manifest's components.
            renamed: prefixes that were recognised as a renamed SDK -> id of the entry.
            catalogue: another catalogue than the built-in one.
        """
        self._catalogue = catalogue or load_catalogue()
        self._prefixes = _make_prefixes(self._catalogue, renamed or {})
        self._namespaces = {name for name in app_namespaces if "." in name}
        self._manifest = {name.replace("/", ".") for name in manifest_classes}
        self._found: dict[str, Owner] = {}

    def owner_of_class(self, dotted_name: str) -> Owner:
        """Give the owner of a class (``com.a.B``, ``com/a/B`` or ``Lcom/a/B;``)."""
        name = make_dotted(dotted_name)
        known = self._found.get(name)
        if known is None:
            known = self._found[name] = self._find(name)
        return msgspec.structs.replace(known, frame=dotted_name)

    def owner_of_stack(
        self, frames: Iterable[str], thread_start_frames: Iterable[str] = ()
    ) -> Owner:
        """Give the owner of an access.

        Args:
            frames: nearest first, each a class name with or without method and line.
            thread_start_frames: the stack that started the thread or queued the task.
        """
        library: Owner | None = None
        for frame in (*frames, *thread_start_frames):
            owner = self.owner_of_class(frame)
            if owner.kind in ("sdk", "framework", "app", "unattributed"):
                return owner
            if owner.kind == "library" and library is None:
                library = owner
        return library or NOBODY

    def knows_below(self, namespace: str) -> bool:
        """Whether the catalogue has a prefix below this namespace (``com.tencent``)."""
        return any(prefix.startswith(namespace + ".") for prefix in self._prefixes)

    def _find(self, name: str) -> Owner:
        for prefix in _boundary_prefixes(name):
            if prefix in self._namespaces:
                return Owner(APP, prefix, APP)
            found = self._prefixes.get(prefix)
            if found is not None:
                return found
        if name.startswith("$Proxy"):
            return Owner("platform", name, "platform")  # made by java.lang.reflect.Proxy
        if any(prefix in self._manifest for prefix in _boundary_prefixes(name)):
            return Owner(APP, name, APP)
        return Owner(UNATTRIBUTED, name.rpartition(".")[0] or name, UNATTRIBUTED)


def derive_app_namespaces(
    app_id: str,
    application_class: str = "",
    launcher_classes: Iterable[str] = (),
    *,
    catalogue: Catalogue | None = None,
) -> tuple[str, ...]:
    """Give the package prefixes that are the app's own.

    These are the application id and, where the code lives elsewhere, what the Application class
    and the launcher activities have in common (two segments at least), unless a signature knows
    them: a framework's Application class does not make the framework the app.
    """
    known = Owners((), (), catalogue=catalogue)
    homes = [
        name.rpartition(".")[0].split(".")
        for name in (application_class, *launcher_classes)
        if name and known.owner_of_class(name).kind == UNATTRIBUTED
    ]
    found = {app_id} if "." in app_id else set()
    for home in homes:
        for other in homes:
            shared = _shared_start(home, other)
            if len(shared) >= 2 and not known.knows_below(".".join(shared)):
                found.add(".".join(shared))
    return tuple(sorted(found))


def _shared_start(first: list[str], second: list[str]) -> list[str]:
    shared = []
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared.append(one)
    return shared


def make_dotted(name: str) -> str:
    """Give a dotted name from a frame, a dotted name, a slashed name or a descriptor."""
    text = name.strip().removeprefix("at ").lstrip().partition("(")[0].partition("->")[0]
    if text.endswith(";"):
        return text[:-1].lstrip("[").removeprefix("L").replace("/", ".")
    if "/" not in text:
        return text
    head, _, rest = text.rpartition("/")
    if "$$Lambda" in head:  # com.a.B$$Lambda$7/0x00000008.run
        return head
    return rest if "." in rest else text.replace("/", ".")  # java.base/java.lang.Thread.run


def _boundary_prefixes(name: str) -> Iterable[str]:
    """Give the name and its ever shorter prefixes that end at ``.`` or ``$``."""
    end = len(name)
    while end > 0:
        yield name[:end]
        end = max(name.rfind(".", 0, end), name.rfind("$", 0, end))


def _make_prefixes(catalogue: Catalogue, renamed: Mapping[str, str]) -> dict[str, Owner]:
    prefixes = {prefix: Owner("platform", prefix, "platform") for prefix in catalogue.generic}
    for entry_id, entry in catalogue.entries.items():
        owner = Owner(entry_id, entry.name_zh or entry.name_en, entry.kind)
        prefixes.update((prefix, owner) for prefix in entry.classes)
    for prefix, entry_id in renamed.items():
        known = catalogue.entries[entry_id]
        prefixes[prefix] = Owner(entry_id, known.name_zh or known.name_en, known.kind)
    return prefixes
