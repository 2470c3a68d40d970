"""Notes, noes and files of a deal."""

from __future__ import annotations

import io

from flask import abort, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import db
from app.access import EDIT, me
from app.accounts.models import Account
from app.handed_in import MOST_BYTES, UNKNOWN_KIND, kind_of, problems_keeping, safe_name
from app.pipeline import deal_changes
from app.pipeline.changes import Act
from app.pipeline.deal_changes import NewFile
from app.pipeline.deal_forms import FileForm, NoteForm
from app.pipeline.deal_models import DealNote
from app.pipeline.deal_queries import files_of, find_file, find_note, notes_of, persistence_of
from app.pipeline.models import Opportunity
from app.pipeline.noting import NoteKind
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.pipeline.views.buying import act_now
from app.pipeline.views.page import deal_page
from app.web import _, see, today, why


@pipeline.get("/pipeline/<int:opportunity_id>/papers")
def papers(opportunity_id: int) -> ResponseReturnValue:
    """What was noted and handed in."""
    deal, account = deal_or_404(opportunity_id)
    return _page(deal, account)


def _page(
    deal: Opportunity,
    account: Account,
    form: NoteForm | None = None,
    file_form: FileForm | None = None,
) -> ResponseReturnValue:
    session = db.session()
    status = 200 if form is None and file_form is None else 422
    return deal_page(
        "papers",
        deal,
        account,
        status,
        form=form or NoteForm(formdata=None, kind=NoteKind.NOTE, on=today()),
        file_form=file_form or FileForm(formdata=None),
        notes=notes_of(session, deal.id),
        files=files_of(session, deal.id),
        persistence=persistence_of(session, deal.id, today()),
        most=MOST_BYTES // 2**20,
    )


@pipeline.post("/pipeline/<int:opportunity_id>/notes")
def put_note(opportunity_id: int) -> ResponseReturnValue:
    """Keep what was said; a no counts."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = NoteForm()
    if form.validate() and form.on.data > today():
        form.on.errors = [_("This day has not come yet.")]
    if form.errors:
        return _page(deal, account, form)
    act = Act(form.on.data, db.now(), me().id, form.words.data)
    again = form.ask_again_on.data
    deal_changes.add_note(db.session(), deal, form.kind.data, act, again_on=again)
    db.session().commit()
    return _seen(deal, _("Noted."))


@pipeline.post("/pipeline/<int:opportunity_id>/notes/<int:note_id>/remove")
def drop_note(opportunity_id: int, note_id: int) -> ResponseReturnValue:
    """Take a note away; one that has gone already is no fault."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    note: DealNote | None = find_note(db.session(), deal.id, note_id)
    if note is not None:
        db.session().delete(note)
        db.session().commit()
    return _seen(deal, _("The note is removed."))


@pipeline.post("/pipeline/<int:opportunity_id>/files")
def put_file(opportunity_id: int) -> ResponseReturnValue:
    """Keep a file, known by what is in it and not by its name."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    session, form = db.session(), FileForm()
    if not form.validate():
        return _page(deal, account, file_form=form)
    file: FileStorage = form.file.data
    name, content = safe_name(file.filename or ""), file.stream.read(MOST_BYTES + 1)
    problems = problems_keeping(name, content, len(files_of(session, deal.id)))
    if problems:
        form.file.errors = [why(one) for one in problems]
        return _page(deal, account, file_form=form)
    kept = NewFile(name, kind_of(content) or UNKNOWN_KIND, content)
    deal_changes.keep_file(session, deal, kept, act_now())
    session.commit()
    return _seen(deal, _("%(name)s is kept.", name=name))


@pipeline.get("/pipeline/<int:opportunity_id>/files/<int:file_id>")
def file(opportunity_id: int, file_id: int) -> ResponseReturnValue:
    """A file as it was handed in: always to save, never to open in the page's name."""
    deal, _account = deal_or_404(opportunity_id)
    found = find_file(db.session(), deal.id, file_id)
    if found is None:
        abort(404)
    content = io.BytesIO(found.content)
    return send_file(content, found.kind, as_attachment=True, download_name=found.name)


@pipeline.post("/pipeline/<int:opportunity_id>/files/<int:file_id>/remove")
def drop_file(opportunity_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file away for good; one that has gone already is no fault."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    found = find_file(db.session(), deal.id, file_id)
    if found is not None:
        db.session().delete(found)
        db.session().commit()
    return _seen(deal, _("The file is removed."))


def _seen(deal: Opportunity, message: str) -> ResponseReturnValue:
    return see("pipeline.papers", message, opportunity_id=deal.id)
