"""Writes the Java source of an app that fires every hookable row of the API table once.

One method per overload (``f0001`` ...), so that the nearest frame of an event names its firing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.knowledge.apis import ApiRow, Argument

PACKAGE = "cn.edu.example.everyapi"
PER_CLASS = 40
OWN_OBJECT = {
    "android.os.FileObserver": "new EveryObserver()",
    "android.accessibilityservice.AccessibilityService": "new EveryService()",
    "android.service.notification.NotificationListenerService": "new EveryListener()",
    "android.app.Activity": "screen",
    "android.content.Context": "screen.getApplicationContext()",
    "java.lang.Runtime": "Runtime.getRuntime()",
}
BARE_CLASS = {
    "android.hardware.camera2.CameraDevice": "android.hardware.camera2.impl.CameraDeviceImpl",
}
"""Abstract classes some of whose members are not: the class to make a bare object of."""
SIMPLE = {"Z": "boolean", "B": "byte", "C": "char", "S": "short", "I": "int", "J": "long",
          "F": "float", "D": "double"}  # fmt: skip
_PARAMETER = re.compile(r"\[*(?:[BCDFIJSZ]|L[^;]+;)")


@dataclass(frozen=True)
class Firing:
    """One call of one overload of one row."""

    name: str
    """Method that makes the call: ``f0001``."""
    holder: str
    """Class that holds the method."""
    row: ApiRow
    descriptor: str
    """Overload called; the type for a field."""


def make_firings(rows: Sequence[ApiRow]) -> list[Firing]:
    """Give one firing per overload of each row that can be hooked on the framework."""
    chosen = [(row, descriptor) for row in rows if row.runtime and not row.sdk
              for descriptor in row.found]  # fmt: skip
    return [
        Firing(f"f{number:04}", f"Fired{(number - 1) // PER_CLASS:02}", row, descriptor)
        for number, (row, descriptor) in enumerate(chosen, 1)
    ]


def make_expected(firings: Sequence[Firing]) -> str:
    """Give expected.tsv: firing, row, member, descriptor."""
    lines = ["firing\trow\tmember\tdescriptor"]
    lines += [f"{one.holder}.{one.name}\t{one.row.id}\t{one.row.cls}#{one.row.member}\t{one.descriptor}"
              for one in firings]  # fmt: skip
    return "\n".join(lines) + "\n"


def make_sources(firings: Sequence[Firing]) -> dict[str, str]:
    """Give the generated Java files by name."""
    holders: dict[str, list[Firing]] = {}
    for one in firings:
        holders.setdefault(one.holder, []).append(one)
    files = {f"{holder}.java": _holder(holder, group) for holder, group in holders.items()}
    calls = "\n".join(f"        {holder}.fire(screen);" for holder in holders)
    files["Everything.java"] = _class(
        "Everything",
        f"""
    static void fire(android.app.Activity screen) {{
{calls}
    }}
""",
    )
    return files


def _class(name: str, body: str) -> str:
    return f"package {PACKAGE};\n\n/** Generated. */\nfinal class {name} {{{body}}}\n"


def _holder(name: str, firings: Sequence[Firing]) -> str:
    runs = "\n".join(
        f'        Make.run("{one.name}", () -> {one.name}(screen));' for one in firings
    )
    methods = "\n".join(_method(one) for one in firings)
    return _class(
        name,
        f"""
    static void fire(android.app.Activity screen) {{
{runs}
    }}

