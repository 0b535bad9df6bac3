"""Renamed classes of an SDK are found by the strings their methods load."""

from __future__ import annotations

import pytest

from analyzers.knowledge.catalogue import Catalogue
from analyzers.knowledge.catalogue_entry import Category, Entry
from analyzers.knowledge.owners import Owners
from analyzers.model import Confidence
from analyzers.package import AppPackage, open_package
from analyzers.software.match import Detection
from analyzers.software.renamed import find_renamed_classes
from tests.analyzers.software.packages import SAMPLE

CLASS = "cn.example.weak.Ciphers"
"""A class of a built sample that stands for renamed code."""


@pytest.fixture(scope="module")
def package() -> AppPackage:
    return open_package(SAMPLE.parents[1] / "weak" / "weak.apk")


def make_catalogue(*strings: str, shared: tuple[str, ...] = ()) -> Catalogue:
    entries = {
        "one": Entry(name_en="One", category="push", strings=strings),
        "two": Entry(name_en="Two", category="push", strings=shared),
    }
    return Catalogue("0", entries, {"push": Category("推送", "Push", "")}, {}, ())


def detect(entry_id: str, *, renamed: bool) -> Detection:
    return Detection(entry_id, (), Confidence.LIKELY, 0, renamed)


def strings_of(package: AppPackage) -> list[str]:
    """Strings that methods of the class load, as the sample's source has them."""
    from analyzers.software.constants import read_constants

    return [text for key, text in read_constants(package.index, CLASS).items() if key[0] == "#"]


def test_a_class_with_two_of_its_strings_is_the_sdk_s(package: AppPackage) -> None:
    catalogue = make_catalogue(*strings_of(package)[:2])
    found = find_renamed_classes(package.index, catalogue, [detect("one", renamed=True)])
    assert found[CLASS] == "one"
    owners = Owners((), (), renamed=found, catalogue=catalogue)
    assert owners.owner_of_class(CLASS).id == "one"


def test_one_string_is_not_enough(package: AppPackage) -> None:
    catalogue = make_catalogue(strings_of(package)[0])
    assert find_renamed_classes(package.index, catalogue, [detect("one", renamed=True)]) == {}


def test_strings_of_two_entries_are_not_used(package: AppPackage) -> None:
    pair = tuple(strings_of(package)[:2])
    catalogue = make_catalogue(*pair, shared=pair)
    both = [detect("one", renamed=True), detect("two", renamed=True)]
    assert find_renamed_classes(package.index, catalogue, both) == {}


def test_plain_detections_are_left_alone(package: AppPackage) -> None:
    catalogue = make_catalogue(*strings_of(package)[:2])
    assert find_renamed_classes(package.index, catalogue, [detect("one", renamed=False)]) == {}
