"""The six stages, their milestones and the outcomes of an opportunity. Terms: domain 5."""

from __future__ import annotations

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
