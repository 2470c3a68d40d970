"""A plan out of the product: brief and whole as files, and a copy fit for the customer."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.access import READ
from app.file_names import attachment, file_name
from app.plans.out.document import Document
from app.plans.out.markdown import markdown_of
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.printed import Kind, document
from app.web import label, render

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}


@plans.get("/plans/<int:plan_id>/out")
def outputs(plan_id: int) -> ResponseReturnValue:
    """What a plan can be taken out as, with the Markdown to paste."""
    plan, account = plan_or_404(plan_id, READ)
    brief = markdown_of(document(plan, account, Kind.BRIEF))
    safe = document(plan, account, Kind.SAFE)
    return render("plans/outputs.html", account=account, plan=plan, brief=brief, safe=safe)


@plans.get(
    "/plans/<int:plan_id>/<any(brief,full,customer):extent>.<any(pdf,pptx,xlsx,md):file_type>"
)
def output(plan_id: int, extent: str, file_type: str) -> ResponseReturnValue:
    """A plan as a file."""
    plan, account = plan_or_404(plan_id)
    told = document(plan, account, Kind(extent))
    response = Response(_written(told, file_type), mimetype=TYPES[file_type])
    name = file_name(file_type, account.name, label(Kind(extent)), plan.title)
    response.headers["Content-Disposition"] = attachment(name)
    return response


def _written(told: Document, file_type: str) -> bytes:
    """The writers are loaded when they are wanted: each brings a large library."""
    if file_type == "md":
        return markdown_of(told).encode()
    if file_type == "pdf":
        from app.plans.out.pdf import pdf

        return pdf(told)
    if file_type == "pptx":
        from app.plans.out.slides import slides

        return slides(told)
    from app.plans.out.workbook import workbook

    return workbook(told)
