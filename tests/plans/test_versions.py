"""Versions of a plan, and what differs between two."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plans.version_queries import freeze
from app.plans.versions import differences

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
columns = st.dictionaries(st.sampled_from(["target", "title", "due_on"]), st.text(max_size=3))
rows = st.dictionaries(st.integers(1, 5).map(str), columns, max_size=4)
contents = st.dictionaries(st.sampled_from(["goal", "action"]), rows, max_size=2)


@given(contents)
def test_nothing_differs_from_itself(content):
    assert differences(content, content) == []


@given(contents, contents)
def test_what_is_new_one_way_is_gone_the_other(one, other):
    there = {(d.entity, d.row_id): d.act for d in differences(one, other)}
    back = {(d.entity, d.row_id): d.act for d in differences(other, one)}

    turned = {"created": "deleted", "deleted": "created", "changed": "changed"}
    assert {key: turned[act] for key, act in there.items()} == back


def test_none_and_nothing_are_the_same():
    assert differences({"goal": {"1": {"unit": None}}}, {"goal": {"1": {"unit": ""}}}) == []


@pytest.fixture
def plan(make, ada, ben):
    return make.plan(make.account(owner=ada, reader=ben))


def test_two_versions_are_compared_in_words(make, session, plan, ada, ben, browser_for):
    goal = make.goal(plan, "Sell 900", target=Decimal(1000))
    gone = make.action(plan, "Call finance")
    freeze(session, plan, AT, user_id=ada.id, review_id=None)
    goal.target, goal.owner_id = Decimal(900), ada.id
    gone.archived_at = AT
    session.commit()
    make.goal(plan, "Cover finance")

    page = browser_for(ben).get(f"/plans/{plan.id}/versions?from=1&to=now")

    lines = page.words("li")
    assert "Target: from 1,000 to 900" in lines
    assert "Owner: from nothing to Ada Zhang" in lines
    assert any("Call finance" in line and "gone" in line for line in lines)
    assert any("Cover finance" in line and "new" in line for line in lines)


def test_a_version_compared_with_itself_is_no_different(session, plan, ada, ben, browser_for):
    freeze(session, plan, AT, user_id=ada.id, review_id=None)
    session.commit()

    page = browser_for(ben).get(f"/plans/{plan.id}/versions?from=1&to=1")

    assert "Nothing is different." in page.text


@pytest.mark.parametrize("number", ["2", "x", "99999999999999999999", "٣"])
def test_a_version_that_is_not_there_is_not_found(session, plan, ada, browser_for, number):
    freeze(session, plan, AT, user_id=ada.id, review_id=None)
    session.commit()

    assert browser_for(ada).get(f"/plans/{plan.id}/versions?from={number}").status == 404
