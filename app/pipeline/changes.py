"""What happens to deals: opened, moved, closed, reopened, their terms changed.

Each appends what happened and keeps the deal's own columns in step. Whether it may happen is
asked of app/pipeline/moving.py beforehand; a past told by an import is taken as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.moving import Standing, outcome_in, reopened
from app.pipeline.rules import LIVE, Outcome, Stage


@dataclass(frozen=True, slots=True)
class Act:
    """When something happened, who did it, and what they said of it."""

    on: date
    at: datetime
    user_id: int | None = None
    evidence: str = ""
    reason: str = ""
    is_override: bool = False


@dataclass(frozen=True, slots=True)
class NewTerms:
    """What is expected of a deal."""

    amount: Decimal | None = None
    close_on: date | None = None
    probability: Decimal | None = None


def open_opportunity(session: Session, deal: Opportunity, act: Act) -> Opportunity:
    """Open a deal in its ``stage``, with its first move and terms."""
    stage = Stage(deal.stage)
    deal.outcome, deal.stage_since = outcome_in(stage), act.on
    deal.opened_on, deal.closed_on = act.on, None if stage is not Stage.DELIVERY else act.on
    if not inspect(deal).persistent:
        session.add(deal)
        session.flush()
    session.add(_move(deal, act, from_stage=None, days=None))
    session.add(_terms(deal, act))
    return deal


def move(session: Session, deal: Opportunity, to: Stage, act: Act) -> StageMove:
    """Move a deal to a stage; delivery means it is won."""
    return _append(session, deal, Standing(to, outcome_in(to)), act)


def close(
    session: Session, deal: Opportunity, outcome: Outcome, act: Act, *, competitor: str = ""
) -> StageMove:
    """Win, deliver, lose or withdraw a deal; a lost one remembers why and to whom."""
    stage = Stage.DELIVERY if outcome in {Outcome.WON, Outcome.CLOSED} else Stage(deal.stage)
    appended = _append(session, deal, Standing(stage, outcome), act)
    if outcome in {Outcome.LOST, Outcome.WITHDRAWN}:
        deal.loss_reason = act.reason
        deal.competitor = competitor or deal.competitor
    return appended


def reopen(session: Session, deal: Opportunity, act: Act) -> StageMove:
    """Undo a deal's end: it is open again where it was lost, or back at the table."""
    standing = reopened(Standing(Stage(deal.stage), Outcome(deal.outcome)))
    deal.loss_reason = ""
    return _append(session, deal, standing, act)


def _append(session: Session, deal: Opportunity, to: Standing, act: Act) -> StageMove:
    start, days = deal.stage, max((act.on - deal.stage_since).days, 0)
    _keep_days(deal, to, act.on)
    deal.stage, deal.outcome = to.stage, to.outcome
    appended = _move(deal, act, from_stage=start, days=days)
    session.add(appended)
    return appended


def _keep_days(deal: Opportunity, to: Standing, on: date) -> None:
    """The days a deal repeats of its moves: in this stage since, decided on, delivered on."""
    if to.outcome in LIVE:
        deal.stage_since = on
    if to.outcome is Outcome.OPEN:
        deal.closed_on = None
    elif deal.outcome == Outcome.OPEN:
        deal.closed_on = on
    deal.delivered_on = on if to.outcome is Outcome.CLOSED else None


def _move(deal: Opportunity, act: Act, *, from_stage: str | None, days: int | None) -> StageMove:
    return StageMove(
        account_id=deal.account_id,
        opportunity_id=deal.id,
        on=act.on,
        from_stage=from_stage,
        to_stage=deal.stage,
        outcome=deal.outcome,
        evidence=act.evidence,
        reason=act.reason,
        is_override=act.is_override,
        days=days,
        user_id=act.user_id,
        at=act.at,
    )


def change_terms(session: Session, deal: Opportunity, new: NewTerms, act: Act) -> Terms | None:
    """Append what is now expected of a deal; None when nothing of it is new."""
    if new == NewTerms(deal.amount, deal.close_on, deal.probability):
        return None
    deal.amount, deal.close_on, deal.probability = new.amount, new.close_on, new.probability
    appended = _terms(deal, act)
    session.add(appended)
    return appended


def _terms(deal: Opportunity, act: Act) -> Terms:
    return Terms(
        opportunity_id=deal.id,
        on=act.on,
        amount=deal.amount,
        close_on=deal.close_on,
        probability=deal.probability,
        user_id=act.user_id,
        at=act.at,
    )


def add_line(
    session: Session,
    deal: Opportunity,
    *,
    product_id: int | None,
    quantity: Decimal = Decimal(1),
    amount: Decimal | None = None,
) -> OpportunityLine:
    """Add a product to a deal."""
    line = OpportunityLine(
        account_id=deal.account_id,
        opportunity_id=deal.id,
        product_id=product_id,
        quantity=quantity,
        amount=amount,
    )
    session.add(line)
    return line


def archive(deal: Opportunity, at: datetime) -> None:
    """Put a deal away; nothing of it is lost."""
    deal.archived_at = at


def restore(deal: Opportunity) -> None:
    """Bring a deal back."""
    deal.archived_at = None
