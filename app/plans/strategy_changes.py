"""What happens to a strategy: features are ranked and scored, the position is chosen."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.plans.position import Ranks, Scores
from app.plans.thinking_models import FeatureRank, FeatureScore


def rank_features(session: Session, plan_id: int, ranks: Ranks, scores: Scores) -> None:
    """Keep a plan's ranks and scores in place of those before."""
    for model in (FeatureRank, FeatureScore):
        session.execute(delete(model).where(model.plan_id == plan_id))
    session.add_all(
        FeatureRank(plan_id=plan_id, role=role, feature=feature, place=place)
        for role, placed in ranks.items()
        for feature, place in placed.items()
    )
    session.add_all(
        FeatureScore(plan_id=plan_id, rival_id=who, feature=feature, score=score)
        for who, given in scores.items()
        for feature, score in given.items()
    )
    session.flush()
