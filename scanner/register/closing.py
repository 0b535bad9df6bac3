"""Takes rows out of use: entries get their end state and day, papers are struck out with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.register.records import need_ref

if TYPE_CHECKING:
    import datetime

    from scanner.register.session import Session
    from scanner.register.values import Value

ENDS: dict[str, tuple[str, str]] = {
    "app": ("停用", "stopped_on"),
    "system": ("停用", "stopped_on"),
    "group": ("已解散", "dissolved_on"),
    "account": ("已注销", "closed_on"),
    "issue": ("已销号", "closed_on"),
    "campaign": ("已结束", ""),
}
"""Object -> the state of its end, and the field of the day."""


def close_row(session: Session, ref: str, day: datetime.date, reason: str) -> str:
    """Close a row and give the word for what was done.

    Raises:
        UsageError: no such row, closed already, or no reason where one is needed.
    """
    name, _ = need_ref(ref)
    if name not in ENDS:
        session.end(ref, day, reason)
        return "ended"
    status, field = ENDS[name]
    values: dict[str, Value] = {"status": status}
    if field:
        values[field] = day
    if session.get(ref).values.get("status") == status:
        raise UsageError("register.already_ended", ref=ref)
    session.note = reason
    session.set(ref, values, action="close")
    return status


def erase_personal(session: Session, ref: str) -> list[str]:
    """Empty every personal field of a row (a person, or the contacts of an entry); gives their names.

    The name of a person is replaced by the row's call; the journal holds personal values masked only.
    """
    from scanner.register.catalogue import find_object

    record = session.get(ref)
    what = find_object(record.object)
    values: dict[str, Value] = {
        field.name: f"（已删除 {ref}）" if field.required else None
        for field in what.fields.values()
        if record.values.get(field.name) is not None
        and (field.secret or (record.object == "person" and field.name in {"name", "post"}))
    }
    session.set(ref, values, action="erase")
    return [what.fields[name].zh for name in values]
