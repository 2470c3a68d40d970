"""Special cases: small accounts worth support, and the sheet of an overbearing account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, sight, visible
from app.accounts.models import Account
from app.accounts.wishes import AccountWish
from app.pictures import sheet
from app.records.case_changes import keep_measures
from app.records.case_forms import CaseForm, case_form
from app.records.case_models import SpecialCase
from app.records.case_queries import case_fact, case_rows, find_case, judgements, measures_of
from app.records.changes import yardstick
from app.records.portfolio import AccountFact, Spot
from app.records.portfolio_queries import account_facts
from app.records.rules import class_period
from app.records.special_cases import (
    MEASURES,
    SMALL,
    CaseFact,
    Measure,
    Sign,
    SpecialKind,
    advice,
    is_worth_support,
    small_signs,
)
from app.records.views.blueprint import records
from app.records.views.portfolio import asked_for_file, page_of
from app.web import _, commit_or_stale, invalid, render, see, stale_page, today

PAGE = "records/special_case.html"
KIND = "/accounts/<int:account_id>/cases/<any(overbearing,small):case_kind>"
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A small or middle account with the signs of being worth support."""

    fact: AccountFact
    signs: tuple[Sign, ...]

    @property
    def there(self) -> int:
        """How many signs are there."""
        return sum(one.is_there is True for one in self.signs)


def _candidates(spots: list[Spot]) -> list[Candidate]:
    """Small and middle accounts, those with the most signs first."""
    judged = judgements(db.session(), visible())
    small = (one.fact for one in spots if one.fact.size_class in SMALL)
    found = [Candidate(one, small_signs(case_fact(one, judged.get(one.id)))) for one in small]
    return sorted(found, key=lambda one: (-one.there, one.fact.name))


def _shown(spots: list[Spot]) -> dict[str, Any]:
    found = _candidates(spots)
    return {"candidates": found[:MOST_LISTED], "counted": len(found)}


@records.get("/portfolio/cases")
def special_cases() -> ResponseReturnValue:
    """What is open, and which small accounts look worth support."""
    rows = case_rows(db.session(), visible())
    more = {"rows": rows, "is_worth": is_worth_support, "on": today()}
    return page_of("records/special_cases.html", _("Special cases"), _shown, **more)


@records.get("/portfolio/cases.<any(csv,xlsx):suffix>")
def cases_sheet(suffix: str) -> ResponseReturnValue:
    """Every small and middle account with its signs."""
    found = asked_for_file(_candidates).answer
    names = [_(one.name) for one in small_signs(CaseFact())]
    header = (_("Account"), _("Owner"), _("Class"), _("Sales, CNY"), *names, _("Worth support"))
    return sheet(suffix, "small-accounts", header, map(_cells, found))


def _cells(one: Candidate) -> tuple[Any, ...]:
    fact, words = one.fact, {True: _("Yes"), False: _("No"), None: None}
    return (fact.name, fact.owner, fact.size_class, fact.sales,
            *(words[sign.is_there] for sign in one.signs),
            words[is_worth_support(one.signs)])  # fmt: skip


@records.get(KIND)
def special_case(account_id: int, case_kind: str) -> ResponseReturnValue:
    """The sheet of an account: what speaks for and against it, the decision, what is used."""
    account, kind = account_or_404(account_id), SpecialKind(case_kind)
    case, notes = _kept(account_id, kind)
    more = {f"note_{one}": note for one, note in notes.items()}
    form = case_form(kind, formdata=None, obj=case, **more)
    return render(PAGE, form=form, **_page(account, kind, case))


def _kept(account_id: int, kind: SpecialKind) -> tuple[SpecialCase | None, dict[Measure, str]]:
    session = db.session()
    case = find_case(session, account_id, kind)
    return case, measures_of(session, [case.id]).get(case.id, {}) if case else {}


def _fact(account_id: int) -> CaseFact:
    """What an account's special cases are judged by, over the last year."""
    session, wish = db.session(), AccountWish(only_id=account_id)
    company = yardstick(session).company
    facts = account_facts(session, sight(), wish, class_period(today()), company)
    judged = judgements(session, [account_id])
    return case_fact(facts[0], judged.get(account_id)) if facts else CaseFact()


def _page(account: Account, kind: SpecialKind, case: SpecialCase | None) -> dict[str, Any]:
    fact = _fact(account.id)
    return {
        "account": account,
        "kind": kind,
        "case": case,
        "fact": fact,
        "signs": small_signs(fact),
        "advice": advice(fact),
        "measures": MEASURES[kind],
    }


@records.post(KIND)
def keep_case(account_id: int, case_kind: str) -> ResponseReturnValue:
    """Open the case, or keep what was changed of it."""
    account, kind = account_or_404(account_id, EDIT), SpecialKind(case_kind)
    case, _notes = _kept(account_id, kind)
    form = case_form(kind)
    if not form.validate():
        return invalid(PAGE, form=form, **_page(account, kind, case))
    if case is not None and form.is_stale(case):
        return stale_page(form, case)
    case = _put(form, case or SpecialCase(account_id=account_id, kind=kind))
    return commit_or_stale(form, case) or see(
        "records.special_case", _("Kept."), account_id=account_id, case_kind=kind
    )


def _put(form: CaseForm, case: SpecialCase) -> SpecialCase:
    form.put(case)
    if case.id is None or case.archived_at is not None:
        case.on, case.archived_at = today(), None
    case.user_id = me().id
    db.session().add(case)
    keep_measures(db.session(), case, form.notes())
    return case


@records.post(f"{KIND}/close")
def close_case(account_id: int, case_kind: str) -> ResponseReturnValue:
    """Close a case; keeping it again opens it with what it held."""
    account_or_404(account_id, EDIT)
    case = find_case(db.session(), account_id, SpecialKind(case_kind))
    if case is not None:
        case.archived_at = db.now()
        db.session().commit()
    return see("records.special_case", _("The case is closed."), account_id=account_id,
               case_kind=case_kind)  # fmt: skip