{methods}""",
    )


def _method(one: Firing) -> str:
    return (
        f"    /** {one.row.id} */\n"
        f"    private static void {one.name}(android.app.Activity screen) throws Throwable {{\n"
        f"        {_statement(one)}\n    }}\n"
    )


def _statement(one: Firing) -> str:
    row = one.row
    cls = _java_name(row.cls)
    if row.kind == "field":
        return f"Object value = {cls}.{row.member};"
    condition = row.argument
    parameters = _PARAMETER.findall(one.descriptor[: one.descriptor.index(")")])
    texts = [
        _conditional(parameter, condition)
        if condition and condition.index == index
        else _plain(parameter)
        for index, parameter in enumerate(parameters)
    ]
    arguments = ", ".join(texts)
    if row.member == "<init>":
        return f"new {cls}({arguments});"
    return f"{_receiver(row)}.{row.member}({arguments});"


def _receiver(row: ApiRow) -> str:
    cls = _java_name(row.cls)
    if row.static:
        return cls
    if row.argument and row.argument.index == -1:
        text = choose_text(row)
        if row.argument.form == "command":
            words = ", ".join(f'"{word}"' for word in text.split())
            return f"new {cls}({words})"
        return f'new {cls}("{text}")'
    if row.cls in OWN_OBJECT:
        return OWN_OBJECT[row.cls]
    if row.cls == "java.lang.ProcessBuilder":
        return f'new {cls}("true")'
    carrier = row.cls if row.cls in row.carriers else row.carriers[0]
    carrier = BARE_CLASS.get(row.cls, carrier)
    if row.cls.startswith("java."):
        return f'(({cls}) Make.bare("{carrier}"))'
    return f'(({cls}) Make.object(screen, "{row.cls}", "{carrier}"))'


def _plain(parameter: str) -> str:
    if parameter in SIMPLE:
        return "false" if parameter == "Z" else f"({SIMPLE[parameter]}) 0"
    if parameter == "Ljava/lang/String;":
        return '"none"'
    if parameter == "Landroid/content/Intent;":
        return f'new android.content.Intent("{PACKAGE}.NONE")'
    if parameter == "Landroid/net/Uri;":
        return f'android.net.Uri.parse("content://{PACKAGE}.none")'
    if parameter == "Landroid/content/ContentResolver;":
        return "screen.getContentResolver()"
    if parameter == "Landroid/content/Context;":
        return "screen"
    if parameter.startswith("["):
        element = parameter[1:]
        if element.startswith("["):
            return f"({_java_type(parameter)}) null"
        value = '"none"' if element == "Ljava/lang/String;" else ""
        return f"new {_java_type(element)}[] {{{value}}}"
    return f"({_java_type(parameter)}) null"


def _conditional(parameter: str, condition: Argument) -> str:
    """Give an expression of the parameter's type that fulfils the condition."""
    text = _text_of(condition)
    bare = text.removeprefix("content://").rstrip("/")
    words = ", ".join(f'"{word}"' for word in text.split())
    by_form = {
        ("uri", "Landroid/net/Uri;"): f'android.net.Uri.parse("{text}")',
        ("uri", "Ljava/lang/String;"): f'"{bare}"',
        ("package", "Landroid/content/pm/VersionedPackage;"):
            f'new android.content.pm.VersionedPackage("{text}", 1)',
        ("intent", "Landroid/content/Intent;"): f'new android.content.Intent("{text}")',
        ("intent_type", "Landroid/content/Intent;"):
            'new android.content.Intent("android.intent.action.VIEW").setDataAndType('
            f'android.net.Uri.parse("file:///sdcard/x.apk"), "{text}")',
        ("intent_target", "Landroid/content/Intent;"):
            f'new android.content.Intent().setClassName("{text}", "{text}.Part")',
        ("filter", "Landroid/content/IntentFilter;"): f'new android.content.IntentFilter("{text}")',
        ("sensor", "Landroid/hardware/Sensor;"): f"Make.sensor({text})",
        ("path", "Ljava/io/File;"): f'new java.io.File("{text}")',
        ("path", "Ljava/nio/file/Path;"): f'java.nio.file.Paths.get("{text}")',
        ("command", "[Ljava/lang/String;"): f"new String[] {{{words}}}",
    }  # fmt: skip
    return by_form.get((condition.form, parameter), f'"{text}"')


def choose_text(row: ApiRow) -> str:
    """Give a text that fulfils a row's condition."""
    if row.argument is None:
        raise ValueError(f"{row.id} has no condition")
    return _text_of(row.argument)


def _text_of(condition: Argument) -> str:
    if condition.foreign:
        return "com.example.other"
    if condition.values:
        return condition.values[0]
    text = (*condition.prefixes, *condition.contains)[0]
    return f"{text}planted" if text.endswith("/") else text


def _java_name(name: str) -> str:
    return name.replace("$", ".")


def _java_type(descriptor: str) -> str:
    if descriptor.startswith("["):
        return f"{_java_type(descriptor[1:])}[]"
    if descriptor in SIMPLE:
        return SIMPLE[descriptor]
    return _java_name(descriptor[1:-1].replace("/", "."))
