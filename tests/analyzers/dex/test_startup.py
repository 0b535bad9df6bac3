"""What can run before any user action: one small program per rule."""

from __future__ import annotations

import numpy as np
import pytest

from analyzers.dex.entries import EntryPoints
from analyzers.dex.startup import find_startup
from tests.analyzers.dex.dex_builder import Cls, Method
from tests.analyzers.dex.scenes import (
    APPLICATION,
    PREFERENCES,
    READ,
    application,
    constructor,
    make_program,
    number_of,
    static,
)

CALL_A = ("invoke-static", [], READ.format("a"))


def ask(*classes: Cls, entries: EntryPoints = APPLICATION, read: str = "a") -> str:
    program = make_program(*classes, reads=("a", "b"))
    wanted = number_of(program, READ.format(read))
    startup = find_startup(program, entries, np.array([wanted]))
    (item,) = program.bodies_of(wanted)
    return startup.state_of(wanted, item, 0)


def runnable(name: str, *code: tuple, parent: str = "Ljava/lang/Object;",
             side: str = "Ljava/lang/Runnable;", runs: str = "run", shape: str = "()V") -> Cls:  # fmt: skip
    body = Method(runs, shape, [*code, ("return-void",)])
    return Cls(name, [constructor(parent), body], parent=parent, interfaces=(side,))


def new(register: int, name: str) -> list[tuple]:
    return [("new-instance", register, name), ("invoke-direct", [register], f"{name}-><init>()V")]


def test_a_direct_call_runs_and_an_uncalled_method_does_not() -> None:
    assert ask(application(CALL_A)) == "yes"
    assert ask(application(), Cls("Lapp/Dead;", [static("x", CALL_A, ("return-void",))])) == "no"


def test_a_started_thread_runs_and_one_that_is_only_made_does_not() -> None:
    thread = runnable("Lapp/T;", CALL_A, parent="Ljava/lang/Thread;")
    start = ("invoke-virtual", [0], "Lapp/T;->start()V")
    assert ask(application(*new(0, "Lapp/T;"), start), thread) == "yes"
    assert ask(application(*new(0, "Lapp/T;")), thread) == "no"


def test_a_posted_task_runs_and_another_of_the_same_interface_does_not() -> None:
    post = "Landroid/os/Handler;->post(Ljava/lang/Runnable;)Z"
    code = [
        *new(0, "Lapp/One;"), *new(1, "Lapp/Two;"),
        ("sget-object", 2, "Lapp/App;->h:Landroid/os/Handler;"),
        ("invoke-virtual", [2, 0], post),
    ]  # fmt: skip
    one = runnable("Lapp/One;", CALL_A)
    two = runnable("Lapp/Two;", ("invoke-static", [], READ.format("b")))
    assert ask(application(*code), one, two) == "yes"
    assert ask(application(*code), one, two, read="b") == "no"


def test_a_listener_waits_for_the_user() -> None:
    listen = "Landroid/view/View;->setOnClickListener(Landroid/view/View$OnClickListener;)V"
    click = runnable("Lapp/Click;", CALL_A, side="Landroid/view/View$OnClickListener;",
                     runs="onClick", shape="(Landroid/view/View;)V")  # fmt: skip
    code = [*new(0, "Lapp/Click;"), ("sget-object", 1, "Lapp/App;->v:Landroid/view/View;"),
            ("invoke-virtual", [1, 0], listen)]  # fmt: skip
    assert ask(application(*code), click) == "no"


def guarded(key: str, default: int, *before: tuple) -> Cls:
    return application(
        *before,
        ("sget-object", 0, "Lapp/App;->p:Landroid/content/SharedPreferences;"),
        ("const-string", 1, key), ("const/4", 2, default),
        ("invoke-interface", [0, 1, 2], PREFERENCES), ("move-result", 3),
        ("if-eqz", 3, "end"), CALL_A, ("label", "end"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "default", "state"),
    [("privacy_agreed", 0, "no"), ("k17", 0, "no"), ("first_start", 1, "yes")],
)
def test_a_setting_still_has_its_default(key: str, default: int, state: str) -> None:
    assert ask(guarded(key, default)) == state


