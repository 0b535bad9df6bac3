"""Web views that read local files or hand out objects, and connections without encryption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.android.code_weak_rules import Finding, load_tables, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.android.code_arguments import Arguments
    from analyzers.android.code_view import Call, CodeView

_SETTINGS = "android.webkit.WebSettings"
_VIEW = "android.webkit.WebView"
_ON = frozenset({"1"})
_LOADERS = ("loadUrl", "loadDataWithBaseURL", "postUrl")


def find_web(view: CodeView, arguments: Arguments) -> Iterator[Finding]:
    """Find open file access, bridges and unencrypted connections."""
    yield from _cleartext(view, arguments)
    for member in load_tables()["webview"]["settings"]:
        for call in view.calls_to(_SETTINGS, member):
            if arguments.texts(call.argument(0), call.item, "int") == _ON:
                yield Finding("webview-file-access", call.item, call.at, member)
    loads = _by_class(view, [c for m in _LOADERS for c in view.calls_to(_VIEW, m)])
    scripts = _by_class(view, list(view.calls_to(_SETTINGS, "setJavaScriptEnabled")))
    for call in view.calls_to(_VIEW, "addJavascriptInterface"):
        home = _home(view, call)
        mine = [c for c in loads.get(home, []) if c.item == call.item] or loads.get(home, [])
        if _is_scripted(call, scripts.get(home, []), arguments) and not _is_local(mine, arguments):
            yield Finding("webview-bridge", call.item, call.at, "addJavascriptInterface")


def _home(view: CodeView, call: Call) -> str:
    """Give the outermost class that holds a call."""
    method = view.program.methods_of_item(call.item)[0]
    return view.class_of(method).partition("$")[0]


def _by_class(view: CodeView, calls: list[Call]) -> dict[str, list[Call]]:
    found: dict[str, list[Call]] = {}
    for call in calls:
        found.setdefault(_home(view, call), []).append(call)
    return found


def _is_scripted(call: Call, scripts: list[Call], arguments: Arguments) -> bool:
    """Tell whether scripts run: switched on in the body, or somewhere in the class."""
    near = [one for one in scripts if one.item == call.item] or scripts
    values = [arguments.texts(one.argument(0), one.item, "int") for one in near]
    return any(value is None or "1" in value for value in values)


def _is_local(loads: list[Call], arguments: Arguments) -> bool:
    """Tell whether only pages of the package are shown."""
    local = tuple(load_tables()["webview"]["local"])
    texts = [arguments.texts(call.argument(0), call.item, "string") for call in loads]
    return bool(texts) and all(
        found is not None and all(text.startswith(local) for text in found) for found in texts
    )


def _cleartext(view: CodeView, arguments: Arguments) -> Iterator[Finding]:
    tables, local = load_tables()["cleartext"], pattern("cleartext", "local")
    for owner, member, index in (*tables["calls"], *tables["library"]):
        for call in view.calls_to(owner, member):
            value = call.argument(index)
            texts = arguments.texts(value, call.item, "string")
            for text in sorted(texts or ()):
                if text.startswith("http://") and not local.search(text):
                    host = text.split("/")[2]
                    yield Finding("cleartext-url", call.item, call.at, f"http://{host}")
