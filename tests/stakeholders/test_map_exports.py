"""The map as files, held against what was put in."""

from __future__ import annotations

import json
import re
import time
import zlib
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx as nx
import openpyxl
import pytest
from pptx import Presentation
from sqlalchemy import select

from app.stakeholders import drawing_jobs
from app.stakeholders.charts import outline
from app.stakeholders.map_differences import differing, map_differences
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_files import customer_safe, facts_from_json, graphml
from app.stakeholders.map_page import map_json
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Stakeholder
from app.stakeholders.rules import Confidence, Depth, Influence, Role, Support, TieKind
from tests.factories import DAY

KINDS = ("svg", "png", "pdf", "pptx", "xlsx", "graphml")
FACTS = MapFacts(
    people=(
        PersonFact(
            1,
            "王芳 =1+1 <b>",
            title="院长",
            level=1,
            roles=frozenset({Role.DECIDER}),
            support=Support.SCEPTICAL,
            support_on=DAY,
            support_confidence=Confidence.GUESS,
            influence=Influence.DECISIVE,
            since=DAY,
        ),
        PersonFact(2, "Li Wei", department="Laboratory"),
        PersonFact(3, "Adviser", is_outside=True),
        PersonFact(4, "Unknown head", is_placeholder=True),
    ),
    ties=(
        TieFact(TieKind.REPORTS_TO, 2, 1),
        TieFact(TieKind.INFLUENCES, 3, 1, 3),
        TieFact(TieKind.REPORTS_TO, 4, 1),
    ),
    coverage=(CoverageFact(9, "Ada", 2, Depth.MUTUAL, DAY),),
    on=DAY,
)


@pytest.fixture
def account(make, ada, ben):
    account = make.account(owner=ada, reader=ben)
    chief = make.person(account, "王芳", title="院长", roles=["decider"])
    person = make.person(account, "=HYPERLINK(1)", department="Laboratory")
    make.observation(chief, support=-2, influence=3)
    make.tie("reports_to", person, chief)
    make.coverage(ada, person)
    return account


def fetched(browser, address: str):
    """A file, drawn first if it has to be."""
    made = browser.client.get(address)
    if made.mimetype == "text/html":
        assert browser.client.post(address).status_code == 303
    until = time.monotonic() + 60
    while made.mimetype == "text/html":
        assert time.monotonic() < until, f"{address} is never drawn"
        time.sleep(0.05)
        made = browser.client.get(address)
    return made


def test_json_reads_back_the_same():
    written = json.dumps(map_json(FACTS)["facts"])

    assert facts_from_json(json.loads(written)) == FACTS


def test_graphml_keeps_people_ties_and_ours_apart():
    graph = nx.read_graphml(BytesIO(graphml(FACTS)))

    assert graph.nodes["p1"]["name"] == "王芳 =1+1 <b>"
    assert graph.nodes["p1"]["support"] == -1
    assert "support" not in graph.nodes["p2"]
    kinds = {(one, other): data["kind"] for one, other, data in graph.edges(data=True)}
    assert kinds == {
        ("p2", "p1"): "reports_to",
        ("p3", "p1"): "influences",
        ("p4", "p1"): "reports_to",
        ("c9", "p2"): "coverage",
    }


def test_what_a_customer_may_see_holds_nothing_we_think():
    safe = customer_safe(FACTS)

    assert [person.name for person in safe.people] == ["王芳 =1+1 <b>", "Li Wei"]
    assert safe.ties == (TieFact(TieKind.REPORTS_TO, 2, 1),)
    assert safe.coverage == ()
    assert all(not one.roles and one.support is None for one in safe.people)
    assert all(one.influence is None for one in safe.people)


def test_differences_name_who_came_left_and_changed_their_mind():
    later = MapFacts(
        people=(
            PersonFact(1, "Wang", roles=frozenset({Role.BLOCKER}), support=Support.SUPPORTS),
            PersonFact(5, "Newcomer"),
        ),
        ties=(),
        coverage=(CoverageFact(9, "Ada", 1, Depth.CLOSE),),
        on=DAY,
    )
    earlier = MapFacts(
        people=(PersonFact(1, "Wang", roles=frozenset({Role.DECIDER})), PersonFact(2, "Li")),
        ties=(TieFact(TieKind.ALLIED, 1, 2),),
        coverage=(CoverageFact(9, "Ada", 1, Depth.NODDING), CoverageFact(8, "Ben", 2)),
        on=DAY,
    )

    found = map_differences(earlier, later)

    said = [one.reason.message for one in found]
    assert sorted(one.people for one in found) == [(1,)] * 4 + [(1, 2), (2,), (2,), (5,)]
    assert "%(name)s has left" in said and "New on the map: %(name)s" in said
    assert differing(earlier, later) == {1, 5}
    assert map_differences(later, later) == ()


