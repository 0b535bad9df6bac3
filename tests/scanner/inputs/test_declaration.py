"""A declaration becomes facts, the same from YAML and from a workbook; bad ones are explained."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analyzers.kinds import check_fact
from analyzers.model import Fact
from scanner.errors import UnreadableInput
from scanner.inputs.declaration import read_declaration
from scanner.inputs.declaration_form import make_xlsx_form, make_yaml_form
from scanner.inputs.declared_facts import make_declared_facts

FILLED = Path(__file__).with_name("filled.yaml")


def facts_of(path: Path) -> tuple[Fact, ...]:
    return make_declared_facts(read_declaration(path), path.name)


def one(facts: tuple[Fact, ...], kind: str, subject: str) -> Fact:
    [found] = [fact for fact in facts if fact.kind == kind and fact.subject == subject]
    return found


def test_every_fact_keeps_its_kind() -> None:
    facts = facts_of(FILLED)
    assert [problem for fact in facts for problem in check_fact(fact)] == []
    kinds = {fact.kind for fact in facts}
    assert kinds == {
        "declaration.app", "declaration.type", "declaration.permission", "declaration.sdk",
        "declaration.identity", "store.permission", "register.filing",
    }  # fmt: skip


def test_words_become_ids() -> None:
    facts = facts_of(FILLED)
    app = one(facts, "declaration.app", "校园通").fields
    assert app["app_types"] == ["t39-19", "t39-03"]
    assert app["functions"] == ["notice", "attendance"]
    assert app["audience"] == ["学生", "教职工"]
    assert (app["mass_collection"], app["biometrics"], app["under_14"]) == (True, False, False)
    assert one(facts, "declaration.type", "device.phone_number").fields["purpose"] == "登录"
    assert one(facts, "declaration.type", "device.imei").fields["third_parties"] == ["友盟"]
    assert one(facts, "declaration.permission", "android.permission.CAMERA")
    assert one(facts, "declaration.permission", "com.example.permission.X")
    assert one(facts, "declaration.sdk", "umeng-analytics").fields["types"] == ["device.imei"]
    assert one(facts, "declaration.sdk", "自研埋点").fields["name"] == "自研埋点"


def test_filings_are_compared() -> None:
    facts = facts_of(FILLED)
    icp = one(facts, "register.filing", "icp").fields
    assert (icp["format_ok"], icp["name_matches"], icp["status"]) == (True, True, "valid")
    assert icp["checked"] == "2026-03-01"
    app = one(facts, "register.filing", "app_filing").fields
    assert (app["format_ok"], app["name_matches"], app["status"]) == (False, False, "unknown")


def test_identities_keep_their_source() -> None:
    stated = [f for f in facts_of(FILLED) if f.kind == "declaration.identity"]
    assert sorted((f.subject, f.fields["source"], f.fields["value"]) for f in stated) == [
        ("package_id", "declaration", "cn.edu.example.xiaoyuantong"),
        ("signer_md5", "app_filing", "c9:5d"),
        ("version_code", "declaration", "231"),
        ("version_name", "declaration", "2.3.1"),
        ("version_name", "store", "2.3.0"),
    ]


def test_the_workbook_gives_the_same_facts(tmp_path: Path) -> None:
    import yaml

    document = yaml.safe_load(FILLED.read_text("utf-8"))
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx_form()))
    for name in ("申报表", "申报的安装包", "App备案登记"):
        values = document if name == "申报表" else document[name]
        for row in book[name].iter_rows(max_col=2):
            value = values.get(row[0].value)
            if value is not None:
                flag = {True: "是", False: "否"}.get(value) if isinstance(value, bool) else None
                text = flag or ("、".join(value) if isinstance(value, list) else str(value))
                row[1].value = text
    for name in ("个人信息", "权限", "第三方SDK", "备案与资质", "应用商店"):
        head = [cell.value for cell in book[name][1]]
        for entry in document[name]:
            texts = {k: "、".join(v) if isinstance(v, list) else str(v) for k, v in entry.items()}
            book[name].append([texts.get(column) for column in head])
    path = tmp_path / "filled.xlsx"
    book.save(path)
    yaml_facts, xlsx_facts = facts_of(FILLED), facts_of(path)
    assert [(f.kind, f.subject, f.fields) for f in xlsx_facts] == [
        (f.kind, f.subject, f.fields) for f in yaml_facts
    ]


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_the_empty_form_only_lacks_the_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"form.{suffix}"
    path.write_bytes(make_yaml_form() if suffix == "yaml" else make_xlsx_form())
    with pytest.raises(UnreadableInput) as error:
        read_declaration(path)
    assert "应用名称" in str(error.value.params["reason"])


BAD_YAML = [
    ("应用名称: a\n应用名称: b\n", "应用名称 is written twice"),
    ("应用名称: a\n未知栏: 1\n", "未知栏"),
    ("应用名称: a\n申报的安装包: {版本: 2.10}\n", "请加引号"),
    ("应用名称: a\n服务对象: [外星人]\n", "不认识“外星人”"),
    ("应用名称: a\n个人信息: [{类型: 心情}]\n", "个人信息 第 1 行"),
    ("应用名称: a\n备案与资质: [{类型: 猎人证}]\n", "可填 营业执照"),
    ("应用名称: a\n大范围采集: 也许\n", "请填 是 或 否"),
    ("应用名称: a\n个人信息: 全部\n", "个人信息"),
    ("- 1\n", "object"),
    ("a: &x [1]\nb: *x\n", "aliases"),
    ("应用名称: !!python/object/apply:os.system [id]\n", "tags"),
    ("{" * 100, ""),
    ("应用名称: \x00\n", ""),
]


@pytest.mark.parametrize(("text", "words"), BAD_YAML)
def test_a_bad_form_is_explained_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableInput) as error:
        facts_of(path)
    assert error.value.code == "declaration.bad"
    assert words in str(error.value.params["reason"])


def make_zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO(make_xlsx_form())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
BAD_BOOKS = {
    "workbook.not_xlsx": b"PK\x03\x04 and nothing more",
    "workbook.macros": with_part("xl/vbaProject.bin", b"macro"),
    "workbook.entities": with_part("xl/extra.xml", LAUGHS),
    "workbook.damaged": make_zip({"[Content_Types].xml": b"<Types/>"}),
}


@pytest.mark.parametrize(("code", "content"), BAD_BOOKS.items(), ids=BAD_BOOKS)
def test_a_bad_workbook_is_refused_by_name(tmp_path: Path, code: str, content: bytes) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as error:
        read_declaration(path)
    assert error.value.code == code


def test_a_workbook_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(make_zip({f"xl/{n}.xml": bytes(90 << 20) for n in range(3)}))
    with pytest.raises(UnreadableInput) as error:
        read_declaration(path)
    assert error.value.code == "workbook.too_large"


def test_a_foreign_workbook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "工资表"
    path = tmp_path / "foreign.xlsx"
    book.save(path)
    with pytest.raises(UnreadableInput) as error:
        read_declaration(path)
    assert error.value.code == "workbook.no_form"


def test_formulas_are_not_calculated(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx_form()))
    book["申报表"]["B1"] = '=HYPERLINK("http://evil.example","校园通")'
    path = tmp_path / "formula.xlsx"
    book.save(path)
    with pytest.raises(UnreadableInput) as error:
        read_declaration(path)
    assert "应用名称" in str(error.value.params["reason"])
