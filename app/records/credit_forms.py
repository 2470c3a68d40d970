"""What a person may type about contracts, credit and receivables."""

from __future__ import annotations

from datetime import date

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import DataRequired, NumberRange
from wtforms.widgets import CheckboxInput

from app.catalogue import gettext
from app.catalogue import lazy_gettext as _l
from app.forms import Form, TermField, long_text, text
from app.records.contracts import NOTICE_DAYS, POINTS, Part, PartFact, problems_needless
from app.records.credit import CreditGrade
from app.records.entry_forms import (
    MOST_DAYS,
    NEEDED,
    EntryForm,
    Problems,
    a_day,
    a_row,
    days,
    ends_early,
    money,
    not_come,
)
from app.records.forms import WITHIN
from app.vocabulary import N_, because


class ContractForm(EntryForm):
    """A contract; its parts are settled on its own page."""

    GROUPS = (
        ("", ("title", "number", "amount", "owner_id")),
        (
            _l("Days"),
            ("signed_on", "starts_on", "ends_on", "notice_days", "renews", "ended_on"),
        ),
        (_l("Notes"), ("notes",)),
    )

    title = text(_l("Contract"), validators=[DataRequired(_l("Give the contract a name."))])
    number = text(_l("Contract number"))
    amount = money(_l("Amount"))
    owner_id = a_row(_l("Owner"))
    signed_on = a_day(_l("Signed on"))
    starts_on = a_day(_l("Starts on"))
    ends_on = a_day(_l("Ends on"))
    notice_days = IntegerField(
        _l("Days of notice"),
        [NEEDED, NumberRange(0, MOST_DAYS)],
        default=NOTICE_DAYS,
        description=_l("So many days before its end it warns."),
    )
    renews = BooleanField(_l("It renews itself"))
    ended_on = a_day(_l("Ended early on"))
    notes = long_text(_l("Notes"))

    def problems(self, on: date) -> Problems:
        """Ends after it starts; signed by today."""
        start = self.starts_on.data
        return {
            **ends_early(start, self.ends_on.data),
            **ends_early(start, self.ended_on.data, "ended_on"),
            **not_come(on, signed_on=self.signed_on.data),
        }


class PartForm(Form):
    """One of a contract's eleven parts: which points are settled, and how."""

    points = SelectMultipleField(_l("Settled"), option_widget=CheckboxInput())
    words = long_text(_l("What was agreed"), most=5000)
    is_needless = BooleanField(_l("This contract does not need it"))

    def of_part(self, part: Part) -> None:
        """Offer the points of a part."""
        self.points.choices = [(point.value, gettext(point.label)) for point in POINTS[part]]

    @property
    def fact(self) -> PartFact:
        """The part as typed."""
        return PartFact(frozenset(self.points.data or ()), self.words.data, self.is_needless.data)

    def problems(self) -> Problems:
        """What is left out has a reason."""
        found = problems_needless(self.fact)
        return {"words": found[0]} if found else {}


class FileForm(Form):
    """A file to hand in."""

    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))])


class CreditForm(EntryForm):
    """An application for credit, what was found out and what it amounts to."""

    GROUPS = (
        (_l("Application"), ("on", "asked", "asked_days", "request")),
        (_l("Survey"), ("surveyed_on", "surveyor_id", "survey")),
        (_l("Analysis"), ("analysed_on", "analysis")),
    )
    FIRST = 1

    on = a_day(_l("Applied on"), is_needed=True)
    asked = money(_l("Limit asked for"))
    asked_days = days(_l("Days to pay asked for"))
    request = long_text(_l("Why it is asked for"), most=5000)
    surveyed_on = a_day(_l("Surveyed on"))
    surveyor_id = a_row(_l("Surveyed by"))
    survey = long_text(_l("What was found out"), most=5000)
    analysed_on = a_day(_l("Analysed on"))
    analysis = long_text(_l("Analysis"), most=5000)

    def problems(self, on: date) -> Problems:
        """Steps in their order, each with its words."""
        found = not_come(on, on=self.on.data, surveyed_on=self.surveyed_on.data,
                         analysed_on=self.analysed_on.data)  # fmt: skip
        if self.surveyed_on.data and not self.survey.data:
            found["survey"] = because(N_("Say what was found out."))
        if self.analysed_on.data and not self.analysis.data:
            found["analysis"] = because(N_("Say what it amounts to."))
        return found


class DecideForm(Form):
    """What is granted, or why nothing is."""

    grade = TermField(_l("Credit grade"), CreditGrade, empty=_l("Not given"))
    limit = money(_l("Credit limit"))
    days = days(_l("Days to pay"))
    until = a_day(_l("Holds until"))
    reason = long_text(_l("Why"), most=5000)


class ReceivableForm(EntryForm):
    """An invoice that is to be paid."""

    GROUPS = (("", ("number", "on", "amount", "due_on", "note")),)

    number = text(_l("Invoice number"))
    on = a_day(_l("Invoice date"), is_needed=True)
    amount = money(_l("Amount"), is_needed=True, least=WITHIN)
    due_on = a_day(_l("Due"), description=_l("Left empty, it follows from the days granted."))
    note = text(_l("Note"))

    def problems(self, on: date) -> Problems:
        """Due after it was written."""
        return ends_early(self.on.data, self.due_on.data, "due_on")


class PayForm(Form):
    """Money that came in."""

    on = a_day(_l("Day"), is_needed=True)
    amount = money(_l("Amount"), is_needed=True, least=WITHIN)

    def problems(self, on: date) -> Problems:
        """Money that has come in."""
        return not_come(on, on=self.on.data)
