"""Questions that fit a visit: by role, by the way a person decides, by what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.pipeline.rules import GUIDES, Stage
from app.stakeholders.rules import DecisionStyle, Role, Support
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Met:
    """One of theirs, as far as a question depends on them."""

    id: int
    name: str
    roles: frozenset[Role] = frozenset()
    style: DecisionStyle | None = None
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A question to put; ``key`` says where it is from, and is the same every time."""

    key: str
    words: Reason
    person_id: int | None = None


ROLE_QUESTIONS: dict[Role, str] = {
    Role.DECIDER: N_("%(name)s: what must come of it for those above you to call it a success?"),
    Role.PROPOSER: N_("%(name)s: what has proved right in your experience, and what has not?"),
    Role.GUIDE: N_("%(name)s: whom else should we speak to, and in which order?"),
    Role.EXECUTOR: N_("%(name)s: what costs you the most time every day?"),
    Role.BLOCKER: N_("%(name)s: which limits must an offer keep to before you can agree?"),
    Role.INFLUENCER: N_("%(name)s: whose view counts most among your colleagues?"),
}
"""One question per role, after what its holders care about [001]."""

STYLE_QUESTIONS: dict[DecisionStyle, str] = {
    DecisionStyle.LEADING: N_("%(name)s: which result do you want, and by when?"),
    DecisionStyle.INVOLVING: N_("%(name)s: which departments must agree, and who speaks for them?"),
    DecisionStyle.FOLLOWING: N_("%(name)s: whose experience with this would you trust?"),
    DecisionStyle.CHECKING: N_("%(name)s: what would you need to see proved?"),
}
"""One question per way of deciding [000]."""

ROLE_UNKNOWN: dict[Role, str] = {
    Role.DECIDER: N_("Who settles it in the end, and whose budget is it?"),
    Role.PROPOSER: N_("Whose recommendation is asked for?"),
    Role.GUIDE: N_("Who could advise us on how things are decided here?"),
    Role.EXECUTOR: N_("Who will work with it every day?"),
    Role.BLOCKER: N_("Who could still stop it, and on what grounds?"),
    Role.INFLUENCER: N_("Whom do the others listen to, whatever the title?"),
}
"""What to ask when nobody is known to hold a role [001]."""


def offered_questions(
    people: Sequence[Met],
    missing_roles: Iterable[Role] = (),
    stage: Stage | None = None,
    diagnosis: Iterable[tuple[str, str]] = (),
) -> list[Offered]:
    """What to ask: of the open diagnosis first, then of the map's unknowns, the deal, each person.

    ``diagnosis`` are (key, words) of questions that the plan has no answer to.

    >>> offered_questions([Met(1, "Li", frozenset({Role.GUIDE}), support=Support(1))])[0].key
    'role:guide:1'
    """
    found = [Offered(f"diagnosis:{key}", because(words)) for key, words in diagnosis]
    found += [Offered(f"missing:{role}", Reason(ROLE_UNKNOWN[role])) for role in missing_roles]
    if stage is not None:
        found += _of_deal(stage)
    for person in people:
        found += _of_person(person)
    return found


def _of_deal(stage: Stage) -> list[Offered]:
    milestone = Reason(GUIDES[stage].milestone)
    words = because(N_("What is still missing until this is reached: %(what)s?"), what=milestone)
    return [Offered(f"deal:{stage}", words)]


def _of_person(person: Met) -> Iterable[Offered]:
    name = {"name": person.name}
    for role in Role:
        if role in person.roles:
            yield Offered(f"role:{role}:{person.id}", Reason(ROLE_QUESTIONS[role], name), person.id)
    if not person.roles:
        words = Reason(N_("%(name)s: what is your part in the decision?"), name)
        yield Offered(f"part:{person.id}", words, person.id)
    if person.support is None:
        words = Reason(N_("%(name)s: how do you see working with us?"), name)
        yield Offered(f"stance:{person.id}", words, person.id)
    if person.style is not None:
        words = Reason(STYLE_QUESTIONS[person.style], name)
        yield Offered(f"style:{person.style}:{person.id}", words, person.id)
