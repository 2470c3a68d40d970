"""What a person may type about sales plans, service, support and communication."""

from __future__ import annotations

from datetime import date

from wtforms import BooleanField, IntegerField, MonthField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, TermField, long_text, text
from app.records.communication import CommunicationKind
from app.records.entry_forms import (
    EntryForm,
    Problems,
    a_day,
    a_row,
    ends_early,
    in_our_time,
    money,
    not_come,
)
from app.records.forms import WITHIN
from app.records.service import CaseFact, CaseKind, CaseWords, Verdict, problems_stepping
from app.records.support import ExpenseKind, LoanKind, problems_appraising


class SalesPlanForm(EntryForm):
    """What is to be sold in a month."""

    GROUPS = (("", ("month", "product_id", "spec", "quantity", "amount")),)

    month = MonthField(_l("Month"), [InputRequired(_l("Choose a month.")), in_our_time])
    product_id = a_row(_l("Product"))
    spec = text(_l("Specification"))
    quantity = NumberField(_l("Quantity"), [Optional(), NumberRange(0, 10**9)], places=None)
    amount = money(_l("Amount"), is_needed=True)


class CaseForm(EntryForm):
    """A return, a repair or a complaint, and how far it is."""

    GROUPS = (
        (
            _l("What happened"),
            ("kind", "title", "on", "number", "words", "stakeholder_id", "product_id", "quantity",
             "amount", "owner_id", "answer_by"),
        ),
        (_l("Investigation"), ("investigated_on", "findings")),
        (_l("Decision"), ("decided_on", "verdict", "decision", "cost")),
        (_l("Answer to the customer"), ("answered_on", "answer")),
        (_l("Closing"), ("closed_on",)),
    )  # fmt: skip
    FIRST = 1

    kind = TermField(_l("Kind"), CaseKind, default=CaseKind.COMPLAINT)
    title = text(_l("What it is about"), validators=[DataRequired(_l("Say what it is about."))])
    on = a_day(_l("Logged on"), is_needed=True)
    number = text(_l("Case number"))
    words = long_text(_l("What happened"), most=5000)
    stakeholder_id = a_row(_l("Who said so"))
    product_id = a_row(_l("Product"))
    quantity = NumberField(_l("Quantity"), [Optional(), NumberRange(0, 10**9)], places=None)
    amount = money(_l("Amount"))
    owner_id = a_row(_l("Owner"))
    answer_by = a_day(_l("Answer promised by"))
    investigated_on = a_day(_l("Investigated on"))
    findings = long_text(_l("What was found"), most=5000)
    decided_on = a_day(_l("Decided on"))
    verdict = TermField(_l("Verdict"), Verdict, empty=_l("Not decided yet"))
    decision = long_text(_l("Decision"), most=5000)
    cost = money(_l("What it cost us"))
    answered_on = a_day(_l("Answered on"))
    answer = long_text(_l("What the customer was told"), most=5000)
    closed_on = a_day(_l("Closed on"))

    def problems(self, on: date) -> Problems:
        """The steps in their order, and no end without the answer."""
        fact = CaseFact(
            self.on.data,
            self.answer_by.data,
            self.investigated_on.data,
            self.decided_on.data,
            self.answered_on.data,
            self.closed_on.data,
        )
        words = CaseWords(
            self.findings.data, self.verdict.data, self.decision.data, self.answer.data
        )
        return {**not_come(on, on=self.on.data), **problems_stepping(fact, words, on)}


class PromotionForm(EntryForm):
    """A promotion, and what it brought once it is over."""

    GROUPS = (
        (
            _l("Plan of the promotion"),
            ("name", "product_id", "starts_on", "ends_on", "budget", "owner_id", "plan"),
        ),
        (_l("Appraisal"), ("appraised_on", "is_worth", "appraisal")),
    )
    FIRST = 1

    name = text(_l("Promotion"), validators=[DataRequired(_l("Give the promotion a name."))])
    product_id = a_row(_l("Product"))
    starts_on = a_day(_l("Starts on"), is_needed=True)
    ends_on = a_day(_l("Ends on"), is_needed=True)
    budget = money(_l("Budget"))
    owner_id = a_row(_l("Owner"))
    plan = long_text(_l("Plan"), most=5000)
    appraised_on = a_day(_l("Appraised on"))
    is_worth = BooleanField(_l("Worth repeating"))
    appraisal = long_text(_l("What it brought"), most=5000)

    def problems(self, on: date) -> Problems:
        """Ends after it starts; appraised once over, in words."""
        day = self.appraised_on.data
        return {
            **ends_early(self.starts_on.data, self.ends_on.data),
            **problems_appraising(self.ends_on.data, day, self.appraisal.data),
            **not_come(on, appraised_on=day),
        }


class ReplyForm(Form):
    """A yes or a no to a promotion, with words."""

    answer = long_text(_l("Words to the decision"), most=2000)


class ExpenseForm(EntryForm):
    """Money spent on an account."""

    GROUPS = (("", ("kind", "on", "amount", "promotion_id", "words", "user_id")),)

    kind = TermField(_l("Kind"), ExpenseKind, default=ExpenseKind.PROMOTION)
    on = a_day(_l("Day"), is_needed=True)
    amount = money(_l("Amount"), is_needed=True, least=WITHIN)
    promotion_id = a_row(_l("Promotion"))
    words = text(_l("Spent on"))
    user_id = a_row(_l("Spent by"))


class LoanForm(EntryForm):
    """People, a vehicle or equipment lent."""

    GROUPS = (
        ("", ("kind", "name", "purpose", "owner_id", "starts_on", "due_on", "returned_on",
              "monthly_cost")),
    )  # fmt: skip

    kind = TermField(_l("Kind"), LoanKind, default=LoanKind.PERSON)
    name = text(_l("Who or what"), validators=[DataRequired(_l("Say who or what is lent."))])
    purpose = text(_l("Purpose"))
    owner_id = a_row(_l("Owner"))
    starts_on = a_day(_l("Since"), is_needed=True)
    due_on = a_day(_l("Back by"))
    returned_on = a_day(_l("Returned on"))
    monthly_cost = money(_l("Cost a month"))

    def problems(self, on: date) -> Problems:
        """Back after it was lent."""
        start = self.starts_on.data
        return {
            **ends_early(start, self.due_on.data, "due_on"),
            **ends_early(start, self.returned_on.data, "returned_on"),
            **not_come(on, returned_on=self.returned_on.data),
        }


class CommunicationForm(EntryForm):
    """A line of the communication plan."""

    GROUPS = (("", ("kind", "title", "due_on", "months", "owner_id", "done_on", "outcome")),)

    kind = TermField(_l("Kind"), CommunicationKind, default=CommunicationKind.SEMINAR)
    title = text(_l("Title"), validators=[DataRequired(_l("Say what is planned."))])
    due_on = a_day(_l("Due"), is_needed=True)
    months = IntegerField(
        _l("Again after months"),
        [Optional(), NumberRange(1, 36)],
        description=_l("Once done, the next is put on the plan by itself."),
    )
    owner_id = a_row(_l("Owner"))
    done_on = a_day(_l("Done on"))
    outcome = long_text(_l("What came of it"), most=5000)

    def problems(self, on: date) -> Problems:
        """Done by today."""
        return not_come(on, done_on=self.done_on.data)
