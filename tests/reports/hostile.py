"""Strings an app may carry to deceive the page, the reader or the next program."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from analyzers.model import make_limitation
from profiles.model import Outcome, Text
from tests.builders import (
    make_a_fact,
    make_assessment,
    make_coverage,
    make_fact_set,
    make_sample,
    make_verdict,
)

if TYPE_CHECKING:
    from profiles.model import Assessment

STRINGS = (
    "<script>window.name='ran'</script>",
    "\"><img src=x onerror=\"window.name='ran'\">",
    "</style><script>window.name='ran'</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "{subject}{reads.api}[x?y]",
    "=HYPERLINK(\"http://evil.example\";\"click\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-1+1",
    "\u202egpj.kpa\u202c",
    "a\u200bb\u00adc\u2066d\u2069",
    "\x1b[2J\x1b]0;title\x07\x00\x9b31m",
    "e" + "\u0301" * 60,
    "line\r\nbreak\u2028more",
    "#set page(fill: red); #read(\"/etc/passwd\")",
    "$\\frac{1}{0}$ \\input{/etc/passwd}",
    "[bold red]markup[/] [link=http://evil.example]x[/link]",
    "https://evil.example/track?x=1",
    "长" * 900,
    "x" * 4000,
    "&lt;already escaped&gt; &#x202e;",
    "_x000D_ ]]> <![CDATA[ &nbsp;",
)  # fmt: skip
ICON = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
).decode()


def make_hostile() -> Assessment:
    """Make an assessment in which every string that an app controls is hostile."""
    facts = [
        make_a_fact("android.permission.declared", one, level="dangerous", name_zh=one, group=one)
        for one in STRINGS
    ]
    facts += [
        make_a_fact("android.component", one, type="service", exported=True, permission=one,
                    actions=[one], authorities=[one], place=one)
        for one in STRINGS
    ]  # fmt: skip
    facts += [
        make_a_fact("software.sdk", f"sdk-{index}", name_zh=one, name_en=one, vendor=one,
                    signatures=[one], version=one, tracker=True)
        for index, one in enumerate(STRINGS)
    ]  # fmt: skip
    facts += [make_a_fact("runtime.run", "run", phases=["start"], platform=STRINGS[0])]
    facts += [
        make_a_fact("runtime.event", one, api=one, phase="start", pre_consent=True, owner=one,
                    owner_name=one, frame=one, stack=[one, one], thread=one, argument=one,
                    weight="decisive", result="returned", first_ms=index, count=1)
        for index, one in enumerate(STRINGS)
    ]  # fmt: skip
    facts += [make_a_fact("runtime.flow", one, scheme=one, phase="start") for one in STRINGS]
    facts += [make_a_fact("zip.anomaly", one, entry=one, count=1) for one in STRINGS]
    limitations = [make_limitation("tests.hostile", analyzer="tests", text=one) for one in STRINGS]
    verdicts = [
        make_verdict(
            f"ar-3.{index + 1}",
            Outcome.FAIL,
            reason=Text(zh=f"调用方：{one}", en=f"by {one}"),
            facts=tuple(fact.id for fact in facts if fact.subject == one),
            limitations=tuple(one.id for one in limitations),
        )
        for index, one in enumerate(STRINGS)
    ]
    sample = make_sample(
        name=STRINGS[10] + STRINGS[1], app_id=STRINGS[2], label=STRINGS[0], label_zh=STRINGS[0],
        version_name=STRINGS[11], abis=(STRINGS[1],), icon_png=ICON,
    )  # fmt: skip
    return make_assessment(
        *verdicts,
        fact_set=make_fact_set(
            *facts,
            sample=sample,
            limitations=limitations,
            coverage=[make_coverage("software.packers", "none", *limitations)],
        ),
    )
