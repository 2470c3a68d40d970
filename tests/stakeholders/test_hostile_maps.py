"""Maps that nobody should draw, and that must not hurt."""

from __future__ import annotations

import pytest

from app.stakeholders.finding import FindingKind
from app.stakeholders.findings import findings
from app.stakeholders.map_report import all_answers, as_plain
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Role, Support, TieKind
from tests.stakeholders.map_cast import (
    TieFact,
    allied,
    at_odds,
    covers,
    decider,
    facts,
    influences,
    people,
    person,
    reports,
)


def everything(*given):
    found = answers(facts(*given))
    return found, as_plain(all_answers(found))


def test_five_thousand_people_are_answered():
    """Islands, chains and a crowd of deciders; only 25 are explained one by one."""
    crowd = [person(one, Role.DECIDER) if one % 9 else person(one) for one in range(1, 5001)]
    chain = [reports(one, one + 1) for one in range(1, 2000)]
    webs = [influences(one, one * 7 % 5000 + 1, 1 + one % 3) for one in range(1, 5000, 2)]

    found = answers(facts(*crowd, *chain, *webs, *[covers(1, one) for one in range(1, 5000, 50)]))

    assert len(found.deciders) == len(found.ways_in) == 25
    assert sum(found.sway.shares.values()) == pytest.approx(1)
    assert findings(found)


def test_a_chain_of_command_of_thousands_has_a_way_all_along_it():
    """The product of two thousand strengths is too small for a float; the steps are not."""
    found = answers(
        facts(*people(2000), *[reports(one, one + 1) for one in range(1, 2000)], covers(1, 1))
    )

    assert len(found.access.ways_in(2000).best.steps) == 2000
    assert len(found.access.dependences(2000)) == 2000
    assert found.access.independent_routes(2000).count == 1


def test_everyone_reports_round_in_a_circle():
    found, _ = everything(
        *[decider(1), *people(5)[1:]], *[reports(one, one % 5 + 1) for one in range(1, 6)]
    )

    assert [one.kind for one in findings(found)].count(FindingKind.CONTRADICTION) == 1
    assert found.sway.shares[1] == pytest.approx(0.5 / (1 - 0.5**5))


def test_two_people_tied_in_every_way_at_once():
    ways = [allied(1, 2), at_odds(1, 2), influences(1, 2, 3), influences(2, 1, 3)]
    _, plain = everything(
        decider(1), person(2), *ways, reports(1, 2), reports(2, 1), *ways, covers(1, 2)
    )

    assert plain["ways_in"][0]["best"] is None
    assert len(plain["contradictions"]) == 2


def test_ties_of_a_person_to_themselves_count_for_nothing():
    alone = [TieFact(kind, 1, 1) for kind in TieKind]

    assert everything(decider(1), *alone)[1] == everything(decider(1))[1]


def test_everyone_opposes_us():
    _, plain = everything(
        *[decider(1, support=Support.OPPOSES), person(2, support=Support.OPPOSES)],
        *[allied(1, 2), covers(1, 2)],
    )

    assert plain["ways_in"][0]["best"] is None
    assert plain["lean"]["high"] == -1


def test_everyone_is_unknown():
    found, plain = everything(*people(6))

    assert plain["lean"] is None
    assert plain["worth_winning"] == plain["opposition"] == plain["ways_in"] == []
    assert findings(found)[0].kind is FindingKind.NO_DECIDER


@pytest.mark.parametrize(
    "name",
    ["王" * 500, "<script>alert(1)</script>", "100 %(name)s %s %%", "\u202eevil", "🧑‍💼", ""],
    ids=["long", "script", "places", "right to left", "emoji", "none"],
)
def test_a_name_is_printed_as_it_is(name):
    found = answers(facts(decider(1, name=name), person(2), covers(1, 2), allied(1, 2)))

    assert str(found.dependences[1].reason) == f"Every way to {name} runs through P2"
