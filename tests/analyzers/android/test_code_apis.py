"""Facts of sensitive calls: conditions on arguments, owners, start-up, reflection, truncation."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.android import code_apis, code_install, code_loading
from analyzers.android.code_view import argument_place
from analyzers.kinds import check_fact
from analyzers.model import Fact
from tests.analyzers.dex.dex_builder import Cls, Method, make_dex
from tests.analyzers.dex.scenes import constructor, static
from tests.analyzers.formats.axml_builder import node
from tests.analyzers.package_builder import codes_of, make_manifest, make_package

APP = "Lcn/edu/example/App;"
SECURE = (
    "Landroid/provider/Settings$Secure;->getString(Landroid/content/ContentResolver;"
    "Ljava/lang/String;)Ljava/lang/String;"
)
QUERY = (
    "Landroid/content/ContentResolver;->query(Landroid/net/Uri;[Ljava/lang/String;"
    "Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;"
)
IMEI = "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;"


def package_of(
    *code: tuple, more: tuple[Cls, ...] = (), files: dict[str, bytes] | None = None
) -> Any:
    create = Method("onCreate", code=[*code, ("return-void",)], lines=[(0, 17)])
    app = Cls(APP, [constructor("Landroid/app/Application;"), create],
              parent="Landroid/app/Application;")  # fmt: skip
    manifest = make_manifest(node("application", name="cn.edu.example.App"))
    return make_package(manifest, {"classes.dex": make_dex(app, *more), **(files or {})})


def facts(package: Any) -> dict[str, Fact]:
    found = [one for one in code_apis.extract(package) if isinstance(one, Fact)]
    assert [problem for one in found for problem in check_fact(one)] == []
    return {one.subject: one for one in found if one.kind == "code.api"}


def test_the_argument_decides() -> None:
    read = [("const/4", 0, 0), ("const-string", 1, "android_id"), ("invoke-static", [0, 1], SECURE)]
    found = facts(package_of(*read))
    assert found["settings.android_id.secure"].fields["argument"] == "android_id"
    other = [("const/4", 0, 0), ("const-string", 1, "ringtone"), ("invoke-static", [0, 1], SECURE)]
    assert facts(package_of(*other)) == {}


def test_a_wrapper_hands_the_argument_on() -> None:
    wrapper = static("get", ("const/4", 0, 0), ("invoke-static", [0, 7], SECURE), ("return-void",),
                     shape="(Ljava/lang/String;)V")  # fmt: skip
    code = [("const-string", 1, "android_id"),
            ("invoke-static", [1], "Lcn/edu/example/Box;->get(Ljava/lang/String;)V")]  # fmt: skip
    found = facts(package_of(*code, more=(Cls("Lcn/edu/example/Box;", [wrapper]),)))
    fact = found["settings.android_id.secure"]
    assert fact.fields["site"] == "Lcn/edu/example/Box;->get(Ljava/lang/String;)V"
    assert fact.fields["chain"][0] == f"{APP}->onCreate()V"


def test_a_platform_constant_is_a_uri() -> None:
    uri = "Landroid/provider/ContactsContract$Contacts;->CONTENT_URI:Landroid/net/Uri;"
    code = [("sget-object", 1, uri), ("const/4", 0, 0), ("invoke-virtual", [0, 1, 0, 0, 0], QUERY)]
    found = facts(package_of(*code[:2], ("const/4", 2, 0)))
    assert found == {}
    shorter = QUERY.replace("Ljava/lang/String;)Landroid", ")Landroid")
    call = ("invoke-virtual", [0, 1, 2, 2, 2], shorter)
    assert "contacts.query" in facts(package_of(*code[:2], ("const/4", 2, 0), call))


def test_owner_line_and_start_are_told() -> None:
    sdk = Cls("Lcom/umeng/analytics/Probe;", [static("x", ("const/4", 0, 0),
              ("invoke-virtual", [0], IMEI), ("return-void",))])  # fmt: skip
    direct = [("const/4", 0, 0), ("invoke-virtual", [0], IMEI)]
    own = facts(package_of(*direct))["telephony.get_device_id"].fields
    assert (own["owner"], own["startup"], own["source_line"]) == ("app", "yes", 17)
    assert own["entry"] == f"{APP}->onCreate()V"
    other = facts(package_of(("return-void",), more=(sdk,)))["telephony.get_device_id"].fields
    assert (other["startup"], other["chain"]) == ("no", [])
    assert other["owner"] not in ("app", "")


def test_a_name_asked_by_reflection_is_told() -> None:
    code = [
        ("const-string", 0, "android.telephony.TelephonyManager"),
        ("invoke-static", [0], "Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;"),
        ("move-result-object", 1), ("const-string", 2, "getDeviceId"), ("const/4", 3, 0),
        ("invoke-virtual", [1, 2, 3], "Ljava/lang/Class;->getMethod(Ljava/lang/String;"
         "[Ljava/lang/Class;)Ljava/lang/reflect/Method;"),
    ]  # fmt: skip
    fact = facts(package_of(*code))["telephony.get_device_id"]
    assert (fact.fields["via"], fact.confidence) == ("reflection", "likely")


def test_many_places_of_one_owner_are_cut() -> None:
    many = [Cls(f"Lcn/edu/example/C{n};", [static("x", ("const/4", 0, 0),
            ("invoke-virtual", [0], IMEI), ("return-void",))]) for n in range(9)]  # fmt: skip
    found = list(code_apis.extract(package_of(("return-void",), more=tuple(many))))
    assert sum(isinstance(one, Fact) and one.kind == "code.api" for one in found) == 4
    assert "code.sites_truncated" in codes_of(found)


def test_damage_and_absence_of_code_are_told() -> None:
    manifest = make_manifest(node("application"))
    broken = make_package(manifest, {"classes.dex": b"dex\n041\0" + bytes(200)})
    assert codes_of(code_apis.extract(broken)) == ["dex.container"]
    assert list(code_apis.extract(make_package(manifest))) == []


def test_loading_and_installing_are_told() -> None:
    loader = "Ldalvik/system/DexClassLoader;-><init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V"
    archive = "application/vnd.android.package-archive"
    code = [
        ("new-instance", 0, "Ldalvik/system/DexClassLoader;"), ("const/4", 1, 0),
        ("invoke-direct", [0, 1, 1, 1, 1], loader), ("const-string", 2, archive),
        ("invoke-virtual", [1, 2], "Landroid/content/Intent;->setType(Ljava/lang/String;)V"),
    ]  # fmt: skip
    package = package_of(*code, files={"assets/plug.bin": make_dex(Cls("La/B;"))})
    loaded = {one.subject: one for one in code_loading.extract(package) if isinstance(one, Fact)}
    assert loaded.keys() == {"nested-dex", "dex-class-loader"}
    assert loaded["nested-dex"].fields["site"] == "assets/plug.bin"
    installed = [one for one in code_install.extract(package) if isinstance(one, Fact)]
    assert [one.subject for one in installed] == ["view-archive"]
    assert [problem for one in (*loaded.values(), *installed) for problem in check_fact(one)] == []


@pytest.mark.parametrize(
    ("shape", "index", "static_", "place"),
    [("(JLjava/lang/String;)V", 1, False, 3), ("([JI)V", 1, True, 1), ("()V", -1, False, 0),
     ("(I)V", 3, False, -1), ("(DD)V", 1, True, 2)],
)  # fmt: skip
def test_wide_parameters_take_two_registers(
    shape: str, index: int, static_: bool, place: int
) -> None:
    assert argument_place(shape, index, static=static_) == place
