"""Amounts, numbers and shares as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.amounts import (
    HeaderUnit,
    Money,
    counts_in_percent,
    decimal_mark,
    header_unit,
    read_currency,
    read_integer,
    read_money,
    read_number,
    read_share,
)
from app.vocabulary import Reason

AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1234567", "1234567", ""),
        ("-12.50", "-12.50", ""),
        ("$1,234,567", "1234567", "USD"),
        ("US$ 5k", "5000", "USD"),
        ("HK$12", "12", "HKD"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("1 234,56 EUR", "1234.56", "EUR"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("£(3.50)".replace("£(", "(£"), "-3.50", "GBP"),
        ("（1,234）", "-1234", ""),
        ("1,234-", "-1234", ""),
        ("−7", "-7", ""),
        ("$-7", "-7", "USD"),
        ("-$7", "-7", "USD"),
        ("12.5万", "125000", ""),
        ("12.5万元", "125000", "CNY"),
        ("1.2亿", "120000000", ""),
        ("3千万元", "30000000", "CNY"),
        ("￥8,000.00", "8000", "CNY"),
        ("¥１２３", "123", "CNY"),
        ("人民币 100元", "100", "CNY"),
        ("2.5M", "2500000", ""),
        ("USD 1.2 million", "1200000", "USD"),
        ("$100 CAD", "100", "CAD"),
        ("12,34,567", "1234567", ""),
        ("1.234.567", "1234567", ""),
        ("12,5", "12.5", ""),
        ("1E+05", "100000", ""),
        (".5", "0.5", ""),
    ],
)
def test_an_amount_is_read_with_its_sign_scale_and_currency(text, amount, currency):
    assert read_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "null", "nan", "无"])
def test_no_amount_is_none(text):
    assert read_money(text) is None


@pytest.mark.parametrize(
    "text",
    ["soon", "1-5", "100-499", "(5", "5)", "1,2,3", "2026.03.05", "1.2.3,4", "12 apples",
     "100 XYZ", "€5 USD GBP", "$5 £", "1e99", "9" * 16, "inf", "1..2"],
)  # fmt: skip
def test_what_is_no_amount_is_told(text):
    assert isinstance(read_money(text), Reason)


def test_the_columns_mark_decides_what_could_be_read_twice():
    assert read_money("1.234") == Money(Decimal("1.234"))
    assert read_money("1.234", ",") == Money(Decimal(1234))
    assert read_money("1,234", ",") == Money(Decimal("1.234"))
    assert read_money("12.50", ",") == Money(Decimal("12.50"))


@pytest.mark.parametrize(
    ("texts", "mark", "is_sure"),
    [
        (["1.234,5"], ",", True),
        (["$1,234,567", "1.234"], ".", True),
        (["1.234", "12,5"], ",", True),
        (["0.123"], ".", True),
        (["1.234", "5"], ".", False),
        (["1.5", "1,5"], ".", False),
        (["5", "1,234", ""], ".", True),
    ],
)
def test_a_columns_mark_is_told_by_what_can_be_read_one_way(texts, mark, is_sure):
    habit = decimal_mark(texts)

    assert (habit.mark, habit.is_sure) == (mark, is_sure)


@given(AMOUNTS)
def test_an_amount_is_read_back_from_both_halves_of_the_world(amount):
    western = f"{amount:,.2f}"
    continental = western.translate(str.maketrans(",.", ".,"))

    assert read_money(western) == Money(amount)
    assert read_money(continental, ",") == Money(amount)
    assert read_money(f"€ {continental}", ",") == Money(amount, "EUR")


@given(st.text(max_size=30))
def test_any_text_is_an_amount_none_or_a_reason(text):
    assert isinstance(read_money(text), Money | Reason | None)


def test_whole_numbers():
    assert read_integer("2,822") == 2822
    assert read_integer("17850.0") == 17850
    assert isinstance(read_integer("1.5"), Reason)
    assert isinstance(read_integer("$5"), Reason)
    assert read_number("$5") != Decimal(5)


def test_shares_and_per_cents():
    assert read_share("9.98%") == Decimal("0.0998")
    assert read_share("60") == Decimal("0.6")
    assert read_share("0.6", in_percent=False) == Decimal("0.6")
    assert read_share("60 ％", in_percent=False) == Decimal("0.6")
    assert read_share("-") is None
    assert "between 0 and 100 %" in str(read_share("120"))
    assert isinstance(read_share("-1"), Reason)


def test_a_column_counts_in_per_cent_if_any_is_above_one():
    assert counts_in_percent(["0", "100.0", "10.0"])
    assert not counts_in_percent(["0.1", "1", "50%", "often"])


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("金额（万元）", HeaderUnit(10_000, "CNY")),
        ("金额(元)", HeaderUnit(1, "CNY")),
        ("Amount [USD]", HeaderUnit(1, "USD")),
        ("Revenue ($k)", HeaderUnit(1000, "USD")),
        ("Amount (max)", HeaderUnit()),
        ("Amount", HeaderUnit()),
    ],
)
def test_the_unit_in_a_columns_name(name, unit):
    assert header_unit(name) == unit


def test_currencies():
    assert read_currency("usd") == "USD"
    assert read_currency("人民币") == "CNY"
    assert read_currency("") is None
    assert isinstance(read_currency("gold"), Reason)
