"""The table that tests/test_access.py goes through, kept apart for reading.

Statuses for: ada (owner), ben (reader), cleo (elsewhere), boss (administrator), stranger.
A POST without a body is refused as 422 (or 303 where nothing need be typed) by those let in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Appraisal, Rival, ValueReading
from app.alerts.models import Alert
from app.exchange.models import Batch, Upload
from app.history import Change
from app.lessons.models import Lesson
from app.pipeline.deal_models import (
    Approval,
    Contender,
    DealCriterion,
    DealFile,
    DealNote,
    SavedView,
)
from app.pipeline.models import OpportunityLine
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.plans.models import GoalMilestone, GoalReading
from app.plans.thinking_models import Insight, PlanAnswer, PlanTemplate
from app.records.contract_models import Contract, ContractFile
from app.records.credit_models import Credit, Payment, Receivable
from app.records.support_models import Promotion
from app.records.white_models import WhiteCell
from app.retrospectives.models import (
    RetroDecision,
    RetroInterview,
    RetroMember,
    RetroNote,
    Retrospective,
    RetroWhy,
)
from tests.factories import AT, DAY, Factory

OK, GONE, NO, SEE, BAD = 200, 404, 403, 303, 422
DOOR = 303
SHUT = 401
Status = int | tuple[int, ...]
VIEW = {"page": "board", "name": "Mine", "query": "by=owner"}


@dataclass(frozen=True)
class Row:
    """What an endpoint answers to each of the cast."""

    endpoint: str
    method: str
    ada: Status
    ben: Status
    cleo: Status
    boss: Status
    stranger: Status


@dataclass
class World:
    """One account with one of everything, and the cast."""

    users: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)


def prepare(make: Factory) -> World:
    """The account that Ada owns and Ben reads."""
    users = {
        "ada": make.user("Ada Zhang", "ada@example.com"),
        "ben": make.user("Ben Li", "ben@example.com"),
        "cleo": make.user("Cleo Wu", "cleo@example.com"),
        "boss": make.user("Bao Chen", "boss@example.com", role="administrator"),
    }
    account = make.account(owner=users["ada"], reader=users["ben"])
    values = {
        "account_id": account.id,
        "user_id": users["ada"].id,
        "token": "never-given",
        "sale_id": make.sale(account, "1200").id,
        **account_values(make, account),
        **people_values(make, account, users["ada"]),
        **plan_values(make, account),
        **visit_values(make, account, users["ada"]),
        **deal_values(make, account),
        **record_values(make, account),
        "view_id": make.keep(SavedView(user_id=users["ada"].id, **VIEW)).id,
        **review_values(make, account, users["ada"]),
        **retro_values(make, account, users["ada"]),
        **import_values(make, users["ada"]),
        **alert_values(make, account),
    }
    return World(users, values)


def account_values(make: Factory, account: Any) -> dict[str, Any]:
    """What hangs on the account itself: an appraisal, a reading of value, a competitor."""
    here = {"account_id": account.id}
    rival = make.keep(Rival(**here, name="Rival"))
    value = make.keep(ValueReading(**here, on=DAY, gain=5, cost=3, expected=4))
    return {
        "appraisal_id": make.keep(Appraisal(**here, aspect="credit", judgement=2, on=DAY)).id,
        "value_id": value.id,
        "rival_id": rival.id,
        "change_id": make.find(select(Change.id).where(Change.entity == "rival")),
    }


def record_values(make: Factory, account: Any) -> dict[str, Any]:
    """A contract with a file, an application for credit, an invoice paid in part, a promotion."""
    here = {"account_id": account.id}
    contract = make.keep(Contract(**here, title="Supply 2026"))
    file = {"name": "signed.txt", "kind": "text/plain", "size": 6, "content": b"signed", "at": AT}
    kept = make.keep(ContractFile(**here, **file, contract_id=contract.id))
    invoice = make.keep(Receivable(**here, on=DAY, amount=100))
    payment = make.keep(Payment(**here, receivable_id=invoice.id, on=DAY, amount=40))
    return {
        "book": "contracts",
        "entry_id": contract.id,
        "contract_id": contract.id,
        "contract_file_id": kept.id,
        "part": "goods",
        "credit_id": make.keep(Credit(**here, on=DAY)).id,
        "receivable_id": invoice.id,
        "payment_id": payment.id,
        "promotion_id": make.keep(Promotion(**here, name="Spring", starts_on=DAY, ends_on=DAY)).id,
        "list": "receivables",
    }


def deal_values(make: Factory, account: Any) -> dict[str, Any]:
    """A deal with a product in it."""
    deal = make.opportunity(account)
    product = make.product()
    line = OpportunityLine(account_id=account.id, opportunity_id=deal.id, product_id=product.id)
    lesson = Lesson(account_id=account.id, opportunity_id=deal.id, words="Ask first", at=AT)
    ids = {"opportunity_id": deal.id, "line_id": make.keep(line).id, "product_id": product.id}
    ids |= {"lesson_id": make.keep(lesson).id, "side": "stage", "paper": "xlsx"}
    return ids | _beside(make, {"account_id": account.id, "opportunity_id": deal.id})


def review_values(make: Factory, account: Any, leader: Any) -> dict[str, Any]:
    """A review under way with one deal, and what was taken on there."""
    review = make.keep(Review(user_id=leader.id, since=DAY, on=DAY, opened_at=AT))
    deal = make.opportunity(account)
    here = {"account_id": account.id, "opportunity_id": deal.id, "review_id": review.id}
    make.keep(ReviewItem(place=1, stage="bidding", currency="CNY", **here))
    task = make.keep(ReviewAction(what="Call the director", **here))
    return {"review_id": review.id, "place": 1, "task_id": task.id}


def retro_values(make: Factory, account: Any, leader: Any) -> dict[str, Any]:
    """A retrospective that Ada leads, opened, with a note of hers."""
    deal = make.opportunity(account, outcome="lost", closed_on=DAY)
    here = {"account_id": account.id, "opportunity_id": deal.id, "user_id": leader.id}
    stamps = {"made_at": AT, "begun_at": AT, "opened_at": AT, "acted_at": AT}
    retro = make.keep(Retrospective(kind="loss", **here, **stamps))
    own = {"retrospective_id": retro.id, "user_id": leader.id}
    make.keep(RetroMember(**own, joined_at=AT))
    note = make.keep(RetroNote(**own, factor="price", words="Dear", at=AT))
    asked = {"has_consent": True, "who": "A buyer", "on": DAY}
    why = {"factor": "price", "words": "Late offer", "at": AT}
    return {
        "retro_id": retro.id,
        "retro_note_id": note.id,
        "plain_file": "md",
        "interview_id": make.keep(RetroInterview(**own, **asked)).id,
        "why_id": make.keep(RetroWhy(**own, **why)).id,
        "decision_id": make.keep(RetroDecision(**own, words="Ask early", at=AT)).id,
    }


def _beside(make: Factory, here: dict[str, int]) -> dict[str, int]:
    """What is kept beside the deal, one of each."""
    file = {"name": "offer.txt", "kind": "text/plain", "size": 5, "content": b"offer"}
    return {
        "contender_id": make.keep(Contender(**here, name="Rival")).id,
        "criterion_id": make.keep(DealCriterion(**here, rank=1, words="Price")).id,
        "note_id": make.keep(DealNote(**here, kind="note", on=DAY, words="Said", at=AT)).id,
        "file_id": make.keep(DealFile(**here, **file, at=AT)).id,
        "approval_id": make.keep(Approval(**here, subject="signature", asked_at=AT)).id,
    }


def import_values(make: Factory, user: Any) -> dict[str, Any]:
    """A file of Ada's on its way in, and an import of hers that failed."""
    here = {"user_id": user.id, "at": AT, "kind": "accounts", "filename": "made.csv"}
    choices = {"mapping": {"name": 0}}
    upload = make.keep(Upload(**here, content=b"name\nAcme\n", choices=choices))
    batch = make.keep(Batch(**here, state="failed", report={"error": ["It broke.", {}]}))
    return {"upload_id": upload.id, "batch_id": batch.id, "kind": "accounts", "suffix": "csv"}


