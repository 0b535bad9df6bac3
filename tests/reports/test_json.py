from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import reports
from reports.json import encode_json, render_json
from tests.builders import make_assessment, make_fact_set, make_sample
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile

SCHEMA = json.loads((Path(reports.__file__).parent / "schema/report-1.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_document_fits_its_schema(validator: Draft202012Validator, lang: str) -> None:
    for assessment in (make_campus(), make_hostile(), make_assessment()):
        document = json.loads(encode_json(render_json(assessment, lang)))
        assert [error.message for error in validator.iter_errors(document)] == []


def test_a_document_without_a_stable_name_breaks_the_schema(
    validator: Draft202012Validator,
) -> None:
    for name in SCHEMA["required"]:
        document = render_json(make_campus(), "zh")
        del document[name]
        assert not validator.is_valid(document), name


def test_a_quotation_not_seen_in_the_original_breaks_the_schema(
    validator: Draft202012Validator,
) -> None:
    document = json.loads(encode_json(render_json(make_campus(), "zh")))
    document["verdicts"][0]["clauses"][0]["seen"] = "译述"
    assert not validator.is_valid(document)


def test_stable_names() -> None:
    document = render_json(make_campus(), "zh")
    assert document["schema"] == "appadmit.report/1"
    assert document["sample"]["signer"]["md5"] == "7e" * 16
    assert document["profile"] == "admission"
    assert document["school"] == "whut"
    assert document["conclusion"] == "rework"
    verdict = next(one for one in document["verdicts"] if one["item"] == "ar-3.5")
    assert (verdict["outcome"], verdict["reason"], verdict["code"]) == (
        "FAIL", "同意前已取得 Android ID，调用方：极光推送。", "ar-3.5.example",
    )  # fmt: skip
    assert set(verdict["facts"]) <= {fact["id"] for fact in document["facts"]}
    assert document["limitations"][0]["reason"] == "tests.example"


def test_codes_do_not_depend_on_the_language() -> None:
    zh, en = (render_json(make_campus(), lang) for lang in ("zh", "en"))
    assert [one["outcome"] for one in zh["verdicts"]] == [one["outcome"] for one in en["verdicts"]]
    assert zh["facts"] == en["facts"]
    assert zh["conclusion"] == en["conclusion"]
    assert zh["verdicts"][0]["reason"] != en["verdicts"][0]["reason"]


@given(st.text(st.characters(codec=None)))
def test_encoding_keeps_every_string_and_hides_none(text: str) -> None:
    encoded = encode_json({"text": text})
    assert json.loads(encoded) == {"text": text}
    assert not {"\u202e", "\u200b", "\x1b", "\x9b"} & set(encoded.decode("utf-8"))


def test_strings_of_the_app_are_kept_as_they_are() -> None:
    facts = make_fact_set(sample=make_sample(label="\u202egpj"))
    document = render_json(make_assessment(fact_set=facts), "zh")
    assert document["sample"]["label"] == "\u202egpj"
    assert b"\\u202egpj" in encode_json(document)
