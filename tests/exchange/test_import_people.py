"""People and relationships go in: roles, judgements and lines as dated facts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from tests.exchange.runs import ON, counts, warned, why

HEAD = "account,external_id,name,title,role,support,influence,reports_to\n"
PEOPLE = (
    HEAD
    + "First Hospital,P1,Wang Fang,Chair,decider,1,3,\n"
    + "First Hospital,P2,Li Na,CFO,influencer; blocker,-1,,P1\n"
)
TIES = "account,from,to,kind,weight,since\n"


@pytest.fixture
def hospital(make, ada):
    return make.account(owner=ada)


@pytest.fixture
def team(make, hospital):
    """Two people who are there already."""
    return make.person(hospital, "Wang Fang"), make.person(hospital, "Li Na")


def rows_of(session, model):
    rows = session.scalars(select(model).order_by(model.id)).all()
    session.commit()
    return rows


def test_a_dry_run_counts_and_writes_nothing(runs, session, hospital):
    before = counts(session)

    assert runs.look("people", PEOPLE).counts == {"new": 2}

    assert counts(session) == before


def test_a_person_comes_with_roles_a_judgement_and_a_line_to_the_manager(runs, session, hospital):
    runs.bring("people", PEOPLE)

    wang, li = rows_of(session, Stakeholder)
    roles = [(one.stakeholder_id, one.role, one.since) for one in rows_of(session, RoleHolding)]
    assert roles == [(wang.id, "decider", ON), (li.id, "influencer", ON), (li.id, "blocker", ON)]
    judged = rows_of(session, Observation)
    assert [(one.support, one.influence) for one in judged] == [(1, 3), (-1, None)]
    assert {(one.confidence, one.source) for one in judged} == {("second_hand", "made.csv")}
    tie = rows_of(session, Tie)[0]
    assert (tie.kind, tie.from_id, tie.to_id) == ("reports_to", li.id, wang.id)


def test_the_same_file_again_changes_nothing(runs, session, hospital):
    runs.bring("people", PEOPLE)
    before = counts(session)

    assert runs.bring("people", PEOPLE).counts == {"same": 2}

    assert counts(session) == before


def test_a_new_judgement_is_a_new_row_and_the_old_one_stays(runs, session, hospital):
    runs.bring("people", PEOPLE)

    report = runs.bring("people", PEOPLE.replace("decider,1,3", "decider,2,3"))

    assert report.counts == {"changed": 1, "same": 1}
    assert [one.support for one in rows_of(session, Observation)] == [1, -1, 2]


def test_a_new_manager_ends_the_old_line_and_undo_brings_it_back(runs, session, hospital):
    runs.bring("people", PEOPLE)
    moved = HEAD + "First Hospital,P3,Zhou Min,COO,,,,\nFirst Hospital,P2,Li Na,CFO,,,,P3\n"

    assert runs.bring("people", moved).counts == {"new": 1, "changed": 1}

    old, new = rows_of(session, Tie)
    assert (old.until, new.until) == (ON, None)
    assert runs.undo() == []
    assert [tie.until for tie in rows_of(session, Tie)] == [None]


def test_a_loop_is_named_and_its_last_line_left_out(runs, session, hospital):
    report = runs.bring(
        "people",
        "account,name,reports_to\nFirst Hospital,A,B\nFirst Hospital,B,C\nFirst Hospital,C,A\n",
    )

    assert warned(report) == [
        "4: They would report to themselves: C → A → B → C. The line is left out."
    ]
    assert len(rows_of(session, Tie)) == 2


def test_a_manager_nobody_knows_is_told_and_the_person_is_taken(runs, hospital):
    report = runs.bring("people", "account,name,reports_to\nFirst Hospital,Li Na,Wang Feng\n")

    assert report.counts == {"new": 1}
    assert warned(report) == ["2: There is nobody called “Wang Feng” at this account to report to."]


@pytest.mark.parametrize("word", ["FIRST hospital", "Ｆｉｒｓｔ Hospital", "H1", "第一医院"])
def test_an_account_is_known_by_its_id_and_by_either_name_however_written(runs, make, ada, word):
    make.account(owner=ada, other_name="第一医院", external_id="H1")

    assert runs.look("people", f"account,name\n{word},Li Na\n").counts == {"new": 1}


def test_an_account_almost_known_is_refused_with_the_one_it_may_be(runs, hospital):
    assert why(runs.look("people", "account,name\nFirst Hospitel,Li Na\n")) == [
        "2: “First Hospitel” is not known. Did you mean “First Hospital”?"
    ]


def test_people_of_an_account_that_may_not_be_changed_are_refused(runs, make):
    make.account("Elsewhere")

    report = runs.look("people", "account,name\nElsewhere,Li Na\n", editable=frozenset())

    assert why(report) == [
        "2: There is no account “Elsewhere” that you may change. Import the accounts first."
    ]


def test_rows_without_an_account_go_to_the_one_chosen(runs, session, hospital):
    assert why(runs.look("people", "name\nLi Na\n")) == ["2: The row names no account."]

    runs.bring("people", "name\nLi Na\n", account_id=hospital.id)

    assert rows_of(session, Stakeholder)[0].account_id == hospital.id


def test_the_same_name_at_another_account_is_another_person(runs, make, hospital, ada):
    other = make.account("Other", owner=ada)
    make.person(other, "Li Na")

    assert runs.look("people", "account,name\nFirst Hospital,Li Na\n").counts == {"new": 1}


def test_two_of_a_name_with_ids_of_their_own_are_two_people(runs, hospital):
    content = HEAD + "First Hospital,P1,Li Na,,,,,\nFirst Hospital,P2,Li Na,,,,,\n"

    assert runs.bring("people", content).counts == {"new": 2}
    assert runs.bring("people", content).counts == {"same": 2}
    assert why(runs.look("people", "account,name,title\nFirst Hospital,Li Na,CFO\n")) == [
        "2: Two are called “Li Na”: give the external id."
    ]


def test_undo_takes_people_away_with_all_that_came_with_them(runs, session, hospital):
    before = counts(session)
    runs.bring("people", PEOPLE)

    assert runs.undo() == []

    assert counts(session) == before


def test_undo_of_people_is_refused_when_somebody_has_judged_one_since(
    runs, session, make, hospital
):
    runs.bring("people", PEOPLE)
    make.observation(rows_of(session, Stakeholder)[0], support=2)

    assert "observation: 1" in runs.undo()[0]


def test_ties_go_in_once_and_undirected_ones_either_way_round(runs, session, team):
    content = (
        TIES
        + "First Hospital,Wang Fang,Li Na,influences,3,2026-01-05\n"
        + "First Hospital,Li Na,Wang Fang,allied,,\n"
        + "First Hospital,Wang Fang,Li Na,allied,,\n"
    )

    report = runs.bring("relationships", content)

    assert why(report) == ["4: It is in the file twice: see row 3."]
    one, other = rows_of(session, Tie)
    assert (one.weight, one.since) == (3, date(2026, 1, 5))
    assert other.from_id < other.to_id
    assert runs.bring("relationships", content).counts == {"same": 2, "refused": 1}


def test_a_new_weight_ends_the_old_tie(runs, session, team):
    content = TIES + "First Hospital,Wang Fang,Li Na,influences,1,2026-01-05\n"
    runs.bring("relationships", content)

    assert runs.bring("relationships", content.replace(",1,", ",2,")).counts == {"changed": 1}

    held = [(tie.weight, tie.since, tie.until) for tie in rows_of(session, Tie)]
    assert held == [(1, date(2026, 1, 5), ON), (2, ON, None)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Li Na,Li Na,allied,,", "“Li Na” cannot be tied to themselves."),
        ("Li Na,Wang Fang,influences,9,", "The weight must be 1, 2 or 3, not 9."),
        ("Li Na,Nobody,allied,,", "There is nobody called “Nobody” at this account."),
        ("Li Na,Wang Fang,,,", "does not say what kind of relationship"),
        ("Nobody,Li Na,coverage,,", "is none of our people"),
    ],
)
def test_an_odd_relationship_is_refused_with_its_reason(runs, team, row, reason):
    assert reason in why(runs.look("relationships", TIES + f"First Hospital,{row}\n"))[0]


def test_a_second_manager_and_a_circle_are_refused_by_name(runs, make, hospital, team):
    make.person(hospital, "Zhou Min")
    lines = ("Li Na,Wang Fang", "Li Na,Zhou Min", "Wang Fang,Li Na")
    content = TIES + "".join(f"First Hospital,{line},reports_to,,\n" for line in lines)

    assert why(runs.look("relationships", content)) == [
        "3: “Li Na” reports to Wang Fang already.",
        "4: “Wang Fang” would report to themselves: Wang Fang → Li Na → Wang Fang.",
    ]


def test_coverage_comes_from_one_of_ours_with_its_depth_and_last_contact(runs, session, team, ada):
    content = (
        "account,from,to,kind,depth,last_contact,since\n"
        "First Hospital,Ada@example.com,Li Na,coverage,mutual,2026-10-01,\n"
    )

    assert runs.bring("relationships", content).counts == {"new": 1}

    coverage, reading = rows_of(session, Coverage)[0], rows_of(session, ContactReading)[0]
    assert (coverage.user_id, coverage.since) == (ada.id, date(2026, 10, 1))
    assert (reading.depth, reading.on, reading.is_contact) == (2, date(2026, 10, 1), True)
    assert runs.bring("relationships", content).counts == {"same": 1}
