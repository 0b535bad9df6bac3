"""Declared, found, seen, sent and policy compared; identity, sensitivity, necessity, advertising."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.kinds import check_fact
from analyzers.model import Fact
from profiles.derive import derive_facts
from tests.builders import make_a_fact, make_sample
from tests.profiles.made import load_admission, make_event, make_facts

ADMISSION = load_admission()


def derive(kind: str, *facts: Fact, coverage: tuple[str, ...] = ()) -> list[Fact]:
    derived = derive_facts(make_facts(*facts, coverage=coverage), ADMISSION)
    made = [fact for fact in derived.facts if fact.kind.startswith("derived.")]
    assert [problem for fact in made for problem in check_fact(fact)] == []
    return [fact for fact in made if fact.kind == f"derived.{kind}"]


def stated(field: str, value: str, source: str = "register") -> Fact:
    return make_a_fact("declaration.identity", field, source=source, value=value)


def code(type_id: str) -> Fact:
    return make_a_fact("code.api", f"row.{type_id}", type=type_id, weight="decisive")


def sdk(subject: str, **fields: Any) -> Fact:
    return make_a_fact("software.sdk", subject, **fields)


CERTIFICATE = make_a_fact(
    "android.signing.certificate", "ab" * 32, md5="cd" * 16, public_key="00fe"
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("package_id", make_sample().app_id),
        ("label", "掌上校园"),
        ("version_name", "3.2.1"),
        ("version_code", "321"),
        ("sha256", "5C" * 32),
        ("signer_sha256", ":".join(["AB"] * 32)),
        ("signer_md5", "cd" * 16),
        ("public_key", "FE"),
    ],
)
def test_equal_identity_matches_whatever_its_spelling(field: str, value: str) -> None:
    (match,) = derive("identity_match", stated(field, value), CERTIFICATE)
    assert match.subject == field
    assert derive("identity_mismatch", stated(field, value), CERTIFICATE) == []


@pytest.mark.parametrize(
    ("field", "weight"),
    [
        ("package_id", "identity"),
        ("signer_sha256", "identity"),
        ("public_key", "identity"),
        ("sha256", "identity"),
        ("label", "detail"),
        ("version_name", "detail"),
    ],
)
def test_other_identity_is_a_mismatch_with_its_weight(field: str, weight: str) -> None:
    (mismatch,) = derive("identity_mismatch", stated(field, "ee"), CERTIFICATE)
    assert (mismatch.fields["weight"], mismatch.fields["source"]) == (weight, "register")


def test_other_hash_of_another_version_is_a_detail() -> None:
    facts = (stated("sha256", "ee"), stated("version_name", "9.9"), CERTIFICATE)
    weights = {f.subject: f.fields["weight"] for f in derive("identity_mismatch", *facts)}
    assert weights["sha256"] == "detail"


def test_field_without_a_value_of_the_package_is_not_compared() -> None:
    assert (
        derive("identity_mismatch", stated("publisher", "某公司"), stated("signer_md5", "ee")) == []
    )


def test_matrix_tells_every_way_and_what_was_not_examined() -> None:
    facts = (
        make_a_fact("declaration.app", "a"),
        make_a_fact("declaration.type", "contacts", purpose="通讯录"),
        make_a_fact("content.policy", "p"),
        make_a_fact("content.policy_type", "location.precise", denied=True),
        make_event(phase="in_use"),
    )
    rows = {f.subject: f.fields for f in derive("type_matrix", *facts)}
    location, contacts = rows["location.precise"], rows["contacts"]
    ways = ("declared", "found", "seen", "sent", "policy")
    assert [location[w] for w in ways] == ["no", "unknown", "yes", "unknown", "denied"]
    assert [contacts[w] for w in ways] == ["yes", "unknown", "unknown", "unknown", "no"]


def test_matrix_with_run_and_code() -> None:
    facts = (
        make_a_fact("runtime.run", "r", integrity=True),
        make_event(phase="in_use"),
        make_a_fact("runtime.flow", "h.example", types=["device.imei"]),
    )
    rows = {f.subject: f.fields for f in derive("type_matrix", *facts, coverage=("code.apis",))}
    assert rows["location.precise"]["seen"] == "yes"
    assert rows["location.precise"]["sent"] == rows["location.precise"]["found"] == "no"
    assert rows["device.imei"]["sent"] == "yes"


@pytest.mark.parametrize(
    ("found", "proof"),
    [
        (code("contacts"), "code"),
        (make_event(type="contacts", phase="in_use"), "run"),
        (make_a_fact("runtime.flow", "h.example", types=["contacts"]), "sent"),
    ],
)
@pytest.mark.parametrize("against", ["declaration", "policy"])
def test_gap_with_its_strongest_proof(found: Fact, proof: str, against: str) -> None:
    kind = {"declaration": "declaration.app", "policy": "content.policy"}[against]
    (gap,) = derive("disclosure_gap", make_a_fact(kind, "x"), found)
    assert (gap.subject, gap.fields["proof"], gap.fields["against"]) == ("contacts", proof, against)


def test_named_type_is_no_gap_and_a_family_stands_for_its_members() -> None:
    policy = make_a_fact("content.policy", "p")
    named = make_a_fact("content.policy_type", "location.coarse")
    assert derive("disclosure_gap", policy, named, code("location.precise")) == []
    assert len(derive("disclosure_gap", policy, named, code("device.imei"))) == 1


def test_denied_type_is_a_gap_that_says_so() -> None:
    policy = make_a_fact("content.policy", "p")
    denied = make_a_fact("content.policy_type", "contacts", denied=True)
    (gap,) = derive("disclosure_gap", policy, denied, code("contacts"))
    assert gap.fields["denied"] is True


def test_without_declaration_or_policy_there_is_no_gap() -> None:
    assert derive("disclosure_gap", code("contacts"), sdk("umeng")) == []


def test_sdk_is_compared_by_id_and_name_and_libraries_are_left_out() -> None:
    app = make_a_fact("declaration.app", "a")
    embedded = (
        sdk("umeng-common", name_zh="友盟 SDK", name_en="Umeng"),
        sdk("okhttp", library=True),
        sdk("jpush", name_zh="极光推送"),
    )
    declared = make_a_fact("declaration.sdk", "友盟SDK", name="友盟sdk", purpose="统计")
    gaps = derive("disclosure_gap", app, declared, *embedded)
    assert [(g.subject, g.fields["what"]) for g in gaps] == [("jpush", "sdk")]


def test_naming_one_sdk_names_its_vendors_others_of_the_category() -> None:
    policy = make_a_fact("content.policy", "p")
    named = make_a_fact("content.policy_sdk", "umeng-analytics", name="友盟")
    kin = {"vendor": "友盟同欣", "category": "analytics"}
    embedded = (
        sdk("umeng-analytics", **kin),
        sdk("umeng-common", **kin),
        sdk("umeng-share", vendor="友盟同欣", category="social"),
        sdk("nameless", category="analytics"),
    )
    gaps = derive("disclosure_gap", policy, named, *embedded)
    assert {gap.subject for gap in gaps} == {"umeng-share", "nameless"}


@pytest.mark.parametrize(
    ("seen", "proof"),
    [
        (make_a_fact("runtime.flow", "h.example", owner="jpush", types=["device.imei"]), "sent"),
        (make_a_fact("runtime.flow", "h.example", owner="jpush"), "code"),
        (make_event(owner="jpush", phase="in_use"), "run"),
        (make_event(owner="jpush", phase="in_use", weight="supporting"), "code"),
        (make_event(owner="jpush", phase="in_use", result="denied"), "code"),
        (make_event(owner="app", phase="in_use"), "code"),
    ],
)
def test_sdk_gap_is_proved_only_by_information_the_sdk_took_or_sent(seen: Fact, proof: str) -> None:
    policy = make_a_fact("content.policy", "p")
    gaps = derive("disclosure_gap", policy, sdk("jpush"), seen)
    assert [g.fields["proof"] for g in gaps if g.subject == "jpush"] == [proof]


def test_declared_but_absent_only_after_a_full_search() -> None:
    facts = (
        make_a_fact("declaration.app", "a"),
        make_a_fact("declaration.sdk", "jpush", name="极光", purpose="推送"),
        make_a_fact("declaration.permission", "android.permission.CAMERA", purpose="扫码"),
    )
    assert derive("declared_absent", *facts) == []
    absent = derive("declared_absent", *facts, coverage=("software.sdks", "android.permissions"))
    assert {f.fields["what"] for f in absent} == {"sdk", "permission"}


def test_missing_purpose_and_undeclared_permission() -> None:
    facts = (
        make_a_fact("declaration.app", "a"),
        make_a_fact("declaration.type", "contacts", purpose="  "),
        make_a_fact("declaration.type", "camera", purpose="扫码"),
        make_a_fact("android.permission.declared", "android.permission.CAMERA", level="dangerous"),
    )
    assert [f.subject for f in derive("without_purpose", *facts)] == ["contacts"]
    assert [f.subject for f in derive("disclosure_gap", *facts)] == ["android.permission.CAMERA"]


def test_sensitive_types_name_their_sources_and_the_law() -> None:
    facts = (
        code("contacts"),
        make_event(type="biometric.face", phase="in_use"),
        sdk("arcsoft", category="face", name_zh="虹软"),
        code("clipboard"),
    )
    found = {f.subject: f.fields for f in derive("sensitive_type", *facts)}
    assert set(found) == {"contacts", "biometric.face"}
    assert found["contacts"]["law"] is False
    assert found["biometric.face"]["law"] is True
    assert set(found["biometric.face"]["sources"]) == {"sdk", "run"}


@pytest.mark.parametrize("declared", [None, True, False])
def test_biometrics_denied_in_the_declaration(declared: bool | None) -> None:
    facts = (
        make_a_fact("declaration.app", "a", biometrics=declared),
        sdk("arcsoft", category="face", name_zh="虹软"),
    )
    (face,) = derive("biometric", *facts)
    assert face.fields["strength"] == "collects"
    assert face.fields["denied"] is (declared is False)


def test_local_unlock_collects_nothing() -> None:
    permission = make_a_fact(
        "android.permission.declared", "android.permission.USE_BIOMETRIC", types=["biometric.local"]
    )
    (local,) = derive("biometric", permission)
    assert (local.subject, local.fields["strength"]) == ("local", "local")


@pytest.mark.parametrize(
    ("functions", "fit", "explained"),
    [
        ([], "unknown", []),
        (["notice"], "unexpected", []),
        (["timetable"], "needs_reason", ["timetable"]),
        (["timetable", "attendance"], "expected", ["attendance"]),
    ],
)
def test_permission_fits_the_best_declared_function(
    functions: list[str], fit: str, explained: list[str]
) -> None:
    facts = (
        make_a_fact("declaration.app", "a", functions=functions),
        make_a_fact(
            "android.permission.declared",
            "android.permission.CAMERA",
            level="dangerous",
            group="CAMERA",
        ),
    )
    (fact,) = derive("permission_fit", *facts)
    assert (fact.fields["fit"], fact.fields["functions"]) == (fit, explained)


def test_app_list_and_media_permissions_find_their_column() -> None:
    facts = (
        make_a_fact("declaration.app", "a", functions=["notice"]),
        make_a_fact("android.permission.declared", "android.permission.QUERY_ALL_PACKAGES"),
        make_a_fact(
            "android.permission.declared",
            "android.permission.READ_MEDIA_IMAGES",
            level="dangerous",
            group="READ_MEDIA_VISUAL",
        ),
    )
    fits = {f.subject.rpartition(".")[2]: f.fields["fit"] for f in derive("permission_fit", *facts)}
    assert fits == {"QUERY_ALL_PACKAGES": "unexpected", "READ_MEDIA_IMAGES": "needs_reason"}


def test_types_beyond_the_necessary_of_all_declared_app_types() -> None:
    app = make_a_fact("declaration.app", "a", app_types=["t39-19", "t39-01"])
    found = (code("location.precise"), code("contacts"), code("device.phone_number"))
    (excess,) = derive("necessity_excess", app, *found)
    assert (excess.subject, excess.fields["settled"]) == ("contacts", True)


def test_necessity_is_unsettled_where_the_list_was_not_read_and_silent_without_types() -> None:
    unsure = make_a_fact("declaration.app", "a", app_types=["t39-20"])
    (excess,) = derive("necessity_excess", unsure, code("contacts"))
    assert excess.fields["settled"] is False
    assert derive("necessity_excess", make_a_fact("declaration.app", "a"), code("contacts")) == []


def test_active_advertising_is_told_once_per_way() -> None:
    facts = (
        sdk("pangle-cn", category="ads", name_zh="穿山甲"),
        sdk("umeng", category="analytics"),
        make_a_fact("runtime.flow", "a.example", owner="pangle-cn", phase="start"),
        make_a_fact("runtime.flow", "b.example", owner="pangle-cn", phase="start"),
        make_a_fact("runtime.flow", "c.example", owner="umeng", phase="start"),
        make_event(owner="pangle-cn"),
    )
    assert [f.fields["how"] for f in derive("ad_active", *facts)] == ["flow", "access"]


def test_deriving_twice_changes_nothing() -> None:
    facts = make_facts(make_a_fact("declaration.app", "a"), code("contacts"), make_event())
    once = derive_facts(facts, ADMISSION)
    assert derive_facts(once, ADMISSION) == once
    assert len(once.facts) > len(facts.facts)
