"""Dates and numbers as a language prints them, remembered: lists print the same ones often."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

Number = int | float | Decimal


class Printer:
    """How one language prints; there is one for each, which remembers what it printed.

    A language is asked for only once a page: to look by it at each number costs more
    than the number.
    """

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.is_chinese = locale.language == "zh"
        self.day = lru_cache(maxsize=4096)(self._day)
        self.number = lru_cache(maxsize=8192)(self._number)
        self.percent = lru_cache(maxsize=2048)(self._percent)

    def _day(self, value: date, style: str) -> str:
        """A day in a style of CLDR: short, medium, long, full."""
        return format_date(value, style, locale=self.locale)

    def _number(self, value: Number, pattern: str | None = None) -> str:
        """A number by a pattern of CLDR, else as the language does."""
        return format_decimal(value, pattern, locale=self.locale)

    def _percent(self, value: Number, pattern: str) -> str:
        """A share as per cent."""
        return format_percent(value, pattern, locale=self.locale)


@cache
def printer_of(locale: Locale) -> Printer:
    """The one that prints a language."""
    return Printer(locale)
