"""Coverage that must not count as complete."""

from __future__ import annotations

import pytest

from analyzers.model import Coverage, CoverageState, make_limitation
from profiles.derive.coverage import lower_coverage
from tests.builders import make_a_fact, make_fact_set

NAMES = ("code.apis", "software.sdks", "android.permissions", "runtime.start.ar-3.1")


def states(*facts: object, hides: tuple[str, ...] = ()) -> dict[str, str]:
    limitations = [make_limitation("x.y", analyzer="x", hides=hides)] if hides else []
    coverage = [Coverage(name=name, state=CoverageState.FULL) for name in NAMES]
    lowered = lower_coverage(make_fact_set(*facts, limitations=limitations, coverage=coverage))
    return {entry.name for entry in lowered if entry.state is not CoverageState.FULL}


@pytest.mark.parametrize(
    ("hides", "lowered"),
    [
        (("code.apis",), {"code.apis"}),
        (("code",), {"code.apis"}),
        (("code.apis.more",), set()),
        (("cod",), set()),
        (("runtime.start",), {"runtime.start.ar-3.1"}),
        (("*",), set(NAMES)),
    ],
)
def test_limitation_hides_a_name_and_what_is_below(hides: tuple[str, ...], lowered: set) -> None:
    assert states(hides=hides) == lowered


def test_packing_voids_what_is_read_from_code() -> None:
    assert states(make_a_fact("software.packer", "p", hides_code=True)) == {
        "code.apis",
        "software.sdks",
    }
    assert states(make_a_fact("software.packer", "p", hides_code=False)) == set()


def test_broken_run_voids_the_run() -> None:
    assert states(make_a_fact("runtime.run", "r", integrity=False)) == {"runtime.start.ar-3.1"}


def test_none_is_not_raised_to_partial() -> None:
    limitation = make_limitation("x.y", analyzer="x", hides=["code"])
    none = Coverage(name="code.apis", state=CoverageState.NONE)
    (entry,) = lower_coverage(make_fact_set(limitations=[limitation], coverage=[none]))
    assert entry.state is CoverageState.NONE
