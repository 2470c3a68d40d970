"""A plan out of the product: brief and whole as files, and a copy fit for the customer.

Slides and long PDFs are drawn beside the request; what takes a moment is made at once.
"""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import READ
from app.accounts.models import Account
from app.file_names import attachment, file_name
from app.plans.models import AccountPlan
from app.plans.out.markdown import markdown_of
from app.plans.out.wanted import WantedDocument
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.printed import Kind, document
from app.stakeholders.drawing_jobs import FileState, content_of, draw, state_of
from app.web import label, render, see, wants_fragment

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}
PATH = "/plans/<int:plan_id>/<any(brief,full,customer):extent>.<any(pdf,pptx,xlsx,md):file_type>"


@plans.get("/plans/<int:plan_id>/out")
def outputs(plan_id: int) -> ResponseReturnValue:
    """What a plan can be taken out as, with the Markdown to paste."""
    plan, account = plan_or_404(plan_id, READ)
    brief = markdown_of(document(plan, account, Kind.BRIEF))
    safe = document(plan, account, Kind.SAFE)
    return render("plans/outputs.html", account=account, plan=plan, brief=brief, safe=safe)


@plans.get(PATH)
def output(plan_id: int, extent: str, file_type: str) -> ResponseReturnValue:
    """A plan as a file, or how far that file is."""
    plan, account = plan_or_404(plan_id, READ)
    kind = Kind(extent)
    wanted = WantedDocument(document(plan, account, kind), file_type)
    if not takes_long(kind, file_type):
        return _sent(wanted.drawn(), account, plan, kind, file_type)
    state = state_of(db.session(), wanted.digest)
    if state is FileState.READY and not wants_fragment():
        body = content_of(db.session(), wanted.digest)
        return _sent(body or b"", account, plan, kind, file_type)
    page = "parts/drawing_state.html" if wants_fragment() else "plans/drawing.html"
    told = state.name.lower()
    return render(page, account=account, plan=plan, state=told, kind=kind, file_type=file_type)


@plans.post(PATH)
def draw_output(plan_id: int, extent: str, file_type: str) -> ResponseReturnValue:
    """Have a file drawn; the page it leads to shows how far it is."""
    plan, account = plan_or_404(plan_id, READ)
    kind, account_id = Kind(extent), account.id
    if takes_long(kind, file_type):
        wanted = WantedDocument(document(plan, account, kind), file_type)
        db.session().rollback()
        draw(current_app.extensions["engine"], account_id, wanted)
    return see("plans.output", plan_id=plan_id, extent=extent, file_type=file_type)


def takes_long(kind: Kind, file_type: str) -> bool:
    """Whether a file has pictures to draw, and so is made beside the request."""
    return file_type == "pptx" or (file_type == "pdf" and kind is not Kind.BRIEF)


def _sent(body: bytes, account: Account, plan: AccountPlan, kind: Kind, file_type: str) -> Response:
    response = Response(body, mimetype=TYPES[file_type])
    name = file_name(file_type, account.name, label(kind), plan.title)
    response.headers["Content-Disposition"] = attachment(name)
    return response
