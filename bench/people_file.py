"""A file of people as a company might bring it, with our own headers."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Account
from app.db import make_engine
from app.stakeholders.rules import Role
from bench.dataset.cast import person_name
from bench.dataset.people import DEPARTMENTS, TITLES

HEAD = ("account", "name", "title", "department", "unit", "level", "reports_to", "role")
JUDGED = ("support", "influence")


def write_people(path: Path, accounts: Sequence[str], count: int) -> Path:
    """So many new people at these accounts, with roles and judgements."""
    chance = random.Random("people")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow((*HEAD, *JUDGED))
        for number in range(count):
            account, rank = accounts[number % len(accounts)], number // len(accounts)
            rows.writerow((account, *_person(rank, chance)))
    return path


def _person(rank: int, chance: random.Random) -> tuple[object, ...]:
    roles = sorted({chance.choice(list(Role)) for _ in range(chance.choice((0, 1, 2)))})
    return (
        f"{person_name(chance)} {rank}",
        chance.choice(TITLES),
        chance.choice(DEPARTMENTS),
        "",
        min(rank + 1, 4),
        "",
        ";".join(roles),
        chance.choice((-2, -1, 0, 1, 2)),
        chance.choice((0, 1, 2, 3)),
    )


def account_names(url: str) -> list[str]:
    """Where the people who are imported work."""
    engine = make_engine(url)
    with engine.connect() as connection:
        names = list(connection.scalars(select(Account.name).order_by(Account.id).limit(40)))
    engine.dispose()
    return names
