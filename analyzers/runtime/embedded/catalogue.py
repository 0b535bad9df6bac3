"""Turns the API table into the plan of hooks that the agent weaves."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.knowledge.apis import load_apis
from analyzers.runtime.embedded import places
from analyzers.runtime.embedded.compile import class_path, run_java

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.knowledge.apis import ApiRow

CONTENT_CLASSES = ("android.content.ContentResolver", "android.content.ContentProviderClient")
PRIVILEGED_TYPES = frozenset(
    {"device.imei", "device.meid", "device.imsi", "device.iccid", "device.serial"}
)
"""Identifiers that Android 10 and later keep from ordinary apps (02 §2, behaviour changes of 10)."""
WOVEN_KINDS = ("method", "constructor", "field", "uri", "setting", "shell", "file")


QUIET = (
    "java.", "android.accounts.AccountManager", "android.net.wifi.WifiInfo", "android.app.usage.",
    "android.media.", "android.hardware.SensorManager", "android.content.pm.", "android.app.Activity",
    "android.content.Context", "android.os.Environment",
)  # fmt: skip
"""Classes that answer with nothing where a permission is missing, or ask for it elsewhere."""
ATTRIBUTION = (
    ("java.net.URL", "openConnection"),
    ("java.net.InetAddress", "getAllByName"),
    ("java.net.InetAddress", "getByName"),
    ("java.net.Socket", "connect"),
)
"""Woven beside the table: they say on whose behalf a host was contacted."""


class PlannedHook(msgspec.Struct, frozen=True):
    """One line of the plan: what is woven where, for which member of the table."""

    kind: str
    declaring: str
    member: str
    descriptor: str
    cls: str
    where: str
    """``framework`` or ``app`` (a class that only the app can bring)."""


def make_catalogue(rows: Iterable[ApiRow]) -> str:
    """Give the members of the rows as the table that the planner reads, one line a member."""
    lines: dict[tuple[str, str, str], tuple[frozenset[str], bool]] = {}
    for row in rows:
        if row.kind not in WOVEN_KINDS or not row.runtime:
            continue
        kind = "field" if row.kind == "field" else "method"
        key = (kind, row.cls, row.member)
        permissions, privileged = lines.get(key, (frozenset(), False))
        asked = frozenset(row.permissions if row.argument is None else ())
        closed = row.type in PRIVILEGED_TYPES and bool(asked)
        lines[key] = (permissions | asked, privileged or closed)
    for cls, member in ATTRIBUTION:
        lines.setdefault(("method", cls, member), (frozenset(), False))
    return "".join(_line(key, *value) for key, value in lines.items())


def _line(key: tuple[str, str, str], permissions: frozenset[str], privileged: bool) -> str:
    kind, cls, member = key
    if cls in CONTENT_CLASSES:
        asked = "content"
    elif cls.startswith(QUIET):
        asked = ""
    else:
        asked = ",".join(sorted(permissions))
    return "\t".join((kind, cls, member, "*", asked, "1" if privileged else "0")) + "\n"


def make_plan() -> Path:
    """Give the plan for the present table, made once and kept.

    Raises:
        InstallError: when the planner fails.
    """
    catalogue = make_catalogue(load_apis())
    digest = hashlib.sha256(catalogue.encode()).hexdigest()[:12]
    plan = places.environment() / f"plan-{digest}-{places.java_key()}.tsv"
    if plan.is_file():
        return plan
    with tempfile.TemporaryDirectory(dir=places.environment()) as folder:
        source = Path(folder) / "catalogue.tsv"
        target = Path(folder) / "plan.tsv"
        source.write_text(catalogue, "utf-8")
        path = os.pathsep.join([str(places.own_classes() / "install.jar"), *class_path("compile")])
        arguments = [str(source), str(places.stub_jar()), str(target)]
        run_java(
            ["-cp", path, "appadmit.install.PlanMaker", *arguments],
            timeout=120,
            code="runtime.plan_failed",
        )
        target.replace(plan)
    return plan


def read_plan(plan: Path) -> tuple[PlannedHook, ...]:
    """Read a plan."""
    hooks = []
    for line in plan.read_text("utf-8").splitlines():
        kind, declaring, member, descriptor, cls, _member, _asked, _privileged, where = line.split(
            "\t"
        )
        hooks.append(PlannedHook(kind, declaring, member, descriptor, cls, where))
    return tuple(hooks)
