"""A plan's words as a document: the brief of a page, the whole, and what a customer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import get_locale

from app import db
from app.accounts.models import Account
from app.plans.change_report import by_topic
from app.plans.control import MOST
from app.plans.control_queries import watched
from app.plans.goal_queries import GoalReport, goal_rows, reports
from app.plans.health import Health
from app.plans.health_queries import health_of
from app.plans.models import AccountPlan, Action, Goal
from app.plans.out.document import Document, Section, Table
from app.plans.queries import ActionRow, action_rows, phase_rows
from app.plans.questions import Asked
from app.plans.review_queries import review_rows
from app.plans.rules import Phase, PlanStatus, Stance
from app.plans.thinking import askings
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, insight_rows
from app.plans.views.blueprint import asks
from app.plans.views.changed import change_lines
from app.plans.views.printed_work import actions_section, goals_section, judged_section
from app.records.feedback import Voice
from app.records.feedback_queries import FeedbackRow, feedback_rows
from app.vocabulary import N_, Term
from app.web import _, day, label, number, percent, today, why

BRIEF_ROWS = 8


class Kind(Term):
    """Which document is wanted."""

    BRIEF = "brief", N_("Brief of the plan")
    FULL = "full", N_("Whole plan")
    SAFE = "customer", N_("Plan for the customer")


def document(plan: AccountPlan, account: Account, kind: Kind) -> Document:
    """The document of a plan in the reader's language."""
    sections = {Kind.BRIEF: _brief, Kind.FULL: _full, Kind.SAFE: _safe}[kind](plan, account)
    about = _("%(since)s – %(until)s", since=day(plan.starts_on), until=day(plan.ends_on))
    return Document(
        title=_("%(account)s – plan %(plan)s", account=account.name, plan=plan.title),
        about=about,
        language=get_locale().language,
        footer=_("%(account)s · as of %(day)s", account=account.name, day=day(today())),
        sections=tuple(one for one in sections if not _is_empty(one)),
    )


def _is_empty(section: Section) -> bool:
    has_rows = section.table is not None and bool(section.table.rows)
    return not (section.paragraphs or section.bullets or section.picture or has_rows)


def _goals_of(plan: AccountPlan, *wanted: Any) -> list[GoalReport]:
    session = db.session()
    return reports(session, goal_rows(session, Goal.plan_id == plan.id, *wanted), today())


def _actions_of(plan: AccountPlan, *wanted: Any) -> list[ActionRow]:
    return action_rows(db.session(), Action.plan_id == plan.id, *wanted)


def _brief(plan: AccountPlan, account: Account) -> Iterable[Section]:
    """One page: where we stand, the goals, what is next, what the last review decided."""
    open_ones = [one for one in _actions_of(plan) if one.done_on is None]
    yield _glance(plan, account)
    yield goals_section(_goals_of(plan)[:BRIEF_ROWS], letters=False, drawn=False)
    yield actions_section(open_ones[:BRIEF_ROWS], account.currency, drawn=False)
    yield _decided(plan)


def _full(plan: AccountPlan, account: Account) -> Iterable[Section]:
    session = db.session()
    health = health_of(session, account.id, today())
    goals, actions = _goals_of(plan), _actions_of(plan)
    asked = asked_of(session, account.industry)
    yield _glance(plan, account, health)
    yield from (_phase(plan, one, asked[one]) for one in (Phase.DIAGNOSE, Phase.FORECAST))
    yield goals_section(goals)
    yield judged_section(goals)
    yield _phase(plan, Phase.STRATEGY, asked[Phase.STRATEGY])
    yield actions_section(actions, account.currency)
    yield _control(plan)
    yield _health(health)
    yield _feedback(feedback_rows(session, account.id, plan.starts_on))
    yield _decided(plan)
    yield from _changed(plan)


def _safe(plan: AccountPlan, account: Account) -> Iterable[Section]:
    """What is marked as shared: goals, actions, their feedback with our answers; no more."""
    yield goals_section(_goals_of(plan, Goal.is_shared.is_(True)), letters=False, owners=False)
    yield actions_section(
        _actions_of(plan, Action.is_shared.is_(True)), account.currency, safe=True
    )
    theirs = [
        row
        for row in feedback_rows(db.session(), account.id, plan.starts_on)
        if row.is_shared and row.voice is Voice.CUSTOMER and row.answered_on is not None
    ]
    rows = tuple((row.words, row.answer, day(row.answered_on)) for row in theirs)
    heads = (_("What you told us"), _("What became of it"), _("Told on"))
    yield Section(_("Your feedback"), table=Table(heads, rows))


