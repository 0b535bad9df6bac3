"""Runs the planted apps and compares what was seen with the hand-written truth.

For each planted behaviour: was its row seen in its phases (and in no other), with its owner and at
its site? For each silent site: was nothing seen there? Prints recall, precision and every difference;
writes them to docs/accuracy-runtime.md with ``--write``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from analyzers.knowledge.owners import Owners, derive_app_namespaces
from analyzers.model import Fact, Limitation
from analyzers.runtime.facts import extract_run
from analyzers.runtime.run import run_embedded
from analyzers.runtime.settings import RunSettings
from scanner.examine import Answer, Request, examine

ROOT = Path(__file__).resolve().parent.parent
STATIC = ("android.permissions", "android.components", "software.packers")
SAMPLES = ("behaviours", "behaviours-bare")
LEFT_OUT = ("install", "load", "code.")


def run_apk(apk: Path, settings: RunSettings) -> list[Fact]:
    answer = examine(Request(path=str(apk), only=STATIC), lambda step: None)
    assert isinstance(answer, Answer)
    record = run_embedded(
        apk, sample=answer.sample, static_facts=answer.facts, settings=settings,
        progress=lambda step, share: None,
    )  # fmt: skip
    print(f"{apk.name}: {record.seconds:.1f} s, {record.problems}")
    owners = Owners(derive_app_namespaces(answer.sample.app_id, "", ()), ())
    found = extract_run(Path(record.directory), owners)
    return [item for item in found if isinstance(item, Fact)]


def run_sample(name: str) -> tuple[dict, list[Fact], float]:
    folder = ROOT / "samples" / "android" / name
    truth = tomllib.loads((folder / "truth.toml").read_text("utf-8"))
    apk = folder / truth["sample"]["file"]
    answer = examine(Request(path=str(apk), only=STATIC), lambda step: None)
    assert isinstance(answer, Answer)
    record = run_embedded(
        apk, sample=answer.sample, static_facts=answer.facts,
        settings=RunSettings(taps=40, pregranted=True), progress=lambda step, share: None,
    )  # fmt: skip
    components = [fact.subject for fact in answer.facts if fact.kind == "android.component"]
    spaces = derive_app_namespaces(answer.sample.app_id, "", components)
    found = extract_run(Path(record.directory), Owners(spaces, components))
    print(
        f"{name}: {record.seconds:.1f} s, phases {[phase.phase for phase in record.phases]}, {record.problems}"
    )
    return truth, list(found), record.seconds


def compare(truth: dict, found: list) -> tuple[int, int, list[str], set[str]]:
    """Give seen, planted, differences and the ids of facts that the truth explains."""
    facts = [item for item in found if isinstance(item, Fact)]
    codes = {item.code for item in found if isinstance(item, Limitation)}
    seen, differences, explained = 0, [], set()
    for planted in truth["behaviours"]:
        rows = {planted["row"], *planted.get("also", ())}
        before = planted.get("pregranted", False)
        mine = [f for f in facts if f.subject in rows and at_site(f, planted.get("site", ""))
                and f.fields.get("pregranted", False) == before]  # fmt: skip
        if planted.get("told_as") == "permission_request":
            mine = [f for f in facts if f.kind == "runtime.permission_request"
                    and f.fields["phase"] in planted["phases"]]  # fmt: skip
        explained |= {fact.id for fact in mine}
        if planted.get("told_as") == "limitation":
            seen += "runtime.native_loaded" in codes
            continue
        phases = {str(fact.fields["phase"]) for fact in mine}
        wanted = [set(phase.split("|")) for phase in planted["phases"]]
        allowed = set().union(*wanted, planted.get("also_phases", ()))
        problem = ""
        if not all(options & phases for options in wanted):
            problem = f"not seen (seen in {sorted(phases)})"
        elif phases - allowed:
            problem = f"seen too in {sorted(phases - allowed)}"
        elif any(f.fields["owner"] != planted["owner"] for f in mine):
            problem = f"owner {sorted({str(f.fields['owner']) for f in mine})} instead of {planted['owner']}"
        elif "result" in planted and all(
            f.fields.get("result", planted["result"]) != planted["result"] for f in mine
        ):
            problem = f"result {sorted({str(f.fields['result']) for f in mine})} instead of {planted['result']}"
        seen += not problem
        if problem:
            differences.append(f"{planted['id']}: {problem}")
    return seen, len(truth["behaviours"]), differences, explained


def at_site(fact: Fact, site: str) -> bool:
    cls, _, member = site.partition("#")
    frames = fact.fields.get("stack", [])
    return any(
        frame.startswith((f"{site}:", f"{cls}#lambda${member}", f"{cls}$")) for frame in frames
    )


def unexplained(truth: dict, facts: list[Fact], explained: set[str]) -> tuple[int, list[str]]:
    """Give all decisive events and those that no planted behaviour accounts for."""
    decisive = [f for f in facts if f.kind == "runtime.event" and f.fields["weight"] == "decisive"]
    loose = [
        f"{f.subject} {f.fields['phase']} {f.fields['frame']}"
        for f in decisive
        if f.id not in explained
    ]
    silent = [site["site"] for site in truth.get("silent", ())]
    loose += [
        f"SILENT SITE {f.subject} {site}"
        for f in decisive
        for site in silent
        if str(f.fields["frame"]).startswith(site + ":")
    ]
    return len(decisive), loose


def check_every_api() -> None:
    """Count which firings of the sample that calls every row were seen as that row, and how often."""
    folder = ROOT / "samples" / "android" / "every-api"
    rows = [
        line.split("\t") for line in (folder / "expected.tsv").read_text("utf-8").splitlines()[1:]
    ]
    wanted = {firing.rpartition(".")[2]: row for firing, row, _member, _descriptor in rows}
    facts = run_apk(
        folder / "every-api.apk", RunSettings(start_ms=20_000, pregranted=False, taps=0)
    )
    seen: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind == "runtime.event" and fact.fields["phase"] in ("start", "no_consent_ui"):
            firing = str(fact.fields["frame"]).partition("#")[2].partition(":")[0]
            seen.setdefault(firing, []).append(fact.subject)
        elif fact.kind == "runtime.permission_request":
            seen.setdefault("requests", []).append(fact.subject)
    once = [firing for firing, row in wanted.items() if seen.get(firing) == [row]]
    print(f"every-api: {len(once)} of {len(wanted)} firings seen exactly once as their row")
    for firing, row in wanted.items():
        if seen.get(firing) != [row]:
            print(f"  {firing} {row}: seen as {seen.get(firing, [])}")


def main(names: list[str]) -> int:
    if names == ["every-api"]:
        check_every_api()
        return 0
    for name in names or SAMPLES:
        truth, facts, _seconds = run_sample(name)
        seen, planted, differences, explained = compare(truth, facts)
        facts = [
            item for item in facts if isinstance(item, Fact) and not item.fields.get("pregranted")
        ]
        events, loose = unexplained(truth, facts, explained)
        print(f"{name}: recall {seen}/{planted}, precision {events - len(loose)}/{events}")
        for line in differences + loose:
            print("  " + line)
    return 0
