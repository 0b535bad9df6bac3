"""The log against the parts of SARIF 2.1.0 that it uses (section numbers of the standard)."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

from analyzers.model import Evidence, Location, make_fact
from profiles.model import Outcome, Text
from reports.json import encode_json
from reports.sarif import render_sarif
from tests.builders import make_assessment, make_fact_set, make_verdict
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile

MESSAGE = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"]},
                "region": {
                    "properties": {"byteOffset": {"type": "integer", "minimum": 0}},
                },
            },
        },
        "logicalLocations": {"type": "array", "items": {"required": ["fullyQualifiedName"]}},
    },
}
LEVELS = ["none", "note", "warning", "error"]  # 3.27.10
KINDS = ["notApplicable", "pass", "fail", "review", "open", "informational"]  # 3.27.9
SCHEMA = {
    "type": "object",
    "required": ["version", "runs"],  # 3.13
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "required": ["tool", "results", "invocations"],  # 3.14
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],  # 3.19
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],  # 3.49
                                            "properties": {
                                                "shortDescription": MESSAGE,
                                                "fullDescription": MESSAGE,
                                                "help": MESSAGE,
                                            },
                                        },
                                    }
                                },
                            }
                        }
                    },
                    "invocations": {"items": {"required": ["executionSuccessful"]}},  # 3.20.14
                    "results": {
                        "items": {
                            "required": ["ruleId", "message", "kind", "level"],  # 3.27
                            "properties": {
                                "message": MESSAGE,
                                "kind": {"enum": KINDS},
                                "level": {"enum": LEVELS},
                                "locations": {"items": LOCATION},
                            },
                            "if": {"properties": {"kind": {"not": {"const": "fail"}}}},
                            "then": {"properties": {"level": {"const": "none"}}},
                        }
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", [make_campus, make_hostile, make_assessment])
def test_log_keeps_the_standard(make: object, lang: str) -> None:
    log = json.loads(encode_json(render_sarif(make(), lang)))  # type: ignore[operator]
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(log)] == []


def test_every_line_is_a_result_with_its_kind() -> None:
    run = render_sarif(make_campus(), "zh")["runs"][0]
    assert {one["ruleId"]: (one["kind"], one["level"]) for one in run["results"]} == {
        "ar-1.1": ("open", "none"),
        "ar-1.6": ("review", "none"),
        "ar-2.9": ("open", "none"),
        "ar-3.1": ("open", "none"),
        "ar-3.2": ("pass", "none"),
        "ar-3.5": ("fail", "error"),
        "ar-4.2": ("notApplicable", "none"),
    }
    notes = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert "证据不足的项目：AR-3.1" in notes
    assert run["invocations"][0]["executionSuccessful"] is False


def test_a_place_of_the_app_is_never_an_address() -> None:
    files = ["https://evil.example/x", "//evil.example", "C:\\x", "../../etc/passwd", "a b#c?d"]
    facts = [
        make_fact(
            "zip.anomaly", file, analyzer="t",
            evidence=[Evidence(location=Location(file=file, offset=7))],
        )
        for file in files
    ]  # fmt: skip
    verdict = make_verdict(outcome=Outcome.FAIL, facts=tuple(fact.id for fact in facts))
    log = render_sarif(make_assessment(verdict, fact_set=make_fact_set(*facts)), "zh")
    places = log["runs"][0]["results"][0]["locations"]
    assert len(places) == len(files)
    for place in places:
        split = urlsplit(place["physicalLocation"]["artifactLocation"]["uri"])
        assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")


def test_links_and_places_to_fill_are_taken_out_of_messages() -> None:
    reason = Text(zh="见 [这里](https://evil.example) {0}", en="-")
    log = render_sarif(make_assessment(make_verdict(reason=reason)), "zh")
    text = log["runs"][0]["results"][0]["message"]["text"]
    assert text == "见 \\[这里\\](https://evil.example) {{0}}"


def test_fingerprints_stay_while_the_same_rule_decides() -> None:
    first, second = (render_sarif(make_campus(), lang)["runs"][0] for lang in ("zh", "en"))
    marks = [[one["partialFingerprints"] for one in run["results"]] for run in (first, second)]
    assert marks[0] == marks[1]
    assert len({str(mark) for mark in marks[0]}) == 7
