"""The one error of the bytecode engine; it leaves the reader only when a file is hopeless."""

from __future__ import annotations


class DexError(ValueError):
    """A dex file that cannot be read at all; ``code`` and ``params`` name the reason.

    Codes are limitation codes (``dex.damaged``, ``dex.container``, ``dex.compact`` …), so
    that the caller can turn the error into a limitation unchanged.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(f"{code}: {params}")
        self.code = code
        self.params = params
