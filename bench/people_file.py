"""A file of people as a company might bring it, with our own headers."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from app.stakeholders.rules import Role
from bench.dataset.cast import person_name
from bench.dataset.people import DEPARTMENTS, TITLES

ACCOUNTS = 40
HEAD = ("account", "name", "title", "department", "unit", "level", "reports_to", "role")
JUDGED = ("support", "influence")


def write_people(path: Path, count: int) -> Path:
    """So many new people at forty new accounts, with managers, roles and judgements."""
    chance = random.Random("people")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow((*HEAD, *JUDGED))
        for number in range(count):
            rows.writerow(_person(number, chance))
    return path


def _person(number: int, chance: random.Random) -> tuple[object, ...]:
    place, rank = number % ACCOUNTS, number // ACCOUNTS
    roles = sorted({chance.choice(list(Role)) for _ in range(chance.choice((0, 1, 2)))})
    return (
        f"New account {place}",
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
