"""What a reader says when bytes are not what they claim to be.

FormatError                 the bytes cannot be read as the named structure
└── UnreadableError         no device could read the package; the scan of this input ends
"""

from __future__ import annotations


class FormatError(ValueError):
    """Bytes cannot be read as the structure they claim to be."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        """Names the reason, for example ``axml.truncated``."""
        self.params = params
        """Plain values that the sentence for ``code`` may name."""

    def __str__(self) -> str:
        params = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({params})" if params else self.code


class UnreadableError(FormatError):
    """The package is something that no device could read."""
