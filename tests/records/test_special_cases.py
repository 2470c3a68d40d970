"""Overbearing accounts and small ones worth support [000]: signs, advice, and their sheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.accounts.models import Appraisal, FactorScore, Rival
from app.accounts.rules import Aspect, Judgement, SizeClass
from app.records.case_models import CaseMeasure, SpecialCase
from app.records.special_cases import (
    LEVERS,
    MEANS,
    MEASURES,
    CaseFact,
    Measure,
    SpecialKind,
    advice,
    is_worth_support,
    small_signs,
)
from tests.factories import DAY

TODAY = date(2026, 3, 20)
GOOD = CaseFact(
    SizeClass.B,
    sales=Decimal(105),
    before=Decimal(100),
    share=Decimal("0.5"),
    potential=60,
    judged=dict.fromkeys((Aspect.CREDIT, Aspect.SOCIAL, Aspect.OPERATING), Judgement.GOOD),
)
JUST_NOT = CaseFact(
    SizeClass.B,
    sales=Decimal("104.99"),
    before=Decimal(100),
    share=Decimal("0.49"),
    potential=59,
    judged=dict.fromkeys((Aspect.CREDIT, Aspect.SOCIAL, Aspect.OPERATING), Judgement.FAIR),
)


def test_each_sign_is_there_from_its_threshold_on():
    assert [one.is_there for one in small_signs(GOOD)] == [True] * 6
    assert [one.is_there for one in small_signs(JUST_NOT)] == [False] * 6


def test_what_nobody_knows_is_no_sign_either_way():
    assert [one.is_there for one in small_signs(CaseFact())] == [None] * 6
    assert [one.is_there for one in small_signs(CaseFact(sales=Decimal(5), before=Decimal(0)))] == (
        [None] * 6
    )
    assert not is_worth_support(small_signs(CaseFact()))


def test_three_signs_make_it_worth_support_unless_as_many_speak_against():
    credit = {Aspect.CREDIT: Judgement.GOOD}
    three = CaseFact(sales=Decimal(2), before=Decimal(1), potential=90, judged=credit)
    against = {**credit, Aspect.SOCIAL: Judgement.WEAK, Aspect.OPERATING: Judgement.WEAK}
    even = CaseFact(sales=Decimal(2), before=Decimal(1), potential=90, judged=against,
                    share=Decimal("0.1"))  # fmt: skip

    assert is_worth_support(small_signs(three))
    assert not is_worth_support(small_signs(even))
    assert not is_worth_support(small_signs(CaseFact(potential=90, judged=credit)))


@pytest.mark.parametrize(
    ("profit", "words"),
    [(None, "not known"), ("0", "is let go"), ("-1", "is let go"), ("0.01", "within measure")],
)
def test_one_that_brings_nothing_is_let_go(profit, words):
    assert words in str(advice(CaseFact(profit=None if profit is None else Decimal(profit))))


def test_levers_and_means_are_the_handbooks():
    assert [one.value for one in LEVERS] == [
        "cause", "upstream", "credit", "policy", "strengths", "customers",
    ]  # fmt: skip
    assert MEANS[-1] is Measure.PROMISES
    assert len(MEANS) == 8
    assert {*MEASURES[SpecialKind.SMALL], *MEASURES[SpecialKind.OVERBEARING]} == set(Measure)


@pytest.fixture
def account(make, ada, ben, monkeypatch):
    """A small account of Ada's that Ben reads: it grows, brings profit, and buys from us."""
    monkeypatch.setattr("app.records.views.cases.today", lambda: TODAY)
    with make.at_once():
        account = make.account("Corner Clinics", owner=ada, reader=ben, size_class="B")
        make.sale(account, "300", on=date(2026, 1, 5), cost=Decimal(100))
        make.sale(account, "100", on=date(2025, 1, 5))
        make.keep(Appraisal(account_id=account.id, aspect="credit", judgement=3, on=DAY))
        make.keep(FactorScore(account_id=account.id, factor="potential", score=80, on=DAY))
        make.keep(Rival(account_id=account.id, name="Rival", share=Decimal("0.2")))
        make.account("Large Group", owner=ada, size_class="AAA")
    return account


def test_small_accounts_are_listed_with_their_signs(account, ada, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/cases")
    answer = browser.client.get("/portfolio/cases.xlsx")

    assert "Corner Clinics" in page.text and "Large Group" not in page.text
    assert page.text.count("✓") == 4
    rows = [list(row) for row in load_workbook(BytesIO(answer.get_data())).active.values]
    assert rows[1][4:] == ["Yes", "Yes", "Yes", "", "", "Yes", "Yes"]
    answer.close()


def test_a_case_is_opened_decided_closed_and_opened_again(account, ada, session, browser_for):
    browser, at = browser_for(ada), f"/accounts/{account.id}/cases/overbearing"
    typed = {"why": "Turns every order back", "course": "concede", "limit": "Two points at most",
             "review_on": "2026-03-01", "note_upstream": "The maker backs us"}  # fmt: skip

    first = browser.get(at)
    kept = browser.post(at, typed)
    page = browser.get(at)
    listed = browser.get("/portfolio/cases")
    browser.post(f"{at}/close")
    gone = browser.get("/portfolio/cases")
    browser.post(at, {**typed, "note_upstream": "", "note_credit": "Sixty days, not ninety"})

    assert "It brought us a profit of 200 CNY" in first.text
    assert kept.status == 303
    assert page.field("limit") == "Two points at most"
    assert "Concede within measure" in listed.text and "look again now" in listed.text
    assert "Concede within measure" not in gone.text
    case = session.query(SpecialCase).one()
    assert case.archived_at is None
    assert [one.measure for one in session.query(CaseMeasure)] == ["credit"]
    session.rollback()
    history = browser.get(f"/accounts/{account.id}/history").text
    assert "Sixty days, not ninety" in history and "Their credit" in history


def test_bad_input_is_told_at_the_field_and_only_those_who_may_change_it(
    account, ada, ben, cleo, browser_for
):
    at = f"/accounts/{account.id}/cases/small"
    typed = {"why": "", "course": "let_go", "review_on": "soon", "limit": "Whatever I typed"}

    page = browser_for(ada).post(at, typed)

    assert page.status == 422
    assert "Say why." in page.text
    assert page.field("limit") == "Whatever I typed"
    assert "Nobody has opened this case." in browser_for(ben).get(at).text
    assert browser_for(ben).post(at, typed).status == 403
    assert browser_for(cleo).get(at).status == 404
    assert browser_for(ada).get(at.replace("small", "odd")).status == 404
