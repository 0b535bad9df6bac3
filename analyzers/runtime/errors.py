"""What can go wrong around a run, as one small family.

RuntimeProblem            the run cannot take place or broke off
├── InstallError          the runtime environment could not be made or is damaged
├── ConversionError       the code of the app could not be turned into classes
├── SandboxError          the kernel's protection could not be set up
└── DriverError           the driver process did not answer or died
"""

from __future__ import annotations


class RuntimeProblem(Exception):
    """A run cannot take place or broke off; ``code`` names the sentence for people."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(f"{code}: {reason}" if reason else code)
        self.code = code
        self.reason = reason


class InstallError(RuntimeProblem):
    """The runtime environment could not be made, or what is there is damaged."""


class ConversionError(RuntimeProblem):
    """The code of the app could not be turned into classes."""


class SandboxError(RuntimeProblem):
    """The kernel's protection could not be set up, so nothing may run."""


class DriverError(RuntimeProblem):
    """The driver process did not answer in time or died."""
