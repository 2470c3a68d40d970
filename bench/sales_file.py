"""A file of sales lines as a company might bring it, with our own headers."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from app.db import now

HEAD = ("account", "product", "date", "quantity", "unit_price", "amount", "external_id")
DAYS = 730
PRODUCTS = 60


def write_sales(path: Path, accounts: Sequence[str], count: int) -> Path:
    """So many new lines of these accounts, five to an invoice."""
    chance, on = random.Random("sales"), now().date()
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        for number in range(count):
            day = on - timedelta(days=DAYS - number * DAYS // count)
            quantity, price = chance.randint(1, 40), chance.randint(100, 90_000) / 100
            product = f"Product {chance.randint(1, PRODUCTS)}"
            line = (product, day, quantity, price, round(quantity * price, 2), f"N{number // 5}")
            rows.writerow((chance.choice(accounts), *line))
    return path
