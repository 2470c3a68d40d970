"""The page of measures: sorted, explained, layer by layer, and as a workbook."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from app.stakeholders.measures_page import COLUMNS, columns_of, measured
from app.stakeholders.rules import TieKind
from tests.stakeholders.map_cast import facts, influences, people


@pytest.fixture
def account(make, ada, ben):
    """A path: Li Wei influences Wang Fang, who influences Sun Li; and one apart."""
    account = make.account(owner=ada, reader=ben)
    first, middle, last = (make.person(account, name) for name in ("Li Wei", "Wang Fang", "Sun Li"))
    make.person(account, "=SUM(1)")
    make.tie("influences", first, middle)
    make.tie("influences", middle, last)
    return account


def names(page):
    return [" ".join("".join(head.itertext()).split()) for head in page.all("th")
            if head.get("scope") == "row"]  # fmt: skip


def test_whoever_stands_between_comes_first(account, ben, browser_for):
    page = browser_for(ben).get(f"/accounts/{account.id}/map/measures")

    assert names(page)[0] == "Wang Fang"
    assert "Burt 1992" in page.text and "-0" not in page.text


@pytest.mark.parametrize(
    ("asked", "first"),
    [("sort=name", "=SUM(1)"), ("sort=-degree", "Wang Fang"), ("sort=constraint", "Wang Fang")],
)
def test_measures_are_sorted_and_what_is_not_defined_comes_last(
    asked, first, account, ada, browser_for
):
    found = names(browser_for(ada).get(f"/accounts/{account.id}/map/measures?{asked}"))

    assert found[0] == first
    if "constraint" in asked:
        assert found[-1] == "=SUM(1)"


def test_a_layer_with_direction_has_ties_in_and_out(account, ada, browser_for):
    page = browser_for(ada).get(f"/accounts/{account.id}/map/measures?layer=influences")

    heads = page.words("th")
    assert "Ties in" in heads and "Closeness" not in heads
    assert "Returned" in page.text


def test_every_measure_shown_is_one_that_is_computed():
    found = measured(facts(*people(3), influences(1, 2)), None)
    directed = measured(facts(*people(3), influences(1, 2)), TieKind.INFLUENCES)

    for graph in (found, directed):
        assert all(hasattr(graph.people[0], key) for key in columns_of(graph))
    assert set(columns_of(found)) | set(columns_of(directed)) == set(COLUMNS)


def test_nonsense_in_the_address_shows_the_page(account, ada, browser_for):
    asked = "layer=gossip&sort=nothing&on=never&after=99"

    assert browser_for(ada).get(f"/accounts/{account.id}/map/measures?{asked}").status == 200


def test_a_map_without_anybody_says_so(make, ada, browser_for):
    account = make.account("Empty", owner=ada)

    page = browser_for(ada).get(f"/accounts/{account.id}/map/measures")

    assert "Nobody at this account is known yet." in page.text


def test_the_workbook_holds_numbers_and_no_formula(account, ada, browser_for):
    body = browser_for(ada).client.get(f"/accounts/{account.id}/map/measures.xlsx").data

    rows = list(openpyxl.load_workbook(BytesIO(body)).active.iter_rows(values_only=True))
    assert rows[1][:3] == ("Name", "Title", "Ties")
    by_name = {row[0]: row[2] for row in rows[2:]}
    assert by_name == {"Wang Fang": 2, "Li Wei": 1, "Sun Li": 1, "=SUM(1)": 0}
