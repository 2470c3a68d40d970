"""The kinds of records that people keep by hand: what each is made of, and where it is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.catalogue import lazy_gettext as _l
from app.records.contract_models import Contract
from app.records.credit_forms import ContractForm, CreditForm, ReceivableForm
from app.records.credit_models import Credit, Receivable
from app.records.entry_forms import EntryForm
from app.records.service_forms import (
    CaseForm,
    CommunicationForm,
    ExpenseForm,
    LoanForm,
    PromotionForm,
    SalesPlanForm,
)
from app.records.support_models import (
    Communication,
    Expense,
    Loan,
    Promotion,
    SalesPlan,
    ServiceCase,
)


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of record: its table, its form, the page that lists it, and its words."""

    model: type[Any]
    form: type[EntryForm]
    page: str
    add: Any
    edit: Any
    defaults: Callable[[date, int], dict[str, Any]]


def _today(name: str, *mine: str) -> Callable[[date, int], dict[str, Any]]:
    """A new record's day is today, and its person the one who writes it."""
    return lambda on, me: {name: on, **dict.fromkeys(mine, me)}


BOOKS: dict[str, Book] = {
    "contracts": Book(Contract, ContractForm, "records.contracts", _l("Add a contract"),
                      _l("Edit the contract"), lambda _on, me: {"owner_id": me}),
    "credits": Book(Credit, CreditForm, "records.credit", _l("Apply for credit"),
                    _l("Application for credit"), _today("on")),
    "receivables": Book(Receivable, ReceivableForm, "records.receivables", _l("Add an invoice"),
                        _l("Edit the invoice"), _today("on")),
    "plans": Book(SalesPlan, SalesPlanForm, "records.sales_plan", _l("Plan a month"),
                  _l("Edit the planned month"), _today("month")),
    "cases": Book(ServiceCase, CaseForm, "records.service", _l("Log a case"),
                  _l("Service case"), _today("on", "owner_id")),
    "promotions": Book(Promotion, PromotionForm, "records.support", _l("Plan a promotion"),
                       _l("Edit the promotion"), _today("starts_on", "owner_id")),
    "expenses": Book(Expense, ExpenseForm, "records.support", _l("Add an expense"),
                     _l("Edit the expense"), _today("on", "user_id")),
    "loans": Book(Loan, LoanForm, "records.support", _l("Lend people or vehicles"),
                  _l("Edit the loan"), _today("starts_on", "owner_id")),
    "communication": Book(Communication, CommunicationForm, "records.communication",
                          _l("Plan a contact"), _l("Edit the planned contact"),
                          _today("due_on", "owner_id")),
}  # fmt: skip