def test_a_setting_that_start_up_code_stores_is_not_known() -> None:
    put = "Landroid/content/SharedPreferences$Editor;->putBoolean(Ljava/lang/String;Z)V"
    store = [
        ("sget-object", 0, "Lapp/App;->e:Landroid/content/SharedPreferences$Editor;"),
        ("const-string", 1, "k17"), ("const/4", 2, 1), ("invoke-interface", [0, 1, 2], put),
    ]  # fmt: skip
    assert ask(guarded("k17", 0, *store)) == "yes"
    assert ask(guarded("user_agreed", 0, *store)) == "no"


def test_consent_behind_an_own_method_is_followed() -> None:
    agreed = static(
        "agreed",
        ("sget-object", 0, "Lapp/App;->p:Landroid/content/SharedPreferences;"),
        ("const-string", 1, "k3"), ("const/4", 2, 0),
        ("invoke-interface", [0, 1, 2], PREFERENCES), ("move-result", 3), ("return", 3),
        shape="()Z",
    )  # fmt: skip
    code = [("invoke-static", [], "Lapp/State;->agreed()Z"), ("move-result", 0),
            ("if-eqz", 0, "end"), CALL_A, ("label", "end")]  # fmt: skip
    assert ask(application(*code), Cls("Lapp/State;", [agreed])) == "no"


def test_static_initialisers_run_with_the_first_use() -> None:
    lazy = Cls("Lapp/Lazy;", [static("<clinit>", CALL_A, ("return-void",)),
                              static("x", ("return-void",))])  # fmt: skip
    assert ask(application(("invoke-static", [], "Lapp/Lazy;->x()V")), lazy) == "yes"
    assert ask(application(), lazy) == "no"


def test_a_class_named_by_a_constant_is_reached_by_reflection() -> None:
    code = [
        ("const-string", 0, "app.Hidden"),
        ("invoke-static", [0], "Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;"),
        ("move-result-object", 1), ("const-string", 2, "secret"), ("const/4", 3, 0),
        ("invoke-virtual", [1, 2, 3], "Ljava/lang/Class;->getMethod(Ljava/lang/String;"
         "[Ljava/lang/Class;)Ljava/lang/reflect/Method;"),
        ("move-result-object", 4),
        ("invoke-virtual", [4, 3, 3], "Ljava/lang/reflect/Method;->invoke(Ljava/lang/Object;"
         "[Ljava/lang/Object;)Ljava/lang/Object;"),
    ]  # fmt: skip
    hidden = Cls("Lapp/Hidden;", [static("secret", CALL_A, ("return-void",)),
                                  static("other", ("invoke-static", [], READ.format("b")),
                                         ("return-void",))])  # fmt: skip
    assert ask(application(*code), hidden) == "yes"
    assert ask(application(*code), hidden, read="b") == "no"


def test_receivers_count_only_where_the_system_wakes_them() -> None:
    receiver = runnable("Lapp/R;", CALL_A, parent="Landroid/content/BroadcastReceiver;",
                        runs="onReceive", shape="(Landroid/content/Context;Landroid/content/Intent;)V")  # fmt: skip
    assert ask(receiver, entries=EntryPoints(receivers=("app.R",))) == "yes"
    assert ask(receiver, entries=EntryPoints(receivers_later=("app.R",))) == "no"


def test_the_chain_leads_from_the_entry() -> None:
    program = make_program(
        application(("invoke-static", [], "Lapp/Mid;->x()V")),
        Cls("Lapp/Mid;", [static("x", CALL_A, ("return-void",))]),
        reads=("a",),
    )
    wanted = number_of(program, READ.format("a"))
    startup = find_startup(program, APPLICATION, np.array([wanted]))
    texts = program.index.method_texts(startup.chain_to(wanted))
    assert texts == ["Lapp/App;->onCreate()V", "Lapp/Mid;->x()V", "Lapp/Reads;->a()V"]
    assert startup.roles[startup.chain_to(wanted)[0]] == "application"
    assert not startup.capped
