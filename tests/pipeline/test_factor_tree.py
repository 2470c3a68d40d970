"""The tree of causes as a company wants it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select

from app.lessons.models import Lesson
from app.lessons.report import Decided, Side, report
from app.pipeline.deal_models import LossFactor
from app.pipeline.factor_tree import (
    FactorTree,
    problems_naming,
    problems_using,
    tree_from,
    tree_text,
)
from app.pipeline.losing import MOST_OWN, TREE, Cause, Factor, in_order
from app.pipeline.rules import Stage
from app.pipeline.tree_rows import lines_of, with_rows
from app.retrospectives.changes import assemble, begin
from app.retrospectives.columns import OURS, View, columns
from app.retrospectives.models import RetroView
from app.retrospectives.rules import Kind
from app.retrospectives.table import NoteRow, piles
from tests.factories import AT

OWN = Factor("offer-1")
PER_BRANCH: Mapping[str, str] = {"offer-1": "No reference site", "outside-1": "Tender cancelled"}


def test_a_companys_own_leaf_stands_after_the_usual_ones_of_its_branch():
    tree = FactorTree(PER_BRANCH)

    assert tree.leaves(Cause.OFFER) == [*TREE[Cause.OFFER], OWN]
    assert in_order([Factor.LATE, OWN, Factor.PRICE, OWN]) == [Factor.PRICE, OWN, Factor.LATE]
    assert (OWN.cause, tree.called(OWN), tree.called(Cause.OFFER)) == (
        Cause.OFFER,
        "No reference site",
        "",
    )
    assert len(tree.every()) == len(Factor) + 2


@pytest.mark.parametrize(
    "key", ["offer-0", "offer-10", "offer-", "weather-1", "offer-1x", "offer", ""]
)
def test_what_is_no_leaf_is_refused(key):
    with pytest.raises(ValueError, match="not a valid"):
        Factor(key)


def test_what_is_out_of_use_is_asked_of_nobody_and_stays_where_it_was_said():
    tree = FactorTree({}, frozenset({Factor.STOPPED, Factor.POLICY, Factor.FIT}))
    said = [View((OURS, 1), "Ada", Factor.FIT, counted=True)]

    rows = {row.factor: row for row in columns(said, {}, tree.in_use()).rows}

    assert Cause.OUTSIDE not in tree.branches()
    assert tree.branches()[Cause.OFFER] == [Factor.PRICE, Factor.TERMS]
    assert rows[Factor.FIT].says == (True, None, None)
    assert Factor.POLICY not in rows


def test_a_branch_has_room_for_nine_of_its_own():
    full = FactorTree({f"need-{number}": str(number) for number in range(1, MOST_OWN + 1)})

    assert FactorTree().next_own(Cause.NEED) == Factor("need-1")
    assert full.next_own(Cause.NEED) is None
    assert full.next_own(Cause.OFFER) == OWN


def test_the_tree_is_kept_and_read_back():
    tree = FactorTree(PER_BRANCH, frozenset({OWN, Factor.PRICE}))

    assert tree_from(tree_text(tree)) == tree


def test_two_causes_need_two_names_and_one_must_be_left():
    assert [str(one) for one in problems_naming(["Price", "Fit", "PRICE"])] == [
        "Two causes are called “price”."
    ]
    assert not problems_naming(["Price", "Fit"])
    assert problems_using(FactorTree({}, frozenset(Factor)))
    assert not problems_using(FactorTree(PER_BRANCH, frozenset(Factor)))


def test_own_leaves_are_counted_on_the_table_and_in_the_report():
    note = NoteRow(1, 1, "Ada", OWN, "no site to show", True, None, None, 2, 0)
    deals = [
        Decided(won=False, stage=Stage.BIDDING, team="", factors=frozenset({OWN, Factor.LATE})),
        Decided(won=False, stage=Stage.BIDDING, team="", factors=frozenset({Factor.PRICE})),
    ]

    parts = {part.side: part for part in report(deals)}

    assert [pile.factor for pile in piles([note])] == [OWN]
    assert [line.name for line in parts[Side.FACTOR].lines] == [Factor.PRICE, OWN, Factor.LATE]


KNOWN = {"offer": Cause.OFFER, "我方方案": Cause.OFFER, "outside": Cause.OUTSIDE,
         "price": Factor.PRICE, "policy or rules": Factor.POLICY}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words", "unused", "said"),
    [
        ("我方方案；No site", {"offer-1": "No site"}, set(), "“No site” is added."),
        ("offer;Price;Too dear", {"price": "Too dear"}, set(), "“Too dear” is what it is called"),
        (
            "Outside,Policy or rules,,no",
            {},
            {Factor.POLICY},
            "“Policy or rules” is no longer used.",
        ),
        ("Offer;Price;;yes", {}, set(), "“Price” stays as it is."),
        ("Offer;;What we bid", {"offer": "What we bid"}, set(), "“What we bid” is what it is"),
        ("Weather;Rain", {}, set(), "“Weather” is none of the groups."),
        ("Outside;Price", {}, set(), "“Price” is in another group."),
        ("Offer;", {}, set(), "The row names no cause."),
        (f"Offer;{'x' * 81}", {}, set(), "It is longer than 80 characters."),
        ("组;原因;启用\n我方方案;No site;否", {"offer-1": "No site"}, {OWN}, "“No site” is added."),
    ],
)
def test_a_row_of_a_sheet_adds_renames_or_puts_out_of_use(row, words, unused, said):
    tree, told = with_rows(FactorTree(), lines_of(row), KNOWN)

    assert (tree.words, tree.unused) == (words, unused)
    assert [str(one.said).startswith(said) for one in told] == [True]


def test_rows_follow_each_other_and_the_same_twice_changes_nothing():
    text = "group,cause\n" + "".join(f"offer,C{number}\n" for number in range(10)) + "offer,c0\n"

    tree, told = with_rows(FactorTree(), lines_of(text), KNOWN)
    again, _told = with_rows(tree, lines_of(text), KNOWN)

    assert [one.number for one in told if one.is_refused] == [11, 12]
    assert "nine of one’s own" in str(told[9].said) and "see row 2" in str(told[10].said)
    assert again == tree and tree.named(Factor("offer-9")) == "C8"


def typed_of(page):
    """Everything the form of the tree holds, as a browser would send it."""
    return {
        one.get("name"): one.get("value", "")
        for one in page.all("input")
        if one.get("name") and (one.get("type") != "checkbox" or one.get("checked") is not None)
    }


def test_the_company_edits_its_causes_and_they_hold_wherever_a_cause_is_said(
    session, make, ada, boss, browser_for
):
    account = make.account(owner=ada)
    deal = make.opportunity(account, stage="bidding", owner_id=ada.id)
    other = make.opportunity(
        account, stage="bidding", outcome="lost", closed_on=date(2026, 3, 20), owner_id=ada.id
    )
    make.keep(LossFactor(account_id=account.id, opportunity_id=other.id, factor="policy"))
    retro = assemble(session, other, Kind.LOSS, user_id=ada.id, at=AT)
    begin(session, retro, [ada.id], leader=ada.id, at=AT)
    make.keep(RetroView(retrospective_id=retro.id, user_id=ada.id, factor="policy", counted=True))
    origin = {"account_id": account.id, "opportunity_id": other.id, "user_id": ada.id, "at": AT}
    lesson = make.keep(Lesson(**origin, words="Ask first", factor="policy"))
    settings = browser_for(boss)
    form = settings.get("/settings/causes")
    typed = {**typed_of(form), "words_offer": "Our offer", "words_price": "Too dear"}
    typed |= {"words_offer-1": "No reference site"}
    del typed["used_policy"]

    twice = settings.post("/settings/causes", {**typed, "words_fit": "too dear"})
    none = settings.post("/settings/causes", {"version": form.field("version")})
    done = settings.post("/settings/causes", typed)
    stale = settings.post("/settings/causes", typed)

    assert (twice.status, none.status, done.status, stale.status) == (422, 422, 303, 422)
    assert "Two causes are called" in twice.text
    assert 'value="too dear"' in twice.text
    browser = browser_for(ada)
    losing = browser.get(f"/pipeline/{deal.id}/close?outcome=lost")
    assert all(words in losing.text for words in ("Our offer", "Too dear", "No reference site"))
    assert "Policy or rules" not in losing.text
    browser.post(
        f"/pipeline/{deal.id}/close",
        {"version": losing.field("version"), "outcome": "lost", "reason": "No site",
         "on": "2026-03-21", "factors": ["offer-1"]},
    )  # fmt: skip
    assert "No reference site" in browser.get(f"/pipeline/{deal.id}").text
    at = f"/retrospectives/{retro.id}"
    asked = browser.get(f"{at}/columns")
    assert {"counted_policy", "counted_offer-1"} <= {one.get("name") for one in asked.all("select")}
    again = browser.post(f"{at}/columns", {"counted_policy": "yes", "counted_offer-1": "no"})
    assert again.status == 303
    assert "No reference site" in browser.get(f"{at}/live").text
    assert "Policy or rules" in browser.get(f"/lessons/{lesson.id}/edit").text
    assert "No reference site" in browser.get("/lessons/?factor=offer-1").text
    kept = session.scalars(select(LossFactor.factor).where(LossFactor.opportunity_id == deal.id))
    assert list(kept) == ["offer-1"]
    session.commit()

    sheet = {"rows": "Our offer\tNo demo\nOutside\tPolicy or rules\t\tyes\nNowhere\tRain"}
    looked = settings.post("/settings/causes/sheet", sheet)
    kept = settings.post("/settings/causes/sheet", {**sheet, "act": "keep"})
    assert (looked.status, kept.status) == (200, 303)
    assert "“No demo” is added." in looked.text and "“Nowhere” is none" in looked.text
    assert settings.post("/settings/causes/sheet", {"rows": ""}).status == 422
    assert browser.get("/settings/causes/sheet").status == 403
    offered = browser.get(f"/pipeline/{other.id}/lessons/add").text
    assert "No demo" in offered and "Policy or rules" in offered
