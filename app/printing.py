"""Dates and numbers as a language prints them, remembered: lists print the same ones often."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

Number = int | float | Decimal


@lru_cache(maxsize=4096)
def printed_day(value: date, style: str, locale: Locale) -> str:
    """A day in a style of CLDR: short, medium, long, full."""
    return format_date(value, style, locale=locale)


@lru_cache(maxsize=8192)
def printed_number(value: Number, pattern: str | None, locale: Locale) -> str:
    """A number by a pattern of CLDR, else as the language does."""
    return format_decimal(value, pattern, locale=locale)


@lru_cache(maxsize=2048)
def printed_percent(value: Number, pattern: str, locale: Locale) -> str:
    """A share as per cent."""
    return format_percent(value, pattern, locale=locale)
