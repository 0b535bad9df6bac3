"""The commands as their users give them, on the bundled sample."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from scanner.cli.main import execute

ROOT = Path(__file__).resolve().parents[2]
LEAKY = str(ROOT / "samples/android/campus-leaky/campus-leaky.apk")
CLEAN = str(ROOT / "samples/android/campus-clean/campus-clean.apk")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["appadmit", *arguments])
        code = execute(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return go


def test_a_person_who_types_nothing_more_is_told_what_to_do(run: Run) -> None:
    code, out, _ = run()
    assert code == 0
    assert "appadmit scan" in out


def test_the_version(run: Run) -> None:
    assert run("--version")[:2] == (0, "0.1.0\n")


def test_scan_evaluate_report(run: Run, tmp_path: Path) -> None:
    code, out, err = run("scan", "--no-run", LEAKY)
    assert code == 0, err
    assert "校园通" in out
    assert "整改后复审" in out
    [folder] = (tmp_path / "appadmit-out").iterdir()
    assert sorted(p.name for p in folder.iterdir()) == ["report.html", "report.json"]
    first = json.loads((folder / "report.json").read_text("utf-8"))

    code, out, _ = run("scan", "--no-run", LEAKY)
    assert "使用已存的事实" in out

    sample = first["sample"]["sha256"]
    code, out, err = run("evaluate", sample[:8], "--json")
    assert code == 0, err
    again = json.loads(out)
    outcomes = [(v["item"], v["outcome"]) for v in first["verdicts"]]
    assert [(v["item"], v["outcome"]) for v in again["verdicts"]] == outcomes

    code, _, err = run("report", sample[:8], "--lang", "en", "--out", "english")
    assert code == 0, err
    [english] = (tmp_path / "english").rglob("report.html")
    assert 'lang="en"' in english.read_text("utf-8")[:300]


def test_one_json_line_per_sample_and_nothing_else(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("scan", "--no-run", "--json", LEAKY, CLEAN)
    assert code == 0
    documents = [json.loads(line) for line in out.splitlines()]
    assert [d["sample"]["app_id"] for d in documents] == [
        "cn.edu.example.xiaoyuantong", "cn.edu.example.campuspass",
    ]  # fmt: skip
    schema = json.loads((ROOT / "reports/schema/report-1.json").read_text("utf-8"))
    for document in documents:
        jsonschema.validate(document, schema)
    assert not (tmp_path / "appadmit-out").exists()


@pytest.mark.parametrize(
    ("level", "file", "code"),
    [("never", LEAKY, 0), ("fail", LEAKY, 1), ("fail", CLEAN, 0), ("review", CLEAN, 1)],
)
def test_the_threshold_decides_the_exit_code(run: Run, level: str, file: str, code: int) -> None:
    got, out, err = run("scan", "--no-run", "--quiet", "--fail-on", level, file)
    assert got == code, err
    assert out == ""
    assert ("--fail-on" in err) == bool(code)


def test_many_files_end_in_a_table(run: Run) -> None:
    code, out, err = run("scan", "--no-run", "--format", "json", LEAKY, "nowhere.apk", CLEAN)
    assert code == 3
    assert "汇总" in out
    assert "nowhere.apk" in out
    assert "找不到文件" in err


@pytest.mark.parametrize("format_", ["pdf", "docx", "xlsx", "sarif"])
def test_every_format_is_written(run: Run, tmp_path: Path, format_: str) -> None:
    code, _, err = run("scan", "--no-run", "--quiet", "--format", format_, CLEAN)
    assert code == 0, err
    [path] = (tmp_path / "appadmit-out").rglob(f"report.{format_}")
    assert path.stat().st_size > 2000


def test_a_declaration_is_kept_and_judged(run: Run, tmp_path: Path) -> None:
    assert run("declaration", "new", "form.yaml")[0] == 0
    assert run("declaration", "new", "form.yaml")[0] == 2
    form = tmp_path / "form.yaml"
    form.write_text(
        form.read_text("utf-8")
        .replace("应用名称: ''", "应用名称: 校园通", 1)
        .replace("采集生物特征: ''", "采集生物特征: 否"),
        "utf-8",
    )
    code, out, err = run("scan", "--no-run", "--json", LEAKY, "--declaration", "form.yaml")
    assert code == 0, err
    kinds = {fact["kind"] for fact in json.loads(out)["facts"]}
    assert "declaration.app" in kinds
    sample = json.loads(out)["sample"]["sha256"]
    _, out, _ = run("evaluate", sample, "--json")
    assert "declaration.app" in {fact["kind"] for fact in json.loads(out)["facts"]}


def test_documents_answers_and_decisions(run: Run, tmp_path: Path) -> None:
    run("scan", "--no-run", "--quiet", LEAKY)
    (tmp_path / "rules.pdf").write_bytes(b"%PDF-1.4 rules")
    sample = "8ccdb5ab"
    assert run("evidence", "add", sample, "ar-2.11", "rules.pdf", "--slot", "mechanism")[0] == 0
    answered = run("evidence", "add", sample, "AR-2.5", "--answer", "yes", "--person", "甲")
    assert answered[0] == 0, answered[2]
    assert run("evidence", "add", sample, "ar-2.5", "--answer", "yes")[0] == 2
    assert run("evidence", "add", sample, "ar-9.9", "rules.pdf")[0] == 2
    assert run("evidence", "add", sample, "ar-2.11")[0] == 2
    decide = ("evidence", "decide", sample, "ar-1.6")
    assert run(*decide, "PASS", "--person", "甲", "--reason", "已整改")[0] == 0
    assert run(*decide, "ERROR", "--person", "甲", "--reason", "r")[0] == 2
    assert run(*decide, "PASS", "--person", "甲")[0] == 2
    assert run(*decide, "PASS", "--reason", "r")[0] == 2
    assert run(*decide, "PASS", "--person", "甲", "--reason", "r", "--until", "明天")[0] == 2
    _, out, _ = run("evidence", "list", sample)
    assert "rules.pdf" in out
    assert "decision  ar-1.6  PASS  甲" in out
    _, out, _ = run("evaluate", sample, "--json")
    lines = {v["item"]: v for v in json.loads(out)["verdicts"]}
    assert lines["ar-1.6"]["outcome"] == "FAIL"
    assert lines["ar-1.6"]["override"]["outcome"] == "PASS"


@pytest.mark.parametrize("command", [("analyzers", "list"), ("profiles", "list"), ("doctor",)])
def test_lists_end_well(run: Run, command: tuple[str, ...]) -> None:
    code, out, err = run(*command)
    assert code == 0, err
    assert len(out.splitlines()) > 3


@pytest.mark.parametrize("name", ["nothere", "12", "zzzzzzzz"])
def test_an_unknown_sample_is_said(run: Run, name: str) -> None:
    code, _, err = run("evaluate", name)
    assert code == 2
    assert "没有找到样本" in err


def test_an_unknown_command_is_said(run: Run) -> None:
    code, _, err = run("nonsense")
    assert code == 2
    assert "没有命令 nonsense" in err


def test_help_is_chinese_and_english(run: Run) -> None:
    assert "选项" in run("scan", "--help")[1]


def test_two_samples_are_compared(run: Run, tmp_path: Path) -> None:
    run("scan", "--no-run", "--quiet", LEAKY, CLEAN)
    code, out, err = run("diff", "8ccdb5ab", "c499ba8f", "--format", "html,json,xlsx")
    assert code == 0, err
    assert len(out.splitlines()) == 3
    assert run("diff", "8ccdb5ab", "8ccdb5ab")[0] == 2
    run("evaluate", "--quiet", "8ccdb5ab")
    assert run("diff", "8ccdb5ab", "8ccdb5ab")[0] == 0
    assert run("diff", "8ccdb5ab", "c499ba8f", "--format", "pdf")[0] == 2


def test_a_bill_of_materials(run: Run, tmp_path: Path) -> None:
    assert run("scan", "--no-run", "--quiet", "--format", "cyclonedx", LEAKY)[0] == 0
    [path] = (tmp_path / "appadmit-out").rglob("bom.cdx.json")
    names = {one["name"] for one in json.loads(path.read_text("utf-8"))["components"]}
    assert len(names) >= 9


def test_an_imported_list_speaks_in_its_own_name(run: Run, tmp_path: Path) -> None:
    tracker = {
        "name": "Some Tracker", "code_signature": "com.umeng.analytics", "network_signature": "",
        "website": "", "id": 1,
    }  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps({"trackers": {"1": tracker}}), "utf-8")
    code, _, err = run("knowledge", "import-exodus", "list.json")
    assert code == 0, err
    _, out, _ = run("scan", "--no-run", "--json", LEAKY)
    foreign = [f for f in json.loads(out)["facts"] if f["kind"] == "software.foreign"]
    assert [fact["subject"] for fact in foreign] == ["Some Tracker"]


def test_a_missing_mapping_is_said_and_a_mapped_scan_is_not_kept(run: Run, tmp_path: Path) -> None:
    code, _, err = run("scan", "--no-run", "--quiet", CLEAN, "--mapping", "nowhere.txt")
    assert code == 3
    assert "nowhere.txt" in err
    (tmp_path / "mapping.txt").write_text("a.B -> c.D:\n", "utf-8")
    assert run("scan", "--no-run", "--quiet", CLEAN, "--mapping", "mapping.txt")[0] == 0
    _, out, _ = run("scan", "--no-run", CLEAN)
    assert "使用已存的事实" not in out


def test_a_dead_reader_is_an_error_and_is_tried_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scanner import pipeline
    from scanner.reader import ReaderDied

    def die(reader: pipeline.Reader, *_: object) -> None:
        reader.close()
        raise ReaderDied("SIGKILL", "")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.Reader, "take", die)
        code, out, _ = run("scan", "--no-run", "--json", "--fail-on", "fail", CLEAN)
    assert code == 1
    assert {v["outcome"] for v in json.loads(out)["verdicts"]} == {"ERROR"}
    code, out, _ = run("scan", "--no-run", "--json", "--fail-on", "fail", CLEAN)
    assert code == 0
    assert "ERROR" not in {v["outcome"] for v in json.loads(out)["verdicts"]}


def test_a_waived_failure_does_not_meet_the_threshold(run: Run) -> None:
    _, out, _ = run("scan", "--no-run", "--json", LEAKY)
    failed = [v["item"] for v in json.loads(out)["verdicts"] if v["outcome"] == "FAIL"]
    for item in failed:
        run("evidence", "decide", "8ccdb5ab", item, "PASS", "--person", "甲", "--reason", "r")
    assert run("scan", "--no-run", "--quiet", "--fail-on", "fail", LEAKY)[0] == 0


def test_an_unsigned_package_fails(run: Run, tmp_path: Path) -> None:
    import zipfile

    with (
        zipfile.ZipFile(CLEAN) as signed,
        zipfile.ZipFile(tmp_path / "unsigned.apk", "w") as bare,
    ):
        for name in signed.namelist():
            if not name.startswith("META-INF/"):
                bare.writestr(name, signed.read(name))
    _, out, _ = run("scan", "--no-run", "--json", "unsigned.apk")
    lines = {v["item"]: v for v in json.loads(out)["verdicts"]}
    assert (lines["ar-1.6"]["outcome"], lines["ar-1.6"]["code"]) == ("FAIL", "ar-1.6.unsigned")


def test_one_declaration_for_many_files_is_refused(run: Run) -> None:
    assert run("scan", "--no-run", LEAKY, CLEAN, "--declaration", "x.yaml")[0] == 2
