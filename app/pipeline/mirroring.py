"""The buyer's stage beside ours: each of our stages has its like on the buyer's side [002]."""

from __future__ import annotations

from app.pipeline.rules import Stage, place_of
from app.vocabulary import N_, Reason, because

BUYER = "buyer"
"""The subject of a reading that says where the buyer is; its value is our stage like theirs."""


def disagreement(ours: Stage, theirs: Stage | None) -> Reason | None:
    """Why our stage and the buyer's cannot both be right; None when they agree or theirs is unknown.

    >>> str(disagreement(Stage.BIDDING, Stage.QUALIFICATION))
    'We are 2 stages ahead of the buyer: what we call progress they have not done.'
    >>> disagreement(Stage.PROPOSAL, Stage.PROPOSAL) is None
    True
    """  # noqa: E501
    if theirs is None:
        return None
    steps = place_of(ours) - place_of(theirs)
    if steps == 0:
        return None
    if abs(steps) == 1:
        return because(AHEAD_ONE if steps > 0 else BEHIND_ONE)
    return because(AHEAD if steps > 0 else BEHIND, count=abs(steps))


AHEAD_ONE = N_("We are a stage ahead of the buyer: what we call progress they have not done.")
AHEAD = N_("We are %(count)s stages ahead of the buyer: what we call progress they have not done.")
BEHIND_ONE = N_("The buyer is a stage ahead of us: they go on, and perhaps with somebody else.")
BEHIND = N_(
    "The buyer is %(count)s stages ahead of us: they go on, and perhaps with somebody else."
)
