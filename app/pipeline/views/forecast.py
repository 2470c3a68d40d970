"""What a period will bring: won so far, what sellers commit to, what each opinion expects."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app import db
from app.access import EDIT, editable, me, visible
from app.accounts.models import Account
from app.beside import Work, found_or_begun
from app.pipeline.calls import Call
from app.pipeline.choice_queries import product_choices
from app.pipeline.forecast import Forecast, Judged, Opinion, forecasts
from app.pipeline.forecast_changes import say
from app.pipeline.forecast_forms import CallForm, ForecastFilter
from app.pipeline.forecast_queries import (
    A_DAY,
    PARTS,
    among,
    deals_ever,
    judged_on,
    noted_before,
    prepare,
    with_names,
    won_between,
)
from app.pipeline.periods import Period, after, month_of, quarter_of, year_of
from app.pipeline.remembered import remembered
from app.pipeline.rules import Outcome, Stage
from app.pipeline.split_queries import Asked, names_of, split_lines
from app.pipeline.splits import Key, Line, Split, led_by
from app.pipeline.standing_queries import DealWish
from app.pipeline.target_queries import Aim, aims_within, own_aims, team_aims
from app.pipeline.verdict_queries import find_verdicts
from app.pipeline.verdicts import offered
from app.pipeline.views.blueprint import account_wanted, deal_or_404, pipeline, wish_of
from app.users.queries import colleague_choices, managers
from app.vocabulary import N_
from app.web import _, label, render, see, today

CARRIERS = 25
"""How many deals the page names: those that a period hangs on."""
AT_ONCE = 2_000
"""Deals over which a first forecast is made while somebody waits for the page."""
PATIENCE = 0.25
"""Seconds that a page waits for what takes long, before it says how far it is."""


def period_wanted(form: ForecastFilter) -> Period:
    """The days asked for, if they make a period; else the quarter at hand."""
    start, end = form.start.data, form.end.data
    if start is not None and end is not None and start <= end:
        return Period(start, end)
    return quarter_of(today())


def usual_periods() -> list[tuple[str, Period]]:
    """What one mostly asks for, with its name."""
    quarter = quarter_of(today())
    return [
        (N_("This month"), month_of(today())),
        (N_("This quarter"), quarter),
        (N_("Next quarter"), after(quarter, quarter_of)),
        (N_("This year"), year_of(today())),
    ]


@dataclass
class Question:
    """What a person asks of a forecast, and what answers it: each looked up when first wanted."""

    form: ForecastFilter
    account: Account | None

    @cached_property
    def managers(self) -> dict[int, int | None]:
        """Who leads whom."""
        return managers(db.session())

    @cached_property
    def period(self) -> Period:
        """The days asked for."""
        return period_wanted(self.form)

    @cached_property
    def wish(self) -> DealWish:
        """Whose deals, narrowed by team and product as well."""
        wish = replace(wish_of(self.form, self.account), product_id=self.form.product.data)
        leader = self.form.team.data
        return wish if leader is None else replace(wish, owner_ids=led_by(leader, self.managers))

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells this question from every other."""
        language = str(get_locale())
        return ("forecast", me().id, me().role, self.wish, self.period, self.by, today(), language)

    @cached_property
    def judged(self) -> list[Judged]:
        """The open deals with what each opinion gives them."""
        return judged_on(db.session(), visible(), self.wish, end=self.period.end, today=today())

    @cached_property
    def won(self) -> dict[str, tuple[int, Decimal]]:
        """What was won in the period so far, by currency."""
        until = min(self.period.end, today())
        return won_between(db.session(), visible(), self.wish, self.period.start, until)

    @cached_property
    def aims(self) -> list[Aim]:
        """What is aimed at within these days, by person and team."""
        return aims_within(db.session(), self.period)

    @cached_property
    def targets(self) -> dict[str, Decimal]:
        """What is aimed at by whom the page is about: a person, a team, else my team or me."""
        leads = me().id in self.managers.values()
        leader = self.form.team.data or (me().id if leads and not self.form.owner.data else None)
        who = leader or self.form.owner.data or me().id
        found = team_aims(self.aims, self.managers) if leader else own_aims(self.aims)
        return {money: amount for (user, money), amount in found.items() if user == who}

    @cached_property
    def forecasts(self) -> list[Forecast]:
        """The forecast of each currency."""
        return forecasts(self.judged, self.won, self.targets)

    @property
    def by(self) -> Split:
        """What the forecast is split by."""
        return self.form.by.data or Split.PERSON

    @cached_property
    def lines(self) -> list[Line]:
        """The forecast split up."""
        until = min(self.period.end, today())
        days, led = (self.period, until), (self.managers, me().id)
        asked = Asked(visible(), self.wish, *days, self.by, *led, self.aims)
        return split_lines(db.session(), asked, self.judged)

    @cached_property
    def names(self) -> dict[Key, str]:
        """What the lines are called."""
        if self.by is Split.STAGE:
            return {stage.value: label(stage) for stage in Stage}
        return names_of(db.session(), self.by, self.lines)


