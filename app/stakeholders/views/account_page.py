"""What an account's own page shows of its people; it stands below and cannot ask for it itself."""

from __future__ import annotations

from app import db
from app.accounts.models import Account
from app.accounts.rules import RelationshipStage
from app.stakeholders.contact_queries import contact_facts
from app.stakeholders.our_queries import trade_fact
from app.stakeholders.relationship_stage import StageReading, relationship_stage
from app.stakeholders.views.blueprint import stakeholders
from app.web import today


@stakeholders.app_template_global()
def relationship_told(account: Account) -> StageReading:
    """The stage that the contacts amount to today, with its evidence."""
    session = db.session()
    is_ending = account.relationship_stage == RelationshipStage.UNCOUPLED
    trade = trade_fact(session, account.id, is_ending=is_ending)
    return relationship_stage(contact_facts(session, account.id, today()), trade)
