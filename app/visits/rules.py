"""The vocabulary of visits. Terms: domain 6."""

from __future__ import annotations

from app.vocabulary import N_, Term


class Channel(Term):
    """How the contact happens."""

    IN_PERSON = "in_person", N_("In person")
    CALL = "call", N_("Call")
    VIDEO = "video", N_("Video")
    LETTER = "letter", N_("Letter")
    EVENT = "event", N_("Event")


class Commitment(Term):
    """Whether the customer gave what was sought."""

    YES = "yes", N_("Given")
    PART = "part", N_("Given in part")
    NO = "no", N_("Not given")
