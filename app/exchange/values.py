"""Cells as values: text in, a value, None (there is none) or a Reason (what is wrong) out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.exchange.dates import LAST_YEAR, read_date
from app.vocabulary import N_, Reason, because

NO_VALUE = frozenset({"", "-", "--", "—", "n/a", "na", "none", "null", "nan", "无", "暂无", "#n/a"})
TRUE = frozenset({"true", "t", "yes", "y", "1", "x", "是", "有", "对", "真", "√", "✓", "✔", "on"})
FALSE = frozenset({"false", "f", "no", "n", "0", "否", "无", "没有", "错", "假", "×", "off"})


_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EXCEL_POWER = re.compile(r"\d(?:\.\d+)?E\+\d{2}")
_ID_NUMBER = re.compile(r"\d+\.0+")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_WEB_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_COMMAS = re.compile(r"[,，/+]")
_SEVERAL = re.compile(r"[;；、|\n]")


def tidy(text: str) -> str:
    """One line of text as meant: NFC, nothing invisible, single spaces.

    >>> tidy("  Li\\u200b  Wei\\n")
    'Li Wei'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    plain = unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return " ".join(plain.split())


def tidy_lines(text: str) -> str:
    """The same for a text of several lines, whose line breaks are kept."""
    if "\n" not in text and "\r" not in text:
        return tidy(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(tidy, lines)).strip()


def says_none(text: str) -> bool:
    """Whether a cell says in words that there is no value (not for names: None is a name).

    >>> says_none("N/A"), says_none("0")
    (True, False)
    """
    return text.strip().lower() in NO_VALUE


def several(text: str, *, commas: bool = False) -> list[str]:
    """The values of a cell that holds several, parted by ; 、 | or a new line.

    With ``commas``, by commas and slashes too: for words that never have one inside.

    >>> several("decider；influencer"), several("决策者/影响者", commas=True)
    (['decider', 'influencer'], ['决策者', '影响者'])
    """
    if commas:
        text = _COMMAS.sub(";", text)
    return [part for part in map(tidy, _SEVERAL.split(text)) if part]


def full_name(family: str, given: str) -> str:
    """A person's name from its parts, the Chinese way round if it is Chinese.

    >>> full_name("王", "小明"), full_name("Doe", "John")
    ('王小明', 'John Doe')
    """
    if _CHINESE.search(family + given):
        return family + given
    return f"{given} {family}".strip()


def read_id(text: str) -> str | Reason | None:
    """An identifier, as text: spreadsheets' ".0" and leading apostrophe taken away.

    >>> read_id("17850.0"), read_id("'007")
    ('17850', '007')
    """
    plain = tidy(text).removeprefix("'")
    if _ID_NUMBER.fullmatch(plain):
        return plain.partition(".")[0]
    if _EXCEL_POWER.fullmatch(plain):
        return because(
            N_("“%(text)s” is a number that Excel shortened; format its column as text."),
            text=plain,
        )
    return plain or None


def read_flag(text: str) -> bool | Reason | None:
    """Yes or no.

    >>> read_flag("是"), read_flag("N")
    (True, False)
    """
    plain = tidy(text).lower()
    if plain in TRUE:
        return True
    if plain in FALSE:
        return False
    if plain in NO_VALUE:
        return None
    return because(N_("“%(text)s” is neither yes nor no."), text=text[:80])


def read_year(text: str) -> int | Reason | None:
    """A year alone, or the year of a date.

    >>> read_year("1996"), read_year("1996年"), read_year("1996-05-01")
    (1996, 1996, 1996)
    """
    plain = tidy(text).removesuffix(".0").removesuffix("年")
    if plain.isdecimal() and len(plain) == 4:
        year = int(plain)
        if 1000 <= year <= LAST_YEAR:
            return year
        return because(N_("The year of “%(text)s” cannot be right."), text=text[:80])
    day = read_date(text)
    return day.year if isinstance(day, date) else day


def read_email(text: str) -> str | Reason | None:
    """An address for mail; the first of several.

    >>> read_email("<Li@Example.com>; other@example.com")
    'Li@Example.com'
    """
    if says_none(text):
        return None
    found = _EMAIL.search(tidy(text).replace("＠", "@").replace("mailto:", ""))
    if found:
        return found[0]
    return because(N_("“%(text)s” is not an e-mail address."), text=text[:80])


def read_phone(text: str) -> str | Reason | None:
    """A telephone number as written, if it has the digits of one.

    >>> read_phone("010-6552 9988 转 8001")
    '010-6552 9988 转 8001'
    """
    if says_none(text):
        return None
    plain = tidy(text).removesuffix(".0")
    if sum(map(str.isdigit, plain)) >= 3:
        return plain
    return because(N_("“%(text)s” is not a telephone number."), text=text[:80])


def read_website(text: str) -> str | Reason | None:
    """A web address that is safe to link to.

    >>> read_website("www.example.com"), read_website("http://example.com/a")
    ('https://www.example.com', 'http://example.com/a')
    """
    if says_none(text):
        return None
    plain = tidy(text)
    scheme, parted, host = plain.partition("://")
    if not parted:
        scheme, host = "https", plain
    if scheme.lower() in {"http", "https"} and _WEB_HOST.fullmatch(host):
        return f"{scheme.lower()}://{host}"
    return because(N_("“%(text)s” is not a web address."), text=text[:80])