def alert_values(make: Factory, account: Any) -> dict[str, Any]:
    """A major event that somebody reported."""
    told = {"kind": "event", "event": "theft", "level": 3, "reasons": []}
    alert = Alert(account_id=account.id, opened_on=DAY, seen_on=DAY, opened_at=AT, **told)
    return {"alert_id": make.keep(alert).id, "word": "churn"}


def thought_values(make: Factory, plan: Any) -> dict[str, Any]:
    """What a plan thinks: an answer and an insight; and a cell of white space."""
    here = {"account_id": plan.account_id, "on": DAY}
    answer = PlanAnswer(
        **here, plan_id=plan.id, phase="diagnose", question="diagnose-1", words="Beds"
    )
    insight = make.keep(Insight(**here, plan_id=plan.id, kind="driver", words="Beds"))
    cell = make.keep(WhiteCell(**here, series="Pumps"))
    template = make.keep(PlanTemplate(name="Hospitals"))
    return {
        "template_id": template.id,
        "question": make.keep(answer).question,
        "insight_id": insight.id,
        "about": "driver",
        "cell_id": cell.id,
    }


def plan_values(make: Factory, account: Any) -> dict[str, Any]:
    """A plan with a goal, its reading and milestone, and an action."""
    plan = make.plan(account)
    goal = make.goal(plan)
    here = {"account_id": account.id, "goal_id": goal.id, "on": DAY, "value": 1}
    return {
        **thought_values(make, plan),
        "plan_id": plan.id,
        "phase": "diagnose",
        "goal_id": goal.id,
        "reading_id": make.keep(GoalReading(**here)).id,
        "milestone_id": make.keep(GoalMilestone(**here)).id,
        "action_id": make.action(plan).id,
        "fix": "start",
        "extent": "full",
        "file_type": "md",
        "feedback_id": make.feedback(account).id,
        "review_id": make.review(plan).id,
        "measure": make.watch(plan).measure,
    }


