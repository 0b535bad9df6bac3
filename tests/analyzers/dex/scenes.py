"""Small programs for the tests of values and reachability."""

from __future__ import annotations

from analyzers.dex.entries import EntryPoints
from analyzers.dex.index import DexIndex
from analyzers.dex.program import Program
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex

READ = "Lapp/Reads;->{}()V"
OBJECT = "Ljava/lang/Object;-><init>()V"
PREFERENCES = "Landroid/content/SharedPreferences;->getBoolean(Ljava/lang/String;Z)Z"


def constructor(parent: str = "Ljava/lang/Object;") -> Method:
    code = [("invoke-direct", [7], f"{parent}-><init>()V"), ("return-void",)]
    return Method("<init>", flags=0x10001, code=code)


def static(name: str, *code: tuple, shape: str = "()V") -> Method:
    return Method(name, shape, list(code), flags=9)


def make_program(*classes: Cls, reads: tuple[str, ...] = ()) -> Program:
    """Give a program with the classes and ``app.Reads``, whose methods are what is asked for."""
    body = ("return-void",)
    known = Cls("Lapp/Reads;", [static(name, body) for name in reads])
    return DexIndex.read([("classes.dex", make_dex(*classes, known))]).program


def number_of(program: Program, text: str) -> int:
    texts = program.index.method_texts(range(len(program.index.methods.name)))
    return texts.index(text)


APPLICATION = EntryPoints(package="app", application="app.App")


def application(*code: tuple) -> Cls:
    """Give an Application class whose ``onCreate`` runs the code and returns."""
    create = Method("onCreate", code=[*code, ("return-void",)])
    parent = "Landroid/app/Application;"
    return Cls("Lapp/App;", [constructor(parent), create], parent=parent)
