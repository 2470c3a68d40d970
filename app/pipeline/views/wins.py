"""What wins: win shares with and without a condition, with how sure that is."""

from __future__ import annotations

from functools import partial

from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.charts import Words
from app.pictures import picture, plain, sheet
from app.pipeline.charts import Range
from app.pipeline.charts import ranges as drawn
from app.pipeline.remembered import remembered
from app.pipeline.score_queries import Scope
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.forecast import Question, asked
from app.pipeline.wins import COUNTED, Comparison, by_chance, comparisons
from app.pipeline.wins_queries import decided_deals
from app.web import _, label, percent, render, today


def _found() -> list[Comparison]:
    return _compared(asked())


def _compared(question: Question) -> list[Comparison]:
    session, scope = db.session(), Scope(visible(), question.wish, today())
    key = ("wins", me().id, me().role, question.wish)
    return remembered(session, key, lambda: comparisons(decided_deals(session, scope)))


@pipeline.get("/pipeline/wins")
def wins() -> ResponseReturnValue:
    """Each condition compared, and the warning that goes with many comparisons."""
    question = asked()
    found = _compared(question)
    compared = sum(one.is_enough for one in found)
    return render(
        "pipeline/wins.html",
        form=question.form,
        account=question.account,
        found=found,
        compared=compared,
        by_chance=by_chance(compared),
        counted=COUNTED,
        cases=max((one.with_it.cases + one.without.cases for one in found), default=0),
    )


@pipeline.get("/pipeline/wins.<any(svg,png,pdf):file_kind>")
def wins_picture(file_kind: str) -> ResponseReturnValue:
    """The win shares with and without each condition that has enough cases."""
    rows = [row for one in _found() if one.is_enough for row in _rows(one)]
    words = Words(
        _("What wins"),
        plain(_("Diamond: the share won; bar: its interval of 95 per cent")),
        _("Won, per cent"),
    )
    return picture(file_kind, (words, rows), partial(drawn, words, rows, None, 0.01), "wins")


def _rows(one: Comparison) -> list[Range]:
    name = plain(label(one.condition))
    pairs = ((name, one.with_it), (_("… without"), one.without))
    return [
        Range(who, share.interval.low, share.value or 0.0, share.interval.high,
              f"{percent(share.value)} ({share.wins}/{share.cases})", share is one.without)
        for who, share in pairs
    ]  # fmt: skip


@pipeline.get("/pipeline/wins.<any(csv,xlsx):suffix>")
def wins_sheet(suffix: str) -> ResponseReturnValue:
    """The comparisons as figures."""
    header = (_("Condition"), _("Won with it"), _("Cases with it"), _("Won without"),
              _("Cases without"), _("Difference"), _("From"), _("To"))  # fmt: skip
    rows = (
        (label(one.condition), one.with_it.wins, one.with_it.cases, one.without.wins,
         one.without.cases, f"{one.difference:.4f}", f"{one.between.low:.4f}",
         f"{one.between.high:.4f}")
        for one in _found()
    )  # fmt: skip
    return sheet(suffix, "wins", header, rows)
