"""What happens to a deal: moved, won, delivered, lost, withdrawn, reopened.

The same form is a page of its own and, for the board's dialog, a part of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.accounts.models import Account
from app.pipeline import changes
from app.pipeline.approval_queries import approvals_of, granted_in
from app.pipeline.approving import problems_unapproved
from app.pipeline.deal_changes import set_factors
from app.pipeline.deal_queries import contenders_of, ticks_of
from app.pipeline.forms import CloseForm, MoveForm, ReopenForm
from app.pipeline.losing import price_gap
from app.pipeline.models import Opportunity
from app.pipeline.moving import (
    EVIDENCE_OR_WHY,
    EVIDENCE_WANTED,
    NO_REASON,
    NO_SIGNATURE,
    NOT_A_STAGE,
    Case,
    is_forward,
    is_override,
    is_override_closing,
    problems_closing,
    problems_dating,
    problems_moving,
    problems_reopening,
    way_of,
)
from app.pipeline.own_factors import factor_tree
from app.pipeline.queries import last_move_on
from app.pipeline.rules import GUIDES, STAGES, Outcome, Stage, stage_named
from app.pipeline.views.blueprint import (
    act_of,
    case_of,
    deal_or_404,
    pipeline,
    stage_rules,
    standing_of,
)
from app.vocabulary import N_, Reason, because
from app.web import _, commit_or_stale, label, render, see, today, wants_fragment, why

FIELD_OF = {
    EVIDENCE_WANTED: "evidence",
    EVIDENCE_OR_WHY: "evidence",
    NO_SIGNATURE.message: "evidence",
    NO_REASON.message: "reason",
    NOT_A_STAGE.message: "to",
}
"""Where on the form a problem is shown; the rest is said above it."""


def shown(name: str, status: int, **values: Any) -> ResponseReturnValue:
    """A form as a page, or the part of it that a dialog asks for."""
    is_part = wants_fragment()
    template = f"pipeline/{name}{'_form' if is_part else ''}.html"
    shared = {"guides": GUIDES, "stages": STAGES, "rules": stage_rules()}
    return render(template, status, is_part=is_part, **shared, **values)


def tell(form: Any, problems: list[Reason]) -> None:
    """Put each problem where it can be put right."""
    for problem in problems:
        name = FIELD_OF.get(problem.message)
        if name is not None and name in form:
            form[name].errors = [*form[name].errors, why(problem)]
        else:
            form.form_errors.append(why(problem))


def problems_of(form: Any, deal: Opportunity) -> list[Reason]:
    """What stands against the act whatever it is: a deal that has moved on, a wrong day."""
    if form.is_stale(deal):
        form.version.data = deal.version
        return [
            because(
                N_("Meanwhile somebody changed this deal; it is in %(stage)s now. Look again."),
                stage=Stage(deal.stage),
            )
        ]
    return problems_dating(form.on.data, last_move_on(db.session(), deal), today())


def passes(form: Any, deal: Opportunity, ask: Callable[[Case], list[Reason]]) -> bool:
    """Whether the form is sound and the rule has nothing against it; else the form says what."""
    if form.validate():
        tell(form, problems_of(form, deal) or ask(case_of(form)))
    return not form.errors


def done(form: Any, deal: Opportunity, message: str) -> ResponseReturnValue:
    """Commit; then the deal's page, or word to the board that it should look again."""
    late = commit_or_stale(form, deal)
    if late is not None:
        return late
    if wants_fragment():
        said = json.dumps({"moved": {"id": deal.id}, "toast": {"text": message}})
        return "", 204, {"HX-Trigger": said}
    return see("pipeline.show", message, opportunity_id=deal.id)


@pipeline.get("/pipeline/<int:opportunity_id>/move")
def move(opportunity_id: int) -> ResponseReturnValue:
    """Where a deal may go, and what each way asks."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    to = stage_named(request.args.get("to"))
    form = MoveForm(formdata=None, to=to, on=today(), version=deal.version)
    return _move_page(form, deal, account)


def _move_page(
    form: MoveForm, deal: Opportunity, account: Account, status: int = 200
) -> ResponseReturnValue:
    at, to = standing_of(deal), form.to.data
    way = way_of(at.stage, to) if to else None
    values = {"deal": deal, "account": account, "at": at, "way": way}
    values["points"] = _points_open(deal, at.stage)
    values["wanted"] = problems_without_yes(deal, at.stage, to)
    return shown("move", status, form=form, **values)


def _points_open(deal: Opportunity, stage: Stage) -> list[str]:
    """What the checklist of the stage that is left still wants."""
    ticked = ticks_of(db.session(), deal.id)
    return [_(item.words) for item in stage_rules().of(stage).items
            if (stage, item.key) not in ticked]  # fmt: skip


@pipeline.post("/pipeline/<int:opportunity_id>/move")
def make_move(opportunity_id: int) -> ResponseReturnValue:
    """Move a deal to another stage, with the milestone's evidence or a reason."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    at, form = standing_of(deal), MoveForm()
    if not passes(form, deal, lambda case: _problems_moving(deal, form.to.data, case)):
        return _move_page(form, deal, account, 422)
    to, case = form.to.data, case_of(form)
    override = is_override(at.stage, to, case.evidence)
    changes.move(db.session(), deal, to, act_of(case, form.on.data, is_override=override))
    said = _("%(name)s is in %(stage)s now.", name=deal.name, stage=label(to))
    return done(form, deal, said)


