"""Public tenders: gaps and meetings by hand, and the real file imported and recomputed."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from statistics import median

import pytest
from click.testing import CliRunner

from app.cli import main
from app.lessons.bid_queries import bids as bids_of
from app.lessons.bids import Bid, meetings, most_seen, opened, record_of
from app.pipeline.wins import Share
from tests.exchange.shared import shared


def bid(tender, bidder, amount, is_won=False):
    return Bid(tender, bidder, Decimal(amount), is_won)


BIDS = [
    bid("1", "A", 100, is_won=True), bid("1", "B", 103), bid("1", "C", 120),
    bid("2", "B", 200, is_won=True), bid("2", "A", 210),
    bid("3", "A", 50), bid("3", "B", 60),
    bid("4", "C", 10, is_won=True), bid("4", "A", 9, is_won=True),
]  # fmt: skip


def test_gaps_are_shares_of_the_one_winner_and_close_ones_are_counted():
    told = opened(BIDS)

    # By hand: 3 % and 20 % over A's 100, 5 % over B's 200; tender 3 has no winner, 4 has two.
    assert told.gaps == (Decimal("0.03"), Decimal("0.05"), Decimal("0.2"))
    assert told.median_gap == Decimal("0.05")
    assert told.close == Share(1, 3)
    assert (told.tenders, told.bids) == (4, 9)
    assert opened([]).median_gap is None


def test_a_bidder_meets_each_competitor_where_both_bid():
    first, second = meetings(BIDS, "A")

    # By hand: A met B three times, was lower twice, won one and lost one; B lay 3 % and 20 %
    # above and 10/210 below.
    assert (first.rival, first.met, first.lower, first.won, first.lost) == (
        "B", 3, Share(2, 3), 1, 1,
    )  # fmt: skip
    assert first.gap == Decimal("0.03")
    assert (second.rival, second.lower, second.won, second.lost) == ("C", Share(2, 2), 2, 1)
    assert record_of(BIDS, "A") == Share(2, 4)
    assert most_seen(BIDS) == ["A", "B", "C"]


@pytest.fixture
def banyan(app, database_url, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])
    return lambda *words: CliRunner().invoke(main, list(words))


def test_bids_come_in_once_are_shown_and_go_again(banyan, make, ada, browser_for, tmp_path):
    file = tmp_path / "bids.csv"
    rows = ["tender,bidder,bid amount,awarded", "1,Alpha,100,True", "1,=Beta,103,False",
            "2,Alpha,,False", "1,Alpha,100,True"]  # fmt: skip
    file.write_text("\n".join(rows), "utf-8")
    browser = browser_for(ada)
    assert "No bids yet" in browser.get("/lessons/bids").text

    told = json.loads(banyan("import", "bids", str(file), "--yes", "--json").stdout)
    again = json.loads(banyan("import", "bids", str(file), "--yes", "--json").stdout)

    assert told["new"] == 2
    assert again["new"] == 0
    page = browser.get("/lessons/bids?us=%3DBeta")
    assert "won 0 of 1 tenders" in page.text
    assert browser.get("/lessons/bids?us=Nobody").status == 200
    assert "'=Beta" in browser.get("/lessons/bids.csv?us=Alpha").text
    assert banyan("import", "undo", str(told["batch"])).exit_code == 0
    assert "No bids yet" in browser.get("/lessons/bids").text


def test_the_public_tenders_give_the_figures_that_the_file_gives(banyan, session):
    file = shared("ohio_dot_bids", "bids.csv")
    done = banyan("import", "bids", str(file), "--yes", "--json")
    assert done.exit_code == 0, done.output

    found = bids_of(session)

    by_tender = defaultdict(list)
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_tender[row["project_number"]].append(row)
    gaps, close = [], 0
    for rows in by_tender.values():
        (winner,) = (float(row["bid_amount"]) for row in rows if row["awarded"] == "True")
        losers = [float(row["bid_amount"]) for row in rows if row["awarded"] != "True"]
        gaps += [loser / winner - 1 for loser in losers]
        close += sum(loser <= winner * 1.03 for loser in losers)
    told = opened(found)
    assert (told.tenders, told.bids) == (202, 597)
    assert float(told.median_gap) == pytest.approx(median(gaps), abs=1e-9)
    assert round(told.median_gap, 4) == Decimal("0.1066")
    assert told.close == Share(close, len(gaps)) == Share(54, 395)
    ours, theirs = "SHELLY COMPANY", "SHELLY & SANDS INC"
    both = [
        (float(mine["bid_amount"]), float(other["bid_amount"]))
        for rows in by_tender.values()
        for mine in rows
        for other in rows
        if (mine["bidder_name"], other["bidder_name"]) == (ours, theirs)
    ]
    one = next(one for one in meetings(found, ours) if one.rival == theirs)
    assert one.lower == Share(sum(mine < other for mine, other in both), len(both))
