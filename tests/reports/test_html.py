from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from profiles.model import Outcome
from reports.html import make_policy, render_html
from tests.builders import make_a_fact, make_assessment, make_fact_set, make_verdict
from tests.reports.campus import make_campus
from tests.reports.hostile import STRINGS, make_hostile

ALLOWED = {
    "a", "article", "b", "body", "button", "code", "col", "colgroup", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "head", "header", "html", "i", "img", "li", "link", "main", "meta",
    "nav", "ol", "p", "pre", "q", "script", "section", "small", "span", "style", "summary", "table",
    "tbody", "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.scripts = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts += data
        elif not self.open or self.open[-1] != "style":
            self.text += data


@pytest.fixture(scope="module")
def hostile() -> Page:
    return Page(render_html(make_hostile(), "zh"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_is_well_formed_and_holds_only_known_elements(lang: str) -> None:
    page = Page(render_html(make_campus(), lang))
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= ALLOWED
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for tag, a in page.elements if tag == "a"}
    assert targets <= {f"#{one}" for one in ids}


def test_policy_allows_this_script_and_nothing_from_outside() -> None:
    page = Page(render_html(make_campus(), "zh"))
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(page.scripts.encode()).digest()).decode()
    assert policy == make_policy(page.scripts)
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_asks_for_nothing_outside(lang: str) -> None:
    html = render_html(make_campus(), lang)
    page = Page(html)
    for _, attributes in page.elements:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), value
    assert not re.search(r"url\(|@import", html)


def test_hostile_strings_add_no_element_attribute_or_link(hostile: Page) -> None:
    assert hostile.open == []
    assert {tag for tag, _ in hostile.elements} <= ALLOWED
    assert sum(tag == "script" for tag, _ in hostile.elements) == 1
    assert sum(tag == "img" for tag, _ in hostile.elements) == 4
    for _, attributes in hostile.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith(("#", "data:,"))


def test_hostile_strings_are_shown_as_text(hostile: Page) -> None:
    assert STRINGS[0] in hostile.text
    assert STRINGS[2] in hostile.text
    assert "{{ 7*7 }}{% raw %}" in hostile.text
    assert "{subject}{reads.api}[x?y]" in hostile.text
    assert "\\u{202E}gpj.kpa" in hostile.text
    assert "&lt;already escaped&gt;" in hostile.text
    assert "ran" not in hostile.scripts


def test_order_of_the_page() -> None:
    html = render_html(make_campus(), "zh")
    wanted = [
        'id="identity"', 'id="conclusion"', 'id="counts"', 'id="checklist"', 'id="AR-1"',
        'id="ar-3.5"', 'id="permissions"', 'id="software"', 'id="components"', 'id="signing"',
        'id="code"', 'id="run"', 'id="facts"', 'id="limitations"', 'id="versions"', 'id="sign"',
    ]  # fmt: skip
    places = [html.index(one) for one in wanted]
    assert places == sorted(places)


def test_identity_and_signature_block_are_there() -> None:
    text = Page(render_html(make_campus(), "zh")).text
    for one in ("掌上校园", "cn.edu.example.campus", "5c" * 32, "7e" * 16, "c4" * 256, "RSA-2048"):
        assert one in text
    for one in ("审查人", "日期", "结论", "□ 建议通过", "□ 暂不能提出"):
        assert one in text


def test_outcomes_read_without_colour() -> None:
    text = Page(render_html(make_campus(), "zh")).text
    for mark in ("✓符合", "×不符合", "?待人工确认", "□待佐证", "○证据不足", "–不适用", "!检测出错"):
        assert mark in text


def test_long_tables_are_cut_and_say_so() -> None:
    facts = [
        make_a_fact("android.component", f"c.C{index:05}", type="service", exported=True)
        for index in range(3000)
    ]
    html = render_html(make_assessment(fact_set=make_fact_set(*facts)), "zh")
    assert "显示前 60 项，共 3000 项，其余见 JSON。" in html
    assert len(html) < 200_000


def test_evidence_of_open_lines_is_marked_for_paper() -> None:
    fact = make_a_fact("android.launcher", "p")
    verdicts = [
        make_verdict(f"ar-1.{index}", outcome, facts=(fact.id,))
        for index, outcome in enumerate(Outcome)
    ]
    page = Page(render_html(make_assessment(*verdicts, fact_set=make_fact_set(fact)), "zh"))
    printed = [a for tag, a in page.elements if tag == "details" and "data-print" in a]
    assert len(printed) == 3
