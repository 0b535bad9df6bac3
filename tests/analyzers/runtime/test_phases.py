"""The course of a run: what follows what, and what is tapped."""

from __future__ import annotations

from analyzers.model import Phase
from analyzers.runtime.phases import Course
from analyzers.runtime.screens import Screen
from analyzers.runtime.settings import RunSettings
from tests.analyzers.runtime.fakes import ScriptedPhone, make_screen

POLICY = "请您阅读《用户协议》和《隐私政策》，我们将按照政策收集和使用您的个人信息。"
PROMPT = make_screen("不同意", "同意", text=POLICY)
SECOND = make_screen("退出应用", "同意并继续", text="不同意将无法使用，请再次阅读《隐私政策》。")
MAIN = make_screen("课表", "成绩", kind="1")
SETTINGS = RunSettings(start_ms=1, phase_ms=1, tap_ms=1)


class Lab:
    def __init__(
        self, screens: dict[str, Screen], moves: dict[tuple[str, str], str], *first: str
    ) -> None:
        self.screens, self.moves, self.first = screens, moves, list(first)
        self.phones: list[ScriptedPhone] = []
        self.starts: list[tuple[str, bool, bool]] = []

    def start(self, phase: Phase, carry: bool, pregranted: bool) -> ScriptedPhone:
        at = self.first[min(len(self.phones), len(self.first) - 1)]
        phone = ScriptedPhone(len(self.phones), self.screens, self.moves, at)
        self.phones.append(phone)
        self.starts.append((phase.value, carry, pregranted))
        return phone

    def run(self) -> Course:
        course = Course(self.start, SETTINGS, lambda step, share: None)
        course.run()
        return course


def phases(course: Course) -> list[str]:
    return [phase.phase for phase in course.phases]


def test_all_phases_in_order_when_the_prompt_comes_back() -> None:
    lab = Lab({"prompt": PROMPT, "main": MAIN},
              {("prompt", "不同意"): "main", ("prompt", "同意"): "main"}, "prompt")  # fmt: skip
    course = lab.run()
    assert phases(course) == [
        "start", "consent_shown", "refused", "relaunched_after_refusal", "consented", "in_use", "background",
    ]  # fmt: skip
    assert lab.starts == [
        ("start", False, False),
        ("relaunched_after_refusal", True, False),
        ("start", False, True),
    ]
    assert course.consent_ui is True
    assert course.consent is not None
    assert course.consent.exit_on_refusal is False
    assert "tap 同意" not in lab.phones[0].done
    assert all(phone.done[-1] == "end" for phone in lab.phones)


def test_consent_is_given_in_a_fresh_start_when_refusal_is_remembered() -> None:
    lab = Lab({"prompt": PROMPT, "main": MAIN},
              {("prompt", "不同意"): "main", ("prompt", "同意"): "main"}, "prompt", "main", "prompt")  # fmt: skip
    course = lab.run()
    assert [start[0] for start in lab.starts] == [
        "start",
        "relaunched_after_refusal",
        "start",
        "start",
    ]
    assert phases(course)[-3:] == ["consented", "in_use", "background"]


def test_a_second_prompt_is_refused_too_and_leaving_is_told() -> None:
    moves = {
        ("prompt", "不同意"): "second",
        ("second", "退出应用"): "ended",
        ("prompt", "同意"): "main",
    }
    lab = Lab({"prompt": PROMPT, "second": SECOND, "main": MAIN}, moves, "prompt")
    course = lab.run()
    assert [step for step in lab.phones[0].done if step.startswith("tap")] == [
        "tap 不同意",
        "tap 退出应用",
    ]
    assert course.consent is not None
    assert (course.consent.exit_on_refusal, course.consent.steps) == (True, 2)


def test_without_a_prompt_everything_before_the_first_tap_is_one_phase() -> None:
    course = Lab({"main": MAIN}, {}, "main").run()
    assert phases(course) == ["start", "no_consent_ui", "in_use", "background"]
    assert course.consent_ui is False
    assert course.consent is None


def test_nothing_on_the_screen_says_nothing_about_a_prompt() -> None:
    assert Lab({}, {}, "empty").run().consent_ui is None


def test_a_prompt_that_stays_ends_the_way() -> None:
    lab = Lab({"prompt": make_screen("同意", text=POLICY)}, {}, "prompt")
    course = lab.run()
    assert ("runtime.prompt_stays", "") in course.problems
    assert "in_use" not in phases(course)
