"""All that a person's page and their panel beside the map show."""

from __future__ import annotations

from typing import Any

from app import db
from app.access import EDIT, can
from app.accounts.models import Account
from app.stakeholders.dealing import ROLE_GUIDES, advice
from app.stakeholders.disagreement import disagreement
from app.stakeholders.forms import CoverForm, JudgeForm, RolesForm, TieForm
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.models import Stakeholder
from app.stakeholders.our_queries import criteria
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
from app.stakeholders.queries import deal_choices, person_choices, team_choices
from app.stakeholders.rules import Approach, DecisionStyle, Value
from app.stakeholders.standing import Standing, standing
from app.stakeholders.views.blueprint import deal_asked
from app.web import today


def person_page(person: Stakeholder, account: Account, **forms: Any) -> dict[str, Any]:
    """All that a person's page shows; ``forms`` are those that came back invalid."""
    session, on = db.session(), today()
    deal_id, deal = deal_asked(account.id)
    held = holding_rows(session, person.id)
    judged = judgement_rows(session, person.id)
    ties, coverage = tie_rows(session, person.id), coverage_rows(session, person.id, on)
    now = standing(held, judged, on, deal_id)
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
        ),
        "criteria": criteria(session, person.id, deal_id),
        **_about(person, now, is_met=any(one.until is None for one in coverage)),
        **(_forms(person, now) | forms if can(EDIT) else {}),
    }


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
    }
