"""Opportunities and sales lines go in, with the past and the sums that a file tells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account, Membership
from app.exchange.choices import NoAccount
from app.exchange.importing import learnt
from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.spans import COLUMNS, told_spans
from app.records.models import Product, Sale
from tests.exchange.runs import ON, counts, warned, why

HEAD = "opportunity_id,account,product,sales_agent,deal_stage,engage_date,close_date,close_value\n"
WON = "O1,First Hospital,GTXPro,Ada Zhang,Won,2026-01-10,2026-03-01,1054\n"
LOST = "O2,First Hospital,GTX Pro,Ada Zhang,Lost,2026-01-10,2026-02-01,0\n"
OPEN = "O3,First Hospital,GTX Pro,Ada Zhang,Engaging,2026-05-01,,\n"
HOMELESS = "O4,,GTX Pro,Ada Zhang,Prospecting,,,\n"
DEALS = HEAD + WON + LOST + OPEN


@pytest.fixture
def hospital(make, ada):
    make.product()
    return make.account(owner=ada)


def rows_of(session, model):
    rows = session.scalars(select(model).order_by(model.id)).all()
    session.commit()
    return rows


def test_a_dry_run_counts_and_writes_nothing(runs, session, hospital):
    before = counts(session)

    assert runs.look("opportunities", DEALS).counts == {"new": 3}

    assert counts(session) == before


def test_a_won_deal_has_opened_and_been_signed_on_its_own_days(runs, session, hospital, ada):
    runs.bring("opportunities", HEAD + WON)

    deal = rows_of(session, Opportunity)[0]
    assert (deal.stage, deal.outcome, deal.owner_id) == ("delivery", "won", ada.id)
    assert (deal.opened_on, deal.closed_on) == (date(2026, 1, 10), date(2026, 3, 1))
    assert deal.stage_since == date(2026, 3, 1)
    moves = [(one.on, one.from_stage, one.to_stage, one.outcome, one.days)
             for one in rows_of(session, StageMove)]  # fmt: skip
    assert moves == [
        (date(2026, 1, 10), None, "prospecting", "open", None),
        (date(2026, 3, 1), "prospecting", "delivery", "won", None),
    ]
    assert [(one.on, one.amount) for one in rows_of(session, Terms)] == [
        (date(2026, 1, 10), None),
        (date(2026, 3, 1), Decimal(1054)),
    ]


def test_a_product_spelled_otherwise_is_ours_and_remembered(runs, session, hospital):
    report = runs.bring("opportunities", DEALS)

    assert len(rows_of(session, Product)) == 1
    assert report.used["product"] == {"GTXPro": "GTX Pro"}
    assert learnt(session, "product") == {"GTXPro": "GTX Pro"}
    assert {line.product_id for line in rows_of(session, OpportunityLine)} == {1}


def test_a_stage_that_is_only_likely_is_asked_once_and_then_remembered(runs, session, hospital):
    first = runs.bring("opportunities", DEALS)

    second = runs.bring("opportunities", DEALS)

    assert first.asks["stages"] == ["Engaging"]
    assert learnt(session, "stage")["Engaging"] == "qualification:open"
    assert second.asks == {}
    assert second.counts == {"same": 3}


def test_a_stage_nobody_knows_is_refused_until_it_is_answered(runs, session, hospital):
    content = HEAD + OPEN.replace("Engaging", "Phase Q")

    refused = runs.look("opportunities", content)
    taken = runs.bring("opportunities", content, stages={"Phase Q": "bidding:open"})

    assert why(refused) == ["2: Say which of the six stages “Phase Q” is."]
    assert refused.asks["stages"] == ["Phase Q"]
    assert taken.counts == {"new": 1}
    assert rows_of(session, Opportunity)[0].stage == "bidding"
    assert learnt(session, "stage")["Phase Q"] == "bidding:open"


def test_the_same_file_again_changes_nothing(runs, session, hospital):
    runs.bring("opportunities", DEALS)
    before = counts(session)

    assert runs.bring("opportunities", DEALS).counts == {"same": 3}

    assert counts(session) == before


def test_a_deal_won_since_is_moved_and_undo_moves_it_back(runs, session, hospital):
    runs.bring("opportunities", HEAD + OPEN)
    won = HEAD + "O3,First Hospital,GTX Pro,Ada Zhang,Won,2026-05-01,2026-06-10,900\n"

    assert runs.bring("opportunities", won).counts == {"changed": 1}

    deal, last = rows_of(session, Opportunity)[0], rows_of(session, StageMove)[-1]
    assert (deal.outcome, deal.amount, deal.stage_since) == ("won", 900, date(2026, 6, 10))
    assert (last.from_stage, last.to_stage, last.days) == ("qualification", "delivery", 40)
    assert runs.undo() == []
    deal = rows_of(session, Opportunity)[0]
    assert (deal.stage, deal.outcome, deal.amount) == ("qualification", "open", None)
    assert len(rows_of(session, StageMove)) == 1
    assert len(rows_of(session, Terms)) == 1


def test_past_days_are_told_in_the_money_that_a_file_says_and_again_as_before(
    runs, session, hospital
):
    def moneys():
        found = sorted(session.execute(select(*COLUMNS)).all())
        assert found == sorted(session.execute(told_spans()).all())
        return {row.currency for row in found}

    runs.bring("opportunities", HEAD + OPEN)
    assert moneys() == {"CNY"}

    head = f"{HEAD.strip()},currency\n"
    assert runs.bring("opportunities", f"{head}{OPEN.strip()},USD\n").counts == {"changed": 1}
    assert moneys() == {"USD"}
    runs.undo()
    assert moneys() == {"CNY"}


def test_a_delivered_deal_stays_so_whatever_the_file_says(runs, session, make, hospital):
    ended = {"stage": "delivery", "outcome": "closed", "closed_on": date(2026, 3, 1)}
    make.opportunity(hospital, "D", external_id="O1", **ended)

    runs.bring("opportunities", HEAD + WON)

    assert rows_of(session, Opportunity)[0].outcome == "closed"


def test_rows_without_an_account_wait_for_an_answer(runs, hospital):
    report = runs.look("opportunities", HEAD + HOMELESS)

    assert report.asks == {"no_account": [""]}
    assert why(report) == ["2: The row names no account: choose what to do with such rows."]


def test_rows_without_an_account_are_parked_once_with_the_importer(runs, session, hospital, ada):
    for _ in range(2):
        runs.bring("opportunities", HEAD + HOMELESS, no_account=NoAccount.PARK)

    held = session.scalars(select(Account).where(Account.is_holding)).one()
    seat = session.scalars(select(Membership).filter_by(account_id=held.id)).one()
    assert (seat.user_id, rows_of(session, Opportunity)[0].account_id) == (ada.id, held.id)


def test_rows_without_an_account_are_left_out_or_refused_as_chosen(runs, hospital):
    skipped = runs.look("opportunities", HEAD + HOMELESS, no_account=NoAccount.SKIP)
    refused = runs.look("opportunities", HEAD + HOMELESS, no_account=NoAccount.REFUSE)

    assert (skipped.counts, skipped.made["without an account"]) == ({"skipped": 1}, 1)
    assert refused.counts == {"refused": 1}


def test_a_deal_that_ended_before_it_began_is_refused(runs, hospital):
    content = HEAD + WON.replace("2026-03-01", "2025-03-01")

    assert why(runs.look("opportunities", content)) == [
        "2: It ended on 2025-03-01, before it began on 2026-01-10."
    ]


def test_a_deal_of_an_account_that_may_not_be_seen_is_not_touched(runs, make, hospital):
    make.opportunity(make.account("Secret"), "D", external_id="O1")

    report = runs.look("opportunities", HEAD + WON, editable=frozenset({hospital.id}))

    assert why(report) == ["2: Its id is taken: ask an administrator who has it."]


def test_an_unknown_product_and_owner_are_told_and_the_deal_is_taken(runs, hospital):
    content = HEAD + WON.replace("GTXPro", "MG 5").replace("Ada Zhang", "Nobody")

    report = runs.look("opportunities", content)

    assert report.counts == {"new": 1}
    assert warned(report) == [
        "2: “MG 5” is none of our products.",
        "2: “Nobody” is none of our people: the deal has no owner.",
    ]
    assert report.asks["products"] == ["MG 5"]


def test_undo_takes_deals_away_with_their_moves_lines_and_holding_account(runs, session, hospital):
    before = counts(session)
    runs.bring("opportunities", DEALS + HOMELESS, no_account=NoAccount.PARK)

    assert runs.undo() == []

    assert counts(session) == before


SALES = "invoice,account,stock code,description,date,quantity,unit price\n"
LINES = (
    SALES
    + "I1,First Hospital,S1,Scanner,2026-01-05 08:26:00,6,2.55\n"
    + "I1,First Hospital,S2,Bed,2026-01-05 08:26:00,1,10\n"
    + "C2,First Hospital,S1,Scanner,2026-02-05 08:26:00,-2,2.55\n"
)


def test_lines_of_one_invoice_are_told_apart_and_credit_notes_are_negative(runs, session, hospital):
    report = runs.bring("sales", LINES, creates_products=True)

    assert report.counts == {"new": 3}
    assert report.sums == {"amount": Decimal("20.20"), "credit notes": Decimal("-5.10")}
    assert report.made["credit notes"] == 1
    amounts = [(one.external_id, one.amount) for one in rows_of(session, Sale)]
    assert amounts == [
        ("I1", Decimal("15.30")),
        ("I1 #2", Decimal("10.00")),
        ("C2", Decimal("-5.10")),
    ]
    codes = session.scalars(select(Product.code).order_by(Product.id)).all()
    assert codes == ["", "S1", "S2"]
    assert runs.bring("sales", LINES).counts == {"same": 3}


def test_lines_without_a_number_are_known_by_what_they_say(runs, session, hospital):
    content = "account,date,amount\n" + "First Hospital,2026-01-05,7\n" * 2

    assert runs.bring("sales", content).counts == {"new": 2}
    assert runs.bring("sales", content + "First Hospital,2026-01-05,7\n").counts == {
        "same": 2,
        "new": 1,
    }
    assert session.scalar(select(func.sum(Sale.amount))) == 21


def test_what_lines_lack_is_accounted_for(runs, hospital):
    content = SALES + "I1,,S1,,2026-01-05,1,1\nI2,First Hospital,S1,,2026-01-05,1,0\n"
    content += "I3,First Hospital,S1,,,1,1\nI4,First Hospital,S1,,2026-01-05,1,\n"

    report = runs.look("sales", content)

    assert why(report) == [
        "2: The row names no account.",
        "4: The line has no date.",
        "5: The line has neither an amount nor a price.",
    ]
    assert report.made["lines without a price"] == 1
    assert report.why["The row names no account."] == 1


def test_undo_takes_lines_and_the_products_made_for_them_away(runs, session, hospital):
    before = counts(session)
    runs.bring("sales", LINES, creates_products=True)

    assert runs.undo() == []

    assert counts(session) == before


def test_ended_deals_are_never_ended_after_the_day_of_the_import(runs, session, hospital):
    runs.bring("opportunities", HEAD + WON.replace("2026-03-01", "2027-03-01"))

    assert rows_of(session, Opportunity)[0].closed_on == ON
