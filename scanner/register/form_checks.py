"""What a filled form has to keep beyond its required fields (01 §6), as codes with the field."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

import msgspec

from reports.forms.model import missing_fields

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator

    from reports.forms.model import FilledForm

ICP = re.compile(r"[\u4e00-\u9fa5]ICP备\d{6,10}号(-\d+)?A?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE = re.compile(r"\d{3,12}(-\d{1,8})*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class FormProblem(msgspec.Struct, frozen=True):
    """One thing that a form does not keep."""

    key: str
    """Field of the form."""
    code: str
    """missing, not_public, icp_form, needs_yes, needs_date, phone_form, email_form, before_unit,
    in_future, not_verified, zero, too_few, developer_incomplete."""


def check_form(form: FilledForm, today: datetime.date) -> tuple[FormProblem, ...]:
    """List everything a form does not keep; empty for a complete and consistent one."""
    problems = [FormProblem(key, "missing") for key in missing_fields(form)]
    checks = _CHECKS.get(form.layout)
    if checks is not None:
        problems += checks(form, today)
    problems += [
        FormProblem(key, "phone_form")
        for key in ("phone", "contact", "it_leader_phone", "liaison_phone", "first_phone",
                    "administrator_phone")
        if form.values.get(key) and not _PHONE.fullmatch(form.values[key])
    ]  # fmt: skip
    return tuple(problems)


def _system_use(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    names = [row.get("name", "") for row in form.rows]
    for number, row in enumerate(form.rows, start=1):
        if row.get("tender") == "是" and not row.get("tender_date"):
            yield FormProblem(f"row {number}: tender_date", "needs_date")
        if "待填" in row.get("in_room", ""):
            yield FormProblem(f"row {number}: in_room", "missing")
        if names.count(row.get("name", "")) > 1:
            yield FormProblem(f"row {number}: name", "repeated")


def _app_user(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    """注5: an app that has to be used is approved by the school and has a contract."""
    if form.values.get("use") == "要求使用":
        for key in ("decision", "contract"):
            if form.values.get(key) == "否":
                yield FormProblem(key, "needs_yes")
    if form.values.get("audience", "").split("、")[0] == "学生":
        yield FormProblem("audience", "stage_missing")


def _app_provider(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    values = form.values
    if values.get("icp") and not ICP.fullmatch(values["icp"].replace(" ", "")):
        yield FormProblem("icp", "icp_form")
    if values.get("ip") and not _is_public(values["ip"]):
        yield FormProblem("ip", "not_public")
    developer = [k for k in values if k.startswith("developer")]
    if developer and len(developer) < 4:
        yield FormProblem("developer", "developer_incomplete")


def _is_public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


def _self_check(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    if form.values.get("mobile") and not _MOBILE.fullmatch(form.values["mobile"]):
        yield FormProblem("mobile", "phone_form")
    if form.values.get("email") and not _EMAIL.fullmatch(form.values["email"]):
        yield FormProblem("email", "email_form")


def _group_approval(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    unit, party = (form.values.get(key) for key in ("unit_opinion", "party_opinion"))
    for key in ("unit_opinion", "party_opinion"):
        if not form.values.get(key):
            yield FormProblem(key, "needs_date")
    if unit and party and party < unit:
        yield FormProblem("party_opinion", "before_unit")


def _account_filing(form: FilledForm, today: datetime.date) -> Iterator[FormProblem]:
    if form.values.get("opened_on", "") > today.isoformat():
        yield FormProblem("opened_on", "in_future")
    if form.values.get("verified") == "否":
        yield FormProblem("verified", "not_verified")


def _group_filing(form: FilledForm, _today: datetime.date) -> Iterator[FormProblem]:
    for number, row in enumerate(form.rows, start=1):
        if row.get("size") == "0":
            yield FormProblem(f"row {number}: size", "zero")
        original = row.get("original", "")
        if original.isdigit() and int(original) < len(form.rows):
            yield FormProblem(f"row {number}: original", "too_few")


_CHECKS: dict[str, Callable[[FilledForm, datetime.date], Iterator[FormProblem]]] = {
    "system-use": _system_use, "app-user": _app_user, "app-provider": _app_provider,
    "app-self-check": _self_check, "group-approval": _group_approval,
    "account-filing": _account_filing, "group-filing": _group_filing,
}  # fmt: skip
