"""What is learnt about an account: answers to the tests, scores of the factors."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import FactorScore, KeyTestAnswer
from app.accounts.rules import KeyTest


def answer_test(
    session: Session,
    account_id: int,
    test: KeyTest,
    *,
    is_yes: bool | None,
    evidence: str,
    on: date,
) -> None:
    """Answer one of the twelve tests; None makes it unknown again."""
    row = session.scalar(
        select(KeyTestAnswer).where(
            KeyTestAnswer.account_id == account_id, KeyTestAnswer.test == test
        )
    )
    if is_yes is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = KeyTestAnswer(account_id=account_id, test=test, is_yes=is_yes, evidence="", on=on)
        session.add(row)
    if (row.is_yes, row.evidence) != (is_yes, evidence):
        row.is_yes, row.evidence, row.on = is_yes, evidence, on


def score_factor(
    session: Session, account_id: int, factor: str, *, score: int | None, note: str, on: date
) -> None:
    """Score an account on a factor; None makes it unscored again."""
    row = session.scalar(
        select(FactorScore).where(
            FactorScore.account_id == account_id, FactorScore.factor == factor
        )
    )
    if score is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = FactorScore(account_id=account_id, factor=factor, score=score, note="", on=on)
        session.add(row)
    if (row.score, row.note) != (score, note):
        row.score, row.note, row.on = score, note, on
