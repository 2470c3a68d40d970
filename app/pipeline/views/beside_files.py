"""What is kept beside deals, of the deals that a filter bar asks for or of one, as files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight
from app.pictures import sheet
from app.pipeline.beside_rows import SHEETS, Beside, rows_beside
from app.pipeline.forms import ListFilter
from app.pipeline.standing_queries import DealWish
from app.pipeline.views.blueprint import (
    account_wanted,
    deal_or_404,
    offer_owners,
    pipeline,
    stage_rules,
)
from app.pipeline.wishes import list_wish
from app.vocabulary import N_, Term
from app.web import _, label, today

WHAT = f"<any({','.join(Beside)}):beside>.<any(csv,xlsx):suffix>"


@pipeline.get(f"/pipeline/list/{WHAT}")
def beside_file(beside: str, suffix: str) -> ResponseReturnValue:
    """What is kept beside the deals of the list, as it is filtered."""
    form, account = ListFilter(request.args), account_wanted()
    offer_owners(form)
    wish = list_wish(form, account.id if account else None, today())
    return _file(suffix, Beside(beside), rows_beside(db.session(), sight(), wish, Beside(beside)))


@pipeline.get(f"/pipeline/<int:opportunity_id>/kept/{WHAT}")
def deal_file(opportunity_id: int, beside: str, suffix: str) -> ResponseReturnValue:
    """What is kept beside one deal."""
    deal, _account = deal_or_404(opportunity_id)
    rows = rows_beside(db.session(), sight(), DealWish(), Beside(beside), deal.id)
    return _file(suffix, Beside(beside), rows)


def _file(suffix: str, what: Beside, rows: Iterable[list[Any]]) -> ResponseReturnValue:
    header = [_(words) for words in (N_("Account"), N_("Deal"), *SHEETS[what].head)]
    if what is Beside.CHECKLISTS:
        rows = map(_with_words, rows)
    return sheet(suffix, what.value, header, (list(map(_cell, row)) for row in rows))


def _with_words(row: list[Any]) -> list[Any]:
    """A point of a checklist as the company words it; one that is asked no more, by its key."""
    account, deal, stage, key, *rest = row
    items = {item.key: item.words for item in stage_rules().of(stage).items}
    return [account, deal, stage, _(items.get(key, key)), *rest]


def _cell(value: Any) -> Any:
    if isinstance(value, Term):
        return label(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value.date() if isinstance(value, datetime) else value
