"""``appadmit knowledge``: what its sub-commands print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzers.knowledge.catalogue import SDKS, load_catalogue
from scanner.cli.knowledge import app
from scanner.errors import UsageError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), standalone_mode=False)


def test_show_prints_every_field() -> None:
    result = run("show", "jpush")
    assert result.return_value == 0
    assert "name_zh: 极光推送" in result.stdout
    assert "  cn.jpush.android" in result.stdout


def test_show_of_an_unknown_entry_is_a_usage_error() -> None:
    assert isinstance(run("show", "nobody").exception, UsageError)


def test_search_lists_what_matches() -> None:
    assert "amap-location" in run("search", "com.amap.api.location.AMapLocationClient").stdout
    assert run("search", "no-such-thing-anywhere").stdout.strip()


def test_lint_prints_the_verified_count() -> None:
    result = run("lint")
    assert result.return_value == 0
    assert f" {load_catalogue().verified} " in result.stdout.replace("\n", " ")


def test_diff_with_itself_is_empty_and_with_less_is_not(tmp_path: Path) -> None:
    assert "+" not in run("diff", str(SDKS)).stdout
    for name in ("categories.toml", "sources.toml"):
        (tmp_path / name).write_bytes((SDKS / name).read_bytes())
    assert "added jpush" in run("diff", str(tmp_path)).stdout
    assert isinstance(run("diff", str(tmp_path / "none")).exception, UsageError)


@pytest.mark.parametrize("command", ["import-exodus", "import-libchecker", "import-advisories"])
def test_a_wrong_file_is_refused(command: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("nothing of that kind")
    assert isinstance(run(command, str(wrong)).exception, UsageError)
    assert isinstance(run(command, str(tmp_path / "missing")).exception, UsageError)


def test_an_import_names_licence_and_place(tmp_path: Path) -> None:
    tracker = {"id": 1, "name": "One", "code_signature": "com.one"}
    source = tmp_path / "trackers.json"
    source.write_text(json.dumps({"trackers": {"1": tracker}}))
    result = run("import-exodus", str(source))
    assert result.return_value == 0
    assert "ODbL" in result.stdout.replace("\n", "")
    stored = tmp_path / "appadmit-home" / "knowledge" / "foreign" / "exodus.json"
    assert json.loads(stored.read_text())["signatures"][0]["value"] == "com.one"


def test_advisories_are_imported(tmp_path: Path) -> None:
    package = {"ecosystem": "Maven", "name": "a:b"}
    record = {"id": "G-1", "affected": [{"package": package, "versions": ["1"]}]}
    source = tmp_path / "osv.json"
    source.write_text(json.dumps(record))
    assert run("import-advisories", str(source)).return_value == 0
    assert (tmp_path / "appadmit-home" / "knowledge" / "advisories.json").exists()
