"""The level a person has on an account: every combination."""

from __future__ import annotations

import pytest

from app.users.rules import Level, UserRole, level_of

OTHERS = [role for role in UserRole if role not in {UserRole.DIRECTOR, UserRole.READER}]


@pytest.mark.parametrize("held", [None, *Level])
@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("role", OTHERS)
def test_most_people_have_the_level_they_hold(role, leads, held):
    assert level_of(role, held, leads_a_member=leads) == held


@pytest.mark.parametrize("held", [None, *Level])
def test_a_director_owns_what_their_people_serve(held):
    assert level_of(UserRole.DIRECTOR, held, leads_a_member=True) is Level.OWN
    assert level_of(UserRole.DIRECTOR, held, leads_a_member=False) == held


@pytest.mark.parametrize("held", Level)
def test_a_reader_reads_and_no_more(held):
    assert level_of(UserRole.READER, held, leads_a_member=False) is Level.READ
    assert level_of(UserRole.READER, None, leads_a_member=True) is None
