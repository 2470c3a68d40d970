"""The demo workspace, built into an empty database in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.models import Account, KeyTestAnswer, Membership
from app.accounts.rules import KeyTest
from app.demo.accounts import CUSTOMERS, Customer
from app.demo.beside import add_beside
from app.demo.cases import add_cases
from app.demo.cast import COLLEAGUES, DOMAIN, PASSWORD
from app.demo.deals import Story, add_deal, stories
from app.demo.doing import add_doing
from app.demo.forecasts import add_forecasts, lock_forecasts
from app.demo.helping import add_helping
from app.demo.lessons import add_lessons, let_watches_look
from app.demo.people import Known, add_people
from app.demo.profile import add_profile
from app.demo.retrospectives import add_retrospectives
from app.demo.rows import Rows
from app.demo.thoughts import add_templates, add_thoughts
from app.demo.today import add_today
from app.demo.trade import add_classes, add_products, add_sales
from app.demo.trading import add_trading
from app.demo.turns import tell
from app.demo.visits import add_visits
from app.demo.warnings import add_warnings
from app.demo.work import add_plans
from app.exchange.archive import restart_numbers
from app.history import Change
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.pipeline.spans import renew_all as renew_spans
from app.search import SearchKey
from app.stakeholders.last_contact import renew_all
from app.stakeholders.models import Stakeholder
from app.stakeholders.portfolio_jobs import summaries
from app.stakeholders.portfolio_queries import fingerprints
from app.users.models import User
from app.users.rules import Level, UserRole
from app.users.sign_in import hash_password

SEED = 20_260_301
DEALS = {"first": 8, "hailing": 7, "hualan": 7, "yunxi": 6, "dongchuan": 6, "mingzhou": 6}
VISITS = {"first": 34, "hailing": 24, "hualan": 22, "yunxi": 20, "baicao": 24, "mingzhou": 18}
RICHNESS = {"first": 7, "hailing": 5, "yunxi": 4, "hualan": 6, "jinhe": 0, "qingpu": 1, "linhu": 2}

Step = Callable[[int], None]


def fill(session: Session, on: date, step: Step = lambda _done: None) -> int:
    """Write the demo of a day into an empty database; gives the number of rows."""
    rows = Rows(on, random.Random(SEED))  # noqa: S311 - believable, not secret
    ours = _colleagues(rows)
    add_products(rows)
    add_templates(rows)
    people: dict[str, dict[str, Known]] = {}
    for place, customer in enumerate(CUSTOMERS, start=1):
        _account(rows, customer, ours)
        people[customer.key] = add_people(rows, place, customer, ours)
        add_sales(rows, place, customer)
        add_classes(rows, place, customer, ours)
        _deals(rows, place, customer, ours)
        add_profile(rows, place, customer, ours)
        add_plans(rows, place, customer, ours, RICHNESS.get(customer.key, 3))
        add_thoughts(rows, place, customer, ours, RICHNESS.get(customer.key, 3))
        add_visits(rows, place, customer, ours, people[customer.key], VISITS.get(customer.key, 11))
        add_doing(rows, place, customer, ours, people[customer.key])
        add_trading(rows, place, customer, ours)
        add_cases(rows, place, customer, ours)
        add_helping(rows, place, customer, ours, people[customer.key])
        step(1)
    add_beside(rows, people, ours)
    add_retrospectives(rows, people, ours)
    add_today(rows)
    tell(rows, people, ours)
    add_forecasts(rows, ours)
    add_lessons(rows)
    count = rows.write(session)
    restart_numbers(session.connection())  # what follows is numbered by the database
    renew_spans(session.connection())
    let_watches_look(session, on)
    lock_forecasts(session, rows)
    _make_findable(rows, session)
    renew_all(session.connection())
    session.add_all(summaries(session, list(fingerprints(session).items()), on, rows.at(on, 0)))
    session.flush()
    add_warnings(session, rows)
    restart_numbers(session.connection())
    return count


def _colleagues(rows: Rows) -> dict[str, int]:
    hashed = hash_password(PASSWORD)
    ours: dict[str, int] = {}
    for one in COLLEAGUES:
        ours[one.key] = rows.add(
            User,
            email=f"{one.key}@{DOMAIN}",
            name=one.name,
            role=one.role,
            office=one.office,
            manager_id=ours.get(one.leader),
            password_hash=hashed,
            session_token=f"{rows.chance.getrandbits(128):032x}",
            language=one.language,
        )
    return ours


def _account(rows: Rows, customer: Customer, ours: dict[str, int]) -> None:
    parents = [place for place, one in enumerate(CUSTOMERS, start=1) if one.key == customer.parent]
    account_id = rows.add(
        Account,
        external_id=f"RA-{customer.key}",
        name=customer.name,
        other_name=customer.other_name,
        parent_id=parents[0] if parents else None,
        **customer.profile,
    )
    rows.add(Membership, account_id=account_id, user_id=ours[customer.owner], level=Level.OWN)
    readers = {one.key for one in COLLEAGUES if one.role is UserRole.READER}
    for key in customer.team:
        level = Level.READ if key in readers else Level.EDIT
        rows.add(Membership, account_id=account_id, user_id=ours[key], level=level)
    opened = rows.ago(740)
    rows.add(
        Change, at=rows.at(opened), user_id=ours[customer.owner], account_id=account_id,
        entity="account", entity_id=account_id, act="created", title=customer.name,
        columns={"name": [None, customer.name]},
    )  # fmt: skip
    for place, test in enumerate(KeyTest):
        if (place * 5 + account_id) % 4:
            rows.add(
                KeyTestAnswer, account_id=account_id, test=test, on=rows.ago(200),
                is_yes=customer.profile["kind"] == "core" or (place + account_id) % 3 > 0,
                evidence="年度评审 Yearly review",
            )  # fmt: skip


def _deals(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> None:
    count = DEALS.get(customer.key, 4)
    told = stories(rows, customer, count)
    if customer.key == "dongchuan":  # lost late, a milestone skipped: what Mingzhou now resembles
        told[-2] = Story(210, 3, Outcome.LOST, 1.1, override_at=2, pushes=2)
    if customer.key == "mingzhou":
        told[-1] = Story(190, 2, Outcome.OPEN, 1.3, override_at=2, pushes=2)
    for place, story in enumerate(told):
        add_deal(rows, account_id, customer, ours, story, account_id + place * 3)


def _make_findable(rows: Rows, session: Session) -> None:
    keys = [
        *rows.named("account", Account, "name", "other_name"),
        *rows.named("stakeholder", Stakeholder, "name", "other_name"),
        *rows.named("opportunity", Opportunity, "name"),
    ]
    session.execute(insert(SearchKey), keys)
