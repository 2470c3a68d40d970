"""What would lift a size class, and what holds it; numbers read off the handbook's tables [000]."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.accounts.class_lift import footing, ways_up
from app.accounts.rules import Segment, SizeClass
from app.accounts.size_class import CLASSES, DEFAULT_TABLES, classify

WHOLESALE, RETAIL = DEFAULT_TABLES[Segment.WHOLESALE], DEFAULT_TABLES[Segment.RETAIL]
JUST = Decimal("0.0001")


def short(ways):
    return [
        (way.size_class.value, way.sales, way.sales_missing, way.quota, way.margin_missing)
        for way in ways
    ]


@pytest.mark.parametrize(
    ("bands", "sales", "margin", "expected"),
    [
        # (class above, sales to reach, missing, quota to reach, margin missing), by hand
        (WHOLESALE, "80", "0.01", [("AA", "105", "25", None, None),
                                   ("AA", "80", "0", "0.025", "0.015")]),
        (WHOLESALE, "70", "0.03", [("AA", "75", "5", "0.025", "0")]),
        (WHOLESALE, "10", "0.5", [("B", "17", "7", "0.04", "0")]),
        (RETAIL, "0.7", None, [("B", "1", "0.3", None, None), ("B", "0.7", "0", "0.04", None)]),
        (RETAIL, "12", "0.0199", [("AAA", "20", "8", None, None),
                                  ("AAA", "12", "0", "0.02", "0.0001")]),
        (RETAIL, "12", "0.02", []),
        (RETAIL, "25", None, []),
    ],
)  # fmt: skip
def test_the_ways_to_the_class_above(bands, sales, margin, expected):
    found = ways_up(Decimal(sales), None if margin is None else Decimal(margin), bands)

    wanted = [
        (size, *(None if one is None else Decimal(one) for one in rest)) for size, *rest in expected
    ]
    assert short(found) == wanted


@pytest.mark.parametrize("bands", [WHOLESALE, RETAIL], ids=["wholesale", "retail"])
@pytest.mark.parametrize("margin", [None, "0", "0.0249", "0.03", "0.2"])
def test_going_either_way_whole_lifts_and_stopping_short_does_not(bands, margin):
    margin = None if margin is None else Decimal(margin)
    for floor in (band.floor for band in bands):
        for sales in (floor - JUST, floor, floor + JUST):
            now = CLASSES.index(classify(sales, margin, bands).size_class)
            for way in ways_up(sales, margin, bands):
                reached = margin if way.quota is None else way.quota
                there = classify(way.sales, reached, bands).size_class
                assert CLASSES.index(there) <= now - 1
                if way.sales_missing:
                    short = classify(way.sales - JUST, reached, bands).size_class
                    assert CLASSES.index(short) >= now


def test_the_profit_missing_is_that_of_the_sales_to_reach():
    # by hand: 1.5 points of 80 are 1.2, in 10,000 CNY a month
    by_sales, by_margin = ways_up(Decimal(80), Decimal("0.01"), WHOLESALE)

    assert (by_sales.profit_missing, by_margin.profit_missing) == (None, Decimal("1.2"))


@pytest.mark.parametrize(
    ("sales", "margin", "expected"),
    [
        ("110", "0.01", ("105", None)),
        ("110", "0.03", ("105", "0.02")),
        ("105", "0.02", ("105", "0.02")),
        ("40", None, ("35", None)),
        ("20", "0.05", ("17", "0.04")),
        ("20", "0.01", None),
        ("5", "0.9", None),
    ],
)
def test_what_holds_a_class(sales, margin, expected):
    found = footing(Decimal(sales), None if margin is None else Decimal(margin), WHOLESALE)

    if expected is None:
        assert found is None
    else:
        floor, quota = expected
        assert (found.sales, found.quota) == (
            Decimal(floor),
            None if quota is None else Decimal(quota),
        )


@pytest.mark.parametrize("bands", [WHOLESALE, RETAIL], ids=["wholesale", "retail"])
def test_just_below_the_footing_the_class_falls(bands):
    for band in bands[:-1]:
        for margin in (None, Decimal("0.022"), Decimal("0.5")):
            held = footing(band.floor + JUST, margin, bands)
            now = classify(band.floor + JUST, margin, bands).size_class
            below = classify(held.sales - JUST, margin, bands).size_class
            assert classify(held.sales, margin, bands).size_class is now
            assert CLASSES.index(below) > CLASSES.index(now)


def test_the_smallest_class_cannot_fall():
    assert classify(Decimal(17), None, WHOLESALE).size_class is SizeClass.C
    assert footing(Decimal(17), None, WHOLESALE) is None
