"""Strategy and white space as the cast finds them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import Rival
from app.pipeline.models import Opportunity
from app.plans.thinking_models import FeatureRank, FeatureScore
from app.records.white_models import WhiteCell, WhiteShare

TODAY = datetime.now(UTC).date()
START, END = TODAY - timedelta(days=100), TODAY + timedelta(days=100)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def plan(make, account):
    return make.plan(account, starts_on=START, ends_on=END)


@pytest.fixture
def rival(make, account):
    return make.keep(Rival(account_id=account.id, name="Kangsheng"))


def test_ranks_and_scores_draw_the_picture_and_name_the_gap(make, plan, rival, ada, browser_for):
    browser = browser_for(ada)
    form = {"place_decider_0": "1", "score_0_0": "4", f"score_{rival.id}_0": "8"}

    browser.post(f"/plans/{plan.id}/features", form)

    page = browser.get(f"/plans/{plan.id}/strategy")
    assert "Kangsheng leads us by 4." in page.text
    assert "Gap" in page.text
    assert page.text.count("<polyline") == 2
    assert browser.get(f"/plans/{plan.id}/features").field(f"score_{rival.id}_0") == "8"


@pytest.mark.parametrize(
    "form",
    [
        {"place_decider_0": "1", "place_decider_1": "1"},
        {"place_decider_0": "11"},
        {"score_0_0": "12"},
        {"score_0_0": "x"},
    ],
)
def test_places_and_scores_out_of_bounds_are_refused_and_kept_in_sight(
    form, session, plan, ada, browser_for
):
    page = browser_for(ada).post(f"/plans/{plan.id}/features", form)

    assert page.status == 422
    assert all(page.field(name) == value for name, value in form.items())
    assert session.scalar(select(FeatureRank.id)) is None
    assert session.scalar(select(FeatureScore.id)) is None


def test_the_position_stands_on_the_plans_face(plan, ada, browser_for):
    browser = browser_for(ada)

    browser.post(f"/plans/{plan.id}/position", {"position": "They know our nights"})

    assert "They know our nights" in browser.get(f"/plans/{plan.id}").text


def test_a_position_that_somebody_changed_meanwhile_shows_both(plan, ada, browser_for):
    browser, address = browser_for(ada), f"/plans/{plan.id}/position"
    version = browser.get(f"/plans/{plan.id}/strategy").field("version")
    browser.post(address, {"position": "First", "version": version})

    late = browser.post(address, {"position": "Second", "version": version})

    assert late.status == 409
    assert "First" in late.text


def test_a_company_changes_its_features_and_a_renamed_one_keeps_its_ranks(
    plan, ada, boss, browser_for
):
    admin, browser = browser_for(boss), browser_for(ada)
    browser.post(f"/plans/{plan.id}/features", {"place_decider_0": "1"})
    shown = admin.get("/settings/plan-features")

    admin.post(
        "/settings/plan-features",
        {"label_0": "Healing", "label_1": "Safety", "version": shown.field("version")},
    )

    page = browser.get(f"/plans/{plan.id}/strategy")
    assert "Healing" in page.text
    assert "Efficacy" not in page.text
    assert browser.get(f"/plans/{plan.id}/features").field("place_decider_0") == "1"


def sold(make, account, amount, series="Pumps"):
    """A year's sale of a product line, in the last whole month."""
    product = make.product(f"{series} {amount}", series=series)
    month = (TODAY.replace(day=1) - timedelta(days=10)).replace(day=5)
    make.sale(account, amount, month, product_id=product.id)


def test_a_line_is_estimated_and_told_by_the_records(make, account, ada, browser_for):
    sold(make, account, "200")
    browser = browser_for(ada)
    form = {"series": "Pumps", "buyers": "10", "developed": "4", "sales": "1"}

    browser.post(f"/accounts/{account.id}/white-space/add", form)

    page = browser.get(f"/accounts/{account.id}/white-space")
    assert "¥500" in page.text  # D = 200 / 4, E = 50 × 10
    assert "¥300" in page.text
    assert "40%" in page.text
    assert "who decides is not known" in page.text


def test_a_unit_that_is_an_account_below_is_told_by_its_records_if_one_may_see_it(
    make, account, ada, browser_for
):
    below = make.account("East campus", owner=ada, parent_id=account.id)
    hidden = make.account("West campus", parent_id=account.id)
    sold(make, below, "120")
    sold(make, hidden, "777")
    for unit in ("East campus", "West campus"):
        here = {"account_id": account.id, "unit": unit, "series": "Pumps", "on": TODAY}
        make.keep(WhiteCell(**here, buyers=3, developed=1))

    page = browser_for(ada).get(f"/accounts/{account.id}/white-space")

    assert "¥120" in page.text
    assert "777" not in page.text


