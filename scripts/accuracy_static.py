"""Compares what the bytecode engine says with the planted truth of samples/android/{reach,weak}."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from analyzers.android.code_apis import find_sites
from analyzers.android.code_hits import HitFinder
from analyzers.android.code_view import code_view
from analyzers.package import open_package

SAMPLES = Path(__file__).parent.parent / "samples" / "android"


def measure_reach() -> tuple[list[str], bool]:
    """Give the report on start-up reachability, and whether the hard rule (no false yes) holds."""
    truth = tomllib.loads((SAMPLES / "reach" / "truth.toml").read_text("utf-8"))
    package = open_package(SAMPLES / "reach" / "reach.apk")
    view = code_view(package)
    answered, _ = find_sites(view, HitFinder(view))
    said: dict[str, str] = {}
    for state, hit in answered:
        text = view.method_text(hit.site.method)
        said.setdefault(text.partition("->")[2].partition("(")[0], state)
    rows, wrong, false_yes = [], 0, 0
    counts = {"plain": [0, 0], "hard": [0, 0]}
    for case in truth["cases"]:
        answer = said.get(case["case"], "missing")
        right = answer in case.get("accept", [case["startup"]])
        group = counts["hard" if case.get("hard") else "plain"]
        group[0] += right
        group[1] += 1
        if not right:
            wrong += 1
            rows.append(f"| {case['case']} | {case['startup']} | {answer} |")
        if answer == "yes" and case["startup"] == "no" and not case.get("hard"):
            false_yes += 1
    right, total = counts["plain"]
    hard, of_hard = counts["hard"]
    head = [
        f"sample {_digest('reach')}, truth {_digest('reach', 'truth.toml')}",
        f"right: {right} of {total} ({100 * right / total:.1f} %); hard cases: {hard} of {of_hard}",
        f"told as start-up although they cannot be: {false_yes}",
        "", "| case | truth | said |", "|---|---|---|", *(rows or ["| – | – | – |"]),
    ]  # fmt: skip
    return head, false_yes == 0


def measure_weak() -> tuple[list[str], bool]:
    """Give precision and recall of the weaknesses."""
    from analyzers.android import code_weaknesses
    from analyzers.model import Fact

    truth = tomllib.loads((SAMPLES / "weak" / "truth.toml").read_text("utf-8"))
    found = {
        (fact.subject, _short(str(fact.fields["site"]), truth["prefix"]))
        for fact in code_weaknesses.extract(open_package(SAMPLES / "weak" / "weak.apk"))
        if isinstance(fact, Fact) and fact.kind == "code.weakness"
    }
    rows, totals, missed = [], [0, 0, 0], []
    for weakness, mine in truth["cases"].items():
        sites = {case["site"]: case["planted"] for case in mine}
        here = {site for name, site in found if name == weakness}
        hit = {site for site in here if sites.get(site)}
        planted = {site for site, bad in sites.items() if bad}
        false = here - hit
        missed += [f"missed {weakness} {site}" for site in sorted(planted - hit)]
        missed += [f"false {weakness} {site}" for site in sorted(false)]
        rows.append(f"| {weakness} | {len(planted)} | {len(hit)} | {len(false)} |")
        totals = [totals[0] + len(planted), totals[1] + len(hit), totals[2] + len(false)]
    planted_, hit_, false_ = totals
    head = [
        f"sample {_digest('weak')}, truth {_digest('weak', 'truth.toml')}",
        f"recall {hit_} of {planted_}, precision {hit_} of {hit_ + false_}",
        "", "| weakness | planted | found | false |", "|---|---|---|---|", *rows, "", *missed,
    ]  # fmt: skip
    return head, hit_ > 0


def _short(site: str, prefix: str) -> str:
    """Give a site as the truth writes it: methods without their package."""
    return site.removeprefix(prefix)


def _digest(sample: str, name: str = "") -> str:
    path = SAMPLES / sample / (name or f"{sample}.apk")
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"


def main(arguments: list[str]) -> int:
    kinds = {"reach": measure_reach, "weak": measure_weak}
    good = True
    for name in arguments or list(kinds):
        lines, fine = kinds[name]()
        good &= fine
        print(f"## {name}", *lines, "", sep="\n")
    return 0 if good else 1
