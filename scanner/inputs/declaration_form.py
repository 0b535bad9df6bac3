"""Writes the empty declaration, as YAML or as a workbook with advice beside each field."""

from __future__ import annotations

import io
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from scanner.inputs import declaration

_FORM = Path(__file__).with_name("declaration_form.toml")
_TABLES = {
    "个人信息": declaration.DeclaredType,
    "权限": declaration.DeclaredPermission,
    "第三方SDK": declaration.DeclaredSdk,
    "备案与资质": declaration.DeclaredFiling,
    "应用商店": declaration.StoreListing,
}
_IDENTITIES = ("申报的安装包", "App备案登记")


@cache
def load_advice() -> dict[str, Any]:
    """Read the advice of every field: ``{table: {field: advice}}``; ``申报表`` is the head."""
    return tomllib.loads(_FORM.read_text("utf-8"))


def field_names(table: type[msgspec.Struct]) -> tuple[str, ...]:
    """Give the Chinese field names of one table of the form."""
    return tuple(field.encode_name for field in msgspec.structs.fields(table))


def make_yaml_form() -> bytes:
    """Make the YAML form: every field present, every field explained."""
    advice = load_advice()
    lines = ["# 应用申报表：填好后运行  appadmit scan 应用.apk --declaration 本文件", ""]
    for name in field_names(declaration.Declaration):
        if name in _TABLES:
            lines.extend(_yaml_table(name, advice[name]))
        elif name in _IDENTITIES:
            lines.extend(["", f"# {name}：不填可整段删去", f"{name}:"])
            lines.extend(f"  {k}: ''  # {v}" for k, v in advice["申报的安装包"].items())
        else:
            lines.append(
                f"{name}: {'[]' if _is_list(name) else repr('')}  # {advice['申报表'][name]}"
            )
    return ("\n".join(lines) + "\n").encode("utf-8")


def _yaml_table(name: str, advice: dict[str, str]) -> list[str]:
    lines = ["", f"# {name}：每项一段，照此格式填写"]
    for number, (field, text) in enumerate(advice.items()):
        lines.append(f"#  {'-' if number == 0 else ' '} {field}:   # {text}")
    return [*lines, f"{name}: []"]


def _is_list(name: str) -> bool:
    return name in {"应用类型", "业务功能", "服务对象"}


def make_xlsx_form() -> bytes:
    """Make the workbook form: one sheet for the head, one per table."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    advice, book = load_advice(), Workbook()
    head = book.worksheets[0]
    head.title = "申报表"
    for name in field_names(declaration.Declaration):
        if name in advice["申报表"]:
            head.append([name, None, advice["申报表"][name]])
    for name in _IDENTITIES:
        sheet = book.create_sheet(name)
        for field, text in advice["申报的安装包"].items():
            sheet.append([field, None, text])
    for name in _TABLES:
        sheet = book.create_sheet(name)
        sheet.append(list(advice[name]))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    for sheet in book.worksheets:
        for letter, width in (("A", 22), ("B", 34), ("C", 60), ("D", 24), ("E", 24)):
            sheet.column_dimensions[letter].width = width
        for row in sheet.iter_rows():
            for cell in row:
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
