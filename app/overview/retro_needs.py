"""Lost deals that somebody should look back on, asked for once while memory is fresh."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.overview.asker import MOST, Asker, Asking
from app.overview.needs import Kind, Need
from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.retrospectives.models import Retrospective
from app.retrospectives.rules import Kind as Looks
from app.vocabulary import N_, because

FRESH = timedelta(hours=48)
"""Two days after a loss nobody is reminded any more."""
LOOK_BACK = N_("Lost on %(day)s. Look back within two days, while memory is fresh.")


def retrospectives_due(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Retrospectives of losses of the last two days that nobody has begun."""
    for row in asker.rows(session, _waiting, on, fresh=asker.now - FRESH):
        reason = because(LOOK_BACK, day=row.closed_on)
        here = (row.id, row.account_id, row.account, row.deal)
        yield Need(Kind.RETROSPECTIVE, *here, reason, 1.5, row.user_id)


def _waiting(asker: Asking) -> Query:
    retro = Retrospective
    return (
        select(
            retro.id,
            retro.account_id,
            retro.user_id,
            Opportunity.name.label("deal"),
            Opportunity.closed_on,
            Account.name.label("account"),
        )
        .join(Opportunity, Opportunity.id == retro.opportunity_id)
        .outerjoin(Account, Account.id == retro.account_id)
        .where(
            retro.made_at >= bindparam("fresh"),
            retro.kind == Looks.LOSS,
            retro.begun_at.is_(None),
            retro.archived_at.is_(None),
            Opportunity.outcome == Outcome.LOST,
            Opportunity.archived_at.is_(None),
            asker.owns(retro.user_id),
            asker.sees(retro.account_id),
            asker.awake(Kind.RETROSPECTIVE, retro.id),
        )
        .order_by(retro.made_at, retro.id)
        .limit(MOST)
    )
