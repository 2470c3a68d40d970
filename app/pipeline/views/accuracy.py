"""How good forecasts were: by amounts, by probabilities, by person, stage and horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.beside import Work, found_or_begun
from app.charts import Words
from app.pictures import picture, plain, sheet, unit_of
from app.pipeline.charts import Curve
from app.pipeline.charts import lines as drawn_lines
from app.pipeline.charts import reliability as drawn_reliability
from app.pipeline.forecast import Opinion
from app.pipeline.forecast_queries import decided_mark
from app.pipeline.remembered import remembered
from app.pipeline.score_queries import Scope, Velocity, Walk, judged_past, velocities
from app.pipeline.scoring import (
    ChanceScore,
    Scores,
    amount_scores,
)
from app.pipeline.split_queries import names_of
from app.pipeline.splits import Split
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.forecast import Question, asked
from app.web import _, day, label, render, today

PAST_QUARTERS = 4
AN_HOUR = 3_600.0
AT_ONCE = 2_000
"""Deals whose past is walked through while somebody waits for the page: some seconds."""
LATER = (30, 60)
"""Days after the eve on which a quarter is forecast again, for the sake of the horizon."""


def scope_of(question: Question) -> Scope:
    """Whose deals a question is about."""
    return Scope(visible(), question.wish, today())


Judgement = tuple[Walk, Scores]


def judged_for(question: Question) -> Judgement:
    """The last quarters walked through and scored, remembered while nothing is decided and the
    same accounts are seen: that a contact of last spring is noted today may wait for an hour."""
    return _judged_at_once(question, decided_mark(db.session()))


def judged_or_begun(question: Question) -> Judgement | Work:
    """The same; of a long past how far it is, until it is known."""
    decided = decided_mark(db.session())
    if sum(count for _outcome, count, _newest in decided) <= AT_ONCE:
        return _judged_at_once(question, decided)
    find = partial(judged_past, scope_of(question), PAST_QUARTERS, LATER)
    return found_or_begun(db.session(), find, PAST_QUARTERS, **_kept_by(question, decided))


def _judged_at_once(question: Question, decided: Sequence[Any]) -> Judgement:
    session = db.session()
    find = partial(judged_past, scope_of(question), PAST_QUARTERS, LATER, session)
    return remembered(session, find=find, **_kept_by(question, decided))


def _kept_by(question: Question, decided: Sequence[Any]) -> dict[str, Any]:
    mark = (today(), *decided, *db.session().scalars(visible()))
    return {"key": ("judged", me().id, question.wish), "mark": mark, "lasts": AN_HOUR}


def velocities_of(question: Question) -> list[Velocity]:
    """What a day of selling brings, as it stands today."""
    key = ("velocities", me().id, me().role, question.wish, today())
    find = partial(velocities, db.session(), scope_of(question))
    return remembered(db.session(), key, find)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of cases with each opinion's score."""

    name: str
    scores: list[ChanceScore]

    @property
    def cases(self) -> int:
        """Deals that were judged."""
        return max(one.cases for one in self.scores)


MOST_GROUPS = 15


def _groups(found: dict[Any, list[ChanceScore]], names: dict[Any, str]) -> list[Group]:
    listed = list(found.items())[:MOST_GROUPS]
    return [Group(names.get(key) or _("nobody"), scores) for key, scores in listed]


def _people(found: dict[int | None, list[ChanceScore]]) -> list[Group]:
    lines: Any = [_Keyed(key) for key in found]
    return _groups(found, dict(names_of(db.session(), Split.PERSON, lines)))


@dataclass(frozen=True, slots=True)
class _Keyed:
    key: int | None


def groups_of(scores: Scores) -> list[tuple[str, str, list[Group]]]:
    """The scores by person, stage and horizon: title, head of the first column, groups."""
    stages = _groups(scores.stages, {stage: label(stage) for stage in scores.stages})
    return [
        (_("By person"), _("Who"), _people(scores.people)),
        (_("By stage"), _("Stage"), stages),
        (_("By horizon"), _("How far ahead"), _horizons(scores.horizons)),
    ]


def _horizons(found: dict[int, list[ChanceScore]]) -> list[Group]:
    ahead = {weeks: _("%(weeks)s weeks ahead or more", weeks=weeks) for weeks in found}
    return _groups(dict(sorted(found.items(), reverse=True)), ahead)


