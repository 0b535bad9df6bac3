"""``appadmit profiles``: list, show, lint, coverage."""

from __future__ import annotations

import pytest
import typer

from scanner.cli.profiles import app
from scanner.errors import UsageError


def run(*arguments: str) -> int:
    command = typer.main.get_command(app)
    return int(command.main(list(arguments), prog_name="profiles", standalone_mode=False) or 0)


def test_list_names_every_rule_set_and_school(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    shown = capsys.readouterr().out
    for word in ("admission", "cac-191", "necessary-39", "d26-draft", "草案", "whut", "heihe"):
        assert word in shown


def test_show_lists_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "admission") == 0
    shown = capsys.readouterr().out
    assert shown.count("AR-") == 33


def test_show_tells_one_item_with_clauses_rules_and_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("show", "admission", "--item", "AR-3.3", "--school", "hexi") == 0
    shown = capsys.readouterr().out
    for word in ("同意前使用摄像头", "「使用摄像头」", "never-declared", "runtime.start.ar-3.3"):
        assert word in shown


def test_lint_of_one_rule_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", "miit-164") == 0
    assert "10" in capsys.readouterr().out


def test_coverage_counts_the_modes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("coverage", "--mode", "人工") == 0
    shown = capsys.readouterr().out
    assert "133" in shown
    assert "S1-14a" in shown
    assert "S0-18a" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nothing"),
        ("show", "../admission"),
        ("show", "admission", "--item", "ar-9.9"),
        ("show", "admission", "--school", "nowhere"),
        ("lint", "nothing"),
        ("coverage", "--mode", "机器"),
    ],
)
def test_unknown_names_are_usage_errors(arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(*arguments)
