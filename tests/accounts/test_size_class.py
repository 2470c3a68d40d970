"""The size class: every boundary from both sides; classes as read off the handbook [000]."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.accounts.rules import Segment, SizeClass
from app.accounts.size_class import (
    DEFAULT_TABLES,
    SalesFact,
    Share,
    classify,
    margin_of,
    monthly_wan,
    problems_tabling,
    size_of,
    table,
)

WHOLESALE, RETAIL = DEFAULT_TABLES[Segment.WHOLESALE], DEFAULT_TABLES[Segment.RETAIL]
JUST = Decimal("0.0001")
NO_MARGIN = Decimal(0)
FACT = SalesFact(Decimal(1_800_000), Decimal(1_000_000), Decimal(900_000), lines=40)

# (floor in 10,000 CNY, the class from it on, the class just below it)
FLOORS = {
    Segment.WHOLESALE: [
        ("150", "AAA", "AA"),
        ("105", "AA", "A"),
        ("75", "A", "B+"),
        ("60", "B+", "B"),
        ("35", "B", "C"),
        ("17", "C", "C"),
    ],
    Segment.RETAIL: [
        ("20", "AAA", "AA"),
        ("10", "AA", "A"),
        ("5.5", "A", "B+"),
        ("3", "B+", "B"),
        ("1", "B", "C"),
        ("0.5", "C", "C"),
    ],
}
# (sales within the band: wholesale, retail; quota; its class; the class at or above the quota)
QUOTAS = [
    ("105", "10", "0.02", "AA", "AAA"),
    ("75", "5.5", "0.025", "A", "AA"),
    ("60", "3", "0.03", "B+", "A"),
    ("35", "1", "0.035", "B", "B+"),
    ("17", "0.5", "0.04", "C", "B"),
]


@pytest.mark.parametrize(
    ("segment", "floor", "at", "below"),
    [(segment, *row) for segment, rows in FLOORS.items() for row in rows],
)
def test_a_class_begins_at_its_floor_and_not_just_below(segment, floor, at, below):
    bands = DEFAULT_TABLES[segment]

    assert classify(Decimal(floor), NO_MARGIN, bands).size_class == at
    assert classify(Decimal(floor) - JUST, NO_MARGIN, bands).size_class == below
    assert classify(Decimal(floor) + JUST, NO_MARGIN, bands).size_class == at


@pytest.mark.parametrize("bands", [WHOLESALE, RETAIL], ids=["wholesale", "retail"])
@pytest.mark.parametrize("row", QUOTAS, ids=lambda row: row[3])
def test_a_margin_at_or_above_the_quota_lifts_the_class_by_one(bands, row):
    wholesale, retail, quota, below, lifted = row
    sales = Decimal(wholesale if bands is WHOLESALE else retail)

    assert classify(sales, Decimal(quota) - JUST, bands).size_class == below
    assert classify(sales, Decimal(quota), bands).size_class == lifted
    assert classify(sales, Decimal(quota) + JUST, bands).size_class == lifted


@pytest.mark.parametrize("bands", [WHOLESALE, RETAIL], ids=["wholesale", "retail"])
def test_no_margin_lifts_by_two(bands):
    for band in bands[1:]:
        found = classify(band.floor, Decimal(1), bands).size_class
        order = list(SizeClass)
        assert order.index(band.size_class) - order.index(found) == 1


@pytest.mark.parametrize(("bands", "sales"), [(WHOLESALE, "16.9999"), (RETAIL, "0.4999")])
def test_below_the_last_floor_it_is_c_whatever_the_margin(bands, sales):
    sized = classify(Decimal(sales), Decimal("0.9"), bands)

    assert (sized.size_class, sized.is_lifted) == (SizeClass.C, False)
    assert "no margin lifts it" in str(sized.reasons[0])


def test_the_largest_class_has_none_above():
    sized = classify(Decimal(500), Decimal("0.5"), WHOLESALE)

    assert (sized.size_class, sized.is_lifted) == (SizeClass.AAA, False)
    assert "no class above" in str(sized.reasons[1])


def test_an_unknown_margin_lifts_nothing_and_is_said_to_be_unknown():
    sized = classify(Decimal(105), None, WHOLESALE)

    assert sized.size_class is SizeClass.AA
    assert (
        str(sized.reasons[1]) == "The margin is unknown; from 2% on it would lift the class by one"
    )


def test_the_reasons_name_what_went_in():
    sized = classify(Decimal(80), Decimal("0.0249"), WHOLESALE)

    assert [str(reason) for reason in sized.reasons] == [
        "Sales of 80 a month reach the band of A, which begins at 75",
        "The margin of 2.49% is below the quota of 2.5%",
    ]


def test_a_margin_of_exactly_the_quota_is_said_to_reach_it():
    sized = classify(Decimal(80), Decimal("0.025"), WHOLESALE)

    assert (
        str(sized.reasons[1]) == "The margin of 2.5% reaches the quota of 2.5% and lifts it by one"
    )


def test_a_quota_may_be_nothing_or_everything():
    quotas = [None, "0", "1", "0.03", "0.035", "0.04"]

    assert problems_tabling(table(["20", "10", "5", "3", "1", "0.5"], quotas)) == []


def test_sales_are_a_month_s_mean_in_ten_thousand_cny():
    # by hand: 1,800,000 a year is 150,000 a month, 15 times 10,000; at 7.2 CNY it is 108
    assert monthly_wan(FACT, Decimal(1)) == 15
    assert monthly_wan(FACT, Decimal("7.2")) == 108


def test_margin_is_of_the_sales_whose_cost_is_known():
    assert margin_of(FACT) == Decimal("0.1")
    assert margin_of(replace(FACT, costed=Decimal(0), cost=Decimal(0))) is None
    assert margin_of(replace(FACT, costed=Decimal(-5), cost=Decimal(1))) is None


def test_the_class_of_what_was_sold():
    # by hand: 15 a month is AA in retail, and 10 % is above its quota of 2 %
    sized = size_of(FACT, Decimal(1), RETAIL)

    assert (sized.size_class, sized.is_lifted) == (SizeClass.AAA, True)


@pytest.mark.parametrize(
    ("fact", "rate", "bands", "words"),
    [
        (replace(FACT, lines=0), Decimal(1), RETAIL, "Nothing was sold in the last 12 months"),
        (FACT, Decimal(1), None, "no segment yet"),
        (FACT, None, RETAIL, "No rate"),
    ],
)
def test_what_is_missing_is_said_and_no_class_is_made_up(fact, rate, bands, words):
    sized = size_of(fact, rate, bands)

    assert sized.size_class is None
    assert words in str(sized.reasons[0])


def test_the_handbook_s_tables_are_in_order():
    assert problems_tabling(WHOLESALE) == problems_tabling(RETAIL) == []


@pytest.mark.parametrize(
    ("floors", "quotas", "words"),
    [
        ("20 20 5 3 1 0.5", "0.02 0.025 0.03 0.035 0.04", "AA must begin below AAA"),
        ("20 10 5 3 1 2", "0.02 0.025 0.03 0.035 0.04", "C must begin below B"),
        ("20 10 5 3 1 0", "0.02 0.025 0.03 0.035 0.04", "The last floor must be above zero"),
        ("20 10 5 3 1 0.5", "0.02 1.01 0.03 0.035 0.04", "The quota of A must lie"),
        ("20 10 5 3 1 0.5", "-0.02 0.025 0.03 0.035 0.04", "The quota of AA must lie"),
    ],
)
def test_a_table_that_cannot_be_is_refused(floors, quotas, words):
    problems = problems_tabling(table(floors.split(), [None, *quotas.split()]))

    assert [words in str(problem) for problem in problems] == [True]


def test_a_share_prints_as_per_cent():
    assert [str(Share(Decimal(text))) for text in ("0.02", "0.1", "-0.125", "1")] == [
        "2%",
        "10%",
        "-12.5%",
        "100%",
    ]
