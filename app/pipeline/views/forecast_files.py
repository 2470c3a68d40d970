"""The forecast as a picture for a meeting, and its figures as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.charts import Words
from app.pictures import picture, plain, rounded, sheet, unit_of
from app.pipeline.charts import Range, ranges
from app.pipeline.forecast import Forecast, Judged, Opinion
from app.pipeline.forecast_queries import with_names
from app.pipeline.splits import Key, Line
from app.pipeline.verdict_queries import find_verdicts
from app.pipeline.verdicts import offered
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.forecast import Question, asked, found_for
from app.web import _, day, label, money


@pipeline.get("/pipeline/forecast.<any(svg,png,pdf):file_kind>")
def forecast_picture(file_kind: str) -> ResponseReturnValue:
    """One currency's forecast: what is won, committed to and expected, against the target."""
    question = asked()
    currency = request.args.get("currency", "")
    one = next((one for one in found_for(question).forecasts if one.currency == currency), None)
    if one is None:
        abort(404)
    rows = _ranges(one)
    target = question.targets.get(currency)
    unit, unit_name = unit_of(max([float(target or 0), *(row.high for row in rows)]))
    across = f"{currency} {unit_name}".strip()
    words = Words(
        _("Forecast %(start)s – %(end)s", start=day(question.period.start),
          end=day(question.period.end)),
        plain(_("Bars: eight in ten cases; diamond: the mean")),
        across,
        mark=_("Target %(amount)s", amount=money(target, currency)) if target else "",
    )  # fmt: skip
    mark = float(target) if target else None
    content = (words, rows, mark, unit)
    return picture(file_kind, content, partial(ranges, *content), "forecast")


def _ranges(one: Forecast) -> list[Range]:
    won = float(one.won)
    rows = [Range(_("Won so far"), 0.0, won, won, money(one.won, one.currency))]
    if one.called:
        for name, called in ((_("Commit"), one.commit), (_("Best case"), one.best)):
            amount = one.won + called
            rows.append(Range(name, won, float(amount), float(amount), money(amount, one.currency)))
    beaten = offered(find_verdicts(db.session()))
    for view in one.views:
        if view.counted and not beaten[view.opinion]:
            low, high = view.in_all(one.won, "p10"), view.in_all(one.won, "p90")
            mean = view.in_all(one.won)
            between = f"{money(low, one.currency)} – {money(high, one.currency)}"
            said = f"{money(mean, one.currency)} ({between})"
            name = plain(label(view.opinion))
            rows.append(Range(name, float(low), float(mean), float(high), said))
    return rows


@pipeline.get("/pipeline/forecast.<any(csv,xlsx):suffix>")
def forecast_sheet(suffix: str) -> ResponseReturnValue:
    """Every open deal with what each opinion gives it within the period, and why."""
    question = asked()
    header = (_("Deal"), _("Account"), _("Owner"), _("Stage"), _("Currency"), _("Amount"),
              _("Closes on"), _("Seller’s call"), *(label(one) for one in Opinion),
              _("Expected"))  # fmt: skip
    return sheet(suffix, "forecast", header, map(_cells, _sorted(question)))


def _sorted(question: Question) -> Iterator[Judged]:
    currency = request.args.get("currency")
    asked_for = (one for one in question.judged if currency in {None, one.deal.currency})
    in_order = sorted(asked_for, key=lambda one: (-one.worth, one.deal.id))
    yield from with_names(db.session(), in_order)


def _cells(one: Judged) -> tuple[Any, ...]:
    deal = one.deal
    shares = (one.by(opinion) for opinion in Opinion)
    return (
        deal.name,
        deal.account,
        deal.owner,
        label(deal.stage),
        deal.currency,
        deal.amount,
        deal.close_on,
        label(deal.call),
        *(None if share is None else rounded(share, 4) for share in shares),
        rounded(one.worth, 2),
    )


@pipeline.get("/pipeline/forecast/lines.<any(csv,xlsx):suffix>")
def lines_sheet(suffix: str) -> ResponseReturnValue:
    """The forecast split up, a line for each group and currency."""
    question = asked()
    header = (label(question.by), _("Currency"), _("Open deals"), _("Target"), _("Won"),
              _("Commit"), _("Best case"), *(label(one) for one in Opinion), _("Open"),
              _("Coverage"))  # fmt: skip
    found = found_for(question)
    rows = (_line(line, found.names) for line in found.lines)
    return sheet(suffix, f"forecast-by-{question.by}", header, rows)


def _line(line: Line, names: Mapping[Key, str]) -> tuple[Any, ...]:
    coverage = None if line.coverage is None else rounded(line.coverage, 2)
    return (
        names.get(line.key) or line.key or "",
        line.currency,
        line.deals,
        line.target,
        line.won,
        line.commit,
        line.best,
        *(line.expected[opinion] for opinion in Opinion),
        line.open,
        coverage,
    )
