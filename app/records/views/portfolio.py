"""The portfolio: size × attractiveness × position, who brings how much, how to stand to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight
from app.accounts.list_queries import owners, regions
from app.accounts.profile_queries import scale_of_company
from app.accounts.rules import Loyalty, Ownership
from app.accounts.stance import stance
from app.beside import Work
from app.charts import Words
from app.pictures import picture, plain, rounded, sheet
from app.records.changes import yardstick
from app.records.kept_portfolio import PATIENCE, Basis, Build, answer_of
from app.records.portfolio import (
    Field,
    Pareto,
    Spot,
    corners,
    field_sums,
    largest_first,
    pareto,
)
from app.records.portfolio_charts import Bubble, Slope, bubbles, slopes
from app.records.portfolio_forms import PortfolioFilter
from app.records.rules import Period, class_period
from app.records.views.blueprint import records
from app.web import _, day, label, render, today

MOST_DRAWN = 60
MOST_LISTED = 100
FILE_PATIENCE = 120.0
BEGUN = "records/portfolio_begun.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked to see and its answer, or how far that is from being known."""

    form: PortfolioFilter
    period: Period
    answer: Any
    work: Work | None = None


def asked(build: Build[Any], patience: float = PATIENCE) -> Asked:
    """The accounts asked for, with what they bought over the period, as ``build`` puts them."""
    session, seen = db.session(), sight()
    form = PortfolioFilter(request.args)
    form.offer(regions(session, seen), owners(session, seen))
    period = class_period(today(), form.span)
    basis = Basis(period, yardstick(session).company, scale_of_company(session))
    found = answer_of(session, (seen, form.wish(me().id)), basis, build, patience)
    return (
        Asked(form, period, None, found) if isinstance(found, Work) else Asked(form, period, found)
    )


def asked_for_file(build: Build[Any]) -> Asked:
    """The same for a file, which has no place to say how far it is."""
    question = asked(build, FILE_PATIENCE)
    return abort(503) if question.work else question


def page_of(
    template: str, title: str, build: Build[dict[str, Any]], **more: Any
) -> ResponseReturnValue:
    """A page of what was asked for; while the accounts are summed, how far that is."""
    question = asked(build)
    if question.work:
        return render(BEGUN, title=title, asked=question, work=question.work)
    return render(template, asked=question, **question.answer, **more)


@records.get("/portfolio/")
def portfolio() -> ResponseReturnValue:
    """Where the accounts lie: size, attractiveness, our position."""
    return page_of("records/portfolio.html", _("Portfolio"), _places)


def _places(spots: list[Spot]) -> dict[str, Any]:
    found = largest_first(spots)
    return {
        "spots": found[:MOST_LISTED],
        "counted": len(found),
        "drawn": min(sum(one.is_drawn for one in found), MOST_DRAWN),
        "fields": field_sums(found),
        "field_kinds": list(Field),
        "lacking": sum(not one.is_drawn for one in found),
    }


@records.get("/portfolio/map.<any(svg,png,pdf):file_kind>")
def portfolio_picture(file_kind: str) -> ResponseReturnValue:
    """The same as a picture; the largest accounts whose place is known."""
    question = asked_for_file(largest_first)
    shown = [one for one in question.answer if one.is_drawn][:MOST_DRAWN]
    marks = _bubbles(shown)
    words = Words(
        _("Portfolio of %(count)s accounts", count=len(shown)),
        plain(_("Area: sales %(since)s – %(until)s", **_ends(question.period))),
        _("Our share of what they spend, %"),
        _("Attractiveness, of 100"),
    )
    named = [plain(label(one)) for one in (Field.BUILD, Field.GUARD, Field.WATCH, Field.HARVEST)]
    content = (words, marks, named)
    return picture(file_kind, content, partial(bubbles, *content), "portfolio")


def _ends(period: Period) -> dict[str, str]:
    return {"since": day(period.since, "short"), "until": day(period.last, "short")}


def _bubbles(shown: Sequence[Spot]) -> list[Bubble]:
    largest = max((float(one.fact.sales or 0) for one in shown), default=0.0)
    return [
        Bubble(
            one.fact.name,
            100 * float(one.position or 0),
            float(one.attractiveness or 0),
            max(float(one.fact.sales or 0), 0.0) / largest if largest > 0 else 0.0,
            one.field or "",
        )
        for one in shown
    ]


