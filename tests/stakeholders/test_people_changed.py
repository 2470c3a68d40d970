"""What a change of people breaks, and the tasks it makes."""

from __future__ import annotations

from datetime import timedelta

from app.stakeholders.people_changed import PeopleChange, people_changed
from app.stakeholders.rules import Depth, Role
from tests.stakeholders.map_cast import DAY, covers, decider, facts, influences, person, reports

ON = DAY + timedelta(days=3)


def keys(changed):
    return [task.key for task in changed.tasks]


def test_who_leaves_and_held_a_role_alone_leaves_it_to_be_found_out():
    map_of = facts(decider(1), person(2, Role.GUIDE), covers(9, 1))

    changed = people_changed(map_of, 2, PeopleChange.LEAVE, ON)

    assert keys(changed) == ["heir", "role-guide"]
    assert [task.due_on for task in changed.tasks] == [ON + timedelta(14), ON + timedelta(21)]
    assert any(not one.is_better for one in changed.differences)


def test_a_role_that_somebody_else_holds_too_is_no_task():
    map_of = facts(decider(1), person(2, Role.GUIDE), person(3, Role.GUIDE))

    changed = people_changed(map_of, 2, PeopleChange.LEAVE, ON)

    assert keys(changed) == ["heir"]


def test_whose_leaving_cuts_the_way_to_a_decider_is_to_be_gone_round():
    map_of = facts(decider(1), person(2), influences(2, 1), covers(9, 2, Depth.NODDING))

    changed = people_changed(map_of, 2, PeopleChange.LEAVE, ON)

    assert keys(changed) == ["heir", "way-1"]
    assert str(changed.tasks[-1].what) == "Find a new way in to P1"


def test_somebody_who_knows_us_well_is_asked_to_introduce_the_next():
    map_of = facts(decider(1), covers(9, 1, Depth.MUTUAL))

    changed = people_changed(map_of, 1, PeopleChange.LEAVE, ON)

    assert keys(changed)[0] == "introduction"
    assert changed.tasks[0].due_on == ON


def test_a_named_successor_is_to_be_met_rather_than_found():
    changed = people_changed(facts(decider(1)), 1, PeopleChange.LEAVE, ON, heir="Li Wei")

    assert keys(changed)[:2] == ["new-part", "see"]
    assert str(changed.tasks[1].what) == "See Li Wei before others do"


def test_who_moves_keeps_their_ties_and_loses_role_and_lines():
    map_of = facts(decider(1), person(2), reports(2, 1), covers(9, 1, Depth.CLOSE))

    changed = people_changed(map_of, 1, PeopleChange.MOVE, ON)

    assert "part" in keys(changed) and "role-decider" in keys(changed)
    assert not any(key.startswith("way-") for key in keys(changed))


def test_somebody_new_breaks_nothing_and_is_to_be_found_out():
    known = people_changed(facts(person(1), covers(9, 1)), 1, PeopleChange.ARRIVE, ON)
    unknown = people_changed(facts(person(1)), 1, PeopleChange.ARRIVE, ON)

    assert known.differences == ()
    assert keys(known) == ["new-part", "see", "cares"]
    assert keys(unknown) == ["new-part", "see", "cares", "tie"]


def test_who_is_not_on_the_map_makes_no_tasks():
    assert people_changed(facts(person(1)), 7, PeopleChange.LEAVE, ON).tasks == ()