def _glance(plan: AccountPlan, account: Account, health: Health | None = None) -> Section:
    health = health or health_of(db.session(), account.id, today())
    stance = label(Stance(plan.stance)) if plan.stance else _("not chosen")
    figure = _("unknown") if health.value is None else f"{health.value} ({label(health.condition)})"
    bullets = [
        _("Aim: %(aim)s", aim=stance),
        _("State: %(state)s", state=label(PlanStatus(plan.status))),
        _("Health of the account: %(figure)s", figure=figure),
    ]
    if plan.position:
        bullets.append(_("The position to own: %(words)s", words=plan.position))
    return Section(_("At a glance"), bullets=tuple(bullets))


def _phase(plan: AccountPlan, phase: Phase, asked: Asked) -> Section:
    """What a phase says: its text, its statements, its questions; unanswered ones stand open."""
    session = db.session()
    text = phase_rows(session, plan.id).get(phase)
    answers = answer_rows(session, PlanAnswer.plan_id == plan.id, PlanAnswer.phase == phase)
    rows = tuple(
        (
            asks(one.question),
            one.answer.words if one.answer else _("not answered"),
            one.answer.source if one.answer else "",
        )
        for one in askings(asked, answers)
    )
    statements = tuple(
        f"{label(one.kind)}: {one.words}" for one in insight_rows(session, plan.id, phase)
    )
    heads = (_("Question"), _("Answer"), _("Source"))
    paragraphs = (text.body,) if text and text.body else ()
    return Section(label(phase), paragraphs, statements, Table(heads, rows))


def _control(plan: AccountPlan) -> Section:
    rows = tuple(
        (
            label(one.row.measure),
            "?" if one.value is None else number(one.value, 1),
            f"{'≤' if one.row.measure in MOST else '≥'} {number(one.row.limit, 1)}",
            label(one.signal),
        )
        for one in watched(db.session(), plan, today())
    )
    heads = (_("Measure"), _("Now"), _("Limit"), _("Says"))
    return Section(_("Control"), table=Table(heads, rows, frozenset({1, 2})))


def _health(health: Health) -> Section:
    rows = tuple(
        (
            label(one.part),
            str(one.weight),
            "?" if one.value is None else percent(one.value),
            why(one.reason),
        )
        for one in health.parts
    )
    heads = (_("Part of the health"), _("Weight"), _("Reached"), _("Why"))
    return Section(_("Health of the account"), table=Table(heads, rows, frozenset({1, 2})))


def _feedback(rows: Sequence[FeedbackRow]) -> Section:
    on = today()
    found = tuple(
        (
            row.words,
            row.speaker or label(row.voice),
            day(row.on),
            label(row.standing(on).state),
            row.answer,
        )
        for row in rows
    )
    heads = (_("What was said"), _("Who"), _("Heard on"), _("Stands"), _("Answer"))
    return Section(_("Feedback"), table=Table(heads, found))


def _decided(plan: AccountPlan) -> Section:
    last = next(iter(review_rows(db.session(), plan.id)), None)
    if last is None:
        return Section(_("Last review"))
    bullets = list(last.decisions)
    if last.next_on is not None:
        bullets.append(_("Next review: %(day)s", day=day(last.next_on)))
    return Section(_("Last review, %(day)s", day=day(last.on)), bullets=tuple(bullets))


def _changed(plan: AccountPlan) -> Iterable[Section]:
    """What changed since the last review, or since the plan began."""
    last = next(iter(review_rows(db.session(), plan.id)), None)
    since = last.on if last is not None else plan.starts_on
    if since >= today():
        return
    lines = change_lines(plan.account_id, since, today())
    rows = tuple(
        (label(topic), why(reason)) for topic, reasons in by_topic(lines) for reason in reasons
    )
    title = _("What changed since %(day)s", day=day(since))
    yield Section(title, table=Table((_("Topic"), _("Change")), rows))
