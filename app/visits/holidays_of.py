"""Days on which nobody receives visitors: public holidays, by the kept library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

COUNTRIES = (
    "CN",
    "HK",
    "MO",
    "TW",
    "SG",
    "JP",
    "KR",
    "VN",
    "TH",
    "MY",
    "IN",
    "US",
    "GB",
    "DE",
    "FR",
)
"""Offered in the settings; the library knows many more."""


def holidays_of(country: str, first: date, last: date, *, chinese: bool) -> dict[date, str]:
    """The holidays of a country from a day to a day, by name; none for ''.

    In China the weekdays of a long holiday count as well; working days moved to a weekend
    do not appear, being no holidays.
    """
    if not country:
        return {}
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _of_year(country, year, "zh_CN" if chinese else "en_US")
    return {day: name for day, name in found.items() if first <= day <= last}


@lru_cache(maxsize=64)
def _of_year(country: str, year: int, language: str) -> dict[date, str]:
    from holidays import country_holidays

    try:
        return dict(country_holidays(country, years=year, language=language))
    except (NotImplementedError, KeyError):
        return {}
