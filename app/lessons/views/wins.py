"""What wins and loses over a period: as a page, as pictures, as files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app import db
from app.access import sight
from app.charts import Words
from app.file_names import attachment, file_name
from app.lessons.forms import PeriodFilter
from app.lessons.past_queries import company_past
from app.lessons.report import OF_LOSSES, Decided, Line, Name, Part, compared, report
from app.lessons.report_queries import decided_between
from app.lessons.views.blueprint import lessons
from app.pictures import picture, plain
from app.pipeline.charts import Range, ranges
from app.pipeline.periods import Period, quarters_before, year_of
from app.pipeline.wins import Share, by_chance
from app.plans.out.document import Document, Section, Table
from app.plans.out.pdf import pdf
from app.plans.out.slides import slides
from app.plans.out.workbook import workbook
from app.vocabulary import N_, Term
from app.web import _, day, label, number, percent, render, today

WRITERS = {"pdf": pdf, "pptx": slides, "xlsx": workbook}
TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and what was decided in it."""

    form: PeriodFilter
    period: Period
    deals: list[Decided]
    parts: list[Part]

    @property
    def won(self) -> Share:
        """The share won of all."""
        return Share(sum(deal.won for deal in self.deals), len(self.deals))


def usual_periods() -> list[tuple[str, Period]]:
    """What one mostly asks for, with its name."""
    on = today()
    year, quarters = year_of(on), quarters_before(on, 4)
    last = year_of(quarters[0].start)
    return [
        (N_("This year"), year),
        (N_("Last four quarters"), Period(min(one.start for one in quarters), on)),
        (N_("Since last year began"), Period(min(last.start, year.start), on)),
    ]


def _asked() -> Asked:
    form = PeriodFilter(request.args)
    form.validate()
    start, end = form.start.data, form.end.data
    usual = usual_periods()[-1][1]
    period = Period(start, end) if start and end and start <= end else usual
    form.start.data, form.end.data = period.start, period.end
    session = db.session()
    past = company_past(session, today())
    buyers = current_app.extensions["buyers"]
    deals = decided_between(session, sight(), period, past, buyers)
    return Asked(form, period, deals, report(deals))


@lessons.get("/lessons/wins")
def wins() -> ResponseReturnValue:
    """Decided deals by cause, stage, competitor, roles, price, noes and team."""
    asked = _asked()
    count = compared(asked.parts)
    return render(
        "lessons/wins.html",
        asked=asked,
        periods=usual_periods(),
        compared=count,
        by_chance=by_chance(count),
        of_losses=OF_LOSSES,
    )


@lessons.get("/lessons/wins/<side>.<any(svg,png,pdf):file_kind>")
def wins_picture(side: str, file_kind: str) -> ResponseReturnValue:
    """One side of the report, drawn."""
    part = next((one for one in _asked().parts if one.side == side), None)
    if part is None:
        abort(404)
    words = Words(
        plain(label(part.side)),
        plain(_("Diamond: the share; bar: its interval of 95 per cent")),
        _("Of the losses, per cent") if part.side in OF_LOSSES else _("Won, per cent"),
    )
    rows = [_range(line) for line in part.lines]
    return picture(file_kind, (words, rows), partial(ranges, words, rows, None, 0.01), part.side)


def _range(line: Line) -> Range:
    share = line.inside
    told = f"{percent(share.value)} ({share.wins}/{share.cases})"
    name = plain(name_of(line.name))
    return Range(name, share.interval.low, share.value or 0.0, share.interval.high, told)


def name_of(name: Name) -> str:
    """What a line is called in the person's language."""
    return label(name) if isinstance(name, Term) else name


@lessons.get("/lessons/wins.<any(pdf,pptx,xlsx):paper>")
def wins_file(paper: str) -> ResponseReturnValue:
    """The report as a file."""
    response = Response(WRITERS[paper](_document(_asked())), mimetype=TYPES[paper])
    name = file_name(paper, _("What wins and loses"), today().isoformat())
    response.headers["Content-Disposition"] = attachment(name)
    return response


def _document(asked: Asked) -> Document:
    period, won, count = asked.period, asked.won, compared(asked.parts)
    about = _("Deals decided from %(start)s to %(end)s: %(cases)s, of which %(wins)s were won.",
              start=day(period.start), end=day(period.end), cases=number(won.cases),
              wins=number(won.wins))  # fmt: skip
    warning = _("Going together is not causing. And of %(compared)s comparisons at 95 %%, at least one would look clear by mere chance with a probability of %(share)s, even if nothing mattered.",  # noqa: E501
                compared=count, share=percent(by_chance(count)))  # fmt: skip
    sections = [Section(_("How to read this"), (about, warning))]
    sections += [_section(part) for part in asked.parts if part.lines]
    title = _("What wins and loses")
    return Document(title, about, get_locale().language, day(today()), tuple(sections))


def _section(part: Part) -> Section:
    share = _("Of the losses") if part.side in OF_LOSSES else _("Won")
    heads = (label(part.side), _("Deals"), share, _("From"), _("To"), _("Verdict"))
    rows = tuple(_cells(line) for line in part.lines)
    known = _("Known of %(cases)s deals.", cases=number(part.cases))
    table = Table(heads, rows, frozenset({1, 2, 3, 4}))
    return Section(label(part.side), (known,), table=table)


def _cells(line: Line) -> tuple[str, ...]:
    share = line.inside
    found = f"{share.wins}/{share.cases}"
    verdict = "" if not line.is_enough else _clear_words(line)
    low, high = percent(share.interval.low), percent(share.interval.high)
    return (name_of(line.name), found, percent(share.value), low, high, verdict)


def _clear_words(line: Line) -> str:
    return _("clear, taken alone") if line.is_clear else _("may be chance")
