"""The rule library as a whole: its lines, schools, words and coverage fit the rest of the product."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

import profiles.rules
from analyzers.knowledge.personal_types import load_personal_types
from analyzers.model import Phase
from analyzers.registry import ANALYZERS
from profiles.derive.necessity import load_app_types, load_functions
from profiles.derive.sensitive import load_sensitive
from profiles.loader import LIBRARY, list_schools, load_profile
from profiles.model import Mode
from profiles.references import walk_rule
from tests.profiles.made import load_admission, load_library

ROOT = Path(profiles.__file__).parent
ALL = load_library()
ADMISSION = load_admission()

LINES = [
    *(f"AR-1.{n}" for n in range(1, 8)),
    *(f"AR-2.{n}" for n in range(1, 12)),
    *(f"AR-3.{n}" for n in range(1, 10)),
    *(f"AR-4.{n}" for n in range(1, 7)),
]
BY_PERSON = {"AR-2.11", "AR-4.1"}
BY_MACHINE = {"AR-1.5", "AR-1.6", "AR-3.1", "AR-3.2", "AR-3.3", "AR-3.4", "AR-3.5"}


def test_admission_has_its_33_lines_in_printed_order() -> None:
    assert [item.line for item in ADMISSION.items] == LINES
    assert len(LINES) == 33
    assert all(item.id == item.line.lower() for item in ADMISSION.items)


def test_modes_are_those_of_the_checklist() -> None:
    assert {i.line for i in ADMISSION.items if i.mode is Mode.PERSON} == BY_PERSON
    assert {i.line for i in ADMISSION.items if i.mode is Mode.AUTOMATIC} == BY_MACHINE


def test_recommendation_rests_on_the_lines_before_consent() -> None:
    assert ADMISSION.conclusion.must_hold == tuple(f"ar-3.{n}" for n in range(1, 6))


def test_schools_differ_in_their_parameters() -> None:
    assert set(list_schools()) == {"whut", "heihe", "hexi"}
    bodies = {load_profile("admission", s).parameters["decision_body"] for s in list_schools()}
    assert len(bodies) == 3


def test_template_names_known_parameters() -> None:
    template = yaml.safe_load((LIBRARY / "schools/_template.yaml").read_text("utf-8"))
    assert template["parameters"].keys() <= ADMISSION.parameter_docs.keys()


def test_every_parameter_is_used_by_some_rule() -> None:
    text = "".join(path.read_text("utf-8") for path in LIBRARY.glob("*/items/*.yaml"))
    for name in ADMISSION.parameter_docs:
        used = (f"${name}", f"{{parameter.{name}}}", f"parameter: {name}")
        assert any(form in text for form in used), name


def test_every_document_is_cited_or_a_school_document() -> None:
    cited = {clause.document for p in ALL for item in p.items for clause in item.clauses}
    assert cited <= ADMISSION.documents.keys()


def test_words_of_types_are_those_of_the_knowledge() -> None:
    for name, entry in load_personal_types().items():
        assert ADMISSION.labels[name].zh == entry.name_zh
        assert ADMISSION.labels[name].en == entry.name_en


def test_every_phase_has_a_word() -> None:
    assert {phase.value for phase in Phase} <= ADMISSION.labels.keys()


def test_sensitive_types_are_those_of_the_knowledge() -> None:
    expected = {n: e.basis == "pipl-28" for n, e in load_personal_types().items() if e.sensitive}
    assert load_sensitive() == expected


def test_necessary_types_and_app_types_are_known() -> None:
    table = load_app_types()
    assert len(table) == 39
    assert {t for necessary, _ in table.values() for t in necessary} <= load_personal_types().keys()
    assert sum(not necessary for necessary, _ in table.values()) == 13


def test_function_table_is_complete() -> None:
    functions, aliases, _ = load_functions()
    assert len(functions) == 12
    assert all(
        len(row) == 12 and set(row.values()) <= {"○", "△", "×"} for row in functions.values()
    )
    assert set(aliases.values()) <= functions["notice"].keys()


def test_gates_are_platform_permissions() -> None:
    rows = tomllib.loads((ROOT / "tables/permissions.toml").read_text("utf-8"))["gates"]
    assert all(p.startswith("android.permission.") for r in rows.values() for p in r["permissions"])


@pytest.mark.parametrize("profile", ALL, ids=lambda p: p.name)
def test_coverage_names_are_analyzers_or_phases(profile: profiles.rules.Profile) -> None:
    """A need that nothing can ever reach would keep a line open for ever."""
    known = {analyzer.id for analyzer in ANALYZERS}
    for item in profile.items:
        for rule in item.rules:
            needs = [*rule.needs]
            for node in walk_rule(rule, profile.conditions):
                needs += node.reached or ()
            for name in (name for need in needs for name in need.names):
                if name.startswith("runtime."):
                    assert name.split(".")[1] in {p.value for p in Phase} | {"network"}, name
                else:
                    assert name in known, f"{item.id}: {name}"
