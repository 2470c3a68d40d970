"""The pattern page: every part of the design once, with sample values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput

from app.forms import Form, TermField, long_text, text
from app.paging import Page
from app.pipeline.rules import Outcome, Stage
from app.plans.rules import Metric, Phase, Standing
from app.plans.smart import GoalFacts, judge
from app.stakeholders.rules import Depth, Influence, Role, Support
from app.vocabulary import N_, because
from app.web import _l, label, render

pattern = Blueprint("pattern", __name__)


class PatternForm(Form):
    """A field of every kind."""

    name = text(_l("Full name"), validators=[InputRequired(_l("Please fill this in."))])
    title = text(_l("Title"), description=_l("As on the business card."))
    style = TermField(_l("Stage"), Stage, empty=_l("Not said"))
    since = DateField(_l("Since"), [Optional()])
    roles = SelectMultipleField(
        _l("Roles"), widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )
    support = SelectField(
        _l("Support"), widget=ListWidget(), option_widget=RadioInput(), validate_choice=False
    )
    notes = long_text(_l("Notes"))
    is_outside = BooleanField(_l("Works outside the account"))


@dataclass(frozen=True, slots=True)
class Slice:
    """A phase on the wheel."""

    name: str
    state: str
    note: str
    url: str = "#wheel"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a history."""

    on: date
    text: str
    note: str
    icon: str


STATES = ("done", "done", "done", "now", "begun", "", "")
REASONS = (
    because(N_("%(name)s decides and was last seen %(days)d days ago"), name="李伟", days=74),
    because(N_("Nobody is known to be the %(role)s"), role=Role.GUIDE),
)
JUDGED = judge(
    GoalFacts(
        "Share of reagents at Ruijin Hospital",
        metric=Metric.SHARE,
        baseline=Decimal(30),
        target=Decimal(42),
        starts_on=date(2026, 1, 1),
        due_on=date(2026, 12, 31),
    )
)
EVENTS = (
    Event(date(2026, 11, 19), "王芳 → 李伟", "“We need a second supplier.”", "telephone"),
    Event(date(2026, 11, 3), "Bidding → Negotiation", "Score 92.4, first of four", "flag"),
    Event(date(2026, 10, 8), "Zhang Ming", "Sceptical → Neutral", "person-circle"),
)


def sample_form() -> PatternForm:
    """The form with something filled in and something wrong."""
    form = PatternForm(
        formdata=None, title="采购部主任", roles=["decider", "influencer"], support="1"
    )
    form.roles.choices = [(role.value, label(role)) for role in Role]
    form.support.choices = [(str(value.value), label(value)) for value in Support]
    form.name.errors = [_l("Please fill this in.")]
    return form


@pattern.get("/pattern")
def show() -> ResponseReturnValue:
    """Every part once, for those who write pages."""
    return render(
        "pattern.html",
        form=sample_form(),
        page=Page([], after=50, before=1, counted=1001),
        roles=list(Role),
        supports=[*Support, None],
        influences=[*Influence, None],
        depths=[*Depth, None],
        stages=list(Stage),
        outcomes=list(Outcome),
        phases=[
            Slice(label(phase), state, "2/3" if state else "")
            for phase, state in zip(Phase, STATES, strict=True)
        ],
        reasons=REASONS,
        standings=list(Standing),
        judged=JUDGED,
        events=EVENTS,
    )
