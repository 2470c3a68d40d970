"""What a person may type of warnings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from app.alerts.list_queries import State
from app.alerts.rules import (
    BOUNDS,
    WATCHED,
    Event,
    Kind,
    Level,
    Limits,
    Threshold,
    Verdict,
    thresholds_of,
)
from app.alerts.settings import Quiet
from app.catalogue import lazy_gettext as _l
from app.catalogue import term_words
from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.row_ids import row_number

SPANS = (
    (7, _l("For a week")),
    (14, _l("For two weeks")),
    (30, _l("For a month")),
    (90, _l("For a quarter")),
)


class AlertsFilter(Form):
    """Which warnings to show."""

    class Meta(Form.Meta):
        csrf = False

    state = TermField(_l("Show"), State)
    kind = TermField(_l("Kind"), Kind, empty=_l("All kinds"))
    level = TermField(_l("Level"), Level, empty=_l("All levels"))
    mine = BooleanField(_l("Mine only"))


class ReportForm(Form):
    """A major event: which, and whatever one wants to add."""

    event = TermField(_l("What happened"), Event)
    words = long_text(_l("What you know"), most=2_000)


class LookForm(Form):
    """Who looks into a warning, and what is known so far."""

    owner_id = SelectField(_l("Who looks into it"), [InputRequired()], coerce=row_number)
    investigation = long_text(_l("What is known so far"), most=5_000)

    def offer(self, team: Iterable[tuple[int, str]]) -> None:
        """Those on the team."""
        self.owner_id.choices = choices(team)


class CloseForm(Form):
    """What came of it."""

    found = long_text(_l("What was found"), most=5_000)
    done = long_text(_l("What was done"), most=5_000)
    verdict = RadioField(_l("Was it true?"), coerce=str, validate_choice=True)
    showed_on = DateField(_l("The day it showed"), [Optional()])

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        self.verdict.choices = [(one.value, term_words(one)) for one in Verdict]
        for field in (self.found, self.done):
            field.validators = [DataRequired(_l("Say it in a line.")), *field.validators[1:]]
            field.flags.required = True

    def validate_showed_on(self, field: DateField) -> None:
        """What has showed was not tomorrow."""
        if field.data and field.data > self.on:
            raise ValidationError(_l("This day has not come yet."))


class PutOffForm(Form):
    """Until when a warning stays away, and why."""

    days = SelectField(
        _l("Put off"), [InputRequired()], choices=lambda: choices(SPANS), coerce=str, default="7"
    )
    reason = text(_l("Why"), validators=[DataRequired(_l("Say why: you will want to know."))])


def number_of(threshold: Threshold, *, required: bool) -> NumberField:
    """A threshold within its bounds."""
    bound = BOUNDS[threshold]
    first = InputRequired(_l("Give a number.")) if required else Optional()
    span = NumberRange(Decimal(str(bound.low)), Decimal(str(bound.high)))
    return NumberField(_l(threshold.label), [first, span], places=None)


def as_typed(value: float | Decimal) -> Decimal:
    """A threshold as one would type it.

    >>> as_typed(Decimal("150.00")), as_typed(1.5)
    (Decimal('150'), Decimal('1.5'))
    """
    return Decimal(f"{float(value):g}")


@cache
def rule_form(kind: Kind) -> type[Form]:
    """The thresholds of one kind, and whether it is watched at all."""
    fields = {one.value: number_of(one, required=True) for one in thresholds_of(kind)}
    return type("RuleForm", (Form,), {**fields, "is_watched": BooleanField(_l("Watch for this"))})


def rule_data(kind: Kind, limits: Limits) -> dict[str, Any]:
    """How a rule stands, for its form."""
    values = {one.value: as_typed(limits[one]) for one in thresholds_of(kind)}
    return {**values, "is_watched": kind not in limits.off}


def limits_typed(form: Form, kind: Kind, before: Limits) -> Limits:
    """The company's limits with what was typed of one kind."""
    typed = {one: float(form[one.value].data) for one in thresholds_of(kind)}
    off = before.off - {kind} if form["is_watched"].data else before.off | {kind}
    return Limits({**before.values, **typed}, off)


class OwnLimitsForm(Form):
    """An account's own thresholds; what is left empty is the company's."""

    def values(self) -> dict[str, Decimal | None]:
        """What was typed, by the name of the threshold; a kind not watched here by its own."""
        typed = {one.value: self[one.value].data for one in Threshold}
        own = {name: value for name, value in typed.items() if value is not None}
        return {**own, **{kind.value: None for kind in WATCHED if not self[f"watch_{kind}"].data}}


for _threshold in Threshold:
    setattr(OwnLimitsForm, _threshold.value, number_of(_threshold, required=False))
for _kind in WATCHED:
    setattr(OwnLimitsForm, f"watch_{_kind}", BooleanField(_l(_kind.label)))


class QuietForm(Form):
    """When nothing is opened by itself."""

    since = IntegerField(_l("From, in hours"), [InputRequired(), NumberRange(0, 23)])
    until = IntegerField(_l("Until, in hours"), [InputRequired(), NumberRange(0, 23)])
    weekends = BooleanField(_l("Weekends too"))

    def quiet(self) -> Quiet:
        """What was typed."""
        assert self.since.data is not None
        assert self.until.data is not None
        return Quiet(self.since.data, self.until.data, self.weekends.data)
