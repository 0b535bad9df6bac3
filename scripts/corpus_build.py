"""Building APKs out of SDK jars and AARs: plain as an app's build leaves them, and renamed."""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ANDROID = "{http://schemas.android.com/apk/res/android}"
LEFT_OUT = re.compile(
    r"META-INF/(MANIFEST\.MF|.*\.(SF|RSA|DSA|EC)|maven/|INDEX\.LIST|LICENSE|NOTICE|versions/|proguard/)|module-info"
)
RULES = """-keep,allowobfuscation class ** { *; }
-keepclasseswithmembernames class * { native <methods>; }
-keepattributes SourceFile,LineNumberTable,*Annotation*
-dontwarn **
-ignorewarnings
-dontshrink
-dontoptimize
-repackageclasses x
"""


@dataclass
class Parts:
    """What one SDK file brings into an app."""

    jars: list[Path] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """Archive name -> content: native libraries, assets, Java resources."""
    manifest: str = ""


def unpack(file: Path, folder: Path) -> Parts:
    """Take apart a jar or an AAR as the Android build does."""
    parts = Parts()
    if file.suffix == ".jar":
        parts.jars.append(file)
        _add_resources(parts, file)
        return parts
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name == "AndroidManifest.xml":
                parts.manifest = archive.read(name).decode("utf-8", "replace")
            elif name == "classes.jar" or re.fullmatch(r"libs/[^/]+\.jar", name):
                target = folder / f"{file.stem}-{Path(name).name}"
                target.write_bytes(archive.read(name))
                parts.jars.append(target)
                _add_resources(parts, target)
            elif name.startswith("jni/") and name.endswith(".so"):
                # The content of a library is not needed to recognise it; it keeps the APK small.
                parts.files["lib/" + name[4:]] = archive.read(name)[:65536]
            elif name.startswith("assets/") and not name.endswith("/"):
                parts.files[name] = archive.read(name)[:65536]
    return parts


def _add_resources(parts: Parts, jar: Path) -> None:
    with zipfile.ZipFile(jar) as archive:
        for name in archive.namelist():
            if not name.endswith((".class", "/")) and not LEFT_OUT.match(name):
                parts.files.setdefault(name, archive.read(name)[:65536])


def merge_manifest(package: str, manifests: list[str]) -> str:
    """Merge SDK manifests into an app's: components and meta-data, without resource references."""
    ElementTree.register_namespace("android", ANDROID[1:-1])
    root = ElementTree.Element("manifest", {"package": package, f"{ANDROID}versionCode": "1"})
    sdk = {f"{ANDROID}minSdkVersion": "24", f"{ANDROID}targetSdkVersion": "33"}
    ElementTree.SubElement(root, "uses-sdk", sdk)
    application = ElementTree.SubElement(root, "application", {f"{ANDROID}label": package})
    for text in manifests:
        found = ElementTree.fromstring(text.replace("${applicationId}", package))
        for source in found.iter("application"):
            for child in source:
                kept = _strip(child, found.get("package", ""))
                if kept is not None:
                    application.append(kept)
    return ElementTree.tostring(root, encoding="unicode")


def _strip(node: ElementTree.Element, package: str) -> ElementTree.Element | None:
    if node.tag not in (
        "activity", "service", "receiver", "provider", "meta-data", "intent-filter", "action", "category",
    ):  # fmt: skip
        return None
    plain = ("name", "exported", "authorities", "process", "permission", "value", "enabled")
    attributes = {
        key: value
        for key, value in node.attrib.items()
        if key.removeprefix(ANDROID) in plain
        and not value.startswith(("@", "?"))
        and "$" not in value
    }
    name = attributes.get(f"{ANDROID}name", "")
    if name.startswith(".") and node.tag in ("activity", "service", "receiver", "provider"):
        attributes[f"{ANDROID}name"] = package + name
    if not name or (node.tag == "meta-data" and f"{ANDROID}value" not in attributes):
        if node.tag == "meta-data" and name:
            attributes[f"{ANDROID}value"] = "1"
        elif node.tag != "intent-filter":
            return None
    result = ElementTree.Element(node.tag, attributes)
    result.extend(kept for kept in (_strip(child, package) for child in node) if kept is not None)
    return result


