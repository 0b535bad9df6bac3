"""The runtime environment, installed once for the tests that run a JVM."""

from __future__ import annotations

import pytest

from analyzers.runtime.availability import availability
from analyzers.runtime.embedded.install import run_install
from analyzers.runtime.errors import InstallError


@pytest.fixture(scope="session")
def installed() -> None:
    """Have the environment, or skip with the reason why it cannot be had."""
    stopping = [
        problem.code for problem in availability() if problem.code != "runtime.not_installed"
    ]
    if stopping:
        pytest.skip(f"no run here: {', '.join(stopping)}")
    try:
        run_install(lambda step, share: None)
    except InstallError as error:
        pytest.skip(f"the runtime environment cannot be had: {error.code}")
