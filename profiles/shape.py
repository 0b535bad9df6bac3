"""Bring the short forms of a rule file into the canonical shape of ``profiles.rules``.

Only shapes are changed here; names are checked by the loader, wisdom by the linter.
"""

from __future__ import annotations

from typing import Any

from profiles.patterns import PatternError, make_pattern

Raw = dict[str, Any]
TEST_PARTS = frozenset(
    ("prefix", "suffix", "contains", "matches", "lt", "le", "gt", "ge", "empty", "not", "in")
)
SELECTION_PARTS = frozenset(
    ("fact", "subject", "where", "confidence", "count", "distinct", "as")
)  # fmt: skip
OTHER_FORMS = {
    "any": {"any"},
    "all": {"all"},
    "not": {"not"},
    "reached": {"reached"},
    "parameter": {"parameter", "is"},
    "platform": {"platform"},
    "use": {"use"},
}


class ShapeError(ValueError):
    """A part of a rule file does not have a form the language knows."""


def make_condition(raw: object) -> Raw:
    """Give the canonical dict of a condition."""
    if not isinstance(raw, dict):
        raise ShapeError(f"a condition must be a mapping, not {raw!r:.60}")
    if "fact" in raw:
        return _make_selection(raw)
    forms = [form for form in OTHER_FORMS if form in raw]
    if len(forms) != 1:
        raise ShapeError(
            f"a condition needs exactly one of fact, {', '.join(OTHER_FORMS)}: {raw!r:.80}"
        )
    form = forms[0]
    _refuse_unknown(raw, OTHER_FORMS[form], f"condition {form}")
    body = raw[form]
    if form in ("any", "all"):
        return {form: [make_condition(child) for child in _as_list(body, form)]}
    if form == "not":
        return {"none": make_condition(body)}
    if form == "reached":
        return {"reached": make_needs(body)}
    if form == "parameter":
        return {"parameter": body, "value": make_test(raw.get("is", True))}
    return {form: body}


def _make_selection(raw: Raw) -> Raw:
    _refuse_unknown(raw, SELECTION_PARTS, f"selection of {raw['fact']}")
    made: Raw = {"fact": raw["fact"]}
    if "subject" in raw:
        made["subject"] = make_test(raw["subject"])
    where = raw.get("where", {})
    if not isinstance(where, dict):
        raise ShapeError("where must be a mapping of fields")
    made["where"] = {str(field): make_test(spec) for field, spec in where.items()}
    if "confidence" in raw:
        made["confidence"] = _as_list(raw["confidence"], "confidence")
    if "count" in raw:
        count = raw["count"]
        made["count"] = count if isinstance(count, dict) else {"ge": count}
    made["distinct"] = raw.get("distinct", "")
    made["name"] = raw.get("as", "")
    return made


def make_test(raw: object) -> Raw:
    """Give the canonical dict of a test on one value."""
    if isinstance(raw, str) and raw.startswith("$"):
        return {"among_parameter": raw[1:]}
    if isinstance(raw, list):
        return {"among": raw, "plain": True}
    if not isinstance(raw, dict):
        return {"among": [raw], "plain": True}
    _refuse_unknown(raw, TEST_PARTS, "test")
    if not raw:
        raise ShapeError("an empty test")
    made = {part: value for part, value in raw.items() if part not in ("not", "in", "contains")}
    if "in" in raw:
        made |= make_test(raw["in"]) | {"plain": False}
    if "not" in raw:
        made["differs"] = raw["not"] if isinstance(raw["not"], list) else [raw["not"]]
    if "contains" in raw:
        made["contains"] = (
            raw["contains"] if isinstance(raw["contains"], list) else [raw["contains"]]
        )
    if "matches" in raw:
        try:
            make_pattern(raw["matches"])
        except PatternError as error:
            raise ShapeError(str(error)) from error
    return made


def make_needs(raw: object) -> list[Raw]:
    """Give the canonical list of coverage needs: ``a``, ``a | b`` or ``{a: partial}``."""
    made: list[Raw] = []
    for entry in _as_list(raw, "needs"):
        if isinstance(entry, str):
            made.append({"names": [name.strip() for name in entry.split("|")]})
        elif isinstance(entry, dict) and len(entry) == 1:
            ((names, state),) = entry.items()
            made.append({"names": [name.strip() for name in names.split("|")], "state": state})
        else:
            raise ShapeError(f"a need must be a name or one name with its state, not {entry!r:.60}")
    return made


def make_rule(raw: object) -> Raw:
    """Give the canonical dict of an outcome rule."""
    if not isinstance(raw, dict):
        raise ShapeError("a rule must be a mapping")
    made = dict(raw)
    if "when" in made:
        made["when"] = make_condition(made["when"])
    if "needs" in made:
        made["needs"] = make_needs(made["needs"])
    if "show" in made:
        made["show"] = [make_condition(entry) for entry in _as_list(made["show"], "show")]
        if not all("fact" in entry for entry in made["show"]):
            raise ShapeError("show takes fact selections only")
    return made


def make_example(raw: object) -> Raw:
    """Give the canonical dict of an example; coverage may be a list of fully reached names."""
    if not isinstance(raw, dict):
        raise ShapeError("an example must be a mapping")
    made = dict(raw)
    if isinstance(made.get("coverage"), list):
        made["coverage"] = dict.fromkeys(made["coverage"], "full")
    return made


def _as_list(raw: object, what: str) -> list[Any]:
    if isinstance(raw, list):
        return raw
    if isinstance(raw, str):
        return [raw]
    raise ShapeError(f"{what} must be a list")


def _refuse_unknown(raw: Raw, known: frozenset[str] | set[str], what: str) -> None:
    unknown = sorted(str(key) for key in raw.keys() - known)
    if unknown:
        raise ShapeError(f"{what}: unknown {', '.join(unknown)}")
