"""Turns the rows of a file into a plan: what would be added and changed, and what is rejected.

A plan with a rejection is never carried out, so that nothing is half imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from scanner.errors import UsageError
from scanner.register.catalogue import load_objects
from scanner.register.exchange_read import Rejected, SheetRow
from scanner.register.journal import journal_text
from scanner.register.values import ValueProblem, mask, normalise, read_value, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.register.catalogue import Field
    from scanner.register.exchange_read import Found
    from scanner.register.records import Record
    from scanner.register.session import Session
    from scanner.register.values import Value

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_PENDING = "new:"


class Step(msgspec.Struct, frozen=True):
    """One row that would be added (``ref`` empty) or changed."""

    source: SheetRow
    ref: str
    values: dict[str, object]
    changes: tuple[tuple[str, str, str], ...]
    """Heading, old text, new text; personal values masked."""


class Plan(msgspec.Struct, frozen=True):
    """What an import would do."""

    steps: tuple[Step, ...]
    rejected: tuple[Rejected, ...]
    unchanged: int


def make_plan(session: Session, found: Found) -> Plan:
    """Compare the rows of a file with the register; nothing is written."""
    return _Planner(session, found).make()


def apply_plan(session: Session, plan: Plan) -> list[str]:
    """Carry a plan out and give the calls of its rows.

    Raises:
        UsageError: the plan has rejections.
    """
    if any(one.code != "unknown_column" for one in plan.rejected):
        raise UsageError("register.import_rejected", count=len(plan.rejected))
    made: dict[str, str] = {}
    refs = []
    for step in plan.steps:
        values: dict[str, Value] = {}
        for name, value in step.values.items():
            pending = isinstance(value, str) and value.startswith(_PENDING)
            values[name] = made[str(value)] if pending else value  # type: ignore[assignment]
        what = step.source.object
        if step.ref:
            session.set(step.ref, values, action="import")
            refs.append(step.ref)
        else:
            ref = session.add(what, values, action="import")
            made[_pending(what, str(values.get("name", "")))] = ref
            refs.append(ref)
    return refs


def _pending(what: str, name: str) -> str:
    return f"{_PENDING}{what}:{name}"


_KEYS = (
    "entry", "campaign", "scan", "kind", "step", "number", "day", "version", "store",
    "changed_on", "item", "date", "slot", "title", "display_name", "scanned_at", "what",
)  # fmt: skip
"""Fields that tell rows without a name apart."""


class _RowRejected(Exception):
    """The row is rejected already; its reason is noted."""


class _Planner:
    def __init__(self, session: Session, found: Found) -> None:
        self._session = session
        self._found = found
        self._rejected = list(found.rejected)
        self._indexes: dict[tuple[str, ...], dict[tuple[object, ...], list[Record]]] = {}
        self._new: set[str] = set()
        self._seen: dict[tuple[str, ...], int] = {}

    def make(self) -> Plan:
        order = list(load_objects())
        rows = sorted(self._found.rows, key=lambda row: order.index(row.object))
        steps, unchanged = [], 0
        for row in rows:
            try:
                step = self._plan_row(row)
            except _RowRejected:
                continue
            if step.changes:
                steps.append(step)
            else:
                unchanged += 1
        return Plan(tuple(steps), tuple(self._rejected), unchanged)

    def _plan_row(self, row: SheetRow) -> Step:
        values = self._read_cells(row)
        current = self._current(row, values)
        if current is None or not row.ref:  # an empty cell of a department's sheet says nothing
            values = {name: value for name, value in values.items() if value is not None}
        self._check_required(row, values, current)
        if current is None:
            self._new.add(_pending(row.object, str(values.get("name", ""))))
            return Step(row, "", values, self._texts(row, values, None))
        changed = {n: v for n, v in values.items() if v != current.values.get(n)}
        return Step(row, current.ref, changed, self._texts(row, changed, current))

    def _check_required(
        self, row: SheetRow, values: dict[str, object], current: Record | None
    ) -> None:
        fields = load_objects()[row.object].fields.values()
        missing = [
            field for field in fields
            if field.required and values.get(field.name) is None
            and (current is None or field.name in values)
        ]  # fmt: skip
        for field in missing:
            self._reject(row, field, "required")
        if missing:
            raise _RowRejected

    def _read_cells(self, row: SheetRow) -> dict[str, object]:
        values: dict[str, object] = {}
        clean = True
        for name, text in row.cells.items():
            field = load_objects()[row.object].fields[name]
            if field.secret and "*" in text:
                continue  # a masked value of our own export: unchanged
            try:
                if text.strip() in _ERRORS:
                    raise ValueProblem("formula_error", text=text.strip())
                values[name] = self._resolve(field, read_value(field, text))
            except ValueProblem as problem:
                clean = False
                params = {key: str(value) for key, value in problem.params.items()}
                self._reject(row, field, problem.code, **params)
        if not clean:
            raise _RowRejected
        return values

    def _resolve(self, field: Field, value: Value) -> object:
        if field.type != "ref" or not isinstance(value, str):
            return value
        for target in field.targets:
            if _pending(target, value) in self._new:
                return _pending(target, value)
        matches = [
            record.ref
            for target in field.targets
            for record in (
                self._index(target, "ref").get((value,))
                or self._index(target, "name").get((value,), [])
            )
        ]
        if len(matches) != 1:
            raise ValueProblem("ambiguous" if matches else "unknown_reference", text=value[:40])
        return matches[0]

    def _index(self, name: str, *keys: str) -> dict[tuple[object, ...], list[Record]]:
        """Give the rows of an object by their call or by the values of some fields."""
        if (name, *keys) not in self._indexes:
            index: dict[tuple[object, ...], list[Record]] = {}
            for record in self._session.find(name):
                values = record.values
                key = (
                    (record.ref,)
                    if keys == ("ref",)
                    else tuple(_plain(values.get(k)) for k in keys)
                )
                index.setdefault(key, []).append(record)
            self._indexes[(name, *keys)] = index
        return self._indexes[(name, *keys)]

    def _current(self, row: SheetRow, values: dict[str, object]) -> Record | None:
        """Give the row that is meant, None for a new one."""
        if row.ref:
            matches = self._index(row.object, "ref").get((row.ref,))
            if not matches:
                self._reject(row, None, "unknown_row", text=row.ref[:40])
                raise _RowRejected
            self._check_first(row, (row.object, row.ref))
            return matches[0]
        named = "name" in load_objects()[row.object].fields
        keys = tuple(
            name for name in (("name", "department") if named else _KEYS) if name in values
        )
        key = tuple(_plain(values[name]) for name in keys)
        self._check_first(row, (row.object, *keys, *(str(part) for part in key)))
        matches = self._index(row.object, *keys).get(key, []) if keys else []
        if len(matches) > 1:
            self._reject(row, None, "ambiguous", text=str(values.get("name", ""))[:40])
            raise _RowRejected
        return matches[0] if matches else None

    def _check_first(self, row: SheetRow, key: tuple[str, ...]) -> None:
        if key in self._seen:
            self._reject(row, None, "duplicate", first=str(self._seen[key]))
            raise _RowRejected
        self._seen[key] = row.row

    def _reject(self, row: SheetRow, field: Field | None, code: str, **params: str) -> None:
        column = row.headings.get(field.name, field.zh) if field is not None else ""
        self._rejected.append(Rejected(row.sheet, row.row, column, code, params))

    def _texts(
        self, row: SheetRow, values: dict[str, object], current: Record | None
    ) -> tuple[tuple[str, str, str], ...]:
        fields = load_objects()[row.object].fields
        return tuple(
            (
                fields[name].zh,
                journal_text(fields[name], current.values.get(name)) or "" if current else "",
                _shown(fields[name], value),
            )
            for name, value in values.items()
        )


def _shown(field: Field, value: object) -> str:
    text = show_value(value)  # type: ignore[arg-type]
    if text.startswith(_PENDING):
        return text.rpartition(":")[2]
    return mask(text) if field.secret else text


def _plain(value: object) -> object:
    return normalise(value) if isinstance(value, str) else value


def rejected_rows(rejected: Iterable[Rejected]) -> int:
    """Give the number of places that stop an import."""
    return sum(one.code != "unknown_column" for one in rejected)
