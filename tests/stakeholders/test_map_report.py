"""All answers by name, plain enough for JSON, with identifiers and English sentences."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.stakeholders.map_report import all_answers, as_plain
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Depth, Role, Support, TieKind
from app.vocabulary import Reason
from tests.stakeholders.map_cast import covers, decider, facts, influences, person

GIVEN = facts(
    decider(1, support=Support.SUPPORTS), person(2), influences(2, 1), covers(1, 2, Depth.CLOSE)
)


def test_all_answers_can_be_written_as_json():
    plain = as_plain(all_answers(answers(GIVEN)))

    again = json.loads(json.dumps(plain))
    assert again == plain
    assert again["ways_in"][0]["reasons"] == ["The strongest way to P1: steps 2, strength 0.15"]
    assert again["lean"]["parts"][0]["reason"] == "P1: sway 50 %, Supports, day unknown"
    assert again["roles"][0]["role"] == "decider"
    assert again["ways_in"][0]["best"]["steps"][0]["giver"] == {"side": 1, "id": 1}


def test_a_map_without_anybody_has_its_answers_too():
    plain = as_plain(all_answers(answers(facts())))

    assert plain["lean"] is None
    assert len(plain["findings"]) == 1


def test_one_layer_can_be_asked_for():
    found = all_answers(answers(GIVEN), TieKind.INFLUENCES)["measures"]

    assert found.layer is TieKind.INFLUENCES


def test_everything_is_there_by_name():
    assert list(all_answers(answers(GIVEN))) == [
        *["on", "findings", "roles", "ways_in", "reach", "independent_routes", "dependences"],
        *["sway", "lean", "worth_winning", "key_people", "our_ties", "opposition"],
        *["standings", "groups", "contradictions", "measures"],
    ]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Role.GUIDE, "guide"),
        (Support.OPPOSES, -2),
        (date(2026, 3, 2), "2026-03-02"),
        ({1: (2.5, None)}, {"1": [2.5, None]}),
        (frozenset({Role.GUIDE}), ["guide"]),
        ("text", "text"),
        (Reason("plain"), "plain"),
        (
            Reason("%(role)s, %(on)s", {"role": Role.GUIDE, "on": date(2026, 3, 2)}),
            "Guide, 2026-03-02",
        ),
        (Reason("No longer so: %(why)s", {"why": Reason("%(a)s", {"a": 1})}), "No longer so: 1"),
    ],
)
def test_values_become_plain(value, plain):
    assert as_plain(value) == plain
