"""The blueprint that every page of the pipeline hangs on, and the door to one deal."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, g, has_request_context, request

from app import db
from app.access import READ, account_or_404, may, me, sight
from app.accounts.models import Account
from app.pipeline.changes import Act
from app.pipeline.choice_queries import owner_choices
from app.pipeline.forms import DealFilter
from app.pipeline.models import Opportunity
from app.pipeline.moving import Case, Standing
from app.pipeline.queries import find_opportunity
from app.pipeline.rules import Outcome, Stage
from app.pipeline.stage_rules import STAGE_RULES, StageRules, stage_rules_from
from app.pipeline.standing_queries import DealWish
from app.row_ids import possible_row
from app.users.queries import find_setting
from app.users.rules import Level

pipeline = Blueprint("pipeline", __name__)


def deal_or_404(opportunity_id: int, to: Level = READ) -> tuple[Opportunity, Account]:
    """A deal and its account, for someone who may go as far as ``to``; put away, only to read."""
    deal = find_opportunity(db.session(), opportunity_id)
    if deal is None:
        abort(404)
    account = account_or_404(deal.account_id, to)
    if to > READ and deal.archived_at is not None:
        abort(404)
    return deal, account


def standing_of(deal: Opportunity) -> Standing:
    """Where a deal stands."""
    return Standing(Stage(deal.stage), Outcome(deal.outcome))


def case_of(form: Any) -> Case:
    """What a form brings forward."""
    evidence = form.evidence.data if "evidence" in form else ""
    return Case(evidence or "", form.reason.data or "", may("pass without milestone"))


def act_of(case: Case, on: date, *, is_override: bool = False) -> Act:
    """What the person at hand does on a day."""
    return Act(on, db.now(), me().id, case.evidence, case.reason, is_override)


def offer_owners(form: DealFilter) -> None:
    """Let a filter bar choose among those whose deals the person at hand sees."""
    form.offer_owners(owner_choices(db.session(), sight(), form.owner.data))


def wish_of(form: DealFilter, account: Account | None) -> DealWish:
    """Whose deals a filter bar asks for."""
    return DealWish(
        text=form.q.data or "",
        owner_id=form.owner.data,
        account_id=account.id if account else None,
    )


def account_wanted() -> Account | None:
    """The account that ``?account=ID`` narrows a page to."""
    wanted = possible_row(request.args.get("account"))
    return account_or_404(wanted) if wanted is not None else None


def stage_rules() -> StageRules:
    """What the company sets for its stages; asked for once a request."""
    if "stage_rules" not in g:
        g.stage_rules = stage_rules_from(find_setting(db.session(), STAGE_RULES))
    kept: StageRules = g.stage_rules
    return kept


def own_name(stage: Stage) -> str:
    """What the company calls a stage; empty where the usual name holds, and off the pages."""
    return stage_rules().of(stage).name if has_request_context() else ""
