"""The session: alone first, then together; nothing shown early, nothing lost or counted twice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.retrospectives.models import RetroMember, RetroNote, RetroVote

SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def table(session_of, dora, cleo, windows):
    """A session of three, being written."""
    retro = session_of(dora, cleo)
    return SimpleNamespace(retro=retro, at=f"/retrospectives/{retro.id}", **vars(windows))


def write(window, table, words, **more):
    form = {"factor": "price", "words": words, **more}
    return window.post(f"{table.at}/notes", form, **SCRIPT)


def pages_of(window, table):
    """Everything that a window can be given of the session."""
    paths = ("", "/live", "/live/board", "/live/board?seen=1")
    return " ".join(window.get(table.at + path).text for path in paths)


def note_of(make, words):
    return make.find(select(RetroNote).where(RetroNote.words == words))


def test_what_one_writes_is_seen_by_nobody_else_until_all_are_ready(table, ben, browser_for):
    write(table.ada, table, "We came too late")
    write(table.dora, table, "The guide had left")

    for window, own, others in (
        (table.ada, "We came too late", "The guide had left"),
        (table.dora, "The guide had left", "We came too late"),
    ):
        seen = pages_of(window, table)
        assert own in seen
        assert others not in seen
    for window in (table.cleo, browser_for(ben)):
        seen = pages_of(window, table)
        assert "We came too late" not in seen
        assert "The guide had left" not in seen

    for window in (table.ada, table.dora, table.cleo):
        assert "We came too late" not in pages_of(table.cleo, table)
        assert window.post(f"{table.at}/ready", **SCRIPT).status == 200
    for window in (table.ada, table.dora, table.cleo, browser_for(ben)):
        assert "We came too late" in pages_of(window, table)


def test_who_leads_opens_it_early_and_what_is_kept_back_stays_ones_own(table, make):
    write(table.ada, table, "For all")
    write(table.ada, table, "For me alone", is_mine="y")

    assert table.dora.post(f"{table.at}/open").status == 403
    assert table.ada.post(f"{table.at}/open", **SCRIPT).status == 200

    assert "For all" in pages_of(table.dora, table)
    assert "For me alone" not in pages_of(table.dora, table)
    mine = note_of(make, "For me alone")
    for window, status in ((table.dora, 404), (table.ada, 200)):
        assert window.post(f"{table.at}/notes/{mine.id}/dots", **SCRIPT).status == status
    assert table.ada.post(f"{table.at}/notes/{mine.id}/share", **SCRIPT).status == 200
    assert "For me alone" in pages_of(table.dora, table)


def test_one_who_says_ready_may_go_on_writing(table, make):
    table.cleo.post(f"{table.at}/ready", **SCRIPT)
    table.cleo.post(f"{table.at}/ready", {"ready": "no"}, **SCRIPT)

    assert make.find(select(RetroMember.id).where(RetroMember.is_ready)) is None


def test_a_note_sent_twice_counts_once_and_an_empty_one_not_at_all(table, make):
    for _twice in range(2):
        assert write(table.cleo, table, "Sent twice", key="k-1").status == 200
    assert write(table.cleo, table, "").status == 422
    assert write(table.cleo, table, "x" * 501).status == 422
    assert write(table.cleo, table, "Where?", factor="nowhere").status == 422

    assert make.find(select(RetroNote.words)) == "Sent twice"
    assert table.cleo.post(f"{table.at}/notes", {"factor": "price", "words": "  "}).status == 422


def test_words_that_blame_are_kept_and_met_with_a_question(table):
    page = write(table.cleo, table, "It was Tom's fault")

    assert "It was Tom&#39;s fault" in page.text
    assert "speaks of a person" in page.text


def test_a_window_that_has_the_newest_is_told_so_without_a_page(table):
    board = table.dora.get(f"{table.at}/live/board")
    version = board.all("section")[0].get("data-version")

    again = table.dora.get(f"{table.at}/live/board?seen={version}")
    assert (again.status, table.dora.selects) == (204, 2)
    write(table.ada, table, "Something new")
    assert table.dora.get(f"{table.at}/live/board?seen={version}").status == 200


def test_dots_are_five_and_can_be_taken_back(table, make):
    write(table.ada, table, "Heavy")
    table.ada.post(f"{table.at}/open")
    note = note_of(make, "Heavy")

    def dot(dots="1"):
        return table.cleo.post(f"{table.at}/notes/{note.id}/dots", {"dots": dots}, **SCRIPT)

    assert [dot().status for _each in range(6)] == [200] * 5 + [422]
    assert "All 5 dots are given" in dot().text
    assert dot("-1").status == 200
    assert "1 dot left to give" in pages_of(table.cleo, table)
    table.dora.post(f"{table.at}/notes/{note.id}/dots", {"dots": "-1"})
    assert make.find(select(RetroVote.dots).order_by(RetroVote.id)) == 4


def test_notes_are_put_together_and_apart_again(table, make):
    for words, factor in (("One", "price"), ("Two", "late"), ("Three", "fit")):
        write(table.ada, table, words, factor=factor)
    table.ada.post(f"{table.at}/open")
    one, two, three = (note_of(make, words) for words in ("One", "Two", "Three"))

    def put(note, leader):
        address = f"{table.at}/notes/{note.id}/group"
        return table.dora.post(address, {"leader_id": leader}, **SCRIPT).status

    assert put(two, one.id) == 200
    assert put(three, two.id) == 200
    kept = [make.again(note) for note in (one, two, three)]
    assert [note.leader_id for note in kept] == [None, one.id, one.id]
    assert {note.factor for note in kept} == {"price"}
    assert put(one, two.id) == 200
    assert make.again(one).leader_id is None
    assert put(two, "") == 200
    assert make.again(two).leader_id is None
    assert put(two, 999) == 422
    assert "Three" in table.dora.get(f"{table.at}/notes/{two.id}/group").text
    table.ada.post(f"{table.at}/notes/{one.id}/remove")
    assert make.again(three).leader_id is None


def test_a_late_comer_of_the_team_takes_part_and_others_may_not(
    table, make, account, ben, browser_for
):
    write(table.ada, table, "Early")
    table.ada.post(f"{table.at}/open")
    late = make.user("Eve Sun", "eve@example.com")
    make.member(account, late)
    window = browser_for(late)

    assert write(window, table, "Late").status == 403
    assert window.post(f"{table.at}/join").status == 303
    assert "Early" in pages_of(window, table)
    assert write(window, table, "Late").status == 200
    assert "Late" in pages_of(table.cleo, table)
    reader = browser_for(ben)
    assert reader.get(f"{table.at}/live").status == 200
    assert reader.post(f"{table.at}/join").status == 403
    assert write(reader, table, "No").status == 403


def test_it_ends_with_a_summary_and_then_stays_as_it_is(table, make):
    write(table.ada, table, "Kept")
    note = note_of(make, "Kept")
    table.ada.post(f"{table.at}/timer", {"minutes": "5"}, **SCRIPT)
    assert "data-until" in pages_of(table.dora, table)
    assert table.dora.post(f"{table.at}/close").status == 403

    assert table.ada.post(f"{table.at}/close", {"summary": "We came late"}).status == 303

    assert "We came late" in pages_of(table.cleo, table)
    for path in ("notes", f"notes/{note.id}/remove", f"notes/{note.id}/dots", "ready"):
        assert table.ada.post(f"{table.at}/{path}", {"words": "x"}).status == 403
    assert table.ada.post(f"{table.at}/reopen").status == 303
    assert write(table.dora, table, "After all").status == 200


def test_who_is_let_go_sees_nothing_any_more(table, cleo, ada):
    assert table.cleo.get(table.at).status == 200

    assert table.ada.post(f"{table.at}/members/{cleo.id}/remove").status == 303
    assert table.ada.post(f"{table.at}/members/{ada.id}/remove").status == 403

    assert table.cleo.get(table.at).status == 404
    assert table.cleo.get(f"{table.at}/live/board").status == 404