@pytest.mark.parametrize(
    "form",
    [
        {"buyers": "3", "developed": "4"},
        {"buyers": "-1"},
        {"buyers": "many"},
        {"share": "101"},
        {"series": "Nonsense"},
    ],
)
def test_an_estimate_that_cannot_be_is_refused(form, make, account, rival, ada, browser_for):
    sold(make, account, "1")
    sent = {"series": "Pumps", "note": "Counted", **form}
    sent[f"share_{rival.id}"] = sent.pop("share", "")

    page = browser_for(ada).post(f"/accounts/{account.id}/white-space/add", sent)

    assert page.status == 422
    assert page.field("note") == "Counted"


def test_one_line_at_one_unit_is_estimated_once(make, account, ada, browser_for):
    sold(make, account, "1")
    make.keep(WhiteCell(account_id=account.id, series="Pumps", on=TODAY))

    page = browser_for(ada).post(
        f"/accounts/{account.id}/white-space/add", {"series": "Pumps", "unit": ""}
    )

    assert page.status == 422
    assert "estimated there already" in page.text


def test_an_estimate_that_was_taken_away_is_never_lost_to_another(
    make, session, account, rival, ada, browser_for
):
    sold(make, account, "1")
    here = {"account_id": account.id, "on": TODAY}
    away = make.keep(WhiteCell(**here, series="Pumps", buyers=7, archived_at=datetime.now(UTC)))
    make.keep(WhiteShare(cell_id=away.id, rival_id=rival.id, share=Decimal("0.4")))
    cell = make.keep(WhiteCell(**here, series="Beds", buyers=3))
    browser = browser_for(ada)

    for path in (f"/white-space/{cell.id}/edit", f"/accounts/{account.id}/white-space/add"):
        page = browser.post(path, {"series": "Pumps", "buyers": "9", "note": "Counted"})

        assert page.status == 422
        assert "was taken away there: bring it back" in page.text
        assert "could buy: 7" in page.text
        assert page.field("note") == "Counted"
        assert f"/white-space/{away.id}/restore" in {
            form.get("action") for form in page.all("form")
        }
    kept = session.execute(select(WhiteCell.series, WhiteCell.buyers).order_by(WhiteCell.id)).all()
    session.commit()
    assert kept == [("Pumps", 7), ("Beds", 3)]
    assert "Taken away: 1" in browser.get(f"/accounts/{account.id}/white-space").text

    browser.post(f"/white-space/{away.id}/restore")

    assert "Kangsheng 40%" in browser.get(f"/accounts/{account.id}/white-space").text


def test_rivals_shares_are_kept_and_changed(make, account, rival, ada, browser_for):
    sold(make, account, "1")
    browser = browser_for(ada)
    name = f"share_{rival.id}"
    browser.post(f"/accounts/{account.id}/white-space/add", {"series": "Pumps", name: "40"})
    cell = make.find(select(WhiteCell.id))

    browser.post(f"/white-space/{cell}/edit", {"series": "Pumps", name: "35"})

    assert browser.get(f"/white-space/{cell}/edit").field(name) == "35"
    assert "Kangsheng 35%" in browser.get(f"/accounts/{account.id}/white-space").text


def test_what_is_open_becomes_an_opportunity_in_one_click_and_only_once(
    make, account, ada, browser_for
):
    sold(make, account, "200")
    cell = make.keep(
        WhiteCell(account_id=account.id, series="Pumps", on=TODAY, buyers=10, developed=4)
    )
    browser = browser_for(ada)

    first = browser.post(f"/white-space/{cell.id}/open")
    again = browser.post(f"/white-space/{cell.id}/open")

    deal = make.find(select(Opportunity))
    assert (deal.amount, deal.owner_id) == (Decimal(300), ada.id)
    assert deal.name == "Pumps · First Hospital"
    assert first.headers["Location"] == again.headers["Location"]


def test_who_decides_in_a_unit_stands_beside_it(make, account, ada, browser_for):
    sold(make, account, "1")
    person = make.person(account, "Li Wei", unit="East", roles=("decider",))
    make.person(account, "Wang Fang", unit="West", roles=("decider",))
    make.coverage(ada, person)
    make.keep(WhiteCell(account_id=account.id, unit="East", series="Pumps", on=TODAY))

    page = browser_for(ada).get(f"/accounts/{account.id}/white-space")

    east = next(words for words in page.words("th") if words.startswith("East"))
    assert "Li Wei" in east
    assert "ours to reach directly" in east
    assert "Wang Fang" not in east


def test_the_page_asks_as_often_for_six_lines_as_for_three(make, account, ada, browser_for):
    sold(make, account, "1")
    browser = browser_for(ada)

    def cells(units):
        for unit in units:
            make.keep(WhiteCell(account_id=account.id, unit=unit, series="Pumps", on=TODAY))

    cells("abc")
    browser.get(f"/accounts/{account.id}/white-space")
    few = browser.selects
    cells("def")
    browser.get(f"/accounts/{account.id}/white-space")

    assert browser.selects == few <= 16
