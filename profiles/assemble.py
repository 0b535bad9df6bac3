"""Turn rule files into one checked profile; every problem is collected with file and item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from analyzers.model import Model
from profiles.errors import ProfileError
from profiles.model import Group, Outcome, Text
from profiles.references import check_references
from profiles.rulefile import RuleFileError, read_rule_file
from profiles.rules import (
    CheckItem,
    ConclusionRule,
    Condition,
    Example,
    Parameter,
    ParameterValue,
    Profile,
    Rule,
)
from profiles.shape import ShapeError, make_condition, make_example, make_rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Shape = TypeVar("Shape")


class ProfileFile(Model, frozen=True):
    """``profile.yaml``."""

    name: str
    version: str
    title: Text
    groups: tuple[Group, ...]
    draft: bool = False
    conditions: dict[str, Any] = msgspec.field(default_factory=dict)
    conclusion: ConclusionRule = ConclusionRule()


class SchoolFile(Model, frozen=True):
    """``schools/<school>.yaml``."""

    title: Text
    document: str = ""
    """Key of the school's regulation (S0, S1, S4)."""
    parameters: dict[str, ParameterValue] = msgspec.field(default_factory=dict)


class _Problems(list[str]):
    """Problems of one file, collected while reading goes on."""

    def __init__(self, sink: list[str], file: str) -> None:
        super().__init__()
        self.sink, self.file = sink, file

    def note(self, place: str, reason: object) -> None:
        self.sink.append(f"{self.file}: {place}: {reason}" if place else f"{self.file}: {reason}")


def assemble_profile(root: Path, name: str, school: str, files: list[Path], digest: str) -> Profile:
    """Read all files and give the profile.

    Raises:
        ProfileError: with every problem of every file.
    """
    problems: list[str] = []
    raw = {path.relative_to(root).as_posix(): _read(root, path, problems) for path in files}
    head = _convert(raw.get(f"{name}/profile.yaml"), ProfileFile, problems, f"{name}/profile.yaml")
    place = f"schools/{school}.yaml"
    chosen = _convert(raw.get(place), SchoolFile, problems, place)
    known = _convert(
        raw.get("parameters.yaml", {}), dict[str, Parameter], problems, "parameters.yaml"
    )
    labels = _convert(raw.get("labels.yaml", {}), dict[str, Text], problems, "labels.yaml")
    documents = _convert(raw.get("documents.yaml", {}), dict[str, Text], problems, "documents.yaml")
    items = [
        item
        for file, body in raw.items()
        if file.startswith(f"{name}/items/") and body is not None
        for item in _read_item(body, _Problems(problems, file))
    ]
    if head is None or chosen is None or known is None or labels is None or documents is None:
        raise ProfileError(problems)
    shared = _read_shared(head, _Problems(problems, f"{name}/profile.yaml"))
    profile = Profile(
        name=head.name,
        version=head.version,
        title=head.title,
        school=school,
        school_title=chosen.title,
        draft=head.draft,
        groups=head.groups,
        parameters={key: entry.default for key, entry in known.items()} | chosen.parameters,
        parameter_docs=known,
        conditions=shared,
        items=_in_order(items, head.groups),
        labels=labels,
        documents=documents,
        conclusion=head.conclusion,
        hash=digest,
    )
    problems += check_references(profile, chosen.parameters, place)
    if problems:
        raise ProfileError(problems)
    return profile


def _read(root: Path, path: Path, problems: list[str]) -> object:
    try:
        return read_rule_file(path)
    except RuleFileError as error:
        problems.append(f"{path.relative_to(root).as_posix()}: {error}")
        return None


def _convert(raw: object, wanted: type[Shape], problems: list[str], file: str) -> Shape | None:
    if raw is None:
        if not any(problem.startswith(f"{file}: ") for problem in problems):
            problems.append(f"{file}: is missing or empty")
        return None
    try:
        return msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        problems.append(f"{file}: {error}")
        return None


def _read_shared(head: ProfileFile, problems: _Problems) -> dict[str, Condition]:
    shared: dict[str, Condition] = {}
    for name, raw in head.conditions.items():
        try:
            shared[name] = msgspec.convert(make_condition(raw), Condition)
        except (ShapeError, msgspec.ValidationError) as error:
            problems.note(f"condition {name}", error)
    return shared


def _read_item(body: object, problems: _Problems) -> list[CheckItem]:
    """Read one item; rules and examples are read one by one so that each error is told."""
    if not isinstance(body, dict):
        problems.note("", "an item must be a mapping")
        return []
    before = len(problems.sink)
    item_id = str(body.get("id", "?"))
    raw: dict[str, Any] = {**body, "source": problems.file}
    rules = raw.get("rules", [])
    last = [raw.pop("otherwise")] if "otherwise" in raw else []
    if not last:
        problems.note(item_id, "otherwise is missing: the last rule must decide in every case")
    elif not isinstance(last[0], dict) or "when" in last[0] or "needs" in last[0]:
        problems.note(item_id, "otherwise takes neither when nor needs")
    if not isinstance(rules, list):
        problems.note(item_id, "rules must be a list")
        rules = []
    rules = [*rules, *last]
    raw["rules"] = _read_parts(rules, make_rule, Rule, f"{item_id}: rule", problems)
    raw["examples"] = _read_parts(
        raw.get("examples", []), make_example, Example, f"{item_id}: example", problems
    )
    for rule in raw["rules"][: -1 if last else None]:
        if rule.when is None:
            problems.note(item_id, f"rule {rule.code} has no when")
        if rule.outcome is Outcome.ERROR:
            problems.note(item_id, f"rule {rule.code}: ERROR is never a rule's outcome")
    try:
        item = msgspec.convert(msgspec.to_builtins(raw), CheckItem)
    except msgspec.ValidationError as error:
        problems.note(item_id, error)
        return []
    return [item] if len(problems.sink) == before else []


def _read_parts(
    raw: object,
    shape: Callable[[object], object],
    wanted: type[Shape],
    place: str,
    problems: _Problems,
) -> list[Shape]:
    parts: list[Shape] = []
    if not isinstance(raw, list):
        problems.note(place, "must be a list")
        return parts
    for number, entry in enumerate(raw, 1):
        label = (
            entry.get("code", entry.get("expect", number)) if isinstance(entry, dict) else number
        )
        try:
            parts.append(msgspec.convert(shape(entry), wanted))
        except (ShapeError, msgspec.ValidationError) as error:
            problems.note(f"{place} {label}", error)
    return parts


def _in_order(items: list[CheckItem], groups: tuple[Group, ...]) -> tuple[CheckItem, ...]:
    """Sort by group, then by the numbers of the printed line (AR-2.10 after AR-2.9)."""
    order = {group.id: number for number, group in enumerate(groups)}

    def key(item: CheckItem) -> tuple[int, list[tuple[int, str]]]:
        parts = item.id.replace("-", ".").split(".")
        numbers = [(int(p), "") if p.isdigit() else (-1, p) for p in parts]
        return order.get(item.group, len(order)), numbers

    return tuple(sorted(items, key=key))
