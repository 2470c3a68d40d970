"""What holds for the whole company: its money, its rates, the language people begin with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

COMPANY = "company"
HOME = "CNY"
"""The currency that size classes count in [000]."""


@dataclass(frozen=True, slots=True)
class Company:
    """``rates`` say how many CNY one of another currency is worth."""

    currency: str = HOME
    language: str | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, currency: str) -> Decimal | None:
        """CNY for one of a currency; None when nobody has set it."""
        return Decimal(1) if currency == HOME else self.rates.get(currency)


def company_from(text: str | None) -> Company:
    """The company's settings as kept; the defaults when none are.

    >>> company_from(None).rate("CNY")
    Decimal('1')
    """
    if text is None:
        return Company()
    kept = json.loads(text)
    rates = {currency: Decimal(rate) for currency, rate in kept["rates"].items()}
    return Company(kept["currency"], kept["language"], rates)


def company_text(company: Company) -> str:
    """The settings as they are kept."""
    rates = {currency: str(rate) for currency, rate in company.rates.items()}
    return json.dumps({"currency": company.currency, "language": company.language, "rates": rates})


def rates_from(typed: str) -> dict[str, Decimal]:
    """Rates as people type them, a currency and a number a line; ValueError names a bad line.

    >>> rates_from("USD 7.1")
    {'USD': Decimal('7.1')}
    """
    lines = (line.strip() for line in typed.splitlines())
    return dict(_rate(line) for line in lines if line)


def _rate(line: str) -> tuple[str, Decimal]:
    code, _, number = line.replace("=", " ").partition(" ")
    try:
        rate = Decimal(number.strip())
    except InvalidOperation:
        raise ValueError(line) from None
    if not rate.is_finite():
        raise ValueError(line)
    if len(code) != 3 or not code.isascii() or not code.isalpha() or not 0 < rate < 10**9:
        raise ValueError(line)
    return code.upper(), rate


def rates_text(rates: Mapping[str, Decimal]) -> str:
    """Rates as a person types them.

    >>> rates_text({"USD": Decimal("7.1"), "EUR": Decimal(8)})
    'EUR 8\\nUSD 7.1'
    """
    return "\n".join(f"{currency} {rate}" for currency, rate in sorted(rates.items()))
