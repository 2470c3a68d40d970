"""Churn warnings held against what came, on made and on real purchases; running them by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from app.alerts.backtest import Case, cases, months, scores
from app.alerts.bg_nbd import Buying, Fit, chance_of_silence, chance_within
from app.commands.alerts import alerts_verb
from tests.exchange.shared import shared

FIRST = date(2024, 1, 1)


def every(days, count):
    return tuple(FIRST + timedelta(days=days * n) for n in range(count))


def test_only_months_with_enough_before_and_after_are_judged():
    assert months(FIRST, FIRST + timedelta(days=200)) == []
    assert months(FIRST, date(2024, 9, 1)) == [date(2024, 5, 1), date(2024, 6, 1)]


def test_a_case_knows_only_what_was_bought_by_its_day():
    days = (FIRST, date(2024, 5, 1), date(2024, 8, 1))

    found = cases({"A": days, "B": (date(2024, 7, 1),)}, [date(2024, 5, 1), date(2024, 5, 2)])

    # 92 days until the next purchase on the first, 91 on the second: both beyond 90
    assert found == [
        Case("A", date(2024, 5, 1), days[:2], True),
        Case("A", date(2024, 5, 2), days[:2], True),
    ]


def test_each_rule_is_scored_on_the_same_accounts_and_days():
    # one goes on every week; one stops after 20 weeks; months are judged from 1 May to 1 September
    bought = {"goes on": every(7, 52), "stops": every(7, 20)}

    by_rule = {one.rule: one for one in scores(bought) if one.least_purchases == 3}

    own, naive = by_rule["own_intervals"], by_rule["no_purchase_90_days"]
    assert {one.cases for one in by_rule.values()} == {10}
    # it stopped on 13 May: gone on 1 June, July, August and September; silent 19 days on 1 June
    assert (own.gone, own.warned, own.right, own.silence, own.lead) == (4, 4, 4, 19, 71)
    # 90 days later is 11 August: seen on 1 September, after 111 days
    assert (naive.warned, naive.right, naive.silence, naive.lead) == (1, 1, 111, -21)
    assert by_rule["model"].warned == own.warned, "too few accounts: the model is their own rhythm"


def test_nothing_is_scored_without_purchases():
    assert scores({}) == []


def test_chances_of_silence_and_of_buying_go_together():
    cdnow = Fit(0.243, 4.414, 0.793, 2.426, -9582.4)
    sooner, later = Buying(4, 10, 12), Buying(4, 10, 30)

    assert chance_of_silence(cdnow, Buying(4, 10, 10)) == 1
    assert chance_of_silence(cdnow, later) < chance_of_silence(cdnow, sooner)
    assert chance_within(cdnow, later, 13) < chance_within(cdnow, sooner, 13)
    assert chance_within(cdnow, sooner, 0) == 0


def test_churn_warnings_of_a_retailer_against_who_bought_again():
    file = shared("online_retail", "online_retail_2010-12_2011-12.csv.gz")

    done = CliRunner().invoke(alerts_verb, ["backtest", str(file), "--json"])

    rows = {(row["purchases"], row["rule"]): row for row in json.loads(done.output)["scores"]}
    model, naive = rows["6+", "model"], rows["6+", "no_purchase_90_days"]
    # counted apart from this code, over the same six months: 1,598 cases, 108 of them gone
    assert (model["cases"], model["gone"]) == (1598, 108)
    assert (naive["warned"], naive["right"]) == (28, 15)
    assert model["recall"] > 2 * naive["recall"]
    assert model["lead"] > 0 > naive["lead"]


@pytest.mark.parametrize("content", ["who,when\nA,2024-01-01\n", "customer,date,amount\n"])
def test_a_file_that_cannot_be_judged_is_refused(content, tmp_path):
    file = tmp_path / "sales.csv"
    file.write_text(content, encoding="utf-8")

    assert CliRunner().invoke(alerts_verb, ["backtest", str(file)]).exit_code == 1
