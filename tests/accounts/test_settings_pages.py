"""What a company sets: the tables of size classes, the factors of importance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.accounts.importance import DEFAULT_SCALE
from app.accounts.rules import Segment, SizeClass
from app.accounts.settings import IMPORTANCE, SIZE_TABLES, scale_from, size_tables_from
from app.accounts.settings_forms import importance_data, size_tables_data
from app.accounts.size_class import DEFAULT_TABLES
from app.users.queries import find_setting

FLOORS = {"floor_0": "80", "floor_1": "60", "floor_2": "40"}


def typed_tables(**changed):
    filled = size_tables_data(DEFAULT_TABLES)
    typed = {
        name: str(value * 100 if name.startswith("quota") else value)
        for name, value in filled.items()
        if value is not None
    }
    return {**typed, "months": "12", **changed}


def test_a_table_is_changed_and_kept(session, boss, browser_for):
    browser = browser_for(boss)

    page = browser.post(
        "/settings/size-classes", typed_tables(floor_retail_0="25", quota_retail_1="2.2")
    )

    bands = size_tables_from(find_setting(session, SIZE_TABLES))[Segment.RETAIL]
    assert page.status == 303
    assert (bands[0].floor, bands[1].quota) == (25, Decimal("0.022"))
    assert bands[0].size_class is SizeClass.AAA
    assert browser.get("/settings/size-classes").field("floor_retail_0") == "25"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"floor_retail_1": "30"}, "AA must begin below AAA"),
        ({"quota_retail_1": "200"}, "Give a share from 0 to 100 per cent"),
        ({"floor_retail_1": ""}, "Give a number."),
    ],
)
def test_a_table_that_cannot_be_is_refused_and_what_was_typed_stays(
    changed, words, session, boss, browser_for
):
    page = browser_for(boss).post("/settings/size-classes", typed_tables(**changed))

    name, value = next(iter(changed.items()))
    assert page.status == 422
    assert words in page.text
    assert page.field(name) == value
    assert find_setting(session, SIZE_TABLES) is None


def test_settings_saved_meanwhile_are_not_overwritten(session, boss, browser_for):
    browser = browser_for(boss)
    opened = browser.get("/settings/size-classes").field("version")
    browser.post("/settings/size-classes", typed_tables(floor_retail_0="25", version=opened))

    late = browser.post("/settings/size-classes", typed_tables(version=opened))

    assert late.status == 422
    assert "Somebody changed these settings meanwhile." in late.text


def test_factors_are_renamed_added_and_dropped(app, session, boss, browser_for):
    typed = {"label_0": "Turnover", "weight_0": "60", "label_9": "Image", "weight_9": "40"}

    page = browser_for(boss).post("/settings/importance", {**typed, **FLOORS})

    factors = scale_from(find_setting(session, IMPORTANCE)).factors
    assert page.status == 303
    assert [(one.key, one.label, one.weight) for one in factors] == [
        ("sales", "Turnover", 60),
        ("Image", "Image", 40),
    ]


def test_a_factor_left_alone_keeps_its_name_in_every_language(app, session, make, browser_for):
    chief = make.user("Mei", role="administrator", language="zh_Hans_CN")
    browser = browser_for(chief)
    page = browser.get("/settings/importance")
    typed = {name: page.field(name) for name in importance_data(DEFAULT_SCALE)}

    browser.post("/settings/importance", typed)

    assert scale_from(find_setting(session, IMPORTANCE)) == DEFAULT_SCALE


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("90", "The weights sum to 90 %, not to 100 %"),
        ("1e30", "Give a number"),
    ],
)
def test_weights_that_do_not_sum_to_a_hundred_are_refused(weight, words, boss, browser_for):
    page = browser_for(boss).post(
        "/settings/importance", {"label_0": "Sales", "weight_0": weight, **FLOORS}
    )

    assert page.status == 422
    assert words in page.text
