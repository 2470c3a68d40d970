"""The six stages, their milestones and the outcomes of an opportunity. Terms: domain 5."""

from __future__ import annotations

from dataclasses import dataclass

from app.vocabulary import N_, Term


class Stage(Term):
    """The six stages, in order [002]."""

    PROSPECTING = "prospecting", N_("Prospecting")
    QUALIFICATION = "qualification", N_("Qualification")
    PROPOSAL = "proposal", N_("Proposal")
    BIDDING = "bidding", N_("Bidding")
    NEGOTIATION = "negotiation", N_("Negotiation")
    DELIVERY = "delivery", N_("Delivery")


class Outcome(Term):
    """How an opportunity stands: won is signed, closed is won, delivered and accepted."""

    OPEN = "open", N_("Open")
    WON = "won", N_("Won")
    CLOSED = "closed", N_("Delivered and closed")
    LOST = "lost", N_("Lost")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Grade(Term):
    """The grade of a prospect [002]."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


STAGES = tuple(Stage)
LIVE = (Outcome.OPEN, Outcome.WON)
"""What is on the board: deals being sold, and signed ones being delivered."""
ENDED = (Outcome.CLOSED, Outcome.LOST, Outcome.WITHDRAWN)
SIGNED = (Outcome.WON, Outcome.CLOSED)


@dataclass(frozen=True, slots=True)
class StageGuide:
    """What a stage is for: the milestone it is left by, our work, the buyer meanwhile [002]."""

    milestone: str
    work: str
    buyer: str


GUIDES: dict[Stage, StageGuide] = {
    Stage.PROSPECTING: StageGuide(
        N_("Reliable project information"),
        N_("Find leads; judge need, timetable, budget, competition and how they decide; grade A–D"),
        N_("Finds an internal need and sets up a project"),
    ),
    Stage.QUALIFICATION: StageGuide(
        N_("Pre-sales project approved"),
        N_("Sort out organisation and roles, build relations with key people, decide go or no-go"),
        N_("Looks at suppliers for the first time and screens them"),
    ),
    Stage.PROPOSAL: StageGuide(
        N_("Relations with the key people really advanced"),
        N_("Shape the criteria and offer the solution"),
        N_("Sets its buying criteria"),
    ),
    Stage.BIDDING: StageGuide(
        N_("Bid made, or negotiated instead"),
        N_("Tender, or negotiate an offer"),
        N_("Calls for tenders and evaluates them"),
    ),
    Stage.NEGOTIATION: StageGuide(
        N_("Contract approved and signed"),
        N_("Agree the terms, get approval, sign"),
        N_("Commits to buy"),
    ),
    Stage.DELIVERY: StageGuide(
        N_("Accepted, project closed"),
        N_("Install, and have it accepted"),
        N_("Installs and puts to use"),
    ),
}
"""The table of domain 5, word for word where words are short enough."""


def place_of(stage: Stage) -> int:
    """A stage's place in the order, 1…6.

    >>> place_of(Stage.BIDDING)
    4
    """
    return STAGES.index(stage) + 1


def stage_after(stage: Stage) -> Stage | None:
    """The next stage; None after delivery.

    >>> stage_after(Stage.NEGOTIATION).value, stage_after(Stage.DELIVERY)
    ('delivery', None)
    """
    place = place_of(stage)
    return STAGES[place] if place < len(STAGES) else None


def stage_named(text: str | None) -> Stage | None:
    """The stage with an identifier; None for anything else.

    >>> stage_named("bidding") is Stage.BIDDING, stage_named("closing")
    (True, None)
    """
    return Stage(text) if text in set(STAGES) else None