@dataclass
class Job:
    """One APK to build."""

    name: str
    target: Path
    files: list[Path]
    """SDK files that go into it."""
    renamed: bool
    package: str = "edu.campus.corpus"
    classes: Path | None = None
    """Folder with the app's own compiled classes, where it has some."""
    manifest: str = ""
    extra: dict[str, bytes] = field(default_factory=dict)


def build_apks(tools: Path, jobs: list[Job]) -> dict[str, str]:
    """Build many APKs with one compiler process; gives the failures with their reasons."""
    failures: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = {job.name: _prepare(job, folder / str(at)) for at, job in enumerate(jobs)}
        lines = [
            _make_line(job, tools, folder / str(at), prepared[job.name])
            for at, job in enumerate(jobs)
        ]
        (folder / "list.tsv").write_text("\n".join(lines), "utf-8")
        source = Path(__file__).with_name("corpus_compile.java")
        command = [
            "nice",
            "java",
            "-Xmx4g",
            "-cp",
            str(tools / "d8.jar"),
            str(source),
            str(folder / "list.tsv"),
        ]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as run:
            for line in run.stdout or ():
                if line.startswith("failed"):
                    failures[line.split("\t")[1]] = line.split("\t")[2].strip()[:300]
                print(line.strip(), flush=True)
        for at, job in enumerate(jobs):
            if job.name not in failures:
                try:
                    _pack(job, tools, folder / str(at), prepared[job.name])
                except ValueError as error:
                    failures[job.name] = str(error)
    return failures


def _prepare(job: Job, folder: Path) -> Parts:
    (folder / "dex").mkdir(parents=True)
    merged = Parts()
    manifests = []
    for file in job.files:
        parts = unpack(file, folder)
        merged.jars += parts.jars
        merged.files |= parts.files
        manifests += [parts.manifest] if parts.manifest else []
    merged.files |= job.extra
    merged.manifest = job.manifest or merge_manifest(job.package, manifests)
    return merged


def _make_line(job: Job, tools: Path, folder: Path, parts: Parts) -> str:
    inputs = [str(jar) for jar in parts.jars]
    if job.classes is not None:
        inputs += [str(path) for path in job.classes.rglob("*.class")]
    common = ["--release", "--no-desugaring", "--min-api", "28", "--output", str(folder / "dex")]
    if not job.renamed:
        return "\t".join([job.name, "D8", *common, *inputs])
    named = r'<(?:activity|service|receiver|provider)[^>]*android:name="([^"]+)"'
    kept = sorted(set(re.findall(named, parts.manifest)))
    rules = RULES + "".join(f"-keep class {cls} {{ <init>(); }}\n" for cls in kept)
    (folder / "rules.pro").write_text(rules, "utf-8")
    more = ["--pg-conf", str(folder / "rules.pro"), "--lib", str(tools / "android.jar")]
    return "\t".join([job.name, "R8", *common, *more, *inputs])


def _pack(job: Job, tools: Path, folder: Path, parts: Parts) -> None:
    dex = sorted((folder / "dex").glob("*.dex"), key=lambda path: (len(path.name), path.name))
    (folder / "AndroidManifest.xml").write_text(parts.manifest, "utf-8")
    command = ["aapt", "package", "-f", "-M", str(folder / "AndroidManifest.xml")]
    command += ["-I", str(tools / "android.jar"), "-F", str(folder / "base.apk")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.strip()[-300:])
    with zipfile.ZipFile(folder / "base.apk", "a", zipfile.ZIP_DEFLATED) as apk:
        for path in dex:
            apk.write(path, path.name)
        written = set(apk.namelist())
        for file, content in parts.files.items():
            if file not in written:
                written.add(file)
                apk.writestr(file, content)
    job.target.parent.mkdir(parents=True, exist_ok=True)
    job.target.write_bytes((folder / "base.apk").read_bytes())
