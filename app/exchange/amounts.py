"""Amounts of money, numbers and shares as people write them in two halves of the world."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.exchange.values import says_none
from app.vocabulary import N_, Reason, because

LARGEST = Decimal(10) ** 15
LARGEST_WHOLE = 2**31
CURRENCIES = frozenset({
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
    "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KES", "KRW", "KWD", "KZT",
    "MAD", "MOP", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR", "PLN", "QAR",
    "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD", "UYU", "VND",
    "XAF", "XOF", "ZAR",
})  # fmt: skip
SIGNS = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY",
    "人民币": "CNY", "元": "CNY", "RMB": "CNY", "CN¥": "CNY", "JP¥": "JPY", "円": "JPY",
    "日元": "JPY", "₩": "KRW", "₹": "INR", "₽": "RUB", "₺": "TRY", "₫": "VND", "₱": "PHP",
    "฿": "THB", "ZŁ": "PLN", "美元": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD",
    "英镑": "GBP",
}  # fmt: skip
SCALES = {
    "千": 10**3, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9,
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = rf"(?:{_any_of(SIGNS)}|[A-Z]{{3}})"
_MONEY = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>[-−+])?\s*(?P<before>{_UNIT})?\s*(?P<minus2>[-−])?\s*"
    rf"(?P<number>\d[\d.,'’\s]*|[.,]\d+)(?P<power>e[-+]?\d{{1,2}})?\s*"
    rf"(?P<scale>{_any_of(SCALES)})?\s*(?P<after>{_UNIT})?\s*(?P<minus3>[-−])?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,12})?")
_GROUPS = re.compile(r"\d{1,3}(?:T\d{2,4})*T\d{3,4}|\d*")
_UNIT_OF_HEADER = re.compile(
    rf"[(\[【]\s*(?P<before>{_UNIT})?\s*(?P<scale>{_any_of(SCALES)})?\s*(?P<after>{_UNIT})?\s*[)\]】]",
    re.IGNORECASE,
)


class Money(NamedTuple):
    """An amount, and the currency if the cell names one."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class MarkHabit:
    """Which sign parts the decimals in a column; not sure when no number in it tells."""

    mark: str
    is_sure: bool
    why: Reason


def decimal_mark(texts: Iterable[str]) -> MarkHabit:
    """Which of point and comma parts the decimals in a column: told by 1.234,5 or 12,5.

    >>> decimal_mark(["1.234", "12,5"]).mark, decimal_mark(["$1,234,567"]).mark
    (',', '.')
    """
    proof = {".": "", ",": ""}
    ambiguous = ""
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text).strip(".,")
        if mark := _mark_told(digits):
            proof[mark] = proof[mark] or text
        elif "." in digits:
            ambiguous = ambiguous or text
    return _mark_habit(proof, ambiguous)


def _mark_habit(proof: dict[str, str], ambiguous: str) -> MarkHabit:
    if all(proof.values()):
        why = because(
            N_("Both %(one)s and %(other)s occur: two ways of writing numbers are mixed."),
            one=proof["."],
            other=proof[","],
        )
        return MarkHabit(".", is_sure=False, why=why)
    for mark, text in proof.items():
        if text:
            why = because(N_("%(text)s can only be read so."), text=text)
            return MarkHabit(mark, is_sure=True, why=why)
    if ambiguous:
        why = because(N_("%(text)s may be thousands or decimals; none tells."), text=ambiguous)
        return MarkHabit(".", is_sure=False, why=why)
    return MarkHabit(".", is_sure=True, why=because(N_("No number could be read twice.")))


def _mark_told(digits: str) -> str:
    """The decimal mark a number shows by itself, "" when it shows none.

    >>> _mark_told("1.234,5"), _mark_told("1,234,567"), _mark_told("1.234")
    (',', '.', '')
    """
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    whole, mark, rest = digits.partition("." if points else ",")
    is_grouping = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    return "" if is_grouping else mark


def _decimal(text: str, mark: str) -> Decimal | None:
    """A number's digits as a Decimal; None when its groups make no number."""
    digits = re.sub(r"[\s'’]", "T", text.strip())
    mark = _mark_told(digits.replace("T", "")) or mark
    grouped = digits.replace("," if mark == "." else ".", "T")
    whole, _, rest = grouped.partition(mark)
    if not _GROUPS.fullmatch(whole) or (rest and not rest.isdigit()):
        return None
    return Decimal(f"{whole.replace('T', '') or '0'}.{rest}")


