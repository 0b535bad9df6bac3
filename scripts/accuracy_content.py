"""Precision and recall of what is read from policies and screens, on texts frozen before.

``scripts/accuracy content [--write]``: reads the labelled texts under
``tests/analyzers/content/unseen``, prints the figures of both halves and the misses
of the first alone, and writes ``docs/accuracy-content.md`` with ``--write``. Stops when a text differs from its manifest.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analyzers.content.functions import find_fields, find_functions
from analyzers.content.policy_text import PolicyReading, looks_like_policy, read_policy
from analyzers.content.texts import AppText, strip_tags
from analyzers.knowledge.catalogue import load_catalogue

ROOT = Path(__file__).parent.parent
UNSEEN = ROOT / "tests" / "analyzers" / "content" / "unseen"
FIRST_RUN = ROOT / "scripts" / "data" / "accuracy-content-first-run.toml"
REPORT = ROOT / "docs" / "accuracy-content.md"

HALVES = ("first", "second")
GROUPS = (
    "is_policy",
    "language",
    "date",
    "elements",
    "days",
    "types",
    "sdks",
    "functions",
    "fields",
)

INTRODUCTION = """\
# Accuracy of reading policies and screens

Made by `scripts/accuracy content --write` from {policies} texts ({true} privacy policies, {other} other
texts) and {screens} screens under `tests/analyzers/content/unseen`. SHA-256 of their manifest:
`{digest}`.

- Texts and labels were written from the requirements, without knowledge of the words and patterns
  that the readers use, and frozen before the first run. The *second* half is held out: its misses
  are never used to better the readers.
- *is_policy* counts texts taken for a policy; *language* is read for every text. *date*,
  *elements*, *days*, *types* and *sdks* are read from every true policy, whether it was taken for
  one or not.
- *days*: an element with the promised number of days. *types*: the pair of type and whether it is
  denied. *sdks*: entries of the catalogue; names outside it are not counted.
- Where two careful readers may differ, the label leaves the name open, and it counts neither way.

The first run, with readers that had seen none of these texts, is kept below as measured. The
readers were bettered afterwards with the texts, labels and misses of the first half before the
eyes, so the figures of the first half now say only that those texts are read as labelled. The
second half was never looked at: none of its texts, labels or misses was read, and nothing but its
counts is printed here or by the script. Its figures are those to expect from a policy or a screen
not seen before.
"""


@dataclass
class Score:
    """Counts of one group in one half, and what went wrong in which file."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, truth: set[str], found: set[str]) -> None:
        self.right += len(truth & found)
        self.missed += len(truth - found)
        self.wrong += len(found - truth)
        parts = [f"missed {item}" for item in sorted(truth - found)]
        parts += [f"wrong {item}" for item in sorted(found - truth)]
        if parts:
            self.notes.append(f"`{name}`: {', '.join(parts)}")


Scores = dict[str, Score]


