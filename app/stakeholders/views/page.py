"""All that a person's page and their panel beside the map show."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import db
from app.access import EDIT, can
from app.accounts.forms import ValueForm
from app.accounts.models import Account
from app.accounts.value_surplus import surplus
from app.stakeholders.dealing import ROLE_GUIDES, advice
from app.stakeholders.disagreement import disagreement
from app.stakeholders.forms import CoverForm, JudgeForm, RolesForm, TieForm
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.models import Stakeholder
from app.stakeholders.our_queries import criteria, values_of_person
from app.stakeholders.our_ties import rhythm_days, suggested_approach
from app.stakeholders.person_queries import (
    change_rows,
    contact_rows,
    coverage_rows,
    holding_rows,
    judgement_rows,
    tie_rows,
)
from app.stakeholders.person_story import story
from app.stakeholders.post_queries import post_rows, task_rows
from app.stakeholders.queries import deal_choices, person_choices, team_choices
from app.stakeholders.rules import Approach, DecisionStyle, Value
from app.stakeholders.standing import Standing, standing
from app.stakeholders.views.blueprint import deal_asked
from app.web import today

VALUE = "value"
"""What the names of the fields of perceived value begin with, beside other forms."""


def person_page(person: Stakeholder, account: Account, **forms: Any) -> dict[str, Any]:
    """All that a person's page shows; ``forms`` are those that came back invalid."""
    session, on = db.session(), today()
    deal_id, deal = deal_asked(account.id)
    held = holding_rows(session, person.id)
    judged = judgement_rows(session, person.id)
    ties, coverage = tie_rows(session, person.id), coverage_rows(session, person.id, on)
    now, posts = standing(held, judged, on, deal_id), post_rows(session, person.id)
    return {
        "person": person,
        "account": account,
        "deal_id": deal_id,
        "deal": deal,
        "now": now,
        "judged": judged,
        "dispute": disagreement(judged, on),
        "ties": ties,
        "coverage": coverage,
        "events": story(
            held,
            judged,
            ties,
            contact_rows(session, person.id),
            change_rows(session, person.id),
            posts=posts,
        ),
        "posts": posts,
        "tasks": task_rows(session, person.id),
        "is_new": _is_new(person, on),
        "criteria": criteria(session, person.id, deal_id),
        "readings": [(row, surplus(row.fact)) for row in values_of_person(session, person.id)],
        **_about(person, now, is_met=any(one.until is None for one in coverage)),
        **(_forms(person, now) | forms if can(EDIT) else {}),
    }


def _is_new(person: Stakeholder, on: date) -> bool:
    """Whether somebody took their post, or came to be known, of late."""
    day = person.since or person.known_on
    is_here = person.left_on is None and not person.is_placeholder
    return is_here and day is not None and 0 <= (on - day).days <= MapSettings().new_in_post_days


def _about(person: Stakeholder, now: Standing, *, is_met: bool) -> dict[str, Any]:
    """How to deal with a person."""
    fact = _fact(person, now)
    return {
        "guides": [(role, ROLE_GUIDES[role]) for role in now.roles],
        "advice": advice(
            frozenset(now.roles),
            DecisionStyle(person.style) if person.style else None,
            is_met=is_met,
        ),
        "approach": Approach(person.approach) if person.approach else suggested_approach(fact),
        "rhythm": rhythm_days(fact, MapSettings()),
        "values": [Value(one) for one in person.values or ()],
    }


def _fact(person: Stakeholder, now: Standing) -> PersonFact:
    return PersonFact(
        person.id,
        person.name,
        roles=frozenset(now.roles),
        support=now.support,
        influence=now.influence,
        rhythm_days=person.rhythm_days,
    )


def _forms(person: Stakeholder, now: Standing) -> dict[str, Any]:
    session = db.session()
    people = person_choices(session, person.account_id)
    judge = JudgeForm(formdata=None, on=today(), opportunity=now.opportunity_id or 0)
    judge.offer_deals(deal_choices(session, person.account_id))
    tie = TieForm(formdata=None)
    tie.offer(people, person.id)
    cover = CoverForm(formdata=None, contact_on=today())
    cover.offer(team_choices(session, person.account_id))
    return {
        "judge": judge,
        "roles_form": RolesForm(formdata=None, roles=[role.value for role in now.roles]),
        "tie_form": tie,
        "cover_form": cover,
        "value_form": ValueForm(formdata=None, prefix=VALUE, on=today()),
    }