@records.get("/portfolio/map.<any(csv,xlsx):suffix>")
def portfolio_sheet(suffix: str) -> ResponseReturnValue:
    """Every account asked for, with what places it."""
    found = asked_for_file(largest_first).answer
    header = (_("Account"), _("Owner"), _("Class"), _("Sales, CNY"), _("A year before, CNY"),
              _("Profit, CNY"), _("Attractiveness, of 100"), _("Our share"),
              _("Quadrant"))  # fmt: skip
    return sheet(suffix, "portfolio", header, map(_cells, found))


def _cells(one: Spot) -> tuple[Any, ...]:
    fact = one.fact
    return (fact.name, fact.owner, fact.size_class, fact.sales, fact.before, fact.profit,
            one.attractiveness, one.position, label(one.field))  # fmt: skip


@records.get("/portfolio/pareto")
def pareto_page() -> ResponseReturnValue:
    """Who brings most of the sales, and who of the profit."""
    return page_of("records/pareto.html", _("Who brings how much"), _first_ones)


def _first_ones(spots: list[Spot]) -> dict[str, Any]:
    """The largest accounts with their parts; the rest of some thousands is not kept."""
    by_sales, by_profit = _both(spots)
    first = by_sales.rows[:MOST_LISTED]
    shown = {row.fact.id for row in first}
    return {
        "sales": replace(by_sales, rows=first),
        "profit": replace(by_profit, rows=()),
        "counted": len(by_sales.rows),
        "profits": {row.fact.id: row for row in by_profit.rows if row.fact.id in shown},
    }


def _both(spots: list[Spot]) -> tuple[Pareto, Pareto]:
    facts = [one.fact for one in spots]
    return pareto(facts, lambda one: one.sales), pareto(facts, lambda one: one.profit)


@records.get("/portfolio/pareto.<any(svg,png,pdf):file_kind>")
def pareto_picture(file_kind: str) -> ResponseReturnValue:
    """Both sums from the largest account down, in per cent."""
    question = asked_for_file(largest_first)
    named = zip((_("Sales"), _("Profit")), _both(question.answer), strict=True)
    lines = [Slope(name, tuple(_run(one))) for name, one in named if one.whole > 0]
    words = Words(
        _("Who brings how much"),
        plain(_("%(since)s – %(until)s", **_ends(question.period))),
        _("Accounts, the largest first"),
        _("Percent of the whole"),
        _("80 %"),
    )
    return picture(file_kind, (words, lines), partial(slopes, words, lines), "pareto")


def _run(found: Pareto) -> Iterator[float]:
    return (round(100 * row.cumulated, 3) for row in found.rows if row.cumulated is not None)


@records.get("/portfolio/pareto.<any(csv,xlsx):suffix>")
def pareto_sheet(suffix: str) -> ResponseReturnValue:
    """Every account with its part of sales and of profit."""
    by_sales, by_profit = _both(asked_for_file(largest_first).answer)
    profits = {row.fact.id: row for row in by_profit.rows}
    header = (_("Place by sales"), _("Account"), _("Owner"), _("Sales, CNY"), _("Part of sales"),
              _("Together"), _("Profit, CNY"), _("Part of profit"),
              _("Place by profit"))  # fmt: skip
    lines = (
        (row.rank, row.fact.name, row.fact.owner, row.value, _share(row.share),
         _share(row.cumulated), *_profit_cells(profits.get(row.fact.id)))
        for row in by_sales.rows
    )  # fmt: skip
    return sheet(suffix, "pareto", header, lines)


def _profit_cells(row: Any) -> tuple[Any, ...]:
    return (row.value, _share(row.share), row.rank) if row else (None, None, None)


def _share(value: float | None) -> Any:
    return None if value is None else rounded(value, 4)


@records.get("/portfolio/loyalty")
def loyalty() -> ResponseReturnValue:
    """Ownership × loyalty: how many, what they buy, and how to stand to them [000]."""
    return page_of("records/loyalty.html", _("Ownership and loyalty"), _corners)


def _corners(spots: list[Spot]) -> dict[str, Any]:
    found = corners(one.fact for one in spots)
    owned = [one for one in (*Ownership, None) if one or any(key[0] is None for key in found)]
    loyal = [one for one in (*Loyalty, None) if one or any(key[1] is None for key in found)]
    advice = {(one, other): stance(None, one, other) for one in owned for other in loyal}
    return {"corners": found, "owned": owned, "loyal": loyal, "advice": advice}