def read_labels(group: str, half: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((UNSEEN / group / half).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text("utf-8"))


def read_manifest_digest() -> str:
    """SHA-256 of the manifest; stops the program where a text is not the frozen one."""
    manifest = (UNSEEN / "MANIFEST.sha256").read_bytes()
    for line in manifest.decode("utf-8").splitlines():
        digest, path = line.split("  ", 1)
        if hashlib.sha256((UNSEEN / path).read_bytes()).hexdigest() != digest:
            sys.exit(f"{path} is not the frozen text")
    return hashlib.sha256(manifest).hexdigest()


def make_one(value: str) -> set[str]:
    return {value} if value else set()


def score_policy(name: str, label: dict[str, Any], known: set[str], scores: Scores) -> None:
    text = label["text"]
    if text.lstrip().startswith("<"):
        text = strip_tags(text)
    taken = {"policy"} if looks_like_policy(text) else set()
    scores["is_policy"].add(name, {"policy"} if label["is_policy"] else set(), taken)
    reading = read_policy(text)
    scores["language"].add(name, {label["language"]}, {reading.language})
    if label["is_policy"]:
        scores["date"].add(name, make_one(label["date"]), make_one(reading.date))
        score_elements(name, label, reading, scores)
        score_types(name, label, reading, scores)
        sdks = {sdk.id for sdk in reading.sdks} & known
        scores["sdks"].add(name, set(label["sdks"]), sdks)


def score_elements(
    name: str, label: dict[str, Any], reading: PolicyReading, scores: Scores
) -> None:
    open_names = set(label["elements_open"])
    found = {element.name for element in reading.elements} - open_names
    scores["elements"].add(name, set(label["elements"]), found)
    promised = {f"{key} {days}" for key, days in label["elements"].items() if days >= 0}
    read = {
        f"{element.name} {element.days}"
        for element in reading.elements
        if element.days is not None and element.name not in open_names
    }
    scores["days"].add(name, promised, read)


def score_types(name: str, label: dict[str, Any], reading: PolicyReading, scores: Scores) -> None:
    signs = {True: "denied ", False: ""}
    truth = {signs[item["denied"]] + item["id"] for item in label["types"]}
    found = {
        signs[item.denied] + item.type
        for item in reading.types
        if item.type not in label["types_open"]
    }
    truth = {item for item in truth if item.split()[-1] not in label["types_open"]}
    scores["types"].add(name, truth, found)


def score_screen(name: str, label: dict[str, Any], scores: Scores) -> None:
    texts = [
        AppText("resources.arsc", f"string/text_{number}", text)
        for number, text in enumerate(label["strings"])
    ]
    functions = {hint.name for hint in find_functions(texts)} - set(label["functions_open"])
    scores["functions"].add(name, set(label["functions"]), functions)
    fields = {hint.name for hint in find_fields(texts)} - set(label["fields_open"])
    scores["fields"].add(name, set(label["fields"]), fields)


def score_half(half: str, known: set[str]) -> Scores:
    scores = {group: Score() for group in GROUPS}
    for name, label in read_labels("policies", half):
        score_policy(name, label, known, scores)
    for name, label in read_labels("screens", half):
        score_screen(name, label, scores)
    return scores


def render_share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def render_table(results: dict[str, Scores]) -> str:
    lines = [
        "| half | group | right | missed | wrong | precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for half, scores in results.items():
        for group, score in scores.items():
            precision = render_share(score.right, score.right + score.wrong)
            recall = render_share(score.right, score.right + score.missed)
            counts = f"{score.right} | {score.missed} | {score.wrong}"
            lines.append(f"| {half} | {group} | {counts} | {precision} | {recall} |")
    return "\n".join(lines) + "\n"


def load_first_run() -> dict[str, Scores]:
    """Counts of the first run: right, missed and wrong of each group in each half."""
    halves = tomllib.loads(FIRST_RUN.read_text("utf-8"))
    return {
        half: {group: Score(*counts) for group, counts in rows.items()}
        for half, rows in halves.items()
    }


def render_misses(results: dict[str, Scores]) -> str:
    lines: list[str] = []
    for half, scores in results.items():
        notes = [f"- {group}: {note}" for group, score in scores.items() for note in score.notes]
        lines += [f"## Missed and wrong, {half} half", "", *(notes or ["None."]), ""]
    return "\n".join(lines)


def render_introduction(digest: str) -> str:
    policies = [label for half in HALVES for _, label in read_labels("policies", half)]
    true = sum(label["is_policy"] for label in policies)
    return INTRODUCTION.format(
        policies=len(policies),
        true=true,
        other=len(policies) - true,
        screens=sum(1 for half in HALVES for _ in read_labels("screens", half)),
        digest=digest,
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/accuracy content")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy-content.md")
    wanted = parser.parse_args(arguments)
    digest = read_manifest_digest()
    known = set(load_catalogue().entries)
    results = {half: score_half(half, known) for half in HALVES}
    table = render_table(results)
    misses = render_misses({"first": results["first"]})
    print(table)
    print(misses)
    if wanted.write:
        first_run = render_table(load_first_run())
        text = (
            f"{render_introduction(digest)}\n## Now\n\n{table}\n"
            f"## First run\n\n{first_run}\n{misses}"
        )
        REPORT.write_text(text.rstrip() + "\n", encoding="utf-8")
    return 0
