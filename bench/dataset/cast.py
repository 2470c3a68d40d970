"""Our people in the data set: one manager for forty accounts, one director for ten managers."""

from __future__ import annotations

import random
from dataclasses import dataclass

from app.users.models import User
from app.users.rules import UserRole
from app.users.sign_in import hash_password
from bench.dataset.rows import Rows

PASSWORD = "a bench needs no secret"
ACCOUNTS_EACH = 40
MANAGERS_EACH = 10
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文华玉建国志海燕红梅春晓东"


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of our people; the two measured ones are the first manager and the head of sales."""

    head: int
    managers: list[int]
    presales: list[int]

    @property
    def manager(self) -> int:
        """The key-account manager who is measured."""
        return self.managers[0]


def email_of(user_id: int) -> str:
    """Whom to sign in as."""
    return f"person{user_id}@example.com"


def add_cast(rows: Rows, accounts: int) -> Cast:
    """An administrator, a head of sales, directors, managers and pre-sales people."""
    chance = random.Random("cast")
    hashed = hash_password(PASSWORD)

    def add(role: UserRole, leader: int | None) -> int:
        user_id = rows.counts["user"] + 1
        return rows.add(
            User,
            name=person_name(chance),
            email=email_of(user_id),
            role=role,
            manager_id=leader,
            password_hash=hashed,
            session_token=f"{chance.getrandbits(128):032x}",
            language="en",
        )

    add(UserRole.ADMINISTRATOR, None)
    head = add(UserRole.DIRECTOR, None)
    managers: list[int] = []
    for place in range(-(-accounts // ACCOUNTS_EACH)):
        if place % MANAGERS_EACH == 0:
            director = add(UserRole.DIRECTOR, head)
        managers.append(add(UserRole.MANAGER, director))
    presales = [add(UserRole.PRESALES, head) for _ in range(max(len(managers) // 10, 1))]
    return Cast(head, managers, presales)


def person_name(chance: random.Random) -> str:
    """A Chinese name of two or three characters."""
    given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    return chance.choice(SURNAMES) + given
