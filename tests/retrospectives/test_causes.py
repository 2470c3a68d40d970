"""Three columns, interviews with consent, chains of why, decisions that become actions."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.db import now
from app.pipeline.deal_models import LossFactor
from app.pipeline.losing import Factor
from app.plans.models import Action
from app.retrospectives.chains import WhyRow, chains, steps_in
from app.retrospectives.columns import OURS, THEIRS, View, columns
from app.retrospectives.findings import Finding
from app.retrospectives.models import (
    RetroDecision,
    RetroInterview,
    RetroNote,
    RetroView,
    RetroWhy,
)
from app.retrospectives.nameless import hider
from app.retrospectives.rules import Kind
from app.vocabulary import because

SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


def view(voice: str, number: int, factor: Factor, counted: bool) -> View:
    return View((voice, number), f"{voice} {number}", factor, counted)


def test_each_column_speaks_with_its_greater_number_and_is_held_against_the_others():
    views = [
        view(OURS, 1, Factor.PRICE, True),
        view(OURS, 2, Factor.PRICE, True),
        view(OURS, 3, Factor.PRICE, False),
        view(THEIRS, 9, Factor.PRICE, False),
        view(OURS, 1, Factor.LATE, False),
    ]
    record = {Factor.LATE: Finding(counted=False, reason=because("early"))}

    found = columns(views, record, Factor)

    rows = {row.factor: row for row in found.rows}
    assert rows[Factor.PRICE].says == (True, False, None)
    assert rows[Factor.PRICE].is_disputed
    assert rows[Factor.LATE].says == (False, None, False)
    assert not rows[Factor.LATE].is_disputed
    assert not rows[Factor.FIT].is_told
    # by hand: units (T, F) and (F, F): n = 4, observed 2, expected (16 - 1 - 9) / 3 = 2
    assert found.between is not None
    assert found.between.alpha == pytest.approx(0)
    assert found.among_them is None


def row(number: int, parent: int | None = None, factor: Factor = Factor.LATE) -> WhyRow:
    return WhyRow(number, parent, factor, f"why {number}", (), 1, "Ada")


def test_a_chain_ends_in_a_root_cause_once_it_is_deep_enough():
    found = chains([row(1), row(2, 1), row(3, 2), row(4, 1), row(5, None, Factor.NO_WAY_IN)])

    assert [factor for factor, _steps in found] == [Factor.NO_WAY_IN, Factor.LATE]
    steps = [(one.row.id, one.depth, one.is_root) for one in steps_in(found)]
    assert steps == [(5, 1, False), (1, 1, False), (2, 2, False), (3, 3, True), (4, 2, False)]


@pytest.fixture
def table(session_of, dora, cleo, windows):
    retro = session_of(dora, cleo)
    return SimpleNamespace(retro=retro, at=f"/retrospectives/{retro.id}", **vars(windows))


def test_what_one_says_of_the_factors_is_seen_once_it_is_open(table, make):
    assert table.dora.post(f"{table.at}/columns", {"counted_price": "yes"}).status == 303
    assert table.dora.post(f"{table.at}/columns", {"counted_price": "maybe"}).status == 422

    def told(window):
        page = window.get(f"{table.at}/columns")
        return "dora lin: it counted" in page.text.lower()

    assert told(table.dora)
    assert not told(table.ada)
    table.ada.post(f"{table.at}/open")
    assert told(table.ada)
    assert "<circle" in table.ada.get(f"{table.at}/columns.svg").response.get_data(as_text=True)
    table.dora.post(f"{table.at}/columns", {"counted_price": "no"})
    assert make.find(select(RetroView.counted)) is False
    assert make.find(select(func.count(RetroView.id))) == 1


def test_the_record_has_its_own_column_for_the_team_alone(table, account, make, lost):
    make.role(make.person(account, "Li Wei"), "decider")

    team, invited = (one.get(f"{table.at}/columns") for one in (table.ada, table.cleo))

    assert "Nobody of ours met Li Wei, who decides." in team.text
    assert "Li Wei" not in invited.text


def test_without_consent_nothing_of_an_interview_is_kept(table, account, make):
    person = make.person(account, "Li Wei")
    said = {"stakeholder_id": person.id, "on": "2026-04-01", "said_choice": "The service",
            "counted_price": "no"}  # fmt: skip

    refused = table.dora.post(f"{table.at}/interviews/add", said)
    assert refused.status == 422
    assert "Without their consent it cannot be kept" in refused.text
    assert refused.field("said_choice").strip() == "The service"
    assert make.find(select(RetroInterview.id)) is None
    nobody = {**said, "stakeholder_id": "", "has_consent": "y"}
    assert "Say whom you asked" in table.dora.post(f"{table.at}/interviews/add", nobody).text

    agreed = {**said, "has_consent": "y"}
    assert table.dora.post(f"{table.at}/interviews/add", agreed).status == 303
    assert "The service" in table.ada.get(f"{table.at}/columns").text
    kept = make.find(select(RetroInterview))
    address = f"{table.at}/interviews/{kept.id}"
    assert table.dora.get(address).field("said_choice").strip() == "The service"
    assert table.cleo.get(address).status == 403
    assert table.dora.post(address, {**agreed, "said_choice": "The price"}).status == 303
    assert "The price" in table.ada.get(f"{table.at}/columns").text
    assert table.cleo.get(f"{table.at}/interviews/add").text.count("Li Wei") == 0

    assert table.ada.post(f"{address}/remove").status == 303
    assert make.find(select(RetroInterview.id)) is None
    assert make.find(select(RetroView.id)) is None


def test_why_is_asked_on_with_evidence_from_the_record(table, make):
    table.ada.post(f"{table.at}/open")
    page = table.ada.get(f"{table.at}/causes")
    key = next(
        one.get("value") for one in page.all("option") if "Opened in" in "".join(one.itertext())
    )

    def ask(window, words, **more):
        form = {"factor": "late", "words": words, "evidence": key, **more}
        return window.post(f"{table.at}/whys", form, **SCRIPT)

    assert ask(table.cleo, "We heard of it late").status == 200
    first = make.find(select(RetroWhy))
    assert ask(table.dora, "Nobody watches tenders", parent_id=first.id, factor="fit").status == 200
    second = make.find(select(RetroWhy).where(RetroWhy.parent_id == first.id))
    assert second.factor == "late"
    assert ask(table.ada, "", parent_id=first.id).status == 422
    assert ask(table.ada, "x", evidence="made-up").status == 422
    assert ask(table.ada, "x", parent_id=999).status == 422

    shown = table.dora.get(f"{table.at}/causes/board").text
    assert "Opened in Bidding" in shown
    assert table.cleo.post(f"{table.at}/whys/{first.id}/remove").status == 403
    assert table.cleo.post(f"{table.at}/whys/{second.id}/remove").status == 403
    assert table.dora.post(f"{table.at}/whys/{second.id}/remove").status == 303
    assert table.cleo.post(f"{table.at}/whys/{first.id}/remove").status == 303


def test_a_decision_with_an_owner_is_an_action_of_the_account(table, make, dora):
    form = {"words": "Watch the tender board", "owner_id": dora.id, "due": "2026-05-01"}
    assert table.cleo.post(f"{table.at}/decisions", form).status == 403
    table.ada.post(f"{table.at}/open")

    assert table.cleo.post(f"{table.at}/decisions", form).status == 303
    assert table.cleo.post(f"{table.at}/decisions", {"words": " "}).status == 422

    action = make.find(select(Action))
    assert (action.title, action.owner_id, action.account_id) == (
        "Watch the tender board",
        dora.id,
        table.retro.account_id,
    )
    assert "Watch the tender board" in table.dora.get("/").text
    decision = make.find(select(RetroDecision))
    assert table.dora.post(f"{table.at}/decisions/{decision.id}/remove").status == 403
    assert table.ada.post(f"{table.at}/decisions/{decision.id}/remove").status == 303
    assert make.again(action).archived_at is not None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("周倩 Zhou Qian asked", "one of us asked"),
        ("周倩没有去", "one of us没有去"),
        ("Zhou Qian and Li Wei", "one of us and them"),
        ("Qian alone", "Qian alone"),
        ("nobody", "nobody"),
        ("Wei Li and Mr Li, and Director Wei", "them and them, and them"),
        ("周总说李主任和老李都同意", "one of us说them和them都同意"),
        ("欧阳主任问小欧阳", "an adviser问an adviser"),
        ("Annual weights of Li Weiss", "Annual weights of Li Weiss"),
        ("小时候", "小时候"),
    ],
)
def test_names_whole_or_in_part_give_way(text, plain):
    called = {"周倩 Zhou Qian": "one of us", "李伟 Li Wei": "them", "Ann": "one of us"}
    called |= {"欧阳明": "an adviser", "时光": "an adviser"}

    assert hider(called, text)(text) == plain
    assert hider({}, text)(text) == text


def test_a_retrospective_goes_out_without_names(table, account, make, lost):
    make.role(make.person(account, "Li Wei"), "decider")
    assert table.ada.get(f"{table.at}/report.md").status == 404
    make.person(account, "孙宁", archived_at=now())
    note = {"factor": "price", "words": "Ada Zhang told Li Wei too late, 孙主任 knew"}
    table.ada.post(f"{table.at}/notes", note)
    table.ada.post(f"{table.at}/notes", {**note, "words": "Kept back", "is_mine": "y"})
    table.ada.post(f"{table.at}/open")
    table.ada.post(f"{table.at}/decisions", {"words": "Tell them early"})

    told = table.ada.get(f"{table.at}/report.md").text

    assert "Nobody of ours met somebody at the customer, who decides" in told
    assert "Tell them early" in told
    for secret in ("Ada Zhang", "Li Wei", "Kept back"):
        assert secret not in told
    paper = table.cleo.get(f"{table.at}/report.pdf").response
    assert paper.mimetype == "application/pdf"


def test_a_pre_mortem_is_held_against_what_happened(make, session_of, dora, windows, lost):
    retro = session_of(dora, kind=Kind.PREMORTEM)
    at = f"/retrospectives/{retro.id}"
    for words, factor in (("Too dear", "price"), ("Too late", "late")):
        windows.ada.post(f"{at}/notes", {"factor": factor, "words": words})
    wanted = select(RetroNote)
    notes = [make.find(wanted.where(RetroNote.factor == one)) for one in ("price", "late")]
    assert windows.ada.post(f"{at}/notes/{notes[0].id}/came-true").status == 403
    assert "Too dear" not in windows.dora.get(f"{at}/foreseen").text
    windows.ada.post(f"{at}/open")
    make.keep(LossFactor(account_id=lost.account_id, opportunity_id=lost.id, factor="price"))
    make.keep(LossFactor(account_id=lost.account_id, opportunity_id=lost.id, factor="fit"))

    for note, came in zip(notes, ("yes", "no"), strict=True):
        assert windows.dora.post(f"{at}/notes/{note.id}/came-true", {"came": came}).status == 303

    page = windows.ada.get(f"{at}/foreseen")
    assert [make.again(note).came_true for note in notes] == [True, False]
    assert "Not foreseen:" in page.text
    assert "Our solution did not fit" in page.text
    assert windows.cleo.get(f"{at}/foreseen").status == 404
