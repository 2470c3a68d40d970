"""The six roles against nobody known, known, covered, supportive."""

from __future__ import annotations

import pytest

from app.stakeholders.role_gaps import RoleCoverage, RoleState, role_coverage
from app.stakeholders.rules import Depth, Role, Support
from tests.stakeholders.map_cast import covers, drawn, person


def guides(*given) -> RoleCoverage:
    return next(one for one in role_coverage(drawn(*given)) if one.role is Role.GUIDE)


def test_every_role_is_told_of_in_order():
    assert [one.role for one in role_coverage(drawn())] == list(Role)


def test_a_role_without_a_holder_is_a_gap():
    gap = guides(person(1, Role.DECIDER))

    assert gap.state is RoleState.NOBODY
    assert gap.holders == ()
    assert gap.reasons[0].values == {"role": Role.GUIDE}


@pytest.mark.parametrize(
    ("given", "covered", "state"),
    [
        ({}, False, RoleState.KNOWN),
        ({"support": Support.CHAMPIONS}, False, RoleState.KNOWN),
        ({}, True, RoleState.COVERED),
        ({"support": Support.NEUTRAL}, True, RoleState.COVERED),
        ({"support": Support.OPPOSES}, True, RoleState.COVERED),
        ({"support": Support.SUPPORTS}, True, RoleState.SUPPORTIVE),
        ({"support": Support.CHAMPIONS}, True, RoleState.SUPPORTIVE),
        ({"is_placeholder": True}, False, RoleState.NOBODY),
        ({"is_placeholder": True, "support": Support.CHAMPIONS}, True, RoleState.NOBODY),
    ],
)
def test_the_state_climbs_with_what_we_have(given, covered, state):
    facts = [person(1, Role.GUIDE, **given), *([covers(7, 1)] if covered else [])]

    assert guides(*facts).state is state


def test_a_tie_of_no_depth_does_not_cover():
    assert guides(person(1, Role.GUIDE), covers(7, 1, Depth.NONE)).state is RoleState.KNOWN


def test_the_holder_we_are_furthest_with_counts_for_the_role():
    found = guides(
        person(1, Role.GUIDE),
        person(2, Role.GUIDE, Role.EXECUTOR, support=Support.SUPPORTS),
        covers(7, 2),
    )

    assert found.state is RoleState.SUPPORTIVE
    assert [one.state for one in found.holders] == [RoleState.KNOWN, RoleState.SUPPORTIVE]
    assert [str(reason) for reason in found.reasons] == [
        "P1: known, and none of ours is in touch",
        "P2: covered by us, 1",
    ]
