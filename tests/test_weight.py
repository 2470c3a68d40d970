"""Fifty rows weigh less than 40 KiB (docs/design.md): a phone on a train reads them too."""

from __future__ import annotations

from datetime import date, timedelta

from app.db import now
from app.plans.models import Action
from app.stakeholders.models import Observation, Stakeholder

MOST = 40 * 1024
LONG_AGO = date(2026, 1, 1)


def test_fifty_people_and_fifty_actions_weigh_less_than_40_kib(make, ada, browser_for):
    account = make.account("Long Hospital Name 第一人民医院", owner=ada)
    people = [
        Stakeholder(account_id=account.id, name=f"Li Wei 李伟 {number}", title="Head nurse 护士长",
                    department="Radiology 放射科", known_on=LONG_AGO)
        for number in range(50)
    ]  # fmt: skip
    late = [
        Action(account_id=account.id, title=f"Invite the head of department {number}",
               owner_id=ada.id, due_on=LONG_AGO + timedelta(number))
        for number in range(50)
    ]  # fmt: skip
    make.session.add_all([*people, *late])
    make.session.flush()
    make.session.add_all(
        Observation(account_id=account.id, stakeholder_id=one.id, support=1, influence=2,
                    on=LONG_AGO, at=now(), confidence="heard")
        for one in people
    )  # fmt: skip
    make.session.commit()
    browser = browser_for(ada)

    pages = [browser.get(path) for path in (f"/accounts/{account.id}/people", "/actions/")]

    assert [page.text.count('<th scope="row">') for page in pages] == [50, 50]
    assert [len(page.text.encode()) < MOST for page in pages] == [True, True]
