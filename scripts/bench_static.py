"""Times the static engine against its floor, androguard and LIEF; writes docs/performance.md.

Every measurement runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.metadata import version
from pathlib import Path

STARTED = time.perf_counter()
ROOT = Path(__file__).parent.parent
DEX = re.compile(r"classes\d*\.dex")
clock = time.process_time
"""Processor seconds: on a shared machine wall time says more about the neighbours."""
STAGES = ("tables", "numbers", "decode", "hierarchy", "apis", "weaknesses", "other")


def dex_of(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if DEX.fullmatch(name)]


def run_floor(path: Path) -> dict:
    total = sum(len(data) for _, data in dex_of(path))
    begin = clock()
    for _, data in dex_of(path):
        hashlib.sha256(data).digest()
    return {"seconds": clock() - begin, "bytes": total}


def run_decode(path: Path) -> dict:
    """All call edges, strings and names: what an index holds before anything is asked of it."""
    from analyzers.dex.index import DexIndex

    DexIndex.read([]).uses  # noqa: B018 (imports and tables are warm then)
    begin = clock()
    index = DexIndex.read(dex_of(path))
    edges = len(index.uses.calls)
    return {"seconds": clock() - begin, "edges": edges, "classes": len(index.class_names)}


def run_warm(path: Path) -> dict:
    """The whole scan of the code: facts of all analyzers of bytecode, everything loaded before."""
    from analyzers.android import code_apis, code_install, code_loading, code_weaknesses
    from analyzers.package import open_package

    analyzers = (code_apis, code_install, code_loading, code_weaknesses)
    small = ROOT / "samples/android/campus-clean/campus-clean.apk"
    package = open_package(small)
    for one in analyzers:
        list(one.extract(package))
    begin = clock()
    package = open_package(path)
    index, stages = package.index, {}
    marks = [clock()]

    def mark(name: str) -> None:
        marks.append(clock())
        stages[name] = marks[-1] - marks[-2]

    mark("tables")
    index.methods, index.fields  # noqa: B018
    mark("numbers")
    index.uses, index.bodies  # noqa: B018
    mark("decode")
    index.program.definitions.target  # noqa: B018
    mark("hierarchy")
    facts = list(code_apis.extract(package))
    mark("apis")
    facts += code_weaknesses.extract(package)
    mark("weaknesses")
    for one in (code_install, code_loading):
        facts += one.extract(package)
    mark("other")
    import msgspec

    return {"seconds": clock() - begin, "stages": stages,
            "facts": len(facts), "json": len(msgspec.json.encode(facts))}  # fmt: skip


def run_cold(path: Path) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "appadmit"), "scan", "--no-run", str(path)]
        environment = {**os.environ, "APPADMIT_CACHE": f"{folder}/cache", "HOME": folder}
        first = [*command[:-1], str(ROOT / "samples/android/campus-clean/campus-clean.apk")]
        subprocess.run(first, capture_output=True, cwd=folder, env=environment, check=False)
        before, begin = children(), time.perf_counter()
        done = subprocess.run(
            command, capture_output=True, cwd=folder, env=environment, check=False
        )
        wall = time.perf_counter() - begin
        return {"seconds": children() - before, "wall": wall, "exit": done.returncode}


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_androguard(path: Path) -> dict:
    from androguard.misc import AnalyzeAPK
    from loguru import logger

    logger.remove()
    begin = clock()
    _, _, analysis = AnalyzeAPK(str(path))
    seconds = clock() - begin
    return {"seconds": seconds, "classes": len(list(analysis.get_classes()))}


def run_lief(path: Path) -> dict:
    import lief

    begin = clock()
    methods = 0
    for _, data in dex_of(path):
        methods += len(lief.DEX.parse(list(data)).methods)
    return {"seconds": clock() - begin, "methods": methods}


RUNS = {
    "floor": run_floor, "decode": run_decode, "warm": run_warm, "cold": run_cold,
    "lief": run_lief, "androguard": run_androguard,
}  # fmt: skip


def measure(name: str, path: Path, rounds: int) -> dict:
    """Run a measurement in its own process, several times; the fastest counts."""
    best: dict = {}
    for _ in range(rounds):
        command = [sys.executable, __file__, "--one", name, str(path)]
        done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
        if done.returncode:
            sys.stderr.write(done.stderr.decode()[-500:])
            return {"seconds": float("nan"), "peak": 0}
        found = json.loads(done.stdout.splitlines()[-1])
        if not best or found["seconds"] < best["seconds"]:
            best = found
    return best


def one(name: str, path: Path) -> int:
    found = RUNS[name](path)
    who = resource.RUSAGE_CHILDREN if name == "cold" else resource.RUSAGE_SELF
    found["peak"] = resource.getrusage(who).ru_maxrss // 1024
    found["elapsed"] = time.perf_counter() - STARTED
    print(json.dumps(found))
    return 0


def make_large(sources: list[Path], folder: Path) -> Path:
    """Write a package of 300 MB with 100 MB of dex: the dex files of real apps, and filling."""
    target = folder / "large.apk"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        with zipfile.ZipFile(sources[0]) as first:
            out.writestr("AndroidManifest.xml", first.read("AndroidManifest.xml"))
        total, number = 0, 0
        while total < 100_000_000:
            for source in sources:
                for _, data in dex_of(source):
                    if total < 100_000_000:
                        number += 1
                        name = "classes.dex" if number == 1 else f"classes{number}.dex"
                        out.writestr(name, data)
                        total += len(data)
        filling = os.urandom(1_000_000)
        while target.stat().st_size < 300_000_000:
            out.writestr(zipfile.ZipInfo(f"assets/{out.fp.tell()}.bin"), filling)
    return target


def load_kept(path: Path | None) -> dict:
    return json.loads(path.read_text("utf-8")) if path and path.exists() else {}


def keep(path: Path | None, digest: str, found: dict) -> None:
    if path:
        path.write_text(json.dumps({**load_kept(path), digest: found}, indent=1), "utf-8")


def row_of(path: Path, found: dict[str, dict]) -> str:
    if not {"floor", "decode", "warm"} <= found.keys():
        return f"| {path.name} | {', '.join(found)} |"
    floor, warm = found["floor"]["seconds"], found["warm"]["seconds"]
    cells = [f"{path.name}", f"{found['floor']['bytes'] / 1e6:.1f}", f"{floor:.2f}"]
    for name in ("decode", "warm", "cold", "lief", "androguard"):
        one_ = found.get(name)
        cells.append(f"{one_['seconds']:.2f} s, {one_['peak']} MB" if one_ else "–")
    cells.append(f"{warm / floor:.1f}")
    slow = found.get("androguard", {}).get("seconds", float("nan"))
    cells += [f"{slow / found['decode']['seconds']:.0f}", f"{slow / warm:.0f}"]
    return "| " + " | ".join(cells) + " |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench static")
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip", default="", help="measurements to leave out, by comma")
    parser.add_argument("--keep", type=Path, help="JSON file that keeps the measurements")
    parser.add_argument("--large", action="store_true", help="also a made package of 300 MB")
    parser.add_argument("--docs", type=Path)
    request = parser.parse_args(arguments)
    names = [name for name in RUNS if name not in request.skip.split(",")]
    rows, inputs, stages = [], [], []
    for path in request.packages:
        rounds = {"androguard": 1}
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found = load_kept(request.keep).get(digest, {})
        found |= {n: measure(n, path, rounds.get(n, request.rounds)) for n in names}
        keep(request.keep, digest, found)
        rows.append(row_of(path, found))
        inputs.append(f"- {path.name}, SHA-256 {digest}")
        parts = found.get("warm", {}).get("stages", {})
        stages.append(f"| {path.name} | " + " | ".join(f"{parts.get(s, 0):.2f}" for s in STAGES)
                      + f" | {found.get('warm', {}).get('facts', 0)} | {found.get('warm', {}).get('json', 0) // 1000} |")  # fmt: skip
        print(rows[-1], stages[-1], sep="\n", flush=True)
    large = []
    if request.large:
        with tempfile.TemporaryDirectory() as folder:
            path = make_large(request.packages, Path(folder))
            found = {n: measure(n, path, 1) for n in ("floor", "decode", "warm")}
            large.append(row_of(path, found))
            print(large[-1], flush=True)
    if request.docs:
        request.docs.write_text(render(rows, stages, large, inputs), "utf-8")
    return 0


def render(rows: list[str], stages: list[str], large: list[str], inputs: list[str]) -> str:
    head = ("| package | dex MB | floor s | decode | warm scan | cold command | LIEF structure "
            "| androguard AnalyzeAPK | warm / floor | androguard / decode | androguard / warm |")  # fmt: skip
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    versions = ", ".join(f"{n} {version(n)}" for n in ("numpy", "androguard", "lief", "msgspec"))
    return "\n".join([
        "# How fast the static engine is", "",
        "Made by `scripts/bench static`. Every figure is the fastest of some runs, each in a process",
        "of its own, in processor seconds, with the peak memory of that process. *Floor*: inflating and hashing the dex",
        "files. *Decode*: tables, every call edge, string and field use, all names. *Warm scan*: all",
        "facts of the analyzers of bytecode with knowledge loaded. *Cold command*:",
        "`appadmit scan --no-run` from the shell, all analyzers, judging and reports included.",
        "*LIEF structure*: classes and methods without instructions.", "",
        f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores, load {load} while "
        "measuring.", "",
        head, "|---|" + "---|" * 10, *rows, *large, "",
        "## Where the time of a warm scan goes (seconds)", "",
        "| package | " + " | ".join(STAGES) + " | facts | facts KB |",
        "|---|" + "---|" * (len(STAGES) + 2), *stages, "",
        "`tables` inflates and reads the tables, `numbers` joins names over files, `decode` steps",
        "through all methods, `hierarchy` links classes and calls, `apis` follows arguments and the",
        "ways from the start, `weaknesses` looks into bodies, `other` is loading and installing.", "",
        "## Inputs", "", *inputs, "",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(one(sys.argv[2], Path(sys.argv[3])) if sys.argv[1:2] == ["--one"] else 2)
