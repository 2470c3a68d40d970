"""Who serves an account: levels, the last owner, and what administrators may see and do."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import Membership
from app.accounts.team import Seat, problems_seating
from app.db import now
from app.users.rules import Level, UserRole

MANAGER, READER = UserRole.MANAGER, UserRole.READER


def seat(user_id, level=Level.OWN, role=MANAGER, **more):
    return Seat(user_id, role, level, **more)


@pytest.mark.parametrize(
    ("seats", "user_id", "role", "level", "is_fine"),
    [
        ([seat(1)], 1, MANAGER, None, False),
        ([seat(1)], 1, MANAGER, Level.EDIT, False),
        ([seat(1)], 1, MANAGER, Level.OWN, True),
        ([seat(1), seat(2)], 1, MANAGER, None, True),
        ([seat(1), seat(2, is_here=False)], 1, MANAGER, None, False),
        ([seat(1), seat(2, role=READER)], 1, MANAGER, None, False),
        ([seat(1), seat(2, Level.EDIT)], 2, MANAGER, None, True),
        ([], 3, MANAGER, Level.READ, True),
        ([seat(1)], 3, READER, Level.READ, True),
        ([seat(1)], 3, READER, Level.EDIT, False),
        ([seat(1), seat(3, role=READER)], 3, READER, None, True),
    ],
)
def test_somebody_always_owns_an_account_and_a_reader_only_reads(
    seats, user_id, role, level, is_fine
):
    assert (problems_seating(seats, user_id, role, level) == []) is is_fine


@pytest.fixture
def account(make, ada, ben):
    return make.account("First Hospital", owner=ada, reader=ben)


def test_an_owner_gives_a_colleague_a_place_changes_and_takes_it(
    account, session, ada, cleo, browser_for
):
    browser, at = browser_for(ada), f"/accounts/{account.id}/team"

    browser.post(f"{at}/add", {"user_id": cleo.id, "level": "1"})
    assert browser_for(cleo).get(f"/accounts/{account.id}").status == 200
    browser.post(f"{at}/{cleo.id}", {"level": "2"})
    assert browser_for(cleo).get(f"/accounts/{account.id}/edit").status == 200
    browser.post(f"{at}/{cleo.id}", {"level": ""})

    assert browser_for(cleo).get(f"/accounts/{account.id}").status == 404


def test_the_last_owner_cannot_leave_or_step_down(make, account, session, ada, browser_for):
    browser = browser_for(ada)

    for level in ("", "2"):
        page = browser.post(f"/accounts/{account.id}/team/{ada.id}", {"level": level})
        assert page.status == 422
        assert "Somebody must own the account" in page.text

    kept = make.find(select(Membership.level).where(Membership.user_id == ada.id))
    assert kept == Level.OWN


def test_an_owner_who_leaves_sees_the_account_no_more(account, make, ada, cleo, browser_for):
    make.member(account, cleo, Level.OWN)
    browser = browser_for(ada)

    page = browser.post(f"/accounts/{account.id}/team/{ada.id}", {"level": ""})

    assert page.headers["Location"] == "/accounts/"
    assert browser.get(f"/accounts/{account.id}").status == 404


def test_a_reader_of_the_company_is_not_made_an_editor(account, make, ada, browser_for):
    rita = make.user("Rita", role="reader")

    page = browser_for(ada).post(
        f"/accounts/{account.id}/team/add", {"user_id": rita.id, "level": "2"}
    )

    assert page.status == 422
    assert "can only read" in page.text


@pytest.mark.parametrize("typed", [{"level": "9"}, {"level": "x"}])
def test_a_level_that_does_not_exist_is_refused(typed, account, ada, ben, browser_for):
    assert browser_for(ada).post(f"/accounts/{account.id}/team/{ben.id}", typed).status == 422


def test_who_is_not_in_the_team_cannot_be_set(account, ada, cleo, browser_for):
    page = browser_for(ada).post(f"/accounts/{account.id}/team/{cleo.id}", {"level": "1"})

    assert page.status == 404


def test_an_administrator_sees_names_and_teams_but_not_the_account(account, boss, browser_for):
    browser = browser_for(boss)

    page = browser.get("/settings/teams")

    assert "First Hospital" in page.text
    assert "Ada Zhang" in page.text
    assert browser.get(f"/accounts/{account.id}").status == 404


def test_an_administrator_who_joins_is_in_the_account_s_history(account, boss, ada, browser_for):
    browser = browser_for(boss)

    browser.post(f"/settings/teams/{account.id}/join")

    assert browser.get(f"/accounts/{account.id}").status == 200
    assert "Bao Chen" in browser_for(ada).get(f"/accounts/{account.id}/history").text
    assert browser.post("/settings/teams/999999/join").status == 404


def test_accounts_that_nobody_owns_are_listed_apart(account, make, session, boss, browser_for):
    gone = make.user("Gone", archived_at=now())
    make.account("Orphan Chain", owner=gone)

    page = browser_for(boss).get("/settings/teams?only=ownerless")

    assert "Orphan Chain" in page.text
    assert "First Hospital" not in page.text


def test_every_team_asks_as_often_for_six_accounts_as_for_three(make, boss, browser_for):
    for number in range(3):
        make.account(f"Account {number}", owner=boss)
    few = browser_for(boss)
    few.get("/settings/teams")
    for number in range(3, 6):
        make.account(f"Account {number}", owner=boss)

    many = browser_for(boss)
    many.get("/settings/teams?q=acc")

    assert few.selects == many.selects
