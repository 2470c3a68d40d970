"""The portfolio over time and in order: classes by quarter, importance and how steady it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight
from app.accounts.forms import AccountFilter
from app.accounts.list_queries import owners, regions
from app.accounts.profile_queries import scale_of_company
from app.charts import Words
from app.pictures import picture, plain, rounded, sheet
from app.records.class_changes import CLASSES, Read, Standing, Step, quarter_days, standings, steps
from app.records.portfolio_charts import Stack, stacks, steadiness
from app.records.portfolio_forms import RankingFilter
from app.records.portfolio_queries import class_reads, scored_accounts
from app.records.ranking import Ranking, ranking
from app.records.views.blueprint import records
from app.web import _, day, render, today

MOST_STEPS = 100
MOST_BARS = 40
MOST_LISTED = 200


Filter = TypeVar("Filter", bound=AccountFilter)


def _asked(kind: type[Filter]) -> Filter:
    """The filter as it was filled in, with what there is to choose from."""
    form = kind(request.args)
    form.offer(regions(db.session(), sight()), owners(db.session(), sight()))
    return form


def _reads(form: AccountFilter) -> tuple[list[Read], list[Standing]]:
    reads = class_reads(db.session(), sight(), form.wish(me().id), today())
    return reads, standings(reads, quarter_days(today()))


@records.get("/portfolio/classes")
def classes_over_time() -> ResponseReturnValue:
    """How many accounts were in each class, quarter by quarter, and which ones changed."""
    form = _asked(AccountFilter)
    reads, found = _reads(form)
    changed = steps(reads, found[0].on)
    return render(
        "records/classes_over_time.html",
        form=form,
        standings=found,
        classes=CLASSES,
        steps=changed[:MOST_STEPS],
        risen=sum(one.up > 0 for one in changed),
        fallen=sum(one.up < 0 for one in changed),
    )


@records.get("/portfolio/classes.<any(svg,png,pdf):file_kind>")
def classes_picture(file_kind: str) -> ResponseReturnValue:
    """The same as a picture."""
    _all, found = _reads(_asked(AccountFilter))
    bars = [Stack(day(one.on, "yy-MM"), tuple(n for _c, n in one.counts)) for one in found]
    words = Words(_("Accounts by size class"), plain(_("By the class kept at the time")))
    names = [str(one) for one in CLASSES]
    return picture(file_kind, (words, bars), partial(stacks, words, names, bars), "classes")


@records.get("/portfolio/classes.<any(csv,xlsx):suffix>")
def classes_sheet(suffix: str) -> ResponseReturnValue:
    """Every change of a class, newest first."""
    reads, found = _reads(_asked(AccountFilter))
    header = (_("Account"), _("Day"), _("Before"), _("After"), _("Classes up"))
    return sheet(suffix, "classes", header, map(_step_cells, steps(reads, found[0].on)))


def _step_cells(step: Step) -> tuple[Any, ...]:
    return (step.name, step.on, str(step.before), str(step.after), step.up)


def _ranking(form: RankingFilter) -> Ranking:
    session = db.session()
    accounts = scored_accounts(session, sight(), form.wish(me().id))
    return ranking(scale_of_company(session), accounts, form.first, form.share)


@records.get("/portfolio/importance")
def importance_order() -> ResponseReturnValue:
    """Accounts by their importance, and how steady the first ones are."""
    form = _asked(RankingFilter)
    return render(
        "records/importance_order.html",
        form=form,
        found=_ranking(form),
        scale=scale_of_company(db.session()),
        most=MOST_LISTED,
    )


@records.get("/portfolio/importance.<any(svg,png,pdf):file_kind>")
def importance_picture(file_kind: str) -> ResponseReturnValue:
    """The first accounts and those that come next, each with how steady its place is."""
    form = _asked(RankingFilter)
    found = _ranking(form)
    shown = found.rows[: min(2 * found.top, MOST_BARS)]
    words = Words(
        _("Who stays among the first %(top)s", top=found.top),
        plain(_("How often, while every weight moves by up to ±%(sway)s %%", sway=_sway(form))),
    )
    names = [f"{one.rank}  {one.name}" for one in shown]
    shares = [one.steady if one.rank <= found.top else 1 - one.steady for one in shown]
    content = (words, names, shares, found.top)
    return picture(file_kind, content, partial(steadiness, *content), "importance")


def _sway(form: RankingFilter) -> int:
    return round(100 * form.share)


@records.get("/portfolio/importance.<any(csv,xlsx):suffix>")
def importance_sheet(suffix: str) -> ResponseReturnValue:
    """The whole order."""
    form = _asked(RankingFilter)
    header = (_("Place"), _("Account"), _("Score"), _("At least"), _("At most"), _("Grade"),
              _("Steady"))  # fmt: skip
    return sheet(suffix, "importance", header, _rank_cells(_ranking(form)))


def _rank_cells(found: Ranking) -> Iterator[tuple[Any, ...]]:
    for one in found.rows:
        yield (one.rank, one.name, one.score, one.low, one.high, one.grade,
               rounded(one.steady, 3))  # fmt: skip
