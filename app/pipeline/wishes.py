"""What a filter bar asks for, as a wish: the board, the list and their files read it alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.pipeline.forms import Attention, BoardFilter, ListFilter
from app.pipeline.rules import LIVE, Outcome
from app.pipeline.standing_queries import DealWish


def board_wish(form: BoardFilter, account_id: int | None, today: date) -> DealWish:
    """The wish of the board's filter bar."""
    wish = DealWish(
        text=form.q.data or "",
        owner_id=form.owner.data,
        account_id=account_id,
        grade=form.grade.data,
    )
    return _attended(wish, form.attention.data, today)


def list_wish(form: ListFilter, account_id: int | None, today: date) -> DealWish:
    """The wish of the list's filter bar: live deals unless asked for all or for one outcome."""
    wish = DealWish(
        text=form.q.data or "",
        owner_id=form.owner.data,
        account_id=account_id,
        stage=form.stage.data,
        outcomes=_outcomes(form.outcome.data),
        close_from=form.close_from.data,
        close_to=form.close_to.data,
        grade=form.grade.data,
    )
    return _attended(wish, form.attention.data, today)


def _outcomes(wanted: str | None) -> tuple[Outcome, ...]:
    if wanted == "any":
        return ()
    return (Outcome(wanted),) if wanted in set(Outcome) else LIVE


def _attended(wish: DealWish, attention: Attention | None, today: date) -> DealWish:
    """The same wish, of open deals that need somebody."""
    if attention is Attention.LATE:
        day = today - timedelta(days=1)
        until = min(wish.close_to, day) if wish.close_to else day
        return replace(wish, outcomes=(Outcome.OPEN,), close_to=until)
    if attention is Attention.STEP:
        return replace(wish, outcomes=(Outcome.OPEN,), step_by=today)
    return wish