def asked() -> Question:
    """The question that the address puts."""
    form, session = ForecastFilter(request.args), db.session()
    question = Question(form, account_wanted())
    people = colleague_choices(session)
    leaders = set(question.managers.values())
    form.offer(people, [one for one in people if one[0] in leaders], product_choices(session))
    form.validate()
    form.start.data, form.end.data = question.period.start, question.period.end
    return question


def carriers_of(deals: list[Judged]) -> list[Judged]:
    """The deals of which most is expected, among those that any opinion expects something of."""
    hopeful = [one for one in deals if one.seller or one.history or one.pattern]
    return sorted(hopeful, key=lambda one: (-one.worth, one.deal.id))[:CARRIERS]


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question, small enough to be remembered."""

    forecasts: list[Forecast]
    lines: list[Line]
    names: dict[Key, str]
    carriers: list[Judged]


def _found(question: Question) -> Found:
    carriers = list(with_names(db.session(), carriers_of(question.judged)))
    return Found(question.forecasts, question.lines, question.names, carriers)


def found_for(question: Question) -> Found:
    """What answers a question."""
    return remembered(db.session(), question.key, lambda: _found(question))


def prepared() -> Work | None:
    """How far it is with what takes long of a first forecast; None when all is ready.

    Over few deals it takes no time worth telling of.
    """
    session = db.session()
    if deals_ever(session) <= AT_ONCE:
        return None
    mark = (today(), noted_before(session, today()))
    find = partial(prepare, visible(), today())
    key = ("prepared", me().id, me().role)
    work = found_or_begun(session, find, PARTS, key=key, mark=mark, lasts=A_DAY, patience=PATIENCE)
    return work if isinstance(work, Work) else None


@pipeline.get("/pipeline/forecast")
def forecast() -> ResponseReturnValue:
    """Won so far, what sellers commit to, and what open deals may add by each opinion."""
    question, session = asked(), db.session()
    about: dict[str, Any] = {
        "form": question.form,
        "account": question.account,
        "period": question.period,
        "periods": usual_periods(),
    }
    if (work := prepared()) is not None:
        return render("pipeline/forecast_begun.html", **about, work=work)
    found = found_for(question)
    return render(
        "pipeline/forecast.html",
        **about,
        is_over=question.period.end < today(),
        forecasts=found.forecasts,
        targets=question.targets,
        lines=found.lines,
        names=found.names,
        by=question.by,
        carriers=found.carriers,
        may_say=among(session, editable(), {one.deal.account_id for one in found.carriers}),
        calls=Call,
        opinions=Opinion,
        offered=offered(find_verdicts(session)),
    )


@pipeline.post("/pipeline/<int:opportunity_id>/call")
def call(opportunity_id: int) -> ResponseReturnValue:
    """Say how far one commits to a deal."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    form = CallForm()
    if not form.validate() or deal.outcome != Outcome.OPEN:
        abort(422)
    say(db.session(), deal, form.call.data, on=today(), at=db.now(), user_id=me().id)
    db.session().commit()
    words = _("%(name)s: your call is noted.", name=deal.name)
    return see("pipeline.forecast", words, anchor="calls", **_kept_words())


def _kept_words() -> dict[str, str]:
    """The address's words, so that the page comes back as it was."""
    return {name: value for name, value in request.args.items() if value}
