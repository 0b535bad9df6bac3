"""One row of the API table, and the condition on an argument that some rows carry."""

from __future__ import annotations

import msgspec

KINDS = ("method", "constructor", "field", "uri", "setting", "native", "shell", "file")
"""What a row describes; ``uri``, ``setting`` (also system properties), ``shell`` and ``file`` are
calls that count only for given argument values, ``native`` loads a library."""

GROUPS = {
    "D": "device identifiers",
    "W": "network identifiers",
    "L": "location",
    "P": "people and communication",
    "A": "camera, audio, screen",
    "I": "installed and running apps",
    "K": "clipboard",
    "B": "Bluetooth, sensors, body",
    "F": "storage",
    "R": "permission requests, start-up, installation",
    "N": "native code and loaded code",
    "X": "web views",
}
"""Group letters (regulations 03 section 3; N and X are its "native and WebView")."""

WEIGHTS = ("decisive", "supporting")
WITHOUT = ("throws", "empty", "nothing")
"""``throws`` a SecurityException (or its like); gives ``empty``, null or only the app's own;
``nothing`` is checked here (a later call is, only some uses are, or only on some API levels)."""
REDACTIONS = ("identifier", "text", "coordinates", "none")
FORMS = (
    "string", "uri", "package", "intent", "intent_type", "intent_target", "filter",
    "permissions", "int", "sensor", "path", "command",
)  # fmt: skip
"""How an argument is turned into text before it is compared (docs/api-table.md has the list)."""

RECEIVER = -1
"""Argument index of the object the method is called on."""


class ApiError(ValueError):
    """A data file of the API table does not keep the schema; the message says where and why."""


class Argument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The argument values for which a row holds."""

    index: int
    """Position in the descriptor's parameters, 0 first, receiver not counted; -1 = receiver."""
    form: str
    """How the value becomes text, one of FORMS."""
    values: tuple[str, ...] = ()
    """The text equals one of these."""
    prefixes: tuple[str, ...] = ()
    """The text starts with one of these, followed by its end or, for URIs, by ``/``, ``?``, ``#``
    (commands: end or a blank; paths and strings: anything)."""
    contains: tuple[str, ...] = ()
    """The text contains one of these."""
    foreign: bool = False
    """The text names a package that is not the app's own."""

    def holds(self, text: str, own_package: str = "") -> bool:
        """Tell whether a value, already in the text form of ``form``, fulfils the condition.

        ``uri`` values may also be a bare authority; ``permissions`` and ``filter`` values are
        several names joined by blanks, of which one is enough.
        """
        if self.foreign:
            return bool(text) and text != own_package
        if self.form in ("permissions", "filter"):
            return any(self._matches(part) for part in text.split())
        if self.form == "uri" and "://" not in text:
            text = f"content://{text}"
        return self._matches(text)

    def _matches(self, text: str) -> bool:
        return (
            text in self.values
            or any(self._starts(text, prefix) for prefix in self.prefixes)
            or any(part in text for part in self.contains)
        )

    def _starts(self, text: str, prefix: str) -> bool:
        if not text.startswith(prefix):
            return False
        ends = {"uri": "/?#", "command": " "}.get(self.form)
        rest = text[len(prefix) :]
        return ends is None or not rest or rest[0] in ends or prefix.endswith(tuple(ends))


class ApiRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sensitive API: where it is, what it gives away, and what that weighs."""

    id: str
    """Unique, lower case with dots: ``telephony.get_device_id``."""
    cls: str
    """Class as the code names it, dotted, inner classes with ``$``."""
    member: str
    """Method or field name; ``<init>`` for constructors."""
    kind: str
    """One of KINDS."""
    overloads: tuple[str, ...] = ()
    """JVM descriptors the row is limited to; empty = every overload of the name."""
    static: bool = False
    """The member is static (from the framework where it was checked)."""
    type: str = ""
    """Id of the personal-information type, empty where none is touched (knowledge/personal_types)."""
    group: str
    """Letter of GROUPS."""
    line: str = ""
    """Checklist item the access belongs to (``ar-3.1``), empty where it only limits coverage."""
    weight: str
    """``decisive`` or ``supporting``; supporting rows alone never make a failure."""
    permissions: tuple[str, ...] = ()
    """Android permissions of which one is needed (any API level), full names."""
    without: str = "throws"
    """What Android does at this very call when the app holds none of them, one of WITHOUT."""
    argument: Argument | None = None
    """Condition on one argument; without it every call counts."""
    redact: str = "none"
    """What of a returned value may be stored: see REDACTIONS (``none`` = it is harmless)."""
    levels: tuple[int, int] = (1, 0)
    """First API level with the member, and the last one; 0 = still there."""
    runtime: bool = True
    """Can be hooked at run time on the framework."""
    seen: str = "unchecked"
    """``framework-14`` where the script found it in the framework, ``java-17`` where in java.base,
    ``sdk`` for SDK classes, or ``unchecked``."""
    source: str = ""
    """Where the row comes from: letters of regulations 03 section 3, or ``own``."""
    note: str = ""
    """What a reader of the row should know (English)."""
    sdk: bool = False
    """The class belongs to an SDK and is only there when the app brings it."""
    name_zh: str
    """What is accessed, in short Chinese."""
    found: tuple[str, ...] = ()
    """Descriptors that exist in the framework for this row (JVM form; the type for a field)."""
    carriers: tuple[str, ...] = ()
    """Classes that hold the code at run time: the class itself, or its implementations where the
    member is abstract (``android.app.ApplicationPackageManager`` for PackageManager)."""
    distinct: int = 0
    """A supporting row counts as decisive from this many different arguments in one phase; 0 =
    never (getPackageInfo of many foreign packages is an app list)."""
    ignore_from: tuple[str, ...] = ()
    """Class prefixes of nearest callers whose calls mean nothing (regulations 03 section 7)."""
