"""What happens beside a deal: points ticked, answers given, notes taken, files handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.pipeline.changes import Act
from app.pipeline.deal_models import (
    ChecklistTick,
    DealCriterion,
    DealFile,
    DealNote,
    DealReading,
    LossFactor,
)
from app.pipeline.losing import Factor
from app.pipeline.mirroring import BUYER
from app.pipeline.models import Opportunity
from app.pipeline.noting import NoteKind
from app.pipeline.qualifying import Answer, Question
from app.pipeline.rules import Stage


def _of(deal: Opportunity) -> dict[str, int]:
    return {"account_id": deal.account_id, "opportunity_id": deal.id}


def set_tick(
    session: Session, deal: Opportunity, stage: Stage, item: str, act: Act, *, done: bool
) -> None:
    """Tick a point of a checklist, or take the tick away; the history keeps both."""
    kept = session.scalar(
        select(ChecklistTick).where(
            ChecklistTick.opportunity_id == deal.id,
            ChecklistTick.stage == stage,
            ChecklistTick.item == item,
        )
    )
    if kept is not None and not done:
        session.delete(kept)
    elif kept is not None:
        kept.evidence = act.evidence or kept.evidence
    elif done:
        values = {"on": act.on, "evidence": act.evidence, "user_id": act.user_id}
        session.add(ChecklistTick(**_of(deal), stage=stage, item=item, **values))


def answer(
    session: Session, deal: Opportunity, question: Question, said: Answer | None, act: Act
) -> None:
    """Append what is thought of a question from a day on; None takes the answer back."""
    _read(session, deal, question, said or "", act)


def place_buyer(session: Session, deal: Opportunity, stage: Stage | None, act: Act) -> None:
    """Append where the buyer is seen to be; None: we do not know."""
    _read(session, deal, BUYER, stage or "", act)
    deal.buyer_stage = stage


def _read(session: Session, deal: Opportunity, subject: str, value: str, act: Act) -> None:
    said = {"evidence": act.evidence, "on": act.on, "user_id": act.user_id, "at": act.at}
    session.add(DealReading(**_of(deal), subject=subject, value=value, **said))


def add_note(
    session: Session, deal: Opportunity, kind: NoteKind, act: Act, *, again_on: date | None = None
) -> DealNote:
    """Keep what was said of a deal."""
    said = {"on": act.on, "words": act.evidence, "user_id": act.user_id, "at": act.at}
    note = DealNote(**_of(deal), kind=kind, ask_again_on=again_on, **said)
    session.add(note)
    return note


def add_criterion(session: Session, deal: Opportunity, words: str, **more: object) -> DealCriterion:
    """Add what a deal is decided by, as the last in rank."""
    last = select(func.max(DealCriterion.rank)).where(DealCriterion.opportunity_id == deal.id)
    rank = (session.scalar(last) or 0) + 1
    criterion = DealCriterion(**_of(deal), rank=rank, words=words, **more)
    session.add(criterion)
    return criterion


def raise_criterion(session: Session, criterion: DealCriterion) -> None:
    """Let a criterion change places with the one above it."""
    above = session.scalar(
        select(DealCriterion)
        .where(
            DealCriterion.opportunity_id == criterion.opportunity_id,
            DealCriterion.rank < criterion.rank,
        )
        .order_by(DealCriterion.rank.desc(), DealCriterion.id.desc())
        .limit(1)
    )
    if above is not None:
        above.rank, criterion.rank = criterion.rank, above.rank


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was found to be."""

    name: str
    kind: str
    content: bytes


def keep_file(session: Session, deal: Opportunity, file: NewFile, act: Act) -> DealFile:
    """Keep a file with a deal."""
    kept = DealFile(
        **_of(deal),
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        content=file.content,
        user_id=act.user_id,
        at=act.at,
    )
    session.add(kept)
    return kept


def set_factors(session: Session, deal: Opportunity, factors: Iterable[Factor]) -> None:
    """Put these reasons of a loss in place of any before."""
    session.execute(delete(LossFactor).where(LossFactor.opportunity_id == deal.id))
    session.add_all(LossFactor(**_of(deal), factor=factor) for factor in set(factors))
