"""The declaration as a workbook: one sheet per table, read into the same document as the YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.inputs.workbook import Sheet, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = "申报表"
_LISTS = {"应用类型", "业务功能", "服务对象", "接收方", "收集的信息"}
_TABLES = {"个人信息", "权限", "第三方SDK", "备案与资质", "应用商店"}
_IDENTITIES = {"申报的安装包", "App备案登记"}


def sheets_to_document(sheets: tuple[Sheet, ...]) -> dict[str, object]:
    """Give the document that the YAML form would give.

    Raises:
        WorkbookError: when the first sheet is not the form, or a sheet is none of its tables.
    """
    if not sheets or sheets[0].name != _HEAD:
        raise WorkbookError("workbook.no_form", sheet=_HEAD)
    document: dict[str, object] = dict(_read_pairs(sheets[0]))
    for sheet in sheets[1:]:
        if sheet.name in _IDENTITIES:
            document[sheet.name] = dict(_read_pairs(sheet))
        elif sheet.name in _TABLES:
            document[sheet.name] = _read_table(sheet)
        else:
            raise WorkbookError("workbook.unknown_sheet", sheet=sheet.name)
    return document


def _read_pairs(sheet: Sheet) -> Iterator[tuple[str, object]]:
    """Read label and value; a third column holds advice and is not read."""
    for row in sheet.rows:
        label, value = (*row, "", "")[:2]
        if label and value:
            yield label, _split(value) if label in _LISTS else value


def _read_table(sheet: Sheet) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    if not sheet.rows:
        return rows
    head = sheet.rows[0]
    for number, row in enumerate(sheet.rows[1:], start=2):
        cells = {label: cell for label, cell in zip(head, row, strict=False) if label and cell}
        if not cells:
            continue
        if len(cells) != len({label for label in head if label and cells.get(label)}):
            raise WorkbookError("workbook.repeated_head", sheet=sheet.name, row=number)
        listed = _LISTS | ({"权限"} if sheet.name == "应用商店" else set())
        rows.append({k: _split(v) if k in listed else v for k, v in cells.items()})
    return rows


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、,，;；\n]", text) if part.strip()]
