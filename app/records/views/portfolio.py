"""The portfolio: size × attractiveness × position, who brings how much, how to stand to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight
from app.accounts.list_queries import owners, regions
from app.accounts.profile_queries import scale_of_company
from app.accounts.rules import Loyalty, Ownership
from app.accounts.stance import stance
from app.charts import Words
from app.pictures import picture, plain, rounded, sheet
from app.records.changes import yardstick
from app.records.portfolio import (
    AccountFact,
    Field,
    Pareto,
    Spot,
    corners,
    field_sums,
    pareto,
    spots,
)
from app.records.portfolio_charts import Bubble, Slope, bubbles, slopes
from app.records.portfolio_forms import PortfolioFilter
from app.records.portfolio_queries import account_facts
from app.records.rules import Period, class_period
from app.records.views.blueprint import records
from app.web import _, day, label, render, today

MOST_DRAWN = 60
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked to see, and the facts of it."""

    form: PortfolioFilter
    period: Period
    facts: list[AccountFact]


def asked() -> Asked:
    """The accounts asked for, with what they bought over the period."""
    session, seen = db.session(), sight()
    form = PortfolioFilter(request.args)
    form.offer(regions(session, seen), owners(session, seen))
    period = class_period(today(), form.span)
    company = yardstick(session).company
    wish = form.wish(me().id)
    return Asked(form, period, account_facts(session, seen, wish, period, company))


@records.get("/portfolio/")
def portfolio() -> ResponseReturnValue:
    """Where the accounts lie: size, attractiveness, our position."""
    question = asked()
    found = spots(scale_of_company(db.session()), question.facts)
    return render(
        "records/portfolio.html",
        asked=question,
        spots=found[:MOST_LISTED],
        counted=len(found),
        drawn=min(sum(one.is_drawn for one in found), MOST_DRAWN),
        fields=field_sums(found),
        field_kinds=list(Field),
        lacking=sum(not one.is_drawn for one in found),
    )


@records.get("/portfolio/map.<any(svg,png,pdf):file_kind>")
def portfolio_picture(file_kind: str) -> ResponseReturnValue:
    """The same as a picture; the largest accounts whose place is known."""
    question = asked()
    found = spots(scale_of_company(db.session()), question.facts)
    shown = [one for one in found if one.is_drawn][:MOST_DRAWN]
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
    question = asked()
    found = spots(scale_of_company(db.session()), question.facts)
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
    question = asked()
    by_sales, by_profit = _both(question)
    return render(
        "records/pareto.html",
        asked=question,
        sales=by_sales,
        profit=by_profit,
        profits={row.fact.id: row for row in by_profit.rows},
        most=MOST_LISTED,
    )


def _both(question: Asked) -> tuple[Pareto, Pareto]:
    facts = question.facts
    return pareto(facts, lambda one: one.sales), pareto(facts, lambda one: one.profit)


@records.get("/portfolio/pareto.<any(svg,png,pdf):file_kind>")
def pareto_picture(file_kind: str) -> ResponseReturnValue:
    """Both sums from the largest account down, in per cent."""
    question = asked()
    named = zip((_("Sales"), _("Profit")), _both(question), strict=True)
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
    question = asked()
    by_sales, by_profit = _both(question)
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
    question = asked()
    found = corners(question.facts)
    owned = [one for one in (*Ownership, None) if one or any(key[0] is None for key in found)]
    loyal = [one for one in (*Loyalty, None) if one or any(key[1] is None for key in found)]
    return render(
        "records/loyalty.html",
        asked=question,
        corners=found,
        owned=owned,
        loyal=loyal,
        advice={(one, other): stance(None, one, other) for one in owned for other in loyal},
    )