def read_money(text: str, mark: str = ".") -> Money | Reason | None:
    """An amount, negative in parentheses or with a minus, with its scale and currency.

    >>> read_money("$1,234,567"), read_money("12.5万"), read_money("(3,50 €)", ",")
    (Money(amount=Decimal('1234567'), currency='USD'), Money(amount=Decimal('125000.0'), \
currency=''), Money(amount=Decimal('-3.50'), currency='EUR'))
    """
    if mark == "." and _PLAIN.fullmatch(text):
        return Money(Decimal(text.replace(",", "")))
    plain = unicodedata.normalize("NFKC", text).strip()
    if says_none(plain):
        return None
    found = _MONEY.fullmatch(plain)
    amount = found and _amount(found, mark)
    if not found or amount is None:
        return because(N_("“%(text)s” is not an amount; write it as 1234.50."), text=text[:80])
    currency = _currency(found)
    if currency is None:
        return because(N_("“%(text)s” names no currency that is known here."), text=text[:80])
    if abs(amount) >= LARGEST:
        return because(N_("“%(text)s” is too large to be an amount."), text=text[:80])
    return Money(amount, currency)


def _amount(found: re.Match[str], mark: str) -> Decimal | None:
    amount = _decimal(found["number"], mark)
    if amount is None or bool(found["open"]) != bool(found["close"]):
        return None
    if power := found["power"]:
        amount = amount.scaleb(int(power[1:]))
    amount *= SCALES[found["scale"].lower()] if found["scale"] else 1
    is_negative = found["open"] or any(
        (found[name] or "+") != "+" for name in ("minus", "minus2", "minus3")
    )
    return -amount if is_negative else amount


def _currency(found: re.Match[str]) -> str | None:
    """The currency a text names, "" when none, None when what it names is unknown."""
    words = [word.upper() for word in (found["before"], found["after"]) if word]
    codes = {word for word in words if word in CURRENCIES} or {SIGNS.get(word) for word in words}
    return (codes.pop() if len(codes) == 1 else None) if codes else ""


def read_currency(text: str) -> str | Reason | None:
    """A currency's code, from the code, a sign or a Chinese name.

    >>> read_currency("人民币"), read_currency("usd")
    ('CNY', 'USD')
    """
    word = unicodedata.normalize("NFKC", text).strip().upper()
    if says_none(word):
        return None
    if word in CURRENCIES or word in SIGNS:
        return SIGNS.get(word, word)
    return because(N_("“%(text)s” is no currency that is known here."), text=text[:80])


def read_number(text: str, mark: str = ".") -> Decimal | Reason | None:
    """A number without a currency.

    >>> read_number("1.234,5", ","), read_number("-")
    (Decimal('1234.5'), None)
    """
    money = read_money(text, mark)
    if isinstance(money, Money):
        if not money.currency:
            return money.amount
        return because(N_("“%(text)s” is money where a number is expected."), text=text[:80])
    return money


def read_integer(text: str, mark: str = ".") -> int | Reason | None:
    """A whole number.

    >>> read_integer("2,822"), read_integer("17.0")
    (2822, 17)
    """
    number = read_number(text, mark)
    if not isinstance(number, Decimal):
        return number
    if number != int(number):
        return because(N_("“%(text)s” is not a whole number."), text=text[:80])
    if abs(number) >= LARGEST_WHOLE:
        return because(N_("“%(text)s” is too large."), text=text[:80])
    return int(number)


def counts_in_percent(texts: Iterable[str]) -> bool:
    """Whether a column of shares counts to 100: told by any number above 1.

    >>> counts_in_percent(["10", "100.0"]), counts_in_percent(["0.1", "1"])
    (True, False)
    """
    numbers = (read_number(text) for text in texts if "%" not in text)
    return any(isinstance(number, Decimal) and number > 1 for number in numbers)


def read_share(text: str, mark: str = ".", *, in_percent: bool = True) -> Decimal | Reason | None:
    """A share from 0 to 1; a per cent sign in the cell says more than the column's habit.

    >>> read_share("9.98%"), read_share("0.6", in_percent=False)
    (Decimal('0.0998'), Decimal('0.6'))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    number = read_number(plain.removesuffix("%").rstrip(), mark)
    if not isinstance(number, Decimal):
        return number
    share = number / 100 if in_percent or plain.endswith("%") else number
    if 0 <= share <= 1:
        return share
    return because(N_("“%(text)s” is not between 0 and 100 %%."), text=text[:80])


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """What a column's name says of its amounts: ×10,000 for 万元, and the currency."""

    scale: int = 1
    currency: str = ""


def header_unit(name: str) -> HeaderUnit:
    """The unit in a column's name, as in "金额（万元）" or "Amount (USD)".

    >>> header_unit("金额（万元）"), header_unit("Amount")
    (HeaderUnit(scale=10000, currency='CNY'), HeaderUnit(scale=1, currency=''))
    """
    found = _UNIT_OF_HEADER.search(unicodedata.normalize("NFKC", name))
    currency = _currency(found) if found else None
    if not found or currency is None:
        return HeaderUnit()
    return HeaderUnit(SCALES[found["scale"].lower()] if found["scale"] else 1, currency)
