"""The components chapter: what other apps or the system can reach, flags, network, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chapters.tables import make_table
from reports.model import Cell, Section, Table

if TYPE_CHECKING:
    from analyzers.model import Fact
    from reports.telling import Telling

KINDS = (
    "android.component",
    "android.autostart",
    "android.application.flag",
    "android.network_security",
    "android.bundled_package",
    "android.native_library",
    "android.package",
)
_TYPES = ("activity", "activity-alias", "service", "receiver", "provider")
_RISKY_FLAGS = frozenset({"debuggable", "testOnly", "usesCleartextTraffic", "allowBackup"})


def make_components(telling: Telling) -> Section | None:
    """Give the chapter; none where the manifest stated nothing."""
    makers = (_overview, _exported, _autostart, _bundled, _flags, _network, _libraries)
    tables = tuple(table for maker in makers if (table := maker(telling)).rows)
    if not tables:
        return None
    return Section(id="components", title=telling.label("components.title"), tables=tables)


def _unguarded(fact: Fact) -> bool:
    """Tell whether any other app may use the component; the launcher is meant to be open."""
    weak = fact.fields["guard_level"] in ("none", "normal", "unknown")
    return bool(fact.fields["exported"]) and weak and not fact.fields["launcher"]


def _overview(telling: Telling) -> Table:
    components = list(telling.facts.of_kind("android.component"))
    rows = []
    for kind in _TYPES:
        same = [one for one in components if one.fields["type"] == kind]
        open_ones = [one for one in same if one.fields["exported"]]
        numbers = (len(same), len(open_ones), sum(_unguarded(one) for one in open_ones))
        if same:
            cells = [Cell(text=str(number), style="number") for number in numbers]
            rows.append((Cell(text=telling.word("component", kind)), *cells))
    heads = (("type", 30), ("total", 8), ("exported_count", 8), ("unguarded_count", 14))
    return make_table(telling, "components.overview", heads, rows)


def _exported(telling: Telling) -> Table:
    found = [one for one in telling.facts.of_kind("android.component") if one.fields["exported"]]
    found.sort(key=lambda one: (not _unguarded(one), str(one.fields["type"]), one.subject))
    heads = (("name", 50), ("type", 20), ("guard", 34), ("entry", 40))
    return make_table(
        telling, "components.exported", heads, [_component(one, telling) for one in found]
    )


def _component(fact: Fact, telling: Telling) -> tuple[Cell, ...]:
    fields = fact.fields
    guard = Cell(text=telling.label("components.no_guard"), style="warn")
    if fields["launcher"]:
        guard = Cell(text=telling.label("components.launcher"), style="quiet")
    elif fields["permission"]:
        level = telling.word("guard_level", fields["guard_level"])
        tone = "warn" if _unguarded(fact) else ""
        guard = Cell(text=level, sub=str(fields["permission"]), style=tone)
    entries = [fields["actions"], fields["authorities"], fields["schemes"]]
    listed = [str(item) for entry in entries if isinstance(entry, list) for item in entry]
    return (
        Cell(text=fact.subject, style="mono"),
        Cell(text=telling.word("component", fields["type"])),
        guard,
        Cell(text=telling.listed(listed[:3]), style="mono", more=tuple(listed[3:40])),
    )


def _autostart(telling: Telling) -> Table:
    rows = [
        (
            Cell(text=one.subject, style="mono"),
            Cell(text=telling.told("triggers", one.fields["triggers"]), style="mono"),
        )
        for one in telling.facts.of_kind("android.autostart")
    ]
    return make_table(telling, "components.autostart", (("name", 50), ("triggers", 60)), rows)


def _flags(telling: Telling) -> Table:
    rows = []
    for one in telling.facts.of_kind("android.application.flag"):
        value, explicit = bool(one.fields["value"]), bool(one.fields["explicit"])
        tone = "warn" if value and one.subject in _RISKY_FLAGS else ""
        source = "components.explicit_yes" if explicit else "components.explicit_no"
        rows.append(
            (
                Cell(text=telling.word("flag", one.subject)),
                Cell(text=telling.yes_no(value), style=tone),
                Cell(text=telling.label(source), style="quiet"),
            )
        )
    return make_table(
        telling, "components.flags", (("flag", 44), ("value", 10), ("explicit", 20)), rows
    )


def _network(telling: Telling) -> Table:
    rows = []
    for one in telling.facts.of_kind("android.network_security"):
        fields = one.fields
        expired = telling.label("components.pins_expired") if fields["pins_expired"] else ""
        rows.append(
            (
                Cell(text=telling.word("network_scope", one.subject)),
                *(
                    Cell(text=telling.yes_no(fields[key]), style="warn" if fields[key] else "")
                    for key in ("cleartext", "user_cas")
                ),
                Cell(text=str(fields["pins"]), sub=expired, style="number"),
            )
        )
    heads = (("domain", 40), ("cleartext", 12), ("user_cas", 14), ("pins", 12))
    return make_table(telling, "components.network", heads, rows)


def _bundled(telling: Telling) -> Table:
    rows = []
    for one in telling.facts.of_kind("android.bundled_package"):
        remarks = [
            telling.label(f"components.{key}")
            for key in ("same_package", "disguised")
            if one.fields[key]
        ]
        rows.append(
            (
                Cell(text=one.subject, sub=str(one.fields["sha256"]), style="mono"),
                Cell(text=str(one.fields["package_id"]), sub=telling.listed(remarks), style="mono"),
                Cell(text=str(one.fields["version_name"])),
            )
        )
    return make_table(
        telling, "components.bundled", (("path", 60), ("package", 36), ("version", 12)), rows
    )


def _libraries(telling: Telling) -> Table:
    rows = [
        (
            Cell(text=one.subject, style="mono"),
            Cell(text=telling.told("abis", one.fields["abis"])),
            Cell(text=f"{one.fields['size']:,}", style="number"),
        )
        for one in telling.facts.of_kind("android.native_library")
    ]
    return make_table(
        telling, "components.libraries", (("name", 50), ("abis", 40), ("size", 14)), rows, limit=40
    )
