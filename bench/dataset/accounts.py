"""One account of the data set with all that hangs on it, the same at every scale."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from app.accounts.models import (
    Account,
    Appraisal,
    FactorScore,
    KeyTestAnswer,
    Membership,
    Rival,
    SizeClassReading,
    ValueReading,
)
from app.accounts.rules import Aspect, KeyTest, Loyalty, Ownership, RelationshipStage, SizeClass
from app.history import Change
from app.records.models import Sale
from app.users.rules import Level
from bench.dataset.cast import ACCOUNTS_EACH, Cast
from bench.dataset.deals import DEALS, add_deals
from bench.dataset.looking_back import add_retrospective
from bench.dataset.people import add_people
from bench.dataset.place import Place, at
from bench.dataset.plans import add_plan
from bench.dataset.rows import Rows
from bench.dataset.visits import add_visits

PRODUCTS = 60
SALES = 30
CITIES = ("上海", "杭州", "广州", "成都", "武汉", "南京", "西安", "青岛", "长沙", "苏州")
KINDS = ("第一人民医院", "中心医院", "医药连锁", "医疗集团", "妇幼保健院", "医药商业")


def add_account(rows: Rows, number: int, cast: Cast, on: date, deals: int = DEALS) -> None:
    """The account ``number`` with its people, so many deals, visits, plan and records."""
    chance, ours = random.Random(number), random.Random(f"ours {number}")
    owner = cast.managers[number // ACCOUNTS_EACH]
    helper = ours.choice(cast.managers) if ours.random() < 0.3 else None
    account_id = _account(rows, number, chance)
    place = Place(rows, number, account_id, owner, helper, on, chance, deals)
    _team(place, ours.choice(cast.presales))
    _profile(place)
    people = add_people(place)
    found = add_deals(place)
    add_visits(place, people, found)
    if number == 0:
        add_retrospective(place, found[-1], people)
    _sales(place)
    add_plan(place)
    _changes(place)


def _account(rows: Rows, number: int, chance: random.Random) -> int:
    city = chance.choice(CITIES)
    name = f"{city}{chance.choice(KINDS)} {number + 1}"
    other = f"Hospital group {number + 1}"
    account_id = rows.add(
        Account,
        external_id=f"A{number + 1}",
        name=name,
        other_name=other,
        parent_id=chance.randrange(number) + 1 if number and chance.random() < 0.1 else None,
        kind=chance.choice(("core", "important", None)),
        segment=chance.choice(("wholesale", "retail")),
        chain_position="downstream",
        buyer_kind="first_terminal",
        ownership=chance.choice(list(Ownership)),
        loyalty=chance.choice(list(Loyalty)),
        size_class=chance.choice(list(SizeClass)),
        relationship_stage=chance.choice([*RelationshipStage, None]),
        industry="Health care",
        region=chance.choice(("East", "South", "West", "North")),
        city=city,
        employees=chance.randrange(50, 5000),
        annual_revenue=Decimal(chance.randrange(10**6, 10**9)),
    )
    rows.name("account", account_id, account_id, name, other)
    return account_id


def _team(place: Place, reader: int) -> None:
    seats = {reader: Level.READ, place.owner: Level.OWN}
    if place.helper is not None:
        seats.setdefault(place.helper, Level.EDIT)
    for user_id, level in seats.items():
        place.add(Membership, user_id=user_id, level=level)


def _profile(place: Place) -> None:
    chance = place.chance
    for test in chance.sample(list(KeyTest), 8):
        is_yes = chance.random() < 0.6
        place.add(KeyTestAnswer, test=test, is_yes=is_yes, evidence="Review", on=place.ago(90))
    for factor in ("sales", "potential"):
        place.add(FactorScore, factor=factor, score=chance.randrange(1, 100), on=place.ago(80))
    for aspect in Aspect:
        judgement = chance.randrange(1, 5)
        place.add(
            Appraisal, aspect=aspect, judgement=judgement, on=place.ago(60), user_id=place.owner
        )
    for days in (300, 120):
        gain, cost, expected = (chance.randrange(1, 10) for _ in range(3))
        place.add(ValueReading, on=place.ago(days), gain=gain, cost=cost, expected=expected)
    place.add(Rival, name=chance.choice(("Kangsheng", "Maiyuan")), share=Decimal("0.3"))
    since = place.ago(365)
    place.add(
        SizeClassReading,
        on=place.ago(30), since=since, monthly_sales=Decimal(30), size_class="A",
    )  # fmt: skip


def _sales(place: Place) -> None:
    for _ in range(SALES):
        amount = Decimal(place.chance.randrange(500, 90_000))
        place.add(
            Sale,
            product_id=place.chance.randrange(PRODUCTS) + 1,
            on=place.ago(place.chance.randrange(730)),
            quantity=Decimal(place.chance.randrange(1, 40)),
            amount=amount,
            cost=amount * 7 / 10,
        )


def _changes(place: Place) -> None:
    for days in range(20, 220, 20):
        place.add(
            Change,
            at=at(place.ago(days)),
            user_id=place.owner,
            entity="account",
            entity_id=place.account_id,
            act="changed",
            title="An account",
            columns={"city": ["上海", "杭州"]},
        )
