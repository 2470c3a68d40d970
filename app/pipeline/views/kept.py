"""Filters that people keep under a name."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.pipeline.deal_forms import ViewForm
from app.pipeline.deal_models import SavedView
from app.pipeline.kept_view_queries import ViewRow, find_view, make_default, views_for
from app.pipeline.kept_views import ViewPage, kept_query, problems_keeping_view
from app.pipeline.views.blueprint import pipeline
from app.web import _, invalid, render, see, why


def views_here(page: ViewPage) -> tuple[list[ViewRow], ResponseReturnValue | None]:
    """The views of a page; and where to go instead when it is opened bare and one is the default."""  # noqa: E501
    found = views_for(db.session(), me().id, page)
    default = next((one for one in found if one.is_default), None)
    if request.args or default is None:
        return found, None
    return found, redirect(default.url, 302)


@pipeline.get("/pipeline/views")
def views() -> ResponseReturnValue:
    """All views: one's own to manage, and those that others share."""
    return render("pipeline/views.html", views=views_for(db.session(), me().id))


@pipeline.route("/pipeline/views/add", methods=["GET", "POST"])
def keep_view() -> ResponseReturnValue:
    """Keep the filters at hand under a name."""
    session, user_id = db.session(), me().id
    if request.method == "GET":
        query = kept_query(request.query_string.decode("utf-8", "replace"))
        page = ViewPage.LIST if request.args.get("page") == ViewPage.LIST else ViewPage.BOARD
        return render("pipeline/keep_view.html", form=ViewForm(query=query, page=page))
    form = ViewForm()
    if form.validate():
        form.query.data = kept_query(form.query.data)
        mine = [one for one in views_for(session, user_id, form.page.data) if one.is_mine]
        problems = problems_keeping_view(form.name.data, form.query.data, (v.name for v in mine))
        form.name.errors = [why(one) for one in problems]
    if form.errors:
        return invalid("pipeline/keep_view.html", form=form)
    view = SavedView(user_id=user_id)
    form.fill(view)
    session.add(view)
    session.flush()
    if view.is_default:
        make_default(session, user_id, view.page, view.id)
    session.commit()
    row = next(one for one in views_for(session, user_id) if one.id == view.id)
    return redirect(row.url, 303)


def _mine_or_404(view_id: int) -> SavedView:
    found = find_view(db.session(), me().id, view_id)
    if found is None:
        abort(404)
    return found


@pipeline.post("/pipeline/views/<int:view_id>/default")
def default_view(view_id: int) -> ResponseReturnValue:
    """Let a view open with its page; pressed again, none does."""
    view = _mine_or_404(view_id)
    make_default(db.session(), me().id, view.page, None if view.is_default else view.id)
    db.session().commit()
    return see("pipeline.views", _("Saved."))


@pipeline.post("/pipeline/views/<int:view_id>/share")
def share_view(view_id: int) -> ResponseReturnValue:
    """Share a view with everyone; pressed again, keep it to oneself."""
    view = _mine_or_404(view_id)
    view.is_shared = not view.is_shared
    db.session().commit()
    return see("pipeline.views", _("Saved."))


@pipeline.post("/pipeline/views/<int:view_id>/remove")
def drop_view(view_id: int) -> ResponseReturnValue:
    """Forget a view."""
    view = _mine_or_404(view_id)
    values: dict[str, Any] = {"name": view.name}
    db.session().delete(view)
    db.session().commit()
    return see("pipeline.views", _("%(name)s is forgotten.", **values))
