"""A recorded run, written by hand, gives the facts, limitations and coverage it should."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from analyzers.kinds import check_fact
from analyzers.knowledge.owners import Owners
from analyzers.model import Coverage, Fact, Limitation
from analyzers.runtime.facts import extract_run
from analyzers.runtime.record import PhaseRecord, RunRecord, StartRecord, write_record
from tests.analyzers.runtime.fakes import KEY, make_event, make_line, write_lines

TELEPHONY = "android.telephony.TelephonyManager"
OWNERS = Owners(("cn.edu.app",), ())


def begin(first: int = 0, phase: str = "start") -> list[bytes]:
    """What every start begins with: canaries, the gate, a screen."""
    lines = [make_line(first + at, "canary", phase) for at in range(5)]
    lines += [make_line(first + 5, "gate", phase), make_line(first + 6, "resumed", phase)]
    return lines


def record_of(folder: Path, lines: Iterable[bytes], **changes: object) -> Path:
    write_lines(folder / "start-0.jsonl", lines)
    record = RunRecord(
        directory=str(folder), id="r", app_id="cn.edu.app", consent_ui=True,
        phases=(PhaseRecord(phase="start", start=0, kind="privacy_prompt"),),
        starts=(StartRecord(number=0, lines="start-0.jsonl", key=KEY.hex()),),
    )  # fmt: skip
    write_record(msgspec.structs.replace(record, **changes))
    return folder


def read(folder: Path) -> tuple[list[Fact], dict[str, Limitation], dict[str, str]]:
    found = list(extract_run(folder, OWNERS))
    facts = [item for item in found if isinstance(item, Fact)]
    assert [problem for fact in facts for problem in check_fact(fact)] == []
    limits = {item.code: item for item in found if isinstance(item, Limitation)}
    return (
        facts,
        limits,
        {item.name: item.state.value for item in found if isinstance(item, Coverage)},
    )


def test_an_access_becomes_a_fact_with_its_row(tmp_path: Path) -> None:
    lines = [*begin(), make_event(7, TELEPHONY, "getDeviceId", desc="()Ljava/lang/String;",
                                  args=[TELEPHONY], result="denied", count=1)]  # fmt: skip
    facts, _limits, coverage = read(record_of(tmp_path, lines))
    (event,) = [fact for fact in facts if fact.kind == "runtime.event"]
    assert event.subject == "telephony.get_device_id"
    assert (event.fields["phase"], event.fields["result"], event.fields["owner"]) == (
        "start",
        "denied",
        "app",
    )
    assert event.fields["frame"] == "cn.edu.app.A#go:12"
    assert event.fields["first_ms"] == 20
    assert coverage["runtime.start.ar-3.5"] == "full"


def test_equal_accesses_are_counted_once_a_line_says_how_many(tmp_path: Path) -> None:
    made = [make_event(7 + at, TELEPHONY, "getDeviceId", args=[TELEPHONY], desc="()Ljava/lang/String;",
                       count=count) for at, count in enumerate((1, 2, 3, 4, 8))]  # fmt: skip
    facts, _limits, _coverage = read(record_of(tmp_path, [*begin(), *made]))
    (event,) = [fact for fact in facts if fact.kind == "runtime.event"]
    assert event.fields["count"] == 8


def test_a_key_that_no_row_asks_for_is_no_event(tmp_path: Path) -> None:
    descriptor = "(Landroid/content/ContentResolver;Ljava/lang/String;)Ljava/lang/String;"
    made = [make_event(7 + at, "android.provider.Settings$Secure", "getString", desc=descriptor,
                       args=["resolver", key]) for at, key in enumerate(("font_scale", "android_id"))]  # fmt: skip
    facts, _limits, _coverage = read(record_of(tmp_path, [*begin(), *made]))
    assert [fact.fields["argument"] for fact in facts if fact.kind == "runtime.event"] == [
        "android_id"
    ]


def test_what_the_platform_does_on_its_own_is_no_event(tmp_path: Path) -> None:
    made = make_event(
        7, "android.content.ClipboardManager", "getPrimaryClip", caller="android.widget.TextView"
    )
    facts, _limits, _coverage = read(record_of(tmp_path, [*begin(), made]))
    assert [fact for fact in facts if fact.kind == "runtime.event"] == []


def test_without_a_prompt_the_start_is_told_as_such(tmp_path: Path) -> None:
    made = make_event(7, TELEPHONY, "getDeviceId", args=[TELEPHONY], desc="()Ljava/lang/String;")
    facts, _limits, coverage = read(record_of(tmp_path, [*begin(), made], consent_ui=False))
    (event,) = [fact for fact in facts if fact.kind == "runtime.event"]
    assert event.fields["phase"] == "no_consent_ui"
    assert event.fields["pre_consent"] is True
    assert coverage["runtime.no_consent_ui.ar-3.1"] == "full"
    assert "runtime.start" not in coverage


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (make_line(7, "native_call", what="cn.edu.app.N#x()I"), "runtime.native_called"),
        (make_line(7, "native_load", what="x"), "runtime.native_loaded"),
        (
            make_line(7, "weave_failed", **{"class": "android.app.Activity"}),
            "runtime.hook_not_placed",
        ),
        (
            make_line(7, "crash", where="onCreate", type="java.lang.Error", message="", frame=""),
            "runtime.crashed",
        ),
        (make_line(7, "skipped", component="cn.edu.app.P", why="process"), "runtime.other_process"),
        (make_line(9, "event"), "runtime.chain_broken"),
        (make_line(7, "event", key=b"\0" * 32), "runtime.chain_broken"),
    ],
)
def test_what_may_hide_behind_silence_lowers_the_coverage(
    tmp_path: Path, line: bytes, code: str
) -> None:
    facts, limits, coverage = read(record_of(tmp_path, [*begin(), line]))
    assert code in limits
    assert coverage["runtime.start.ar-3.1"] == "partial"
    (run,) = [fact for fact in facts if fact.kind == "runtime.run"]
    assert run.fields["integrity"] is (code != "runtime.chain_broken")


def test_a_silent_canary_and_a_missing_screen_are_told(tmp_path: Path) -> None:
    lines = [make_line(at, "canary") for at in range(4)] + [make_line(4, "gate")]
    _facts, limits, coverage = read(record_of(tmp_path, lines))
    assert {"runtime.canary_silent", "runtime.no_screen"} <= limits.keys()
    assert coverage["runtime.start"] == "partial"


@pytest.mark.parametrize(
    ("kind", "code"), [("none", "runtime.no_screen"), ("splash", "runtime.start_unsettled")]
)
def test_a_start_that_leads_nowhere_proves_no_absence(tmp_path: Path, kind: str, code: str) -> None:
    phases = (PhaseRecord(phase="start", start=0, kind=kind),)
    _facts, limits, coverage = read(record_of(tmp_path, begin(), phases=phases))
    assert code in limits
    assert coverage["runtime.start.ar-3.1"] == "partial"


def test_code_that_never_ran_covers_nothing(tmp_path: Path) -> None:
    _facts, _limits, coverage = read(record_of(tmp_path, []))
    assert set(coverage.values()) == {"none"}


def test_a_packed_app_proves_no_absence(tmp_path: Path) -> None:
    _facts, limits, coverage = read(record_of(tmp_path, begin(), packed=True))
    assert "runtime.packed" in limits
    assert coverage["runtime.start.ar-3.2"] == "partial"


def test_a_request_names_group_line_and_company(tmp_path: Path) -> None:
    names = "android.permission.CAMERA android.permission.READ_CONTACTS"
    made = make_event(
        7,
        "android.app.Activity",
        "requestPermissions",
        desc="([Ljava/lang/String;I)V",
        args=[names, "1"],
    )
    facts, _limits, _coverage = read(record_of(tmp_path, [*begin(), made]))
    asked = {fact.subject: fact for fact in facts if fact.kind == "runtime.permission_request"}
    assert asked["android.permission.CAMERA"].fields["line"] == "ar-3.3"
    assert asked["android.permission.READ_CONTACTS"].fields["line"] == "ar-3.2"
    assert {fact.fields["together"] for fact in asked.values()} == {2}


def test_a_line_file_outside_the_run_is_not_read(tmp_path: Path) -> None:
    inner = tmp_path / "run"
    inner.mkdir()
    write_lines(tmp_path / "evil.jsonl", begin())
    start = StartRecord(number=0, lines="../evil.jsonl", key=KEY.hex())
    _facts, _limits, coverage = read(record_of(inner, [], starts=(start,)))
    assert "full" not in coverage.values()


def test_a_run_that_reached_nothing_says_why(tmp_path: Path) -> None:
    problems = (("runtime.driver_ended", "ready"),)
    facts, limits, coverage = read(record_of(tmp_path, [], phases=(), problems=problems))
    assert "runtime.driver_ended" in limits
    assert [fact.kind for fact in facts][:1] == ["runtime.run"]
    assert coverage == {"runtime.network": "none"}
