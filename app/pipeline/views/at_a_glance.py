"""A deal's overview: gathered here, shown by the pages that end on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, can, visible
from app.accounts.models import Account
from app.pipeline.approval_queries import approvals_of
from app.pipeline.board_queries import stage_norms
from app.pipeline.choice_queries import LineRow, lines_of, product_choices, user_name
from app.pipeline.deal_forms import BuyerForm
from app.pipeline.deal_queries import (
    answers_in,
    buyer_in,
    factors_of,
    persistence_of,
    readings_of,
    ticks_of,
)
from app.pipeline.forms import LineForm
from app.pipeline.mirroring import disagreement
from app.pipeline.models import Opportunity
from app.pipeline.noticing import Situation, notices, slippage
from app.pipeline.qualifying import Question, grade_of
from app.pipeline.queries import moves_of, terms_of
from app.pipeline.rules import GUIDES, LIVE, Grade, Outcome, Stage
from app.pipeline.views.blueprint import stage_rules, standing_of
from app.pipeline.views.lessons import lessons_known
from app.pipeline.views.page import deal_page
from app.web import today


@dataclass(frozen=True, slots=True)
class ProductLine:
    """The products of one line in a deal, and what they come to where that is known."""

    name: str
    lines: list[LineRow]
    amount: Decimal | None


def by_product_line(lines: list[LineRow]) -> list[ProductLine]:
    """A deal's products by product line, as their names are ordered."""
    ordered = sorted(lines, key=lambda line: line.series)
    groups = ((name, list(found)) for name, found in groupby(ordered, lambda line: line.series))
    return [ProductLine(name, found, _sum(found)) for name, found in groups]


def _sum(lines: list[LineRow]) -> Decimal | None:
    known = [line.amount for line in lines if line.amount is not None]
    return sum(known, Decimal(0)) if known else None


def overview_page(
    deal: Opportunity, account: Account, form: LineForm, status: int = 200
) -> ResponseReturnValue:
    """The deal at a glance, with the form that adds a product."""
    session = db.session()
    form.product_id.choices = product_choices(session) if can(EDIT) else []
    lines, moves = lines_of(session, deal.id), moves_of(session, deal.id)
    values = {
        "form": form,
        "product_lines": by_product_line(lines),
        "product_sum": _sum(lines),
        "owner": user_name(session, deal.owner_id),
        "slipped": slippage(one.close_on for one in terms_of(session, deal.id)),
        "factors": factors_of(session, deal.id) if deal.outcome == Outcome.LOST else [],
        "approvals": approvals_of(session, deal.id),
        "speaking": lessons_known().speaking(session, deal, visible(), today()),
        "overrides": [move for move in moves if move.is_override],
        "told": moves[-1].evidence or moves[-1].reason if moves else "",
        **(at := _stage_values(deal)),
        **_judged_values(deal, at["days"], at["norm"]),
    }
    return deal_page("show", deal, account, status, **values)


def _stage_values(deal: Opportunity) -> dict[str, Any]:
    session, rules, stage = db.session(), stage_rules(), Stage(deal.stage)
    return {
        "rules": rules,
        "rule": rules.of(stage),
        "guide": GUIDES[stage],
        "guides": GUIDES,
        "ticks": ticks_of(session, deal.id),
        "days": (today() - deal.stage_since).days,
        "norm": stage_norms(session, rules=rules).get(stage),
    }


def _judged_values(deal: Opportunity, days: int, norm: int | None) -> dict[str, Any]:
    session, on, at = db.session(), today(), standing_of(deal)
    readings = readings_of(session, deal.id)
    answers, buyer = answers_in(readings), buyer_in(readings)
    theirs = Stage(buyer.value) if buyer else None
    grade, asked = grade_of(answers), persistence_of(session, deal.id, on)
    now = Situation(
        at=at,
        buyer=theirs,
        days=days,
        norm=norm,
        close_on=deal.close_on,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        persistence=asked,
        given=Grade(deal.grade) if deal.grade else None,
        read=grade,
    )
    return {
        "questions": list(Question),
        "answers": answers,
        "grade": grade,
        "buyer": buyer,
        "theirs": theirs,
        "apart": disagreement(at.stage, theirs) if deal.outcome in LIVE else None,
        "buyer_form": BuyerForm(formdata=None, stage=theirs),
        "persistence": asked,
        "notices": notices(now, on),
    }
