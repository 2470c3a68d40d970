"""Maps as files to import: GraphML of any program, and what is exported here."""

from __future__ import annotations

import json

import pytest

from app.exchange.headers import guess_kind
from app.stakeholders.map_files import graphml
from app.stakeholders.map_page import map_json
from app.stakeholders.map_queries import map_facts_of
from tests.exchange.runs import ON, Runs
from tests.exchange.shared import refusal, table

DRAWN = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d0" for="node" attr.name="title" attr.type="string"/>
  <key id="d1" for="node" yfiles.type="nodegraphics"/>
  <key id="d2" for="edge" attr.name="kind" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="n0"><data key="d0">Chair</data>
      <data key="d1"><y:ShapeNode><y:NodeLabel>Wang Fang</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1"><data key="d1"><y:ShapeNode><y:NodeLabel>李 娜</y:NodeLabel></y:ShapeNode></data></node>
    <edge source="n1" target="n0"><data key="d2">reports_to</data></edge>
    <edge source="n0" target="n1"/>
  </graph>
</graphml>"""  # noqa: E501


@pytest.fixture
def known(make, ada, session):
    """The facts of a small map: a chair, who reports to her, an influence, a tie of Ada's."""
    account = make.account("First Hospital", owner=ada)
    chair = make.person(account, "Wang Fang", title="Chair")
    head = make.person(account, "Li Na", department="Finance")
    make.role(chair, "decider")
    make.observation(chair, support=2)
    make.tie("reports_to", head, chair)
    make.tie("influences", chair, head, 3)
    make.coverage(ada, head)
    return map_facts_of(session, account.id, ON)


def test_people_come_with_their_titles_and_whom_they_report_to():
    with table(DRAWN, "drawn.graphml") as found:
        rows = [dict(zip(found.columns, cells, strict=True)) for _, cells in found.rows()]

    assert found.sheet == "people"
    assert guess_kind(found.columns)[0].kind == "people"
    assert rows == [
        {"name": "Wang Fang", "reports_to": "", "title": "Chair"},
        {"name": "李 娜", "reports_to": "Wang Fang", "title": ""},
    ]


def test_ties_are_a_sheet_of_their_own_and_one_without_a_kind_is_an_influence():
    with table(DRAWN, "drawn.graphml", sheet="relationships") as found:
        rows = [dict(zip(found.columns, cells, strict=True)) for _, cells in found.rows()]

    assert guess_kind(found.columns)[0].kind == "relationships"
    assert rows == [
        {"from": "李 娜", "to": "Wang Fang", "kind": "reports_to"},
        {"from": "Wang Fang", "to": "李 娜", "kind": "influences"},
    ]


@pytest.mark.parametrize("kind", ["graphml", "json"])
def test_a_map_exported_here_comes_in_as_the_same_map(kind, known, make, ada, session, tmp_path):
    whole = graphml(known) if kind == "graphml" else json.dumps(map_json(known)).encode()
    path = tmp_path / f"map.{kind}"
    path.write_bytes(whole)
    elsewhere = make.account("Second Hospital", owner=ada)
    runs = Runs(session, ada.id)

    people = runs.bring("people", path, account_id=elsewhere.id)
    ties = runs.bring("relationships", path, sheet="relationships", account_id=elsewhere.id)

    assert (people.counts, ties.counts) == ({"new": 2}, {"same": 1, "new": 2})
    assert seen(map_facts_of(session, elsewhere.id, ON)) == seen(known)


def seen(facts):
    """A map's facts by names, as numbers are given anew."""
    names = {one.id: one.name for one in facts.people}
    return (
        {(one.name, one.title, one.department, one.roles, one.support) for one in facts.people},
        {(one.kind, names[one.from_id], names[one.to_id], one.weight) for one in facts.ties},
        {(one.colleague_name, names[one.person_id], one.depth) for one in facts.coverage},
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<?xml version="1.0"?><graphml><graph><node id="a"/>', "damaged"),
        ('<!DOCTYPE g [<!ENTITY a "b">]><graphml>&a;</graphml>', "damaged"),
        ('<?xml version="1.0"?><graphml><graph/></graphml>', "no people"),
        ('{"people": 3}', "no people"),
        ('{"facts": []}', "no people"),
        ("{" * 5_000, "no people"),
    ],
)
def test_what_is_no_map_is_refused_in_words(content, words):
    assert words in refusal(content)


def test_a_part_that_a_map_does_not_have_is_refused():
    assert "people, relationships" in refusal(DRAWN, sheet="money")
