"""Where two of ours judge a person differently: both are kept, and the difference shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.stakeholders.person_facts import JudgementRow

WITHIN = timedelta(days=180)
"""Older views are history, not a difference of opinion: the half-life of a reading."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The newest view of each judge, where they differ; newest first."""

    views: tuple[JudgementRow, ...]

    @property
    def spread(self) -> int:
        """Steps between the most and the least friendly view, 1…4."""
        stands = [one.support for one in self.views if one.support is not None]
        return max(stands) - min(stands)


def disagreement(judged: Sequence[JudgementRow], on: date) -> Disagreement | None:
    """How today's judges differ on support, or None; ``judged`` newest first.

    A view counts for 180 days. A value agreed in the team settles all before it.
    """
    latest: dict[str, JudgementRow] = {}
    for one in judged:
        if one.support is None or one.opportunity_id is not None or one.on > on:
            continue
        if one.on < on - WITHIN:
            continue
        latest.setdefault(one.author, one)
        if one.is_agreed:
            break
    views = tuple(latest.values())
    stands = {one.support for one in views}
    return Disagreement(views) if len(stands) > 1 else None