def _problems_moving(deal: Opportunity, to: Stage | None, case: Case) -> list[Reason]:
    """What stands against a move: its milestone, and the yes that the company wants."""
    at = standing_of(deal)
    return problems_moving(at, to, case) or problems_without_yes(deal, at.stage, to)


def problems_without_yes(deal: Opportunity, start: Stage, to: Stage | None) -> list[Reason]:
    """The approvals that are wanted on this way and not granted."""
    rules = stage_rules()
    if not rules.approvals or to is None or not is_forward(start, to):
        return []
    granted = granted_in(approvals_of(db.session(), deal.id))
    return problems_unapproved(rules, start, to, granted)


@pipeline.get("/pipeline/<int:opportunity_id>/close")
def close(opportunity_id: int) -> ResponseReturnValue:
    """What winning, delivering, losing or withdrawing a deal asks."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = CloseForm(
        formdata=None,
        outcome=request.args.get("outcome", ""),
        competitor=deal.competitor,
        on=today(),
        version=deal.version,
    )
    return _close_page(form, deal, account)


def _outcome_of(form: CloseForm) -> Outcome:
    wanted = form.outcome.data or Outcome.LOST
    if wanted not in set(Outcome) - {Outcome.OPEN}:
        abort(404)
    return Outcome(wanted)


def _close_page(
    form: CloseForm, deal: Opportunity, account: Account, status: int = 200
) -> ResponseReturnValue:
    outcome = _outcome_of(form)
    form.reason.flags.required = outcome in {Outcome.LOST, Outcome.WITHDRAWN}
    rivals = [one.name for one in contenders_of(db.session(), deal.id)]
    values = {
        "outcome": outcome,
        "at": standing_of(deal),
        "tree": factor_tree().branches(),
        "rivals": rivals,
    }
    return shown("close", status, form=form, deal=deal, account=account, **values)


@pipeline.post("/pipeline/<int:opportunity_id>/close")
def make_close(opportunity_id: int) -> ResponseReturnValue:
    """Win, deliver, lose or withdraw a deal."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    at, form = standing_of(deal), CloseForm()
    outcome = _outcome_of(form)
    to = Stage.DELIVERY if outcome is Outcome.WON else None
    unapproved = problems_without_yes(deal, at.stage, to)
    if not passes(form, deal, lambda case: problems_closing(at, outcome, case) or unapproved):
        return _close_page(form, deal, account, 422)
    case = case_of(form)
    override = is_override_closing(at, outcome, case.evidence)
    act = act_of(case, form.on.data, is_override=override)
    changes.close(db.session(), deal, outcome, act, competitor=form.competitor.data)
    if outcome is Outcome.LOST:
        deal.price_gap = price_gap(deal.amount, form.their_price.data)
        set_factors(db.session(), deal, form.factors.data)
        current_app.extensions["lost"](db.session(), deal, act)
    said = _("%(name)s is closed: %(outcome)s.", name=deal.name, outcome=label(outcome))
    return done(form, deal, said)


@pipeline.get("/pipeline/<int:opportunity_id>/reopen")
def reopen(opportunity_id: int) -> ResponseReturnValue:
    """What taking a deal up again asks."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = ReopenForm(formdata=None, on=today(), version=deal.version)
    return shown("reopen", 200, form=form, deal=deal, account=account, at=standing_of(deal))


@pipeline.post("/pipeline/<int:opportunity_id>/reopen")
def make_reopen(opportunity_id: int) -> ResponseReturnValue:
    """Take a deal up again."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    at, form = standing_of(deal), ReopenForm()
    if not passes(form, deal, lambda case: problems_reopening(at, case)):
        return shown("reopen", 422, form=form, deal=deal, account=account, at=at)
    changes.reopen(db.session(), deal, act_of(case_of(form), form.on.data))
    return done(form, deal, _("%(name)s is taken up again.", name=deal.name))
