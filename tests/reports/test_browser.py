"""The page in a real browser: nothing is loaded, nothing but its own script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.html import render_html
from tests.reports.campus import make_campus
from tests.reports.chromium import Chromium
from tests.reports.hostile import STRINGS, make_hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.system("chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "zh": render_html(make_campus(), "zh"),
        "en": render_html(make_campus(), "en"),
        "hostile": render_html(make_hostile(), "zh"),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["zh", "en", "hostile"])
def test_page_asks_for_nothing_and_complains_of_nothing(
    browser: Chromium, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    browser.evaluate("document.querySelectorAll('button').forEach(one => one.click())")
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    outside = [url for url in browser.requests() if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert sum(url.startswith("file:") for url in browser.requests()) == 1
    assert browser.complaints() == []


def test_no_script_of_the_app_runs(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.open(pages["hostile"])
    assert browser.evaluate("window.name") == ""
    assert browser.evaluate("document.scripts.length") == 1
    assert browser.evaluate("document.images.length") == 4
    loaded = "[...document.images].every(one => one.complete && one.naturalWidth > 0)"
    assert browser.evaluate(loaded)
    assert browser.evaluate("document.querySelector('.app').textContent") == STRINGS[0]
    assert browser.evaluate("document.querySelectorAll('a:not([href^=\"#\"])').length") == 0


def test_own_script_filters_and_opens(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.open(pages["zh"])
    count = "[...document.querySelectorAll('.check')].filter(one => !one.hidden).length"
    assert browser.evaluate(count) == 7
    browser.evaluate("document.querySelector('[data-filter=open]').click()")
    assert browser.evaluate(count) == 5
    browser.evaluate("document.querySelector('[data-open]').click()")
    assert browser.evaluate("document.querySelectorAll('.check details:not([open])').length") == 0
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.evaluate(count) == 7


@pytest.mark.parametrize("name", ["zh", "en", "hostile"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_sticks_out_of_the_page(
    browser: Chromium, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.resize(width, 800)
    browser.open(pages[name])
    browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_the_browser_would_tell(browser: Chromium, tmp_path: Path) -> None:
    """The broken twin: a page that loads and runs what its policy forbids is seen to do so."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
        "<img src='missing.png'><script>window.name = 'ran'</script>"
    )
    browser.open(page)
    assert browser.complaints()
    loose = tmp_path / "loose.html"
    loose.write_text("<img src='missing.png'><script>window.name = 'ran'</script>")
    browser.open(loose)
    assert browser.evaluate("window.name") == "ran"
    assert any(url.endswith("missing.png") for url in browser.requests())
    browser.evaluate("window.name = ''")
