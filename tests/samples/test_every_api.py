"""The app that fires every row: its list is today's table, and each firing belongs to its row."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from analyzers.knowledge.apis import ApiRow, apis_for_member, load_apis

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "android" / "every-api"
sys.path.insert(0, str(ROOT / "samples"))

from builder.every_api import (  # noqa: E402
    PACKAGE,
    Firing,
    choose_text,
    make_expected,
    make_firings,
    make_sources,
)

FIRINGS = make_firings(load_apis())
FIRST = {one.row.id: one for one in reversed(FIRINGS)}.values()


def texts_of(row: ApiRow) -> dict[str, str]:
    """Give what the generated call hands over, by the form in which a row may ask for it."""
    plain = {
        "string": "none", "uri": f"content://{PACKAGE}.none", "package": PACKAGE,
        "intent": f"{PACKAGE}.NONE", "intent_type": "", "intent_target": "", "filter": "",
        "permissions": "none", "int": "0", "sensor": "", "path": "none", "command": "true",
    }  # fmt: skip
    if row.argument is None:
        return plain
    chosen = {row.argument.form: choose_text(row)}
    if row.argument.form == "intent_type":
        chosen["intent"] = "android.intent.action.VIEW"
    if row.argument.form == "intent_target":
        chosen["intent"] = ""
    return plain | chosen


def winner_of(one: Firing) -> str:
    """Give the row that the generated call belongs to."""
    texts = texts_of(one.row)
    return next(
        row.id
        for row in apis_for_member(one.row.cls, one.row.member)
        if one.descriptor in row.found
        and (row.argument is None or row.argument.holds(texts[row.argument.form], PACKAGE))
    )


def test_each_firing_belongs_to_its_row() -> None:
    assert {one.row.id: winner_of(one) for one in FIRST} == {
        one.row.id: one.row.id for one in FIRST
    }


def test_list_and_package_are_of_the_present_table() -> None:
    """Run scripts/build-every-api --write where this fails."""
    expected = make_expected(FIRINGS)
    assert (SAMPLE / "expected.tsv").read_text("utf-8") == expected
    with zipfile.ZipFile(SAMPLE / "every-api.apk") as package:
        assert package.read("assets/expected.tsv").decode("utf-8") == expected


def test_every_hookable_row_is_fired() -> None:
    fired = {one.row.id for one in FIRINGS}
    assert fired == {row.id for row in load_apis() if row.runtime and not row.sdk}
    methods = {(one.row.cls, one.row.member, one.descriptor) for one in FIRINGS
               if one.row.seen == "framework-14"}  # fmt: skip
    assert len(methods) >= 200


def test_every_firing_has_one_method_in_the_source() -> None:
    text = "\n".join(make_sources(FIRINGS).values())
    assert all(text.count(f" void {one.name}(") == 1 for one in FIRINGS)
    assert text.count("throws Throwable") == len(FIRINGS)
