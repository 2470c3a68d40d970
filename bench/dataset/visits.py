"""An account's visits in the data set, most of them held."""

from __future__ import annotations

from app.visits.models import Visit, VisitColleague, VisitPerson
from app.visits.rules import Channel, Commitment
from bench.dataset.place import Place

VISITS = 25


def add_visits(place: Place, people: list[int], deals: list[int]) -> None:
    """The visits of an account over two years."""
    chance = place.chance
    for _ in range(VISITS):
        days = chance.randrange(-14, 700)
        held = place.ago(days) if days > 3 or (days > 0 and chance.random() < 0.7) else None
        promised = held is not None and chance.random() < 0.3
        visit_id = place.add(
            Visit,
            opportunity_id=chance.choice([*deals, None]),
            user_id=place.owner,
            on=place.ago(days),
            channel=chance.choice(list(Channel)),
            purpose="Agree the tender's criteria",
            commitment_sought="A date with the director",
            held_on=held,
            commitment=chance.choice(list(Commitment)) if held else None,
            outcome="They want the offer by the end of the month" if held else "",
            next_step="Send the comparison" if promised else "",
            next_step_on=place.ago(days - 10) if promised else None,
            next_step_done_on=place.ago(days - 9) if promised and days > 30 else None,
        )
        for person_id in chance.sample(people, min(len(people), chance.choice((1, 1, 2)))):
            place.rows.add(VisitPerson, visit_id=visit_id, stakeholder_id=person_id)
        if place.helper not in (None, place.owner) and chance.random() < 0.2:
            place.rows.add(VisitColleague, visit_id=visit_id, user_id=place.helper)
