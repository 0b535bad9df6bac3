"""The applicant's declaration: what the app collects, why, and under which filings.

The file's keys are Chinese because departments fill it in; ``vocabulary.py`` turns the words into
ids. Every problem is told with its place, all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from profiles.rulefile import RuleFileError, read_rule_text
from scanner.errors import UnreadableInput
from scanner.inputs.declaration_sheets import sheets_to_document
from scanner.inputs.workbook import WorkbookError, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 512 * 1024


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all parts of the form: unknown keys are refused by name."""


class DeclaredType(_Row, frozen=True):
    """One kind of personal information the app collects."""

    name: str = msgspec.field(name="类型")
    purpose: str = msgspec.field(name="目的", default="")
    origin: str = msgspec.field(name="来源", default="")
    third_parties: list[str] = msgspec.field(name="接收方", default_factory=list)


class DeclaredPermission(_Row, frozen=True):
    """One permission the app uses."""

    name: str = msgspec.field(name="名称")
    purpose: str = msgspec.field(name="目的", default="")


class DeclaredSdk(_Row, frozen=True):
    """One embedded SDK."""

    name: str = msgspec.field(name="名称")
    vendor: str = msgspec.field(name="厂商", default="")
    purpose: str = msgspec.field(name="目的", default="")
    types: list[str] = msgspec.field(name="收集的信息", default_factory=list)


class DeclaredFiling(_Row, frozen=True):
    """One filing or licence."""

    name: str = msgspec.field(name="类型")
    number: str = msgspec.field(name="编号", default="")
    holder: str = msgspec.field(name="持有人", default="")
    date: str = msgspec.field(name="日期", default="")
    expires: str = msgspec.field(name="有效期至", default="")
    checked: str = msgspec.field(name="查询日期", default="")
    status: str = msgspec.field(name="状态", default="")


class DeclaredIdentity(_Row, frozen=True):
    """How the app is named and signed, as one source states it."""

    label: str = msgspec.field(name="应用名称", default="")
    package_id: str = msgspec.field(name="包名", default="")
    version_name: str = msgspec.field(name="版本", default="")
    version_code: str = msgspec.field(name="版本号", default="")
    publisher: str = msgspec.field(name="发布者", default="")
    signer_sha256: str = msgspec.field(name="证书SHA256", default="")
    signer_md5: str = msgspec.field(name="证书MD5", default="")
    public_key: str = msgspec.field(name="公钥", default="")
    sha256: str = msgspec.field(name="安装包SHA256", default="")


class StoreListing(DeclaredIdentity, frozen=True):
    """What a store says about the app."""

    store: str = msgspec.field(name="商店", default="")
    permissions: list[str] = msgspec.field(name="权限", default_factory=list)


class Declaration(_Row, frozen=True):
    """The whole form."""

    name: str = msgspec.field(name="应用名称")
    provider: str = msgspec.field(name="提供者", default="")
    app_types: list[str] = msgspec.field(name="应用类型", default_factory=list)
    functions: list[str] = msgspec.field(name="业务功能", default_factory=list)
    audience: list[str] = msgspec.field(name="服务对象", default_factory=list)
    source: str = msgspec.field(name="来源", default="")
    use: str = msgspec.field(name="使用性质", default="")
    mass_collection: str = msgspec.field(name="大范围采集", default="")
    biometrics: str = msgspec.field(name="采集生物特征", default="")
    under_14: str = msgspec.field(name="面向未满十四周岁", default="")
    types: list[DeclaredType] = msgspec.field(name="个人信息", default_factory=list)
    permissions: list[DeclaredPermission] = msgspec.field(name="权限", default_factory=list)
    sdks: list[DeclaredSdk] = msgspec.field(name="第三方SDK", default_factory=list)
    filings: list[DeclaredFiling] = msgspec.field(name="备案与资质", default_factory=list)
    identity: DeclaredIdentity | None = msgspec.field(name="申报的安装包", default=None)
    app_filing: DeclaredIdentity | None = msgspec.field(name="App备案登记", default=None)
    stores: list[StoreListing] = msgspec.field(name="应用商店", default_factory=list)


def read_declaration(path: Path) -> Declaration:
    """Read a declaration from YAML or XLSX (told by content).

    Raises:
        UnreadableInput: with the file, the place and the reason.
    """
    try:
        if path.stat().st_size > MAX_BYTES and path.suffix.lower() not in {".xlsx", ".xlsm"}:
            raise UnreadableInput("declaration.too_large", file=str(path), most=MAX_BYTES >> 10)
        if _is_workbook(path):
            document: object = sheets_to_document(read_workbook(path))
        else:
            document = _to_words(read_rule_text(path.read_bytes()), "")
        return _convert(document)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableInput("input.os_error", file=str(path), reason=reason) from error
    except WorkbookError as error:
        raise UnreadableInput(error.code, file=str(path), **error.params) from error
    except (RuleFileError, msgspec.ValidationError, ValueError) as error:
        raise UnreadableInput("declaration.bad", file=str(path), reason=str(error)) from error


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _convert(document: object) -> Declaration:
    form = msgspec.convert(document, Declaration)
    if not form.name.strip():
        raise ValueError("应用名称：必填")
    return form


def _to_words(value: object, place: str) -> object:
    """Turn what YAML reads as numbers and booleans back into the words that were written.

    Raises:
        ValueError: a decimal number, which YAML may have changed (``2.10`` is read as ``2.1``).
    """
    if isinstance(value, dict):
        return {
            str(key): _to_words(item, f"{place}.{key}".lstrip("."))
            for key, item in value.items()
            if item is not None
        }
    if isinstance(value, list):
        return [_to_words(item, f"{place}[{n}]") for n, item in enumerate(value, start=1)]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        raise ValueError(f"{place}：{value} 请加引号，写成 '{value}'")  # noqa: TRY004
    return str(value)
