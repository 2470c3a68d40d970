"""A retrospective as a file to be handed on: without the names of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app import db
from app.plans.out.document import Document, Section, Table
from app.plans.out.markdown import markdown_of
from app.plans.out.pdf import pdf
from app.retrospectives.cause_queries import decisions_of, whys_of
from app.retrospectives.chains import chains, steps_in
from app.retrospectives.column_queries import interviews_of
from app.retrospectives.columns import Columns
from app.retrospectives.guide import GUIDE
from app.retrospectives.nameless import hider
from app.retrospectives.queries import names_of_ours, names_of_theirs
from app.retrospectives.session_queries import notes_seen
from app.retrospectives.table import piles
from app.retrospectives.views.blueprint import (
    Seat,
    account_of,
    retrospectives,
    seat_or_404,
)
from app.retrospectives.views.columns import columns_of
from app.retrospectives.views.workspace import record_seen
from app.web import _, day, label, today, why

KINDS = {"md": "text/markdown; charset=utf-8", "pdf": "application/pdf"}
NOBODY_AT_ALL = 0
"""The reader of an export: nobody's own, so that only what is shared goes out."""


@retrospectives.get("/retrospectives/<int:retro_id>/report.<any(md,pdf):plain_file>")
def report(retro_id: int, plain_file: str) -> ResponseReturnValue:
    """The retrospective as Markdown or PDF, once its notes are open."""
    seat = seat_or_404(retro_id)
    if seat.retro.opened_at is None:
        abort(404)
    told = without_names(document_of(seat), _called(seat))
    response = Response(markdown_of(told).encode() if plain_file == "md" else pdf(told))
    response.headers["Content-Type"] = KINDS[plain_file]
    name = f"retrospective-{retro_id}.{plain_file}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _called(seat: Seat) -> dict[str, str]:
    """What stands for each name: of ours a colleague, of theirs somebody at the customer."""
    us, them = _("a colleague"), _("somebody at the customer")
    asked = [one.who for one in interviews_of(db.session(), seat.retro.id)]
    theirs = names_of_theirs(db.session(), seat.retro.account_id)
    ours = names_of_ours(db.session())
    return {**dict.fromkeys(ours, us), **dict.fromkeys([*asked, *theirs], them)}


def document_of(seat: Seat) -> Document:
    """All of it as sections, in the reader's language."""
    deal = seat.deal
    about = [account_of(seat).name, label(seat.kind), day(deal.closed_on, "long")]
    sections = (
        Section(_("What it came to"), (seat.retro.summary,) if seat.retro.summary else ()),
        Section(_("What happened, as it was known"), bullets=tuple(_happened(seat))),
        Section(_("Three columns"), table=_columns(columns_of(seat))),
        Section(_("What the buyer’s people told us"), bullets=tuple(_heard(seat))),
        Section(_("The session"), table=_notes(seat)),
        Section(_("Why, and why that"), bullets=tuple(_whys(seat))),
        Section(_("What we decided"), table=_decisions(seat)),
    )
    return Document(
        title=_("Looking back on %(name)s", name=deal.name),
        about=" · ".join(part for part in about if part),
        language=get_locale().language,
        footer=day(today(), "long"),
        sections=tuple(one for one in sections if _says_something(one)),
    )


def _says_something(section: Section) -> bool:
    has_rows = section.table is not None and bool(section.table.rows)
    return bool(section.paragraphs or section.bullets) or has_rows


def _happened(seat: Seat) -> Iterable[str]:
    """The record without what was thought of people."""
    for line in record_seen(Seat(seat.retro, seat.deal, None, seat.member)):
        event = line.event
        mark = f" ({_('hindsight')})" if line.is_hindsight or line.late_on else ""
        note = f" – {event.note}" if event.note else ""
        yield f"{day(event.on)} {why(event.text)}{note}{mark}"


def _columns(found: Columns) -> Table:
    heads = (_("Factor"), _("We say"), _("The buyer says"), _("The record shows"))
    rows = [
        (
            label(row.factor),
            f"{sum(view.counted for view in row.ours)}/{len(row.ours)}" if row.ours else "–",
            f"{sum(view.counted for view in row.theirs)}/{len(row.theirs)}" if row.theirs else "–",
            why(row.record.reason) if row.record else "–",
        )
        for row in found.rows
        if row.is_told
    ]
    return Table(heads, tuple(rows))


def _heard(seat: Seat) -> Iterable[str]:
    asked = {one.key: _(one.words) for one in GUIDE}
    for interview in interviews_of(db.session(), seat.retro.id):
        for key, words in interview.answers.items():
            yield f"{asked.get(key, key)} – {words}"


def _notes(seat: Seat) -> Table:
    notes = notes_seen(db.session(), seat.retro.id, NOBODY_AT_ALL, is_open=True)
    rows = [
        (label(pile.factor), " / ".join(one.words for one in (heap.first, *heap.under)),
         str(heap.dots))
        for pile in piles(notes)
        for heap in pile.heaps
    ]  # fmt: skip
    return Table((_("Factor"), _("Note"), _("Dots")), tuple(rows), frozenset({2}))


def _whys(seat: Seat) -> Iterable[str]:
    for step in steps_in(chains(whys_of(db.session(), seat.retro.id))):
        start = f"{label(step.row.factor)}: " if step.depth == 1 else "→ " * (step.depth - 1)
        root = f" ({_('root cause')})" if step.is_root else ""
        yield f"{start}{step.row.words}{root}"


def _decisions(seat: Seat) -> Table:
    rows = [(one.words, day(one.due_on)) for one in decisions_of(db.session(), seat.retro.id)]
    return Table((_("What we decide"), _("By")), tuple(rows))


def _texts(document: Document) -> Iterable[str]:
    """Everything that a document says in its sections."""
    for one in document.sections:
        yield from (*one.paragraphs, *one.bullets)
        for row in one.table.rows if one.table else ():
            yield from row


def without_names(document: Document, called: dict[str, str]) -> Document:
    """The document with nobody's name in it."""

    hide = hider(called, "\n".join(_texts(document)))

    def plain(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(hide, texts))

    def section(one: Section) -> Section:
        table = one.table and replace(one.table, rows=tuple(plain(row) for row in one.table.rows))
        said, listed = plain(one.paragraphs), plain(one.bullets)
        return replace(one, table=table, paragraphs=said, bullets=listed)

    return replace(document, sections=tuple(section(one) for one in document.sections))
