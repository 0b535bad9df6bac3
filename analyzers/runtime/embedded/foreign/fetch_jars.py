"""Runs inside the runtime environment: fetches jars by coordinates with the Maven client there.

Reads a JSON list of ``[group, artifact, version]`` from standard input, writes one JSON line per
jar, ``["group:artifact", path]``. The argument is the directory of the client's cache.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jgo.maven import MavenContext, PythonResolver  # type: ignore[import-not-found]


def run_fetch() -> None:
    """Fetch every jar of the list, one after the other."""
    context = MavenContext(
        resolver=PythonResolver(), repo_cache=Path(sys.argv[1]), local_repos=[], timeout=120
    )
    for group, artifact, version in json.load(sys.stdin):
        path = context.project(group, artifact).at_version(version).artifact().resolve()
        sys.stdout.write(json.dumps([f"{group}:{artifact}", str(path)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run_fetch()
