"""What a person may type about plans, goals and actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.plans.action_rules import ActionKind, Repeat
from app.plans.rules import Metric, PlanStatus, Stance
from app.row_ids import row_id
from app.stakeholders.rules import ContractPhase

NOBODY = _l("Nobody yet")
MOST = 10**13
SHARED = _l("Shared with the customer")
WHENS = (
    ("now", _l("At hand")),
    ("coming", _l("To come")),
    ("past", _l("Past")),
    ("all", _l("All periods")),
)


def row_field(label: Any) -> SelectField:
    """A choice of a row, or of none; its choices come in later."""
    return SelectField(label, coerce=row_id, choices=[])


def amount_field(label: Any, **more: Any) -> NumberField:
    """An amount that may be left out."""
    limits = [Optional(), NumberRange(-MOST, MOST)]
    return NumberField(label, limits, places=None, **more)


class ChoosingForm(Form):
    """A form whose selects offer rows: ``offer(owner_id=pairs)``."""

    def offer(self, empty: Any = NOBODY, **pairs: Iterable[tuple[int, str]]) -> None:
        """Give selects their choices, each with an empty one."""
        for name, listed in pairs.items():
            self[name].choices = choices(listed, empty=empty)


class PlanForm(Form):
    """A plan's period and stance."""

    title = text(_l("Name of the plan"), validators=[DataRequired(_l("Give the plan a name."))])
    starts_on = DateField(_l("From"), [InputRequired(_l("Say when the period starts."))])
    ends_on = DateField(_l("To"), [InputRequired(_l("Say when the period ends."))])
    status = TermField(_l("Status"), PlanStatus, default=PlanStatus.ACTIVE)
    stance = TermField(_l("Qualitative goal"), Stance, empty=_l("Not chosen"))


class NewPlanForm(PlanForm):
    """A new plan, which may carry on from the last or begin from a template."""

    copies_last = BooleanField(_l("Carry on from the last plan"))
    template = SelectField(_l("Begin from a template"), choices=[], default="")


class PhaseForm(Form):
    """What a plan says in a phase."""

    body = long_text(_l("Text"))


class GoalForm(ChoosingForm):
    """A goal: its letters are judged from these, so that little is asked for at the door."""

    statement = text(
        _l("What is to be reached"), validators=[DataRequired(_l("Say what is to be reached."))]
    )
    owner_id = row_field(_l("Owner"))
    product_id = row_field(_l("Product"))
    metric = TermField(_l("Measure"), Metric, empty=_l("Not chosen"))
    unit = text(_l("Unit"), most=40)
    baseline = amount_field(_l("Baseline"))
    target = amount_field(_l("Target"))
    starts_on = DateField(_l("Start"), [Optional()])
    due_on = DateField(_l("Due"), [Optional()])
    budget = amount_field(_l("Budget"))
    is_shared = BooleanField(SHARED)


class PointForm(Form):
    """A value on a day: a reading or a milestone."""

    on = DateField(_l("Day"), [InputRequired(_l("Say which day."))])
    value = NumberField(
        _l("Value"),
        [InputRequired(_l("Give a number.")), NumberRange(-MOST, MOST)],
        places=None,
    )
    source = text(_l("Where it was read"))


class ActionForm(ChoosingForm):
    """Who, what, where, when, how and for how much [001]."""

    title = text(_l("What"), validators=[DataRequired(_l("Say what is to be done."))])
    owner_id = row_field(_l("Who"))
    goal_id = row_field(_l("Goal it serves"))
    place = text(_l("Where"))
    starts_on = DateField(_l("Start"), [Optional()])
    due_on = DateField(_l("Due"), [Optional()])
    how = long_text(_l("How"))
    budget = amount_field(_l("How much"))
    contract_phase = TermField(_l("Phase of the contract cycle"), ContractPhase, empty=_l("None"))
    kind = TermField(_l("Kind"), ActionKind, empty=_l("A task"))
    repeats = TermField(_l("Comes again"), Repeat, empty=_l("Once only"))
    is_shared = BooleanField(SHARED)


class DoneForm(Form):
    """What came of an action."""

    done_on = DateField(_l("Done on"), [InputRequired(_l("Say when it was done."))])
    result = TextAreaField(
        _l("What came of it"),
        [DataRequired(_l("Say what came of it, if only in a word.")), Length(max=20_000)],
    )
    spent = amount_field(_l("Spent"))


class PlanFilter(Form):
    """The filter bar of the list of plans."""

    class Meta(Form.Meta):
        csrf = False

    when = SelectField(_l("Period"), choices=lambda: choices(WHENS), default="now")
    status = TermField(_l("Status"), PlanStatus, empty=_l("Any status"))
