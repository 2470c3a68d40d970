"""A retrospective of one deal, of which more than five hundred things are told."""

from __future__ import annotations

from app.pipeline.deal_models import DealNote
from app.retrospectives.models import RetroMember, RetroNote, Retrospective
from app.retrospectives.rules import Kind
from app.stakeholders.models import Observation
from bench.dataset.place import Place, at

SAID = 500
JUDGED = 60
DAYS = 100
NOTES = 24


def add_retrospective(place: Place, deal_id: int, people: list[int]) -> None:
    """What was said of a deal and thought of its people, and a session that is open."""
    here = {"opportunity_id": deal_id, "user_id": place.owner}
    for number in range(SAID):
        on = place.ago(DAYS - number % DAYS)
        words = f"Said in call {number}"
        place.add(DealNote, **here, on=on, at=at(on), kind="note", words=words)
    for number in range(JUDGED):
        on, person = place.ago(DAYS - number), people[number % len(people)]
        judged = {"support": number % 5 - 2, "confidence": "heard", "user_id": place.owner}
        place.add(Observation, stakeholder_id=person, on=on, at=at(on), **judged)
    _session(place, here)


def _session(place: Place, here: dict[str, int]) -> None:
    moment = at(place.on)
    stamps = {"made_at": moment, "begun_at": moment, "opened_at": moment, "acted_at": moment}
    retro = place.add(Retrospective, **here, **stamps, kind=Kind.LOSS)
    own = {"retrospective_id": retro, "user_id": place.owner}
    place.rows.add(RetroMember, **own, joined_at=moment)
    for number in range(NOTES):
        place.rows.add(RetroNote, **own, factor="price", words=f"Cause {number}", at=moment)