def visit_values(make: Factory, account: Any, owner: Any) -> dict[str, Any]:
    """A visit, a promise made in it, and marks that nobody ever gave."""
    visit = make.visit(account, owner)
    promise = make.promise(account, visit_id=visit.id, owner_id=owner.id)
    return {
        "visit_id": visit.id,
        "promise_id": promise.id,
        "which": "never-given",
        "need": "action",
        "row_id": 1,
    }


def people_values(make: Factory, account: Any, user: Any) -> dict[str, int]:
    """Two people with a tie between them, one judged and covered."""
    person, other = make.person(account), make.person(account, "Wang Fang")
    coverage = make.coverage(user, person)
    return {
        "person_id": person.id,
        "tie_id": make.tie("influences", person, other).id,
        "judgement_id": make.observation(person, support=1).id,
        "coverage_id": coverage.id,
        "contact_id": 1,
        "what": "leave",
        "case_kind": "small",
        "beside": "criteria",
        "file_kind": "svg",
        "rescue_id": make.rescue(account).id,
    }


def address(app: Flask, row: Row, world: World) -> str:
    """The endpoint's address in the world."""
    rule = next(rule for rule in app.url_map.iter_rules(row.endpoint) if row.method in rule.methods)
    values = {name: world.values[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(row.endpoint, **values)


def everyone(endpoint: str, method: str = "GET", status: Status = OK) -> Row:
    """Open to the world."""
    return Row(endpoint, method, status, status, status, status, status)


def signed_in(endpoint: str, method: str = "GET", status: Status = OK) -> Row:
    """Open to all who have signed in."""
    return Row(endpoint, method, status, status, status, status, DOOR if method == "GET" else SHUT)


def administrators(endpoint: str, method: str = "GET", status: Status = OK) -> Row:
    """For administrators alone."""
    return Row(endpoint, method, NO, NO, NO, status, DOOR if method == "GET" else SHUT)


def readers(endpoint: str, status: Status = OK) -> Row:
    """A page of an account for all on its team; invisible to others."""
    return Row(endpoint, "GET", status, status, GONE, GONE, DOOR)


def editors(endpoint: str, method: str = "POST", status: Status = BAD) -> Row:
    """A page or an act of an account for those who may change it."""
    return Row(endpoint, method, status, NO, GONE, GONE, DOOR if method == "GET" else SHUT)


def owners(endpoint: str, method: str = "POST", status: Status = BAD) -> Row:
    """An act that only an owner of the account may do."""
    return editors(endpoint, method, status)


def mine(endpoint: str, method: str = "GET", status: Status = OK) -> Row:
    """For Ada alone, whose it is."""
    stranger = DOOR if method == "GET" else SHUT
    return Row(endpoint, method, status, GONE, GONE, GONE, stranger)


TABLE: tuple[Row, ...] = (
    everyone("health.live"),
    everyone("health.ready"),
    Row("users.sign_in", "GET", SEE, SEE, SEE, SEE, (OK, SEE)),
    everyone("users.enter", "POST", BAD),
    everyone("users.sign_out", "POST", SEE),
    signed_in("users.sign_out_everywhere", "POST", SEE),
    everyone("users.first", status=GONE),
    everyone("users.first", "POST", GONE),
    signed_in("users.preferences"),
    signed_in("users.preferences", "POST", SEE),
    signed_in("users.password", "POST", BAD),
    everyone("users.language", "POST", 400),
    signed_in("users.theme", "POST", 400),
    signed_in("pattern.show"),
    everyone("users.accept", status=GONE),
    everyone("users.accept", "POST", GONE),
    administrators("users.index"),
    administrators("users.add"),
    administrators("users.add", "POST", BAD),
    administrators("users.edit"),
    administrators("users.edit", "POST", SEE),
    administrators("users.invitation", "POST"),
    administrators("users.put_away", "POST", SEE),
    administrators("users.bring_back", "POST", SEE),
    administrators("users.company"),
    administrators("users.company", "POST", BAD),
    signed_in("search.page"),
    Row("search.answer", "GET", OK, OK, OK, OK, SHUT),
    signed_in("accounts.index"),
    signed_in("accounts.add"),
    signed_in("accounts.add", "POST", BAD),
    signed_in("accounts.density", "POST", SEE),
    signed_in("accounts.names"),
    readers("records.of_account"),
    signed_in("records.across"),
    readers("records.attendance_page"),
    readers("records.sales_plan"),
    readers("records.contracts"),
    readers("records.contract"),
    readers("records.credit"),
    readers("records.receivables"),
    readers("records.service"),
    readers("records.support"),
    readers("records.communication"),
    readers("records.list_file"),
    editors("records.add_entry", "GET", OK),
    editors("records.add_entry"),
    editors("records.edit_entry", "GET", OK),
    editors("records.edit_entry"),
    editors("records.archive_entry", status=SEE),
    editors("records.restore_entry", status=SEE),
    editors("records.part", "GET", OK),
    editors("records.settle", status=SEE),
    editors("records.settle_whole", status=SEE),
    editors("records.put_file"),
    readers("records.file"),
    editors("records.drop_file", status=SEE),
    Row("records.decide", "GET", NO, NO, NO, GONE, DOOR),
    Row("records.settle_credit", "POST", NO, NO, NO, GONE, SHUT),
    editors("records.pay_invoice", "GET", OK),
    editors("records.pay_invoice"),
    editors("records.drop_payment", status=SEE),
    Row("records.promotion", "GET", NO, NO, NO, GONE, DOOR),
    Row("records.answer_promotion", "POST", NO, NO, NO, GONE, SHUT),
    readers("records.size_class"),
    signed_in("records.portfolio"),
    signed_in("records.portfolio_picture"),
    signed_in("records.portfolio_sheet"),
    signed_in("records.pareto_page"),
    signed_in("records.pareto_picture"),
    signed_in("records.pareto_sheet"),
    signed_in("records.loyalty"),
    signed_in("records.classes_over_time"),
    signed_in("records.classes_picture"),
    signed_in("records.classes_sheet"),
    signed_in("records.importance_order"),
    signed_in("records.importance_picture"),
    signed_in("records.importance_sheet"),
    signed_in("records.special_cases"),
    signed_in("records.cases_sheet"),
    readers("records.special_case"),
    editors("records.keep_case"),
    editors("records.close_case", status=SEE),
    signed_in("records.white_portfolio"),
    signed_in("records.white_sheet"),
    editors("records.keep_class", status=SEE),
    editors("records.add_sale", "GET", OK),
    editors("records.add_sale"),
    editors("records.reverse", status=SEE),
    signed_in("records.products"),
    administrators("records.add_product"),
    administrators("records.add_product", "POST", BAD),
    administrators("records.edit_product"),
    administrators("records.edit_product", "POST", BAD),
    administrators("records.archive_product", "POST", SEE),
    administrators("records.restore_product", "POST", SEE),
    readers("accounts.show"),
    editors("accounts.relationship", "GET", OK),
    editors("accounts.relationship", status=SEE),
    editors("accounts.key_tests", "GET", OK),
    editors("accounts.key_tests", status=SEE),
    editors("accounts.importance_scores", "GET", OK),
    editors("accounts.importance_scores", status=SEE),
    readers("accounts.appraisals"),
    editors("accounts.appraise", "GET", OK),
    editors("accounts.appraise"),
    editors("accounts.drop_appraisal", status=SEE),
    editors("accounts.restore_appraisal", status=SEE),
    readers("accounts.values"),
    editors("accounts.note_value", "GET", OK),
    editors("accounts.note_value"),
    editors("accounts.drop_value", status=SEE),
    editors("accounts.restore_value", status=SEE),
    editors("accounts.add_rival", "GET", OK),
    editors("accounts.add_rival"),
    editors("accounts.edit_rival", "GET", OK),
    editors("accounts.edit_rival", status=SEE),
    editors("accounts.archive_rival", status=SEE),
    editors("accounts.restore_rival", status=SEE),
    readers("accounts.team"),
    owners("accounts.add_member"),
    owners("accounts.seat"),
    readers("accounts.history"),
    editors("accounts.undo", status=SEE),
    administrators("accounts.size_tables"),
    administrators("accounts.size_tables", "POST", BAD),
    administrators("accounts.factors"),
    administrators("accounts.factors", "POST", BAD),
    administrators("accounts.every_team"),
    administrators("accounts.join", "POST", SEE),
    administrators("accounts.company_history"),
    editors("accounts.edit", "GET", OK),
    editors("accounts.edit"),
    owners("accounts.put_away", status=SEE),
    owners("accounts.bring_back", status=SEE),
    signed_in("plans.index"),
    readers("plans.of_account"),
    readers("plans.show"),
    editors("plans.add", "GET", OK),
    editors("plans.add"),
    editors("plans.edit", "GET", OK),
    editors("plans.edit"),
    editors("plans.put_away", status=SEE),
    editors("plans.bring_back", status=SEE),
    editors("plans.write", "GET", OK),
    editors("plans.write", status=SEE),
    editors("plans.looked", status=SEE),
    editors("plans.carried", "GET", OK),
    editors("plans.stand", status=SEE),
    editors("plans.drop_answer", status=SEE),
    readers("plans.diagnose"),
    readers("plans.resources"),
    readers("plans.forecast"),
    readers("plans.strategy"),
    editors("plans.take_position", status=SEE),
    editors("plans.features", "GET", OK),
    editors("plans.features", status=SEE),
    editors("plans.add_insight", "GET", OK),
    editors("plans.add_insight"),
    editors("plans.edit_insight", "GET", OK),
    editors("plans.edit_insight"),
    editors("plans.stand_by_insight", status=SEE),
    editors("plans.put_insight_away", status=SEE),
    editors("plans.bring_insight_back", status=SEE),
    signed_in("plans.compare"),
    administrators("plans.templates"),
    Row("plans.keep_template", "GET", NO, NO, NO, GONE, DOOR),
    Row("plans.keep_template", "POST", NO, NO, NO, GONE, SHUT),
    administrators("plans.put_template_away", "POST", SEE),
    administrators("plans.bring_template_back", "POST", SEE),
    administrators("plans.questions"),
    administrators("plans.questions", "POST", SEE),
    administrators("plans.feature_list"),
    administrators("plans.feature_list", "POST", SEE),
    readers("plans.white_space"),
    editors("plans.add_cell", "GET", OK),
    editors("plans.add_cell"),
    editors("plans.edit_cell", "GET", OK),
    editors("plans.edit_cell"),
    editors("plans.put_cell_away", status=SEE),
    editors("plans.bring_cell_back", status=SEE),
    editors("plans.open_deal", status=SEE),
    readers("plans.goal"),
    editors("plans.add_a_goal", "GET", OK),
    editors("plans.add_a_goal"),
    editors("plans.edit_goal", "GET", OK),
    editors("plans.edit_goal", status=SEE),
    editors("plans.put_goal_away", status=SEE),
    editors("plans.bring_goal_back", status=SEE),
    editors("plans.read"),
    editors("plans.remove_reading", status=SEE),
    editors("plans.add_milestone"),
    editors("plans.remove_milestone", status=SEE),
    editors("plans.add_an_action", "GET", OK),
    editors("plans.add_an_action"),
    editors("plans.edit_action", "GET", OK),
    editors("plans.edit_action", status=SEE),
    editors("plans.finish", "GET", OK),
    editors("plans.finish"),
    editors("plans.reopen", status=SEE),
    editors("plans.put_action_away", status=SEE),
    editors("plans.bring_action_back", status=SEE),
    editors("plans.begin", status=SEE),
    editors("plans.lay_down", status=SEE),
    editors("plans.mend", status=SEE),
    readers("plans.outputs"),
    readers("plans.output"),
    Row("plans.draw_output", "POST", SEE, SEE, GONE, GONE, SHUT),
    readers("plans.control"),
    readers("plans.health"),
    editors("plans.watch_usual", status=SEE),
    editors("plans.watch", "GET", OK),
    editors("plans.watch"),
    editors("plans.stop_watching", status=SEE),
    editors("plans.watch_again", status=SEE),
    administrators("plans.health_weights"),
    administrators("plans.health_weights", "POST", BAD),
    readers("plans.reviews"),
    editors("plans.begin_a_review", status=SEE),
    readers("plans.review"),
    editors("plans.review", status=SEE),
    editors("plans.decide"),
    Row("plans.judge_review", "POST", NO, NO, GONE, GONE, SHUT),
    editors("plans.put_review_away", status=SEE),
    editors("plans.bring_review_back", status=SEE),
    readers("plans.versions"),
    readers("plans.feedback"),
    editors("plans.hear", "GET", OK),
    editors("plans.hear"),
    editors("plans.edit_feedback", "GET", OK),
    editors("plans.edit_feedback"),
    editors("plans.settle", "GET", OK),
    editors("plans.settle", status=SEE),
    editors("plans.put_feedback_away", status=SEE),
    editors("plans.bring_feedback_back", status=SEE),
    readers("plans.board"),
    readers("plans.timeline"),
    signed_in("plans.my_actions"),
    signed_in("plans.goals"),
    readers("stakeholders.index"),
    editors("stakeholders.bulk"),
    editors("stakeholders.bulk_acts", "GET", OK),
    editors("stakeholders.unbulk", status=SEE),
    editors("stakeholders.add", "GET", OK),
    editors("stakeholders.add"),
    readers("stakeholders.show"),
    readers("stakeholders.panel"),
    editors("stakeholders.edit", "GET", OK),
    editors("stakeholders.edit", status=SEE),
    editors("stakeholders.judge"),
    Row("stakeholders.unjudge", "POST", SEE, (NO, GONE), GONE, GONE, SHUT),
    editors("stakeholders.roles", status=SEE),
    editors("stakeholders.tie"),
    editors("stakeholders.untie", status=SEE),
    editors("stakeholders.retie", status=SEE),
    editors("stakeholders.take_on"),
    editors("stakeholders.contact", status=SEE),
    Row("stakeholders.uncontact", "POST", SEE, (NO, GONE), GONE, GONE, SHUT),
    editors("stakeholders.let_go", status=SEE),
    editors("stakeholders.resume", status=SEE),
    editors("stakeholders.note_value"),
    signed_in("stakeholders.portfolio"),
    signed_in("stakeholders.refresh_maps", "POST", SEE),
    editors("plans.people_change", "GET", OK),
    editors("plans.people_change", status=SEE),
    editors("plans.people_unchange", status=SEE),
    editors("stakeholders.come_back_again", status=SEE),
    editors("stakeholders.put_away", status=SEE),
    editors("stakeholders.bring_back", status=SEE),
    owners("stakeholders.ask_erase", "GET", OK),
    Row("stakeholders.erase_person", "POST", SEE, (NO, GONE), GONE, GONE, SHUT),
    readers("stakeholders.power_map"),
    Row("stakeholders.mark", "GET", OK, OK, GONE, GONE, SHUT),
    Row("stakeholders.map_data", "GET", OK, OK, GONE, GONE, SHUT),
    readers("stakeholders.export"),
    Row("stakeholders.draw_export", "POST", SEE, SEE, GONE, GONE, SHUT),
    readers("stakeholders.map_measures"),
    readers("stakeholders.measures_file"),
    readers("stakeholders.ours"),
    editors("stakeholders.name_helper"),
    editors("stakeholders.drop_helper", status=SEE),
    editors("stakeholders.keep_helper", status=SEE),
    editors("stakeholders.set_criteria", status=SEE),
    editors("stakeholders.place", status=OK),
    editors("stakeholders.tidy", status=SEE),
    signed_in("pipeline.board"),
    signed_in("pipeline.index"),
    signed_in("pipeline.views"),
    signed_in("pipeline.list_file"),
    signed_in("pipeline.beside_file"),
    signed_in("pipeline.calendar"),
    signed_in("pipeline.calendar_file"),
    signed_in("pipeline.flow"),
    signed_in("pipeline.flow_file"),
    signed_in("pipeline.flow_picture"),
    signed_in("pipeline.funnel_file"),
    signed_in("pipeline.funnel_picture"),
    signed_in("pipeline.keep_view"),
    signed_in("pipeline.keep_view", "POST", BAD),
    mine("pipeline.default_view", "POST", SEE),
    mine("pipeline.share_view", "POST", SEE),
    mine("pipeline.drop_view", "POST", SEE),
    signed_in("pipeline.start"),
    signed_in("pipeline.forecast"),
    signed_in("pipeline.review"),
    signed_in("pipeline.agenda_file"),
    signed_in("pipeline.forecast_picture", status=(OK, GONE)),
    signed_in("pipeline.forecast_sheet"),
    signed_in("pipeline.lines_sheet"),
    signed_in("pipeline.changes"),
    signed_in("pipeline.changes_picture", status=(OK, GONE)),
    signed_in("pipeline.changes_sheet"),
    signed_in("pipeline.accuracy"),
    signed_in("pipeline.accuracy_sheet"),
    signed_in("pipeline.scores_sheet"),
    signed_in("pipeline.velocity_sheet"),
    signed_in("pipeline.amounts_picture"),
    signed_in("pipeline.reliability_picture"),
    signed_in("pipeline.wins"),
    signed_in("pipeline.wins_picture"),
    signed_in("pipeline.wins_sheet"),
    signed_in("pipeline.targets"),
    signed_in("pipeline.targets_sheet"),
    Row("pipeline.set_targets", "POST", NO, NO, NO, (SEE, BAD), SHUT),
    editors("pipeline.call"),
    Row("pipeline.start_review", "POST", SEE, SEE, SEE, SEE, SHUT),
    signed_in("pipeline.reviews"),
    readers("pipeline.meeting"),
    readers("pipeline.discuss"),
    readers("pipeline.taken"),
    readers("pipeline.minutes_file", GONE),
    readers("pipeline.minutes_sheet"),
    editors("pipeline.decide_on", status=SEE),
    editors("pipeline.add_task"),
    editors("pipeline.tick_task", status=SEE),
    Row("pipeline.drop_task", "POST", SEE, GONE, GONE, GONE, SHUT),
    editors("pipeline.summarise", status=SEE),
    editors("pipeline.take_up_again", status=NO),
    readers("pipeline.of_account"),
    readers("pipeline.show"),
    readers("pipeline.lessons"),
    signed_in("lessons.index"),
    signed_in("lessons.watches"),
    signed_in("lessons.wins"),
    signed_in("lessons.bids"),
    signed_in("lessons.bids_sheet"),
    signed_in("lessons.wins_picture"),
    signed_in("lessons.wins_file"),
    editors("lessons.add", "GET", OK),
    editors("lessons.add"),
    readers("lessons.show"),
    editors("lessons.edit", "GET", OK),
    editors("lessons.edit", status=SEE),
    editors("lessons.done", status=SEE),
    editors("lessons.put_away", status=SEE),
    editors("lessons.bring_back", status=SEE),
    readers("lessons.watch"),
    editors("lessons.put_watch", status=SEE),
    editors("lessons.retire_watch", status=SEE),
    editors("lessons.helped"),
    editors("pipeline.add", "GET", OK),
    editors("pipeline.add"),
    editors("pipeline.edit", "GET", OK),
    editors("pipeline.edit", status=SEE),
    editors("pipeline.move", "GET", OK),
    editors("pipeline.make_move"),
    editors("pipeline.close", "GET", OK),
    editors("pipeline.make_close"),
    editors("pipeline.reopen", "GET", OK),
    editors("pipeline.make_reopen"),
    editors("pipeline.put_line"),
    editors("pipeline.drop_line", status=SEE),
    readers("pipeline.buying"),
    readers("pipeline.deal_file"),
    readers("pipeline.people"),
    readers("pipeline.papers"),
    readers("pipeline.story"),
    readers("pipeline.story_file"),
    editors("pipeline.tick"),
    editors("pipeline.buyer", "GET", OK),
    editors("pipeline.place_buyer", status=SEE),
    editors("pipeline.qualify", "GET", OK),
    editors("pipeline.qualify", status=SEE),
    editors("pipeline.put_criterion"),
    editors("pipeline.raise_criterion", status=SEE),
    editors("pipeline.drop_criterion", status=SEE),
    editors("pipeline.add_contender", "GET", OK),
    editors("pipeline.add_contender"),
    editors("pipeline.edit_contender", "GET", OK),
    editors("pipeline.edit_contender", status=SEE),
    editors("pipeline.drop_contender", status=SEE),
    editors("pipeline.keep_contender", status=SEE),
    editors("pipeline.put_note"),
    editors("pipeline.drop_note", status=SEE),
    editors("pipeline.put_file"),
    readers("pipeline.file"),
    editors("pipeline.drop_file", status=SEE),
    editors("pipeline.ask_approval", "GET", OK),
    editors("pipeline.ask_approval"),
    readers("pipeline.approval"),
    Row("pipeline.answer_approval", "POST", NO, NO, GONE, GONE, SHUT),
    editors("pipeline.quick", "GET", OK),
    editors("pipeline.quick", status=SEE),
    administrators("pipeline.stages"),
    administrators("pipeline.stages", "POST", SEE),
    administrators("pipeline.causes"),
    administrators("pipeline.causes", "POST", BAD),
    administrators("pipeline.causes_sheet"),
    administrators("pipeline.paste_causes", "POST", BAD),
    editors("pipeline.put_away", status=SEE),
    editors("pipeline.bring_back", status=SEE),
    signed_in("visits.index"),
    signed_in("visits.choose"),
    readers("visits.of_account"),
    readers("visits.show"),
    editors("visits.add", "GET", OK),
    editors("visits.add"),
    editors("visits.edit", "GET", OK),
    editors("visits.edit"),
    editors("visits.log", "GET", OK),
    editors("visits.log"),
    editors("visits.unlog", status=SEE),
    editors("visits.step", status=SEE),
    editors("visits.put_away", status=SEE),
    editors("visits.bring_back", status=SEE),
    readers("visits.brief"),
    readers("visits.brief_file"),
    readers("visits.event_file"),
    editors("visits.fitting", "GET", OK),
    editors("visits.put_on"),
    editors("visits.join_twin", status=SEE),
    editors("visits.not_held", status=SEE),
    editors("visits.asked", status=SEE),
    editors("visits.promise_kept", status=SEE),
    signed_in("visits.propose"),
    signed_in("visits.accept", "POST", SEE),
    signed_in("visits.executives"),
    signed_in("visits.feed"),
    signed_in("visits.new_address", "POST"),
    signed_in("visits.revoke", "POST", SEE),
    everyone("visits.subscribed", status=GONE),
    everyone("visits.worker"),
    signed_in("visits.figures"),
    signed_in("visits.figures_file"),
    signed_in("visits.effort_picture"),
    signed_in("visits.persistence_picture"),
    administrators("visits.settings"),
    administrators("visits.settings", "POST", BAD),
    signed_in("visits.look_into", "POST", BAD),
    signed_in("visits.keep_events", "POST", SEE),
    signed_in("visits.drop_events", "POST", GONE),
    signed_in("retrospectives.index"),
    readers("retrospectives.of_deal"),
    signed_in("alerts.index"),
    signed_in("alerts.rules"),
    administrators("alerts.quiet", "POST", BAD),
    signed_in("alerts.rule"),
    administrators("alerts.set_rule", "POST", BAD),
    readers("alerts.of_account"),
    editors("alerts.check", status=SEE),
    Row("alerts.report", "POST", BAD, BAD, GONE, GONE, SHUT),
    editors("alerts.own_limits", "GET", OK),
    editors("alerts.own_limits", status=SEE),
    readers("alerts.show"),
    editors("alerts.look"),
    editors("alerts.close"),
    editors("alerts.later"),
    editors("alerts.wake", status=SEE),
    editors("alerts.reopen", status=SEE),
    Row("alerts.take_back", "POST", SEE, GONE, GONE, GONE, SHUT),  # gone once it is taken back
    editors("retrospectives.make", status=SEE),
    readers("retrospectives.show"),
    editors("retrospectives.invite", "GET", OK),
    editors("retrospectives.begin_with", status=SEE),
    editors("retrospectives.take_part", status=NO),
    editors("retrospectives.let_go", status=NO),
    readers("retrospectives.live"),
    readers("retrospectives.board"),
    editors("retrospectives.write"),
    editors("retrospectives.take_away", status=SEE),
    editors("retrospectives.share", status=SEE),
    editors("retrospectives.group", status=SEE),
    editors("retrospectives.choose_group", "GET", OK),
    editors("retrospectives.dot", status=SEE),
    editors("retrospectives.ready", status=NO),
    editors("retrospectives.open_up", status=NO),
    editors("retrospectives.time"),
    editors("retrospectives.finish", status=SEE),
    editors("retrospectives.take_up", status=SEE),
    readers("retrospectives.columns_page"),
    editors("retrospectives.say_own", status=SEE),
    readers("retrospectives.columns_picture"),
    editors("retrospectives.ask", "GET", OK),
    editors("retrospectives.keep"),
    editors("retrospectives.look", "GET", OK),
    editors("retrospectives.put_right"),
    editors("retrospectives.take_out", status=SEE),
    readers("retrospectives.causes"),
    readers("retrospectives.causes_board"),
    editors("retrospectives.add_why"),
    editors("retrospectives.drop_why", status=SEE),
    editors("retrospectives.add_decision"),
    editors("retrospectives.drop_decision", status=SEE),
    readers("retrospectives.report"),
    signed_in("retrospectives.came_true", status=GONE),
    signed_in("retrospectives.score", "POST", GONE),
    signed_in("overview.today"),
    signed_in("digest.index"),
    signed_in("digest.choose", "POST", SEE),
    everyone("digest.stop", status=GONE),
    everyone("digest.stop", "POST", GONE),
    signed_in("overview.later"),
    signed_in("overview.later", "POST", BAD),
    signed_in("overview.wake_up", "POST", SEE),
    signed_in("exchange.index"),
    signed_in("exchange.send", "POST", BAD),
    signed_in("exchange.paste", "POST", BAD),
    signed_in("exchange.export"),
    mine("exchange.file"),
    mine("exchange.look", "POST", SEE),
    mine("exchange.show"),
    mine("exchange.refused"),
    mine("exchange.answer", "POST", SEE),
    mine("exchange.go", "POST", SEE),
    mine("exchange.take_back", "POST", BAD),
)
