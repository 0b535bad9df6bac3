"""The one error of the rule library."""

from __future__ import annotations


class ProfileError(ValueError):
    """Rule files that cannot be used; carries every problem with its file and item."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
