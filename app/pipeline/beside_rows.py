"""What is kept beside deals as rows for a file: answers, criteria, competitors and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.deal_models import (
    Approval,
    ChecklistTick,
    Contender,
    DealCriterion,
    DealNote,
    DealReading,
    LossFactor,
)
from app.pipeline.losing import Factor
from app.pipeline.mirroring import BUYER
from app.pipeline.models import Opportunity, OpportunityLine, Terms
from app.pipeline.noting import Favours, NoteKind, Position
from app.pipeline.qualifying import Answer, Question
from app.pipeline.rules import Stage
from app.pipeline.stage_rules import Subject
from app.pipeline.standing_queries import DealWish, deals_on
from app.records.models import Product
from app.stakeholders.models import Stakeholder
from app.users.models import User
from app.vocabulary import N_, Term


class Beside(Term):
    """What is kept beside deals and goes out as a file of its own."""

    ANSWERS = "answers", N_("Answers to the five questions")
    BUYER = "buyer", N_("Where the buyer was")
    CRITERIA = "criteria", N_("Criteria")
    CONTENDERS = "contenders", N_("Competitors")
    NOTES = "notes", N_("Notes and noes")
    PRODUCTS = "products", N_("Products")
    TERMS = "terms", N_("What was expected when")
    CHECKLISTS = "checklists", N_("Checklists")
    APPROVALS = "approvals", N_("Approvals")
    LOSSES = "losses", N_("Why deals were lost")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's columns after account and deal; ``terms`` are those with words of a closed list."""

    head: tuple[str, ...]
    query: Select[Any]
    terms: Mapping[int, type[Term]] = field(default_factory=dict)


def rows_beside(
    session: Session, seen: Seen, wish: DealWish, what: Beside, deal_id: int | None = None
) -> Iterator[list[Any]]:
    """What is kept beside the deals that fit a wish, or beside one of them, deal by deal."""
    sheet = SHEETS[what]
    wished = deals_on(seen, wish).c
    ids = select(wished.id) if deal_id is None else select(wished.id).where(wished.id == deal_id)
    for account, deal, *cells in session.execute(sheet.query.where(Opportunity.id.in_(ids))):
        yield [account, deal, *(_meant(sheet, place, one) for place, one in enumerate(cells))]


def _meant(sheet: Sheet, place: int, value: Any) -> Any:
    return sheet.terms[place](value) if value and place in sheet.terms else value


def _of(model: Any, *columns: Any, by: Any = None) -> Select[Any]:
    """Rows beside deals with their account's and their deal's names; ``by`` names one of us."""
    who = () if by is None else (User.name,)
    query = (
        select(Account.name, Opportunity.name, *columns, *who)
        .select_from(model)
        .join(Opportunity, Opportunity.id == model.opportunity_id)
        .join(Account, Account.id == Opportunity.account_id)
        .order_by(Opportunity.id, *model.__table__.primary_key.columns)
    )
    return query if by is None else query.outerjoin(User, User.id == by)


DATED = (DealReading.evidence, DealReading.on)
SHEETS: dict[Beside, Sheet] = {
    Beside.ANSWERS: Sheet(
        (N_("Question"), N_("Answer"), N_("Evidence"), N_("Day"), N_("Who")),
        _of(DealReading, DealReading.subject, DealReading.value, *DATED, by=DealReading.user_id)
        .where(DealReading.subject != BUYER),
        {0: Question, 1: Answer},
    ),
    Beside.BUYER: Sheet(
        (N_("Stage"), N_("Evidence"), N_("Day"), N_("Who")),
        _of(DealReading, DealReading.value, *DATED, by=DealReading.user_id)
        .where(DealReading.subject == BUYER),
        {0: Stage},
    ),
    Beside.CRITERIA: Sheet(
        (N_("Rank"), N_("Criterion"), N_("Set by"), N_("Set on"), N_("Works")),
        _of(DealCriterion, DealCriterion.rank, DealCriterion.words, Stakeholder.name,
            DealCriterion.set_on, DealCriterion.favours)
        .outerjoin(Stakeholder, Stakeholder.id == DealCriterion.stakeholder_id),
        {4: Favours},
    ),
    Beside.CONTENDERS: Sheet(
        (N_("Competitor"), N_("Position"), N_("Their price"), N_("Our price"), N_("Currency"),
         N_("Strengths"), N_("Weaknesses")),
        _of(Contender, Contender.name, Contender.position, Contender.price, Opportunity.amount,
            Opportunity.currency, Contender.strengths, Contender.weaknesses)
        .where(Contender.archived_at.is_(None)),
        {1: Position},
    ),
    Beside.NOTES: Sheet(
        (N_("Kind"), N_("Day"), N_("Note"), N_("Ask again on"), N_("Who")),
        _of(DealNote, DealNote.kind, DealNote.on, DealNote.words, DealNote.ask_again_on,
            by=DealNote.user_id),
        {0: NoteKind},
    ),
    Beside.PRODUCTS: Sheet(
        (N_("Product"), N_("Product line"), N_("Quantity"), N_("Amount"), N_("Currency")),
        _of(OpportunityLine, Product.name, Product.series, OpportunityLine.quantity,
            OpportunityLine.amount, Opportunity.currency)
        .outerjoin(Product, Product.id == OpportunityLine.product_id),
    ),
    Beside.TERMS: Sheet(
        (N_("From"), N_("Amount"), N_("Currency"), N_("Closes on"), N_("Probability"), N_("Who")),
        _of(Terms, Terms.on, Terms.amount, Opportunity.currency, Terms.close_on,
            Terms.probability, by=Terms.user_id),
    ),
    Beside.CHECKLISTS: Sheet(
        (N_("Stage"), N_("Point"), N_("Day"), N_("Evidence"), N_("Who")),
        _of(ChecklistTick, ChecklistTick.stage, ChecklistTick.item, ChecklistTick.on,
            ChecklistTick.evidence, by=ChecklistTick.user_id),
        {0: Stage},
    ),
    Beside.APPROVALS: Sheet(
        (N_("Subject"), N_("Asked on"), N_("Request"), N_("Granted"), N_("Answer"),
         N_("Answered on"), N_("Who decides")),
        _of(Approval, Approval.subject, Approval.asked_at, Approval.words, Approval.is_granted,
            Approval.answer, Approval.answered_at, by=Approval.approver_id),
        {0: Subject},
    ),
    Beside.LOSSES: Sheet(
        (N_("Lost on"), N_("Cause"), N_("Competitor"), N_("Price gap"), N_("In words")),
        _of(LossFactor, Opportunity.closed_on, LossFactor.factor, Opportunity.competitor,
            Opportunity.price_gap, Opportunity.loss_reason),
        {1: Factor},
    ),
}  # fmt: skip
"""What each file holds, in the order of its deals."""