@pipeline.get("/pipeline/accuracy")
def accuracy() -> ResponseReturnValue:
    """The last quarters as they were forecast on their eve, and what came."""
    question = asked()
    known = judged_or_begun(question)
    if isinstance(known, Work):
        return render(
            "pipeline/accuracy_begun.html", form=question.form, account=question.account, work=known
        )
    past, said = known
    currencies = sorted({one.forecast.currency for one in past.came})
    scores = {money: _amounts(past, money) for money in currencies}
    return render(
        "pipeline/accuracy.html",
        form=question.form,
        account=question.account,
        past=past,
        amounts=scores,
        chances=said.whole,
        naive=said.naive,
        tables=groups_of(said),
        velocities=velocities_of(question),
        opinions=Opinion,
    )


def _amounts(past: Walk, currency: str) -> Any:
    came = [one for one in past.came if one.forecast.currency == currency]
    return came, amount_scores(came)


@pipeline.get("/pipeline/accuracy/reliability.<any(svg,png,pdf):file_kind>")
def reliability_picture(file_kind: str) -> ResponseReturnValue:
    """What came of what was said, for each opinion."""
    curves = [_curve(one) for one in judged_for(asked())[1].whole if one.bins]
    words = Words(
        plain(_("Reliability: what came of what was said")),
        plain(_("On the line the probability was right; bars: intervals of 95 per cent")),
        _("Said, per cent"),
        _("Came, per cent"),
    )
    content = (words, curves)
    return picture(file_kind, content, partial(drawn_reliability, *content), "reliability")


def _curve(one: ChanceScore) -> Curve:
    bins = one.bins
    return Curve(
        plain(label(one.opinion)),
        tuple(each.said for each in bins),
        tuple(each.came for each in bins),
        tuple(each.interval.low for each in bins),
        tuple(each.interval.high for each in bins),
    )


@pipeline.get("/pipeline/accuracy/amounts.<any(svg,png,pdf):file_kind>")
def amounts_picture(file_kind: str) -> ResponseReturnValue:
    """What was forecast for each quarter and what came, in one currency."""
    currency = request.args.get("currency", "")
    came, _scores = _amounts(judged_for(asked())[0], currency)
    curves = [*(_said_of(opinion, came) for opinion in Opinion), _actual(came)]
    curves = [curve for curve in curves if curve.xs]
    names = [day(one.period.start) for one in came]
    highest = [y for curve in curves for y in (*curve.ys, *curve.highs)]
    unit, unit_name = unit_of(max(highest, default=0.0))
    words = Words(
        _("Forecast on the eve, and what came"),
        plain(_("Bands: eight in ten cases")),
        _("Quarter from"),
        f"{currency} {unit_name}".strip(),
    )
    content = (words, names, curves, unit)
    return picture(file_kind, content, partial(drawn_lines, *content), "accuracy")


def _said_of(opinion: Opinion, came: Sequence[Any]) -> Curve:
    views = [(place, one.forecast.view(opinion)) for place, one in enumerate(came)]
    said = [(place, view.outlook) for place, view in views if view.counted]
    return Curve(
        plain(label(opinion)),
        tuple(float(place) for place, _view in said),
        tuple(found.mean for _place, found in said),
        tuple(found.p10 for _place, found in said),
        tuple(found.p90 for _place, found in said),
    )


def _actual(came: Sequence[Any]) -> Curve:
    xs = tuple(float(place) for place in range(len(came)))
    return Curve(_("What came"), xs, tuple(float(one.actual) for one in came))


@pipeline.get("/pipeline/accuracy.<any(csv,xlsx):suffix>")
def accuracy_sheet(suffix: str) -> ResponseReturnValue:
    """Every deal that was judged on an eve, what was said of it and whether it was won."""
    header = (_("Quarter from"), _("Deal"), _("Stage"), _("Currency"), _("Amount"),
              *(label(one) for one in Opinion), _("Won"))  # fmt: skip
    currency = request.args.get("currency")
    eves = (one for one in judged_for(asked())[0].eves if currency in {None, one.currency})
    return sheet(suffix, "accuracy", header, map(_cells, eves))


def _cells(one: Any) -> tuple[Any, ...]:
    said = ("" if share is None else f"{share:.4f}" for share in one.chances)
    value = None if one.value is None else f"{one.value:.2f}"
    return (one.period.start, one.deal_id, label(one.stage), one.currency, value, *said,
            int(one.won))  # fmt: skip
