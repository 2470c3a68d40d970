"""What is asked of the database for a strategy: features, their ranks and scores."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Rival
from app.plans.position import FEATURES, US, Feature, Ranks, Scores, features_from
from app.plans.thinking_models import FeatureRank, FeatureScore
from app.stakeholders.models import Stakeholder
from app.stakeholders.rules import Role, Value
from app.users.queries import find_setting


@dataclass(frozen=True, slots=True)
class FeatureMarks:
    """A plan's ranks by role and scores by supplier; we come first."""

    ranks: Ranks
    scores: Scores


def features_of(session: Session) -> tuple[Feature, ...]:
    """The company's list of features."""
    return features_from(find_setting(session, FEATURES))


def feature_marks(session: Session, plan_id: int) -> FeatureMarks:
    """How features rank and score in a plan; rivals taken away do not count."""
    ranks: dict[Role, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(FeatureRank.role, FeatureRank.feature, FeatureRank.place)
        .where(FeatureRank.plan_id == plan_id)
        .order_by(FeatureRank.id)
    )
    for row in rows:
        ranks[Role(row.role)][row.feature] = row.place
    scores: dict[int | None, dict[str, int]] = {US: {}}
    here = FeatureScore.rival_id.is_(None) | Rival.archived_at.is_(None)
    rows = session.execute(
        select(FeatureScore.rival_id, FeatureScore.feature, FeatureScore.score)
        .outerjoin(Rival, Rival.id == FeatureScore.rival_id)
        .where(FeatureScore.plan_id == plan_id, here)
        .order_by(FeatureScore.id)
    )
    for row in rows:
        scores.setdefault(row.rival_id, {})[row.feature] = row.score
    return FeatureMarks(dict(ranks), scores)


def values_counted(session: Session, account_id: int) -> list[tuple[Value, int]]:
    """What people at an account are known to look for, and how many look for it, most first."""
    here = (
        Stakeholder.account_id == account_id,
        Stakeholder.archived_at.is_(None),
        Stakeholder.left_on.is_(None),
    )
    counts: dict[Value, int] = defaultdict(int)
    for listed in session.scalars(select(Stakeholder.values).where(*here)):
        for value in listed or ():
            counts[Value(value)] += 1
    return sorted(counts.items(), key=lambda one: -one[1])
