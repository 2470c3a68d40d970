"""The blueprint of the lessons, and the doors to one."""

from __future__ import annotations

from flask import Blueprint, abort

from app import db
from app.access import READ, account_or_404
from app.accounts.models import Account
from app.lessons.models import Lesson
from app.lessons.queries import find_lesson
from app.pipeline.models import Opportunity
from app.pipeline.queries import find_opportunity
from app.users.rules import Level

lessons = Blueprint("lessons", __name__)


def lesson_or_404(lesson_id: int, to: Level = READ) -> tuple[Lesson, Account]:
    """A lesson and its account, for someone who may go as far as ``to``; put away, only to read."""
    lesson = find_lesson(db.session(), lesson_id)
    if lesson is None:
        abort(404)
    account = account_or_404(lesson.account_id, to)
    if to > READ and lesson.archived_at is not None:
        abort(404)
    return lesson, account


def deal_or_404(opportunity_id: int, to: Level = READ) -> tuple[Opportunity, Account]:
    """A deal and its account, for someone who may go as far as ``to``."""
    deal = find_opportunity(db.session(), opportunity_id)
    if deal is None or deal.archived_at is not None:
        abort(404)
    return deal, account_or_404(deal.account_id, to)


def deal_of(lesson: Lesson) -> Opportunity:
    """The deal that taught a lesson."""
    deal = find_opportunity(db.session(), lesson.opportunity_id)
    assert deal is not None
    return deal
