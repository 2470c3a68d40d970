"""How to tell a role, what its holder cares about, and how to deal with a style [000][001]."""

from __future__ import annotations

from dataclasses import dataclass

from app.stakeholders.rules import DecisionStyle, Role
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class RoleGuide:
    """What a role is after, the signs by which it is told, and its holder's usual cares."""

    orientation: str
    signs: tuple[str, ...]
    cares: tuple[str, ...]


ROLE_GUIDES: dict[Role, RoleGuide] = {
    Role.DECIDER: RoleGuide(
        N_("Results"),
        (
            N_("Settles it and owns the budget"),
            N_("Can overturn others"),
            N_("People fall silent when they speak, and seek their approval"),
        ),
        (
            N_("Recognition and trust from above"),
            N_("The institution's reputation"),
            N_("Legal and business exposure"),
            N_("Personal safety, name and interest"),
            N_("Financial and internal health"),
            N_("Customers' needs"),
            N_("People and business planning"),
            N_("Handling crises, public relations, acceptance by other organisations"),
            N_("Your credibility from past dealings"),
        ),
    ),
    Role.PROPOSER: RoleGuide(
        N_("Experience"),
        (
            N_("The decider asks for their view"),
            N_("Ready to recommend, usually from experience"),
            N_("Has staff in the evaluation"),
            N_("Dislikes open confrontation but likes control; speaks up early"),
        ),
        (N_("Being proved right by practice"), N_("Standing"), N_("Having a say early")),
    ),
    Role.GUIDE: RoleGuide(
        N_("Helping"),
        (
            N_("One of the advisers; meets one to one"),
            N_("Backs you as a mentor, for the satisfaction of it"),
            N_("Experienced, confident, respected by the group"),
        ),
        (N_("Personal satisfaction"), N_("Being useful"), N_("Your candour")),
    ),
    Role.EXECUTOR: RoleGuide(
        N_("Performance"),
        (N_("Runs or uses it every day"),),
        (N_("What makes the work easier and the figures better"),),
    ),
    Role.BLOCKER: RoleGuide(
        N_("Practicality"),
        (N_("Sets limits and conditions, can stop it: purchasing, finance, law"),),
        (
            N_("Cost control and profit"),
            N_("The bonus of the person or the department"),
            N_("Payment terms, actual against budget"),
            N_("Number of orders, return policy"),
            N_("Shelf space, turnover, price"),
        ),
    ),
    Role.INFLUENCER: RoleGuide(
        N_("Relationships"),
        (N_("Others listen, whatever the title"),),
        (N_("Relationships"), N_("Standing")),
    ),
}
"""The six roles as the course tells them [001]."""

STYLE_ADVICE: dict[DecisionStyle, Reason] = {
    DecisionStyle.LEADING: because(
        N_("Goal-minded and fast, cares for value rather than relations: be brief and direct")
    ),
    DecisionStyle.INVOLVING: because(
        N_(
            "Calls in others: build relations with those departments, and let them mediate in "
            "a conflict"
        )
    ),
    DecisionStyle.FOLLOWING: because(
        N_("Wants safety and agreement with peers: bring in our own executives, with tact")
    ),
    DecisionStyle.CHECKING: because(N_("Task, precision, logic: show that it fits the use")),
}
"""How to deal with each style of deciding [000]."""


def advice(roles: frozenset[Role], style: DecisionStyle | None, *, is_met: bool) -> list[Reason]:
    """How to deal with a person, by style, role and whether any of ours knows them.

    >>> [str(one) for one in advice(frozenset({Role.BLOCKER}), None, is_met=True)][0]
    'Ask for their help and tell them first; give them credit with their chief'
    """
    found = [STYLE_ADVICE[style]] if style else []
    if Role.BLOCKER in roles:
        found += GATEKEEPER
    if Role.GUIDE in roles:
        found.append(because(N_("The most valuable source of information: develop with care")))
    return found if is_met else [*found, NO_RELATION]


GATEKEEPER = [
    because(N_("Ask for their help and tell them first; give them credit with their chief")),
    because(N_("Never leave them out; outside the deciding group, do not start from them")),
]
NO_RELATION = because(
    N_(
        "No relation yet: ask for an introduction, ask what interests them, write a letter, "
        "bring an analysis or a third party"
    )
)
