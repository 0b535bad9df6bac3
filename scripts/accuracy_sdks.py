"""Precision and recall of SDK detection on the held-out part of the corpus.

``scripts/accuracy sdks [--cache DIR] [--exodus FILE] [--build] [--write]``: builds what is missing
(with ``--build``), scans every APK with the product's own analyzer, prints the figures, and writes
``docs/accuracy-sdks.md`` with ``--write``. ``--exodus`` names a tracker list in the Exodus format,
read at run time to show that method beside ours.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from corpus_build import Job, build_apks
from corpus_decoys import make_decoys
from corpus_split import is_held_out

from analyzers.formats.errors import UnreadableError
from analyzers.knowledge.catalogue import load_catalogue
from analyzers.model import Confidence, Fact
from analyzers.package import open_package
from analyzers.software import packers, sdks

HERE = Path(__file__).parent

HELD_OUT = (
    "held-out plain",
    "held-out plain (second draw)",
    "held-out renamed",
    "held-out renamed (second draw)",
)
FEW_CLASSES = 3
"""Files with fewer classes are aggregates or hold only native code; they are left out."""
BIG = 4_500_000
"""Bytes; larger files are not built renamed, for time."""


@dataclass
class Case:
    """One APK with its truth."""

    name: str
    apk: Path
    kind: str
    truth: set[str]
    version: str = ""
    found: set[str] = field(default_factory=set)
    versions: dict[str, str] = field(default_factory=dict)
    exodus: set[str] = field(default_factory=set)


def read_rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def list_cases(cache: Path) -> list[Case]:
    contains = {
        (r["sdk"], r["version"]): set(r["contains"].split())
        for r in read_rows("corpus-sdks-truth.tsv")
    }
    cases = []
    for row in read_rows("corpus-sdks.tsv"):
        part = "held-out" if is_held_out(row["sdk"], row["version"]) else "open"
        package = row["package"].split(":")[-1].replace("/", "-")
        inner = f"-{Path(row['inner']).stem}" if row["inner"] else ""
        stem = f"{row['sdk']}--{package}{inner}-{row['version']}.{row['type']}"
        truth = contains.get((row["sdk"], row["version"]), {row["sdk"].removeprefix("lib-")})
        for kind in ("plain", "renamed"):
            apk = cache / "apk" / part / kind / f"{stem}.apk"
            draw = " (second draw)" if row["draw"] == "2" else ""
            cases.append(Case(stem, apk, f"{part} {kind}{draw}", truth, row["version"]))
    return cases


def build_missing(cache: Path, cases: list[Case]) -> None:
    tools = cache / "tools"
    jobs = []
    for case in cases:
        part, kind = case.kind.split()[:2]
        source = cache / part / case.name
        big = kind == "renamed" and source.stat().st_size > BIG
        if not case.apk.exists() and not big and (part == "held-out" or kind == "renamed"):
            jobs.append(Job(f"{case.kind} {case.name}", case.apk, [source], kind == "renamed"))
    for start in range(0, len(jobs), 25):
        print(build_apks(tools, jobs[start : start + 25]))
    with tempfile.TemporaryDirectory() as folder:
        print(build_apks(tools, make_decoys(Path(folder), cache / "apk" / "decoys")))


def scan(case: Case, exodus: list[tuple[int, re.Pattern[str]]]) -> int:
    package = open_package(case.apk)
    for fact in [*sdks.extract(package), *packers.extract(package)]:
        if isinstance(fact, Fact) and fact.confidence != Confidence.POSSIBLE:
            case.found.add(fact.subject)
            if fact.fields.get("version"):
                case.versions[fact.subject] = str(fact.fields["version"])
    names = package.index.class_names[:]
    ids = {number for number, pattern in exodus if any(pattern.search(name) for name in names)}
    entries = load_catalogue().entries
    case.exodus = {i for i, entry in entries.items() if entry.exodus_id in ids}
    return len(names)


def read_exodus(file: Path | None) -> list[tuple[int, re.Pattern[str]]]:
    if file is None:
        return []
    trackers = json.loads(file.read_text("utf-8"))["trackers"].values()
    return [(t["id"], re.compile(t["code_signature"])) for t in trackers if t.get("code_signature")]


def count(cases: list[Case], attribute: str = "found") -> dict[str, float]:
    right = sum(len(case.truth & getattr(case, attribute)) for case in cases)
    missed = sum(len(case.truth - getattr(case, attribute)) for case in cases)
    wrong = sum(len(getattr(case, attribute) - case.truth) for case in cases)
    return {
        "apks": len(cases), "right": right, "missed": missed, "wrong": wrong,
        "precision": right / (right + wrong) if right + wrong else 1.0,
        "recall": right / (right + missed) if right + missed else 1.0,
    }  # fmt: skip


def make_row(name: str, figures: dict[str, float]) -> str:
    numbers = " | ".join(str(int(figures[key])) for key in ("apks", "right", "missed", "wrong"))
    return f"| {name} | {numbers} | {figures['precision']:.1%} | {figures['recall']:.1%} |"


def report(cases: list[Case], decoys: list[Case], *, exodus: bool) -> list[str]:
    lines = [
        "| part | APKs | right | missed | wrong | precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in (*HELD_OUT, "open renamed"):
        part = [case for case in cases if case.kind == kind]
        if part:
            lines.append(make_row(kind, count(part)))
    held = [case for case in cases if case.kind.startswith("held-out plain")]
    lines.append(make_row("decoys", count(decoys)))
    read = [case for case in held if _main_id(case) in case.versions]
    same = [case for case in read if _is_same(case)]
    lines += ["", f"Version read for {len(read)} of {len(held)} held-out plain files ({len(read) / len(held):.0%}); "
              f"equal to the published version for {len(same)}."]  # fmt: skip
    if exodus:
        lines += _compare(cases)
    lines += ["", "Missed and wrong in the held-out part:", ""]
    for case in [*cases, *decoys]:
        missed, wrong = case.truth - case.found, case.found - case.truth
        if "held-out" in case.kind + "held-out" * (case.kind == "decoy") and (missed or wrong):
            lines.append(
                f"- {case.kind} `{case.name}`: missed {_list(missed)}, wrong {_list(wrong)}"
            )
    return lines


def _compare(cases: list[Case]) -> list[str]:
    """Both methods on the same APKs, over the entries a tracker list has a number for."""
    numbered = {i for i, entry in load_catalogue().entries.items() if entry.exodus_id is not None}
    lines = ["", "Beside the class-pattern method of the Exodus list, over the entries that have a number in it"
             " and over all:", "", "| part | method | precision | recall | recall over all |", "|---|---|---|---|---|"]  # fmt: skip
    for kind in HELD_OUT:
        part = [case for case in cases if case.kind == kind]
        for method in ("found", "exodus"):
            only = [
                Case(c.name, c.apk, kind, c.truth & numbered, found=getattr(c, method) & numbered)
                for c in part
            ]
            some, every = count(only), count(part, method)
            name = "ours" if method == "found" else "Exodus list"
            lines.append(
                f"| {kind} | {name} | {some['precision']:.1%} | {some['recall']:.1%} | {every['recall']:.1%} |"
            )
    return lines


def _main_id(case: Case) -> str:
    return case.name.partition("--")[0].removeprefix("lib-")


def _is_same(case: Case) -> bool:
    read, published = case.versions[_main_id(case)], case.version
    return (
        read.lstrip("vV") == published
        or published.startswith(read + ".")
        or read.startswith(published + ".")
    )


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="accuracy sdks")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(os.environ.get("APPADMIT_INPUTS") or Path.home() / ".cache/appadmit/inputs")
        / "sdks",
    )
    parser.add_argument("--exodus", type=Path)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--apps", type=Path, help="index.tsv of the real inputs")
    options = parser.parse_args(arguments)
    cases = list_cases(options.cache)
    if options.build:
        build_missing(options.cache, cases)
    decoys = [
        Case(p.stem, p, "decoy", set())
        for p in sorted((options.cache / "apk" / "decoys").glob("*.apk"))
    ]
    exodus = read_exodus(options.exodus)
    kept = [case for case in cases if case.apk.exists() and scan(case, exodus) >= FEW_CLASSES]
    for decoy in decoys:
        scan(decoy, exodus)
    lines = report(kept, decoys, exodus=bool(exodus))
    if options.apps:
        lines += list_apps(options.apps)
    print("\n".join(lines))
    if options.write:
        write_page(lines, kept)
    return 0


def list_apps(index: Path) -> list[str]:
    """What the analyzers see in every real app of the inputs, and what that costs."""
    lines = ["", "## Real apps", ""]
    lines += [
        "Classes under its prefixes in brackets, version after @; a question mark: likely. s: seconds of"
    ]
    lines += [
        "matching, versions and evidence once the bytecode index stands (machine under other load).",
        "",
    ]
    lines += ["| app | source | MB of dex | s | SDKs and libraries |", "|---|---|---|---|---|"]
    with index.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["type"] == "apk"]
    for row in rows:
        try:
            package = open_package(index.parent / "files" / f"{row['sha256']}.apk")
        except UnreadableError:
            continue
        size = sum(len(content) for _, content in package.dex_entries()) / 1e6
        _ = package.index.class_names, [table.strings.hashes for table in package.index.tables]
        start = time.perf_counter()
        facts = [fact for fact in sdks.extract(package) if isinstance(fact, Fact)]
        seconds = time.perf_counter() - start
        shown = ", ".join(_show(f) for f in facts if f.confidence != Confidence.POSSIBLE) or "none"
        name = f"{Path(row['inner_path']).name} `{row['sha256'][:12]}`"
        lines.append(f"| {name} | {row['source']} | {size:.1f} | {seconds:.3f} | {shown} |")
    return lines


def _show(fact: Fact) -> str:
    sure = "" if fact.confidence == Confidence.CERTAIN else "?"
    version = f"@{fact.fields['version']}" if fact.fields["version"] else ""
    return f"{fact.subject}{sure}{version} ({fact.fields['classes']})"


def write_page(lines: list[str], cases: list[Case]) -> None:
    catalogue = load_catalogue()
    rows = read_rows("corpus-sdks.tsv")
    held = [row for row in rows if is_held_out(row["sdk"], row["version"])]
    listing = hashlib.sha256((HERE / "corpus-sdks.tsv").read_bytes()).hexdigest()
    text = (HERE / "data" / "accuracy-sdks.head.md").read_text("utf-8").format(
        version=catalogue.version, entries=len(catalogue.entries), verified=catalogue.verified,
        files=len(rows), held=len(held), apks=len(cases), listing=listing,
    )  # fmt: skip
    (HERE.parent / "docs" / "accuracy-sdks.md").write_text(text + "\n".join(lines) + "\n", "utf-8")
