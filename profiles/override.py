"""Puts reviewers' decisions beside the program's outcomes and proposes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from profiles.conclude import conclude

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from profiles.model import Assessment, Override
    from profiles.rules import Profile


def apply_overrides(
    assessment: Assessment, overrides: Sequence[Override], profile: Profile, *, on: date
) -> Assessment:
    """Attach to each line the last decision in force on a day.

    The program's outcome and the counts stay as they are; the proposal is made from the outcomes
    that stand. A decision whose last day lies before ``on`` does not count any more.
    """
    in_force = {
        one.item: one for one in overrides if not one.expires or one.expires >= on.isoformat()
    }
    if not in_force:
        return assessment
    verdicts = tuple(
        msgspec.structs.replace(verdict, override=in_force.get(verdict.item))
        for verdict in assessment.verdicts
    )
    return msgspec.structs.replace(
        assessment, verdicts=verdicts, conclusion=conclude(profile.conclusion, verdicts)
    )
