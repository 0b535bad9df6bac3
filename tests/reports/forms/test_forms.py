"""The seven annexes: every label as printed there, and every value back as it was written."""

from __future__ import annotations

import io

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.forms.docx import read_form_docx, render_form_docx
from reports.forms.grid import FormMismatch
from reports.forms.model import TO_FILL, FilledForm, load_layouts, missing_fields
from reports.forms.xlsx import read_form_xlsx, render_form_xlsx

# Copied by hand from the annexes of the regulations.
ANNEXES = {
    "system-use": (
        "校内管理信息系统使用情况表",
        "部门名称 部门负责人 分管信息化领导 手机 办公电话 信息化联络员 手机 办公电话",
        "序号 系统名称 立项审批人 是否经过招标采购流程 采购时间 购置经费(万) 是否部署在网络中心机房",
    ),
    "app-user": (
        "教育移动应用使用者备案信息表",
        "部门名称 部门性质 部门负责人 联系电话 移动应用名称 使用对象 使用场景 使用性质 是有集体决策 "
        "是否签订协议/合同 是否经过论证 部门管理员 联系方式",
        "",
    ),
    "app-provider": (
        "教育移动应用提供者备案信息表（自主开发者填写）",
        "部门名称 部门性质 部门负责人 联系电话 单位名称 单位性质 单位有效证明 联系人信息 业务系统名称 "
        "IP_地址 域名 ICP_备案编号 网络安全等级 等级保护备案号 应用名称 版本号 应用平台* 安全认证号 "
        "功能类型* 服务对象* 服务内容* 获取的权限* 是否具有以下功能* 是否经过论证 部门管理员 联系方式",
        "",
    ),
    "app-self-check": (
        "教育移动应用自查情况表",
        "教育移动应用名称 联系人 联系方式（手机） 电子邮件 佐证材料 佐证材料",
        "",
    ),
    "group-approval": (
        "微信工作群、QQ 工作群组审批表",
        "单位(部门)_名称 工作群名称 群类别(微信_或_QQ)与功能 人员规模_与范围 群主、管理员 联系方式 "
        "单位(部门)_负责人意见 二级党组织_审批意见",
        "",
    ),
    "account-filing": (
        "二级单位（部门） 官方微信公众号、QQ 公众号备案登记表",
        "单位（部门）名称 公众号名称 开通日期 关注量 实名认证情况 认证实名或注册账号名 姓名 职务职称 "
        "移动电话 固定电话 姓名 职务职称 移动电话 固定电话 Email 申请单位意见: 备案单位意见:",
        "",
    ),
    "group-filing": (
        "微信工作群、QQ 工作群组备案登记表",
        "",
        "单位(部门) 工作群名称 群主 人员范围 人数 群功能 群信息发布规则 保留依据 "
        "本单位(部门)原有工作群组的数量",
    ),
}
FORMATS = {"docx": (render_form_docx, read_form_docx), "xlsx": (render_form_xlsx, read_form_xlsx)}


def labels(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def full_form(name: str, value=lambda key: f"值-{key}") -> FilledForm:
    layout = load_layouts()[name]

    def fill(field):
        return field.options[0].split("（")[0] if field.options else value(field.key)

    values = {field.key: fill(field) for field in layout.fields}
    row = {field.key: fill(field) for field in layout.columns}
    return FilledForm(name, values, (row, row, row) if row else ())


def test_there_are_exactly_the_seven_annexes():
    assert load_layouts().keys() == ANNEXES.keys()


@pytest.mark.parametrize("name", ANNEXES)
def test_a_form_has_exactly_the_cells_of_its_annex(name):
    layout, (title, fields, columns) = load_layouts()[name], ANNEXES[name]
    assert layout.title == title
    assert [field.label for field in layout.fields] == labels(fields)
    assert [field.label for field in layout.columns] == labels(columns)
    keys = [field.key for field in (*layout.fields, *layout.columns)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ANNEXES)
def test_what_is_written_is_read_back_equal(name, kind):
    render, read = FORMATS[kind]
    for form in (full_form(name), FilledForm(name)):
        assert read(render(form), name) == form


@pytest.mark.parametrize("kind", FORMATS)
def test_several_ticks_come_back(kind):
    render, read = FORMATS[kind]
    form = FilledForm("app-provider", {"functions": "论坛、直播", "demonstrated": "否"})
    assert read(render(form), "app-provider") == form


def test_an_empty_required_field_is_marked_and_an_optional_one_is_not():
    document = Document(io.BytesIO(render_form_docx(FilledForm("app-user"))))
    cells = {row.cells[0].text: row.cells[1].text for t in document.tables for row in t.rows}
    assert cells["移动应用名称"] == TO_FILL
    assert cells["使用性质"] == f"☐ 要求使用   ☐ 推荐使用 {TO_FILL}"
    provider = Document(io.BytesIO(render_form_docx(FilledForm("app-provider"))))
    pairs = {row.cells[2].text: row.cells[3].text for t in provider.tables for row in t.rows}
    assert pairs["安全认证号"] == ""
    assert (
        missing_fields(FilledForm("group-filing", rows=({"name": "群"},)))[0] == "row 1: department"
    )


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=15, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
)
def test_any_printable_value_survives(kind, text):
    render, read = FORMATS[kind]
    form = full_form("app-self-check", lambda _key: text)
    shown = read(render(form), "app-self-check").values["name"]
    assert shown == text or "\\u{" in shown


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("http://x")', "{{ 7*7 }}", "<w:t>&amp;", "+cmd|' /C'!A0"]
)
def test_hostile_values_are_text(hostile):
    form = full_form("group-approval", lambda _key: hostile)
    for render, read in FORMATS.values():
        assert read(render(form), "group-approval").values["name"] == hostile


@pytest.mark.parametrize("kind", FORMATS)
def test_another_form_or_another_file_is_refused(kind):
    render, read = FORMATS[kind]
    with pytest.raises(FormMismatch):
        read(render(full_form("app-user")), "account-filing")
    with pytest.raises(FormMismatch):
        read(b"PK\x03\x04 nothing", "app-user")
