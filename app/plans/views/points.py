"""Readings by hand and milestones on the way."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from app import db
from app.access import me
from app.plans.changes import read_goal, set_milestone
from app.plans.forms import PointForm
from app.plans.point_queries import find_milestone, find_reading
from app.plans.views.blueprint import goal_or_404, plans
from app.plans.views.goals import goal_page
from app.web import _, invalid, see


def typed() -> CombinedMultiDict[str, str]:
    """What was sent, in the form or, by an undo, in the address."""
    return CombinedMultiDict([request.form, request.args])


def undo_url(endpoint: str, goal_id: int, prefix: str, values: dict[str, Any]) -> str:
    """An address that, posted to, brings back what was removed."""
    words = {prefix + name: str(value) for name, value in values.items()}
    return url_for(endpoint, goal_id=goal_id, **words)  # type: ignore[arg-type]


@plans.post("/goals/<int:goal_id>/readings")
def read(goal_id: int) -> ResponseReturnValue:
    """Note a value read by hand."""
    goal, account = goal_or_404(goal_id)
    form = PointForm(typed(), prefix="reading-")
    if not form.validate():
        return invalid("plans/goal.html", **goal_page(goal, account, reading=form))
    read_goal(
        db.session(),
        goal,
        form.on.data,
        form.value.data,
        source=form.source.data or "",
        user_id=me().id,
    )
    db.session().commit()
    return see("plans.goal", _("The reading is noted."), goal_id=goal_id, anchor="readings")


@plans.post("/goals/<int:goal_id>/readings/<int:reading_id>/remove")
def remove_reading(goal_id: int, reading_id: int) -> ResponseReturnValue:
    """Take a slip back; the history keeps that it was there."""
    goal_or_404(goal_id)
    reading = find_reading(db.session(), goal_id, reading_id)
    if reading is None:
        abort(404)
    values = {"on": reading.on, "value": reading.value, "source": reading.source}
    db.session().delete(reading)
    db.session().commit()
    undo = undo_url("plans.read", goal_id, "reading-", values)
    return see(
        "plans.goal", _("The reading is removed."), undo=undo, goal_id=goal_id, anchor="readings"
    )


@plans.post("/goals/<int:goal_id>/milestones")
def add_milestone(goal_id: int) -> ResponseReturnValue:
    """A value to reach by a day; one of that day is replaced."""
    goal, account = goal_or_404(goal_id)
    form = PointForm(typed(), prefix="milestone-")
    if not form.validate():
        return invalid("plans/goal.html", **goal_page(goal, account, milestone=form))
    set_milestone(db.session(), goal, form.on.data, form.value.data)
    db.session().commit()
    return see("plans.goal", _("The milestone is set."), goal_id=goal_id, anchor="milestones")


@plans.post("/goals/<int:goal_id>/milestones/<int:milestone_id>/remove")
def remove_milestone(goal_id: int, milestone_id: int) -> ResponseReturnValue:
    """Take a milestone away."""
    goal_or_404(goal_id)
    milestone = find_milestone(db.session(), goal_id, milestone_id)
    if milestone is None:
        abort(404)
    values = {"on": milestone.on, "value": milestone.value}
    db.session().delete(milestone)
    db.session().commit()
    undo = undo_url("plans.add_milestone", goal_id, "milestone-", values)
    message = _("The milestone is removed.")
    return see("plans.goal", message, undo=undo, goal_id=goal_id, anchor="milestones")
