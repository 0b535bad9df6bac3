"""Constants and origins inside one body."""

from __future__ import annotations

from analyzers.dex.tracing import Tracer
from analyzers.dex.values import Trace, Value, depth_of, merge_values
from tests.analyzers.dex.dex_builder import Cls, Method
from tests.analyzers.dex.scenes import make_program, number_of, static

SINK = "Lapp/Sink;->take(Ljava/lang/Object;)V"
ASK = "Lapp/Sink;->ask()Z"


def follow(*code: tuple, shape: str = "()V", tries: list | None = None) -> Trace:
    method = Method("m", shape, [*code, ("return-void",)], flags=9, tries=tries or [])
    program = make_program(Cls("Lapp/M;", [method]))
    (item,) = program.bodies_of(number_of(program, f"Lapp/M;->m{shape}"))
    trace = Tracer(program).trace(item)
    assert trace is not None
    return trace


def given(trace: Trace) -> list[Value | None]:
    return [arguments[0] for _, arguments in sorted(trace.calls.items())]


def test_constants_reach_the_call() -> None:
    trace = follow(
        ("const-string", 0, "android_id"), ("invoke-static", [0], SINK),
        ("const/16", 1, -5), ("move", 2, 1), ("invoke-static", [2], SINK),
        ("const-class", 3, "Lapp/M;"), ("invoke-static", [3], SINK),
    )  # fmt: skip
    assert given(trace) == [
        Value("str", "android_id"), Value("int", -5), Value("class", "Lapp/M;"),
    ]  # fmt: skip


def test_a_known_guard_hides_what_lies_behind_it() -> None:
    trace = follow(
        ("const/4", 0, 0), ("if-eqz", 0, "end"), ("invoke-static", [0], SINK), ("label", "end"),
    )  # fmt: skip
    assert given(trace) == []
    open_ = follow(
        ("invoke-static", [], ASK), ("move-result", 0), ("if-eqz", 0, "end"),
        ("invoke-static", [0], SINK), ("label", "end"),
    )  # fmt: skip
    assert len(open_.calls) == 2


def test_two_ways_give_both_values() -> None:
    trace = follow(
        ("invoke-static", [], ASK), ("move-result", 0), ("const-string", 1, "a"),
        ("if-eqz", 0, "join"), ("const-string", 1, "b"), ("label", "join"),
        ("invoke-static", [1], SINK),
    )  # fmt: skip
    (found,) = [arguments[0] for arguments in trace.calls.values() if arguments]
    assert found is not None
    assert {part.key for part in found.parts if part} == {"a", "b"}


def test_a_handler_runs_with_unknown_registers() -> None:
    trace = follow(
        ("const-string", 0, "a"), ("label", "from"), ("invoke-static", [], ASK), ("label", "to"),
        ("return-void",), ("label", "catch"), ("move-exception", 1), ("invoke-static", [0], SINK),
        tries=[("from", "to", "catch")],
    )  # fmt: skip
    assert [a[0] for a in trace.calls.values() if a] == [None]


def test_loops_come_to_an_end() -> None:
    trace = follow(
        ("const/4", 0, 0), ("label", "again"), ("invoke-static", [0], SINK),
        ("neg-int", 0, 0), ("goto", "again"),
    )  # fmt: skip
    assert trace.complete
    assert given(trace) == [None]


def test_objects_remember_how_they_were_made() -> None:
    trace = follow(
        ("new-instance", 0, "Ljava/io/File;"), ("const-string", 1, "/proc/cpuinfo"),
        ("invoke-direct", [0, 1], "Ljava/io/File;-><init>(Ljava/lang/String;)V"),
        ("invoke-static", [0], SINK),
    )  # fmt: skip
    value = next(a for a in trace.calls.values() if len(a) == 1)[0]
    assert value is not None
    (made,) = trace.made[value.at].values()
    assert made[1][1] == Value("str", "/proc/cpuinfo")


def test_parameters_and_returns_are_told() -> None:
    method = static("same", ("return-object", 7), shape="(Ljava/lang/Object;)Ljava/lang/Object;")
    program = make_program(Cls("Lapp/M;", [method]))
    (item,) = program.bodies_of(number_of(program, f"Lapp/M;->same{method.shape}"))
    trace = Tracer(program).trace(item)
    assert trace is not None
    assert trace.returned == [Value("param", 0)]


def test_merging_keeps_a_few_alternatives() -> None:
    values = [Value("int", number) for number in range(9)]
    merged: Value | None = values[0]
    for value in values[1:6]:
        merged = merge_values(merged, value)
    assert merged is not None
    assert len(merged.parts) == 6
    assert merge_values(merged, values[8]) is None
    assert merge_values(None, values[0]) is None
    assert depth_of(merged) == 1
