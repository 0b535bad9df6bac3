"""Load a profile of the rule library, with a school's parameters filled in.

The cached way reads and hashes the rule files and decodes one JSON file; YAML is parsed only
when a rule file changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

import msgspec

from profiles.errors import ProfileError
from profiles.rules import Profile

LIBRARY = Path(__file__).parent / "library"
FORMAT = "4"
"""Raised when the canonical shape changes, so that old cache files are not read."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


def list_profiles(library: Path | None = None) -> list[str]:
    """Name the profiles of the library, the drafts included."""
    root = library or LIBRARY
    return sorted(path.parent.name for path in root.glob("*/profile.yaml"))


def list_schools(library: Path | None = None) -> list[str]:
    """Name the schools of the library; files that start with ``_`` are templates."""
    root = library or LIBRARY
    return sorted(p.stem for p in root.glob("schools/*.yaml") if not p.name.startswith("_"))


def load_profile(
    name: str, school: str, *, library: Path | None = None, allow_draft: bool = False
) -> Profile:
    """Read and check one profile with one school's values.

    Args:
        name: Folder of the library, such as ``admission``.
        school: File of ``schools``, such as ``whut``.
        library: Another library than the built-in one.
        allow_draft: Also load a profile that is marked as a draft.

    Raises:
        ProfileError: with every problem found, each with its file and item.
    """
    from profiles.assemble import assemble_profile  # YAML is needed only here

    root = library or LIBRARY
    files = _rule_files(root, name, school)
    profile = assemble_profile(root, name, school, files, hash_files(root, files))
    if profile.draft and not allow_draft:
        raise ProfileError([f"{name}/profile.yaml: the profile is a draft and switched off"])
    return profile


def load_profile_cached(
    name: str,
    school: str,
    *,
    cache_dir: Path,
    library: Path | None = None,
    allow_draft: bool = False,
) -> Profile:
    """Load a profile through its compiled file; examples are left out of the result.

    Raises:
        ProfileError: as ``load_profile``.
    """
    root = library or LIBRARY
    digest = hash_files(root, _rule_files(root, name, school))
    path = cache_dir / f"profile-{FORMAT}-{name}-{school}-{digest}.json"
    profile = _read_compiled(path)
    if profile is None or (profile.draft and not allow_draft):
        profile = load_profile(name, school, library=library, allow_draft=allow_draft)
        items = tuple(msgspec.structs.replace(item, examples=()) for item in profile.items)
        profile = msgspec.structs.replace(profile, items=items)
        _write_compiled(path, profile)
    return profile


def rules_hash(profile: Profile) -> str:
    """Give the hash over the rule files a profile was made of."""
    return profile.hash


def hash_files(root: Path, files: list[Path]) -> str:
    """Hash names and contents of rule files (BLAKE2b, 16 bytes, hex)."""
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        content = path.read_bytes()
        name = path.relative_to(root).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _rule_files(root: Path, name: str, school: str) -> list[Path]:
    problems = [
        f"{what} {given!r:.60}: not one of {', '.join(known)}"
        for what, given, known in (
            ("profile", name, list_profiles(root)),
            ("school", school, list_schools(root)),
        )
        if not _NAME.fullmatch(given) or given not in known
    ]
    if problems:
        raise ProfileError(problems)
    names = ("parameters.yaml", "labels.yaml", "documents.yaml", f"schools/{school}.yaml")
    shared = [root / name for name in names]
    items = sorted((root / name / "items").glob("*.yaml"))
    return [*(p for p in shared if p.exists()), root / name / "profile.yaml", *items]


def _read_compiled(path: Path) -> Profile | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Profile)
    except (OSError, msgspec.MsgspecError):
        return None


def _write_compiled(path: Path, profile: Profile) -> None:
    """Write atomically; a cache that cannot be written only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(msgspec.json.encode(profile))
        os.replace(file.name, path)  # noqa: PTH105 (atomic on every platform)
    except OSError:
        return
