"""The check of the API table: its page is of today's table, and it finds what is not there."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from analyzers.knowledge.apis import api
from analyzers.knowledge.apis.framework import FRAMEWORK_FILE
from scripts.class_members import ABSTRACT, PUBLIC, STATIC, ClassFile, Member

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
QUERY = "queryIntentActivities"


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    loader = SourceFileLoader("verify_apis", str(ROOT / "scripts" / "verify-apis"))
    module = module_from_spec(spec_from_loader("verify_apis", loader))
    loader.exec_module(module)
    return module


def test_page_is_of_the_present_table(verify: ModuleType) -> None:
    """Run scripts/verify-apis where this fails."""
    lines = FRAMEWORK_FILE.read_text("utf-8").splitlines()[1:]
    assert (ROOT / "docs" / "api-table.md").read_text("utf-8") == verify.make_page(lines)


def test_overloads_and_carriers_come_from_the_classes(verify: ModuleType) -> None:
    framework = verify.Framework(
        [
            ClassFile(
                "android.content.pm.PackageManager", "java.lang.Object", (), (),
                (Member(QUERY, "(I)V", PUBLIC | ABSTRACT), Member(QUERY, "(J)V", PUBLIC | STATIC)),
            ),
            ClassFile(
                "android.app.ApplicationPackageManager", "android.content.pm.PackageManager", (), (),
                (Member(QUERY, "(I)V", PUBLIC),),
            ),
            ClassFile(
                "android.test.mock.Mock", "android.content.pm.PackageManager", (), (),
                (Member(QUERY, "(I)V", PUBLIC),),
            ),
        ]
    )  # fmt: skip
    row = api("packages.query.activities")
    assert row is not None
    found = {member.descriptor: carriers for member, carriers in framework.find(row)}
    assert found == {
        "(I)V": ["android.app.ApplicationPackageManager"],
        "(J)V": ["android.content.pm.PackageManager"],
    }


def test_a_row_that_is_not_there_is_not_found(verify: ModuleType) -> None:
    row = api("telephony.get_imei")
    assert row is not None
    framework = verify.Framework([])
    assert framework.find(row) == []
    assert framework.find(msgspec.structs.replace(row, member="getImie")) == []