def test_a_drawn_line_is_the_same_line_in_a_figure():
    path = outline("M10 20V30H40Q1 2 3 4")

    assert path.vertices.tolist() == [[10, 20], [10, 30], [40, 30], [1, 2], [3, 4]]
    assert path.codes.tolist() == [1, 2, 2, 3, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_made_and_asked_for_twice_is_not_sent_twice(
    kind, account, ada, browser_for
):
    browser = browser_for(ada)

    made = fetched(browser, f"/accounts/{account.id}/map.{kind}")
    again = browser.client.get(
        f"/accounts/{account.id}/map.{kind}", headers={"If-None-Match": made.headers["ETag"]}
    )

    assert made.status_code == 200
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert len(made.data) > 500
    if kind != "xlsx":  # it carries the moment it was made
        assert again.status_code == 304


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_for_the_customer_holds_nothing_we_judge(
    kind, account, make, ada, session, browser_for, monkeypatch
):
    """Every part of a file is searched, packed ones unpacked; and what a picture is drawn of."""
    seen = []
    draw = drawing_jobs.drawn
    monkeypatch.setattr(drawing_jobs, "drawn", lambda one: seen.append(repr(one)) or draw(one))
    deal = make.opportunity(account, "SECRET-DEAL")
    make.person(account, "SECRET-OUTSIDER", is_outside=True)
    make.person(account, "SECRET-SOUGHT", is_placeholder=True)
    chief = session.scalar(select(Stakeholder).where(Stakeholder.title == "院长"))
    chief.notes = chief.personal = chief.interests = "SECRET-NOTE"
    session.commit()
    address = f"/accounts/{account.id}/map.{kind}?deal={deal.id}"

    whole = fetched(browser_for(ada), address)
    safe = fetched(browser_for(ada), f"{address}&safe=1")

    told = ("SECRET", "Ada Zhang", "Decider", "decider", "Opposes", "−2", "Power map", "coverage")
    assert [word for word in told if word in text_of(kind, safe.data)] == []
    assert [word for word in told[:-1] if word in (seen or [""])[-1]] == []
    assert "王芳" in text_of(kind, safe.data) or kind in {"png", "pdf"}
    assert whole.data != safe.data
    if kind not in {"png", "pdf"}:
        assert "Ada Zhang" in text_of(kind, whole.data)


STRANGE = (
    '<script>alert(1)</script> & "quoted"',
    "\u202eRight to left\u202c",
    "عبد الله بن سعود",
    "👩‍⚕️ Doctor 👨‍👩‍👧‍👦",
    "李" * 255,
    "$\\alpha$ %(name)s {{ 7*7 }} %s _^",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("kind", KINDS)
def test_strange_names_are_only_names_in_every_file(kind, account, make, ada, browser_for):
    for name in STRANGE:
        make.person(account, name, title=name[:80], roles=["influencer"])

    made = fetched(browser_for(ada), f"/accounts/{account.id}/map.{kind}")

    assert made.status_code == 200
    assert len(made.data) > 500
    if kind == "svg":
        ElementTree.fromstring(made.data)
        assert "<script>" not in made.text


def test_the_json_that_is_served_reads_back_as_the_facts_there_are(
    account, ada, session, browser_for
):
    served = browser_for(ada).client.get(f"/accounts/{account.id}/map.json").json

    again = facts_from_json(served["facts"])

    assert again == map_facts_of(session, account.id, again.on)


def test_a_map_of_thousands_is_drawn_in_part_and_says_so(account, ada, session, browser_for):
    session.add_all(Stakeholder(account_id=account.id, name=f"P{one}") for one in range(1100))
    session.commit()

    drawn = browser_for(ada).client.get(f"/accounts/{account.id}/map.svg").text
    whole = browser_for(ada).client.get(f"/accounts/{account.id}/map.graphml").text

    assert "400 of 1102 people" in drawn
    assert whole.count("<node ") == 1103


def text_of(kind: str, body: bytes) -> str:
    """Everything that can be read in a file, streams and packed parts included."""
    if kind in {"pptx", "xlsx"}:
        with ZipFile(BytesIO(body)) as packed:
            return "".join(
                packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
            )
    if kind == "pdf":
        parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
        return "".join(unpacked(part).decode("latin-1") for part in parts)
    return body.decode("utf-8", "ignore")


def unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def test_the_drawing_is_well_formed_and_safe_for_a_customer(account, ada, browser_for):
    browser = browser_for(ada)

    whole = browser.client.get(f"/accounts/{account.id}/map.svg").text
    safe = browser.client.get(f"/accounts/{account.id}/map.svg?safe=1").text

    ElementTree.fromstring(whole)
    ElementTree.fromstring(safe)
    assert "−2" in whole and "Ada Zhang" in whole
    assert "王芳" in safe
    assert "−2" not in safe and "Ada Zhang" not in safe and "Power map" not in safe


def test_the_slide_has_a_card_for_each_and_connectors_between(account, ada, browser_for):
    body = fetched(browser_for(ada), f"/accounts/{account.id}/map.pptx").data

    shapes = Presentation(BytesIO(body)).slides[0].shapes

    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    assert any("王芳" in text and "Decider" in text for text in texts)
    assert len([shape for shape in shapes if shape.shape_type == 9]) == 2


def test_the_workbook_reads_as_an_import_and_holds_no_formula(account, ada, browser_for):
    body = browser_for(ada).client.get(f"/accounts/{account.id}/map.xlsx").data

    book = openpyxl.load_workbook(BytesIO(body))
    rows = list(book["people"].iter_rows(values_only=True))
    cell = book["people"]["B3"]
    assert rows[0][:3] == ("account", "name", "title")
    assert [row[1] for row in rows[1:]] == ["王芳", "=HYPERLINK(1)"]
    assert cell.data_type == "s"
    assert [row[3] for row in book["relationships"].iter_rows(values_only=True)] == [
        "kind",
        "reports_to",
        "coverage",
    ]
