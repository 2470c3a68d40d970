"""Versions of a plan, and what is different between any two of them."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.plans.models import AccountPlan
from app.plans.version_queries import content_of, frozen, told, version_rows
from app.plans.versions import Content, differences
from app.plans.views.blueprint import plan_or_404, plans
from app.web import render

NOW = "now"


@plans.get("/plans/<int:plan_id>/versions")
def versions(plan_id: int) -> ResponseReturnValue:
    """A plan's versions; ``?from=1&to=now`` tells what differs between two."""
    plan, account = plan_or_404(plan_id)
    session = db.session()
    rows = version_rows(session, plan_id)
    numbers = [str(row.number) for row in rows]
    older = request.args.get("from", numbers[0] if numbers else "")
    newer = request.args.get("to", NOW)
    changes, names = (
        told(session, differences(_content(plan, older), _content(plan, newer)), db.now())
        if rows
        else ([], {})
    )
    return render(
        "plans/versions.html",
        account=account,
        plan=plan,
        rows=rows,
        numbers=numbers,
        older=older,
        newer=newer,
        changes=changes,
        names=names,
    )


def _content(plan: AccountPlan, which: str) -> Content:
    if which == NOW:
        return frozen(db.session(), plan)
    found = None
    if which.isascii() and which.isdigit() and len(which) < 9:
        found = content_of(db.session(), plan.id, int(which))
    if found is None:
        abort(404)
    return found
