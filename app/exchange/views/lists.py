"""Sending a file or pasting a list, and the imports so far."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, me
from app.exchange.card_files import SentFile, packed
from app.exchange.export_rows import EXPORTS
from app.exchange.forms import PasteForm, UploadForm
from app.exchange.labels import KIND_WORDS
from app.exchange.models import Upload
from app.exchange.queries import batch_rows
from app.exchange.tables import UnreadableFile
from app.exchange.uploads import PASTED, NewFile, keep_upload
from app.exchange.views.blueprint import account_named, exchange, kinds
from app.exchange.views.downloads import IN_WORDS
from app.web import _, invalid, render, see, why

PREFIX = "paste-"
"""Before the names of the second form on the page."""


@exchange.get("/import/")
@allowed("import")
def index() -> ResponseReturnValue:
    """Send a file, paste a list, see what was imported."""
    return render("exchange/index.html", **_page(UploadForm(formdata=None), _blank_paste()))


def _blank_paste() -> PasteForm:
    return PasteForm(formdata=None, prefix=PREFIX)


def _page(form: UploadForm, paste: PasteForm) -> dict[str, Any]:
    form.offer(kinds())
    rows = batch_rows(db.session(), me().id)
    words = {kind: _(word) for kind, word in KIND_WORDS.items()}
    return {
        "form": form,
        "paste": paste,
        "batches": rows,
        "words": words,
        "exports": list(EXPORTS),
        "names": IN_WORDS if request.args.get("names") == IN_WORDS else None,
    }


@exchange.post("/import/files")
@allowed("import")
def send() -> ResponseReturnValue:
    """Keep a file and go on to its columns."""
    form = UploadForm()
    page = _page(form, _blank_paste())
    form.validate()
    account_id = account_named(form.account)
    if form.errors:
        return invalid("exchange/index.html", **page)
    try:
        name, content = _one_file([(one.filename, one.read()) for one in form.file.data])
        upload = _keep(name, content, form.kind.data, account_id=account_id)
    except UnreadableFile as error:
        form.file.errors = [why(error.reason)]
        return invalid("exchange/index.html", **page)
    return see("exchange.file", upload_id=upload.id)


def _one_file(sent: list[SentFile]) -> SentFile:
    """What was sent as one file: several must be contact cards."""
    if len(sent) == 1:
        return sent[0]
    return _("%(count)s contact cards", count=len(sent)), packed(sent)


@exchange.post("/import/pasted")
@allowed("import")
def paste() -> ResponseReturnValue:
    """Keep a pasted list of people of an account and go on to its columns."""
    form = PasteForm(prefix=PREFIX)
    page = _page(UploadForm(formdata=None), form)
    form.validate()
    account_id = account_named(form.account)
    if form.errors:
        return invalid("exchange/index.html", **page)
    content, more = (form.people.data or "").encode(), {PASTED: True, "account_id": account_id}
    try:
        upload = _keep(_("pasted list"), content, "people", **more)
    except UnreadableFile as error:
        form.people.errors = [why(error.reason)]
        return invalid("exchange/index.html", **page)
    return see("exchange.file", upload_id=upload.id)


def _keep(filename: str, content: bytes, kind: str, **choices: Any) -> Upload:
    session = db.session()
    file = NewFile(filename, content, [kind] if kind else kinds(), choices)
    upload = keep_upload(session, file, user_id=me().id, at=db.now())
    session.commit()
    return upload
