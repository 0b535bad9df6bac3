"""The append-only store of results, by hash of the sample (DESIGN §3).

    <workspace>/<sha256>/facts/<tool>+<knowledge>[+run].json
    <workspace>/<sha256>/runs/<id>/...
    <workspace>/<sha256>/assessments/<profile>-<school>-<time>.json

Writes are atomic: a file is written beside its place, flushed, and renamed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from typing import TYPE_CHECKING, TypeVar

import msgspec

from analyzers.model import FactSet, Model, Versions
from profiles.model import Assessment
from scanner.errors import EnvironmentProblem, UsageError, explain_os_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_M = TypeVar("_M", bound=Model)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_DOCUMENT = 256 << 20


class Workspace:
    """The folder that keeps what was found and judged."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def check_writable(self) -> None:
        """Make the folder and prove that it takes a file.

        Raises:
            EnvironmentProblem: when it does not.
        """
        probe = self.root / f".probe-{secrets.token_hex(4)}"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"appadmit")
        except OSError as error:
            raise explain_os_error(error, str(self.root)) from error
        finally:
            with contextlib.suppress(OSError):
                probe.unlink(missing_ok=True)

    def facts_path(self, sha256: str, versions: Versions, *, observed: bool = False) -> Path:
        """Give the place of the facts that these versions found, with or without a run."""
        run = "+run" if observed else ""
        return self.root / sha256 / "facts" / f"{versions.tool}+{versions.knowledge}{run}.json"

    def store_facts(self, facts: FactSet, *, observed: bool = False) -> Path:
        """Store facts under the versions they carry."""
        path = self.facts_path(facts.sample.sha256, facts.versions, observed=observed)
        write_atomically(path, msgspec.json.encode(facts))
        return path

    def load_facts(self, path: Path) -> FactSet:
        """Load stored facts.

        Raises:
            EnvironmentProblem: when the file is damaged.
        """
        return self._load(path, FactSet)

    def latest_facts(self, sha256: str) -> FactSet:
        """Load the facts stored last for a sample.

        Raises:
            UsageError: when there are none.
        """
        return self._load(self._latest(sha256, "facts", "*.json"), FactSet)

    def store_assessment(self, assessment: Assessment) -> Path:
        """Store an assessment under profile, school and time."""
        stamp = re.sub(r"[^0-9T]", "", assessment.created.split("+")[0].split(".")[0])
        folder = self.root / assessment.fact_set.sample.sha256 / "assessments"
        stem = f"{assessment.profile}-{assessment.school}-{stamp}"
        path = folder / f"{stem}.json"
        while path.exists():
            path = folder / f"{stem}-{secrets.token_hex(2)}.json"
        write_atomically(path, msgspec.json.encode(assessment))
        return path

    def latest_assessment(
        self, sha256: str, profile: str = "", school: str = "", *, back: int = 0
    ) -> Assessment:
        """Load the assessment stored last for a sample (of a profile and school).

        Args:
            sha256: the sample.
            profile: only of this profile; empty for any.
            school: only of this school; empty for any.
            back: how many later ones to pass over.

        Raises:
            UsageError: when there is none.
        """
        pattern = f"{profile or '*'}-{school or '*'}-*.json"
        return self._load(self._latest(sha256, "assessments", pattern, back), Assessment)

    def resolve(self, name: str) -> str:
        """Give the SHA-256 of a stored sample named by a prefix of at least six digits.

        Raises:
            UsageError: when no sample or more than one answers.
        """
        wanted = name.lower()
        found = [sha for sha in self.samples() if len(wanted) >= 6 and sha.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        code = "usage.ambiguous_sample" if found else "usage.unknown_sample"
        raise UsageError(code, name=name, count=len(found))

    def samples(self) -> Iterator[str]:
        """Give the SHA-256 of every stored sample, sorted."""
        if self.root.is_dir():
            yield from sorted(p.name for p in self.root.iterdir() if _SHA256.fullmatch(p.name))

    def _latest(self, sha256: str, folder: str, pattern: str, back: int = 0) -> Path:
        paths = sorted(
            (self.root / sha256 / folder).glob(pattern),
            key=lambda path: (path.stat().st_mtime_ns, path.name),
        )
        if len(paths) <= back:
            raise UsageError("usage.nothing_stored", sample=sha256[:12])
        return paths[-1 - back]

    def _load(self, path: Path, model: type[_M]) -> _M:
        try:
            if path.stat().st_size > _MAX_DOCUMENT:
                raise EnvironmentProblem("environment.damaged", place=str(path), reason="size")
            return msgspec.json.decode(path.read_bytes(), type=model)
        except OSError as error:
            raise explain_os_error(error, str(path)) from error
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise EnvironmentProblem(
                "environment.damaged", place=str(path), reason=str(error)
            ) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Write a whole file or none.

    Raises:
        EnvironmentProblem: when the disk is full or the folder does not take it.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    made: list[Path] = []
    try:
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                made.append(folder)
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise explain_os_error(error, str(path.parent)) from error
        raise
