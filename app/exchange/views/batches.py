"""An import: how far it is, what it would do, what it did; taking it back."""

from __future__ import annotations

from typing import Any

from flask import make_response
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, may
from app.exchange.choices import BatchState, UnknownAccount
from app.exchange.exporting import csv_lines
from app.exchange.forms import NONE, answers_form
from app.exchange.jobs import BUSY, advance, how_far, start
from app.exchange.known import known_products
from app.exchange.labels import KIND_WORDS
from app.exchange.meanings import answer_of
from app.exchange.models import Batch
from app.exchange.report import Report, report_from
from app.exchange.stages import propose_stage
from app.exchange.summary import summary
from app.exchange.undoing import problems_undoing, undo
from app.exchange.uploads import find_upload_of
from app.exchange.views.blueprint import account_named, batch_or_404, exchange
from app.forms import Form
from app.vocabulary import Reason
from app.web import _, _n, invalid, render, see, wants_fragment, why

SHOWN = 20


@exchange.get("/import/<int:batch_id>")
@allowed("import")
def show(batch_id: int) -> ResponseReturnValue:
    """An import, at whatever point it is; while it is busy, a fragment says how far."""
    batch = batch_or_404(batch_id)
    busy = batch.state in BUSY
    if wants_fragment():
        response = make_response(render("exchange/progress.html", batch=batch, **_life(batch)))
        if not busy:
            response.headers["HX-Refresh"] = "true"
        return response
    return render("exchange/show.html", **_page(batch))


def _life(batch: Batch) -> dict[str, Any]:
    busy = batch.state in BUSY
    done, silent = how_far(db.session().get_bind(), batch) if busy else (batch.done, False)  # type: ignore[arg-type]
    return {"state": BatchState(batch.state), "busy": busy, "done": done, "silent": silent}


def _page(batch: Batch) -> dict[str, Any]:
    page: dict[str, Any] = {"batch": batch, "shown": SHOWN,
                            "kind": _(KIND_WORDS[batch.kind]), **_life(batch)}  # fmt: skip
    error = batch.report.get("error")
    if error:
        page["error"] = Reason(*error)
    elif batch.report:
        report = report_from(batch.report)
        page |= {"report": report, "summary": summary(report)}
        if batch.state == BatchState.CHECKED and report.asks:
            page["answers"] = _answers(report)
    return page


def _answers(report: Report) -> Form:
    stages, words = report.asks.get("stages", []), report.asks.get("products", [])
    proposals = {word: propose_stage(word) for word in stages}
    products = known_products(db.session())
    offered = sorted({name: name for name in products.shown.values()}.items())
    filled: dict[str, str] = {
        f"stage_{place}": answer_of(proposals[word]) for place, word in enumerate(stages)
    }
    likest = {word: products.likest(word) for word in words}
    filled |= {f"product_{place}": likest[word] or "" for place, word in enumerate(words)}
    form = answers_form(stages, words, offered, filled)
    if "no_account" not in report.asks:
        del form.no_account
    if "accounts" not in report.asks:
        del form.unknown, form.account
    return form


@exchange.post("/import/<int:batch_id>/answers")
@allowed("import")
def answer(batch_id: int) -> ResponseReturnValue:
    """Keep what words mean and what to do without an account, and look again."""
    batch = batch_or_404(batch_id)
    page = _page(batch)
    form: Form | None = page.get("answers")
    upload = find_upload_of(db.session(), batch)
    if form is None or upload is None:
        return see("exchange.show", batch_id=batch_id)
    form.validate()
    account_id = _account_said(form) if "unknown" in form else None
    if form.errors:
        return invalid("exchange/show.html", **page)
    upload.choices = upload.choices | _answered(form, page["report"].asks, upload.choices)
    if "unknown" in form:
        upload.choices = upload.choices | _housed(form, upload.choices, account_id)
    return _begin(batch, BatchState.CHECKED, BatchState.CHECKING)


def _answered(form: Form, asks: dict[str, list[str]], chosen: dict[str, Any]) -> dict[str, Any]:
    """What was answered, with what was answered before."""
    products = _said(form, "product", asks.get("products", []))
    more = {"no_account": form.no_account.data} if "no_account" in form else {}
    return more | {
        "stages": chosen.get("stages", {}) | _said(form, "stage", asks.get("stages", [])),
        "products": chosen.get("products", {})
        | {word: "" if said == NONE else said for word, said in products.items()},
    }


def _account_said(form: Form) -> int | None:
    """The account of all rows, which must then be named, or of those that name none."""
    if form.unknown.data is UnknownAccount.ONE and not form.account.data:
        form.account.errors = [_("Say which account.")]
    return account_named(form.account)


def _housed(form: Form, chosen: dict[str, Any], account_id: int | None) -> dict[str, Any]:
    """Where rows go whose account is not known."""
    mapping, answer = chosen["mapping"], form.unknown.data
    if answer is UnknownAccount.ONE:
        mapping = {name: at for name, at in mapping.items() if name != "account"}
    adds = answer is UnknownAccount.ADD and may("add accounts")
    account_id = account_id or chosen.get("account_id")
    return {"mapping": mapping, "account_id": account_id, "creates_accounts": adds}


def _said(form: Form, name: str, words: list[str]) -> dict[str, str]:
    answers = {word: form[f"{name}_{place}"].data for place, word in enumerate(words)}
    return {word: said for word, said in answers.items() if said}


@exchange.post("/import/<int:batch_id>/go")
@allowed("import")
def go(batch_id: int) -> ResponseReturnValue:
    """Import what was looked through; or carry on where a worker went silent."""
    batch = batch_or_404(batch_id)
    return _begin(batch, BatchState.CHECKED, BatchState.IMPORTING)


def _begin(batch: Batch, start_state: BatchState, state: BatchState) -> ResponseReturnValue:
    session = db.session()
    advance(session, batch, start_state, state)
    session.commit()
    start(session.get_bind(), batch.id, batch.total)  # type: ignore[arg-type]
    return see("exchange.show", batch_id=batch.id)


@exchange.post("/import/<int:batch_id>/undo")
@allowed("import")
def take_back(batch_id: int) -> ResponseReturnValue:
    """Take an import back, unless somebody's work would go with it."""
    batch = batch_or_404(batch_id)
    session = db.session()
    problems = problems_undoing(session, batch)
    if problems:
        return invalid("exchange/show.html", **_page(batch), problems=problems)
    count = undo(session, batch, db.now())
    session.commit()
    message = _n("%(num)s row taken back.", "%(num)s rows taken back.", count)
    return see("exchange.show", message, batch_id=batch_id)


@exchange.get("/import/<int:batch_id>/refused.csv")
@allowed("import")
def refused(batch_id: int) -> ResponseReturnValue:
    """The refused rows with their reasons, to be put right in the file."""
    batch = batch_or_404(batch_id)
    told = report_from(batch.report).refused if "counts" in batch.report else []
    rows = ((one.number, one.name, " ".join(map(why, one.reasons))) for one in told)
    body = "".join(csv_lines((_("Row"), _("Name"), _("Why")), rows))
    response = make_response(body)
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f"attachment; filename=refused-{batch_id}.csv"
    return response
