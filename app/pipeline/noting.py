"""The vocabulary of what is noted beside a deal."""

from __future__ import annotations

from app.vocabulary import N_, Term


class NoteKind(Term):
    """What was said: a note of ours, or a no of theirs."""

    NOTE = "note", N_("Note")
    NO = "no", N_("They said no")


class Position(Term):
    """Where a competitor stands against us in a deal."""

    AHEAD = "ahead", N_("Ahead of us")
    LEVEL = "level", N_("Level with us")
    BEHIND = "behind", N_("Behind us")


class Favours(Term):
    """In whose favour a criterion works."""

    US = "us", N_("For us")
    NEITHER = "neither", N_("For neither")
    RIVAL = "rival", N_("For a competitor")
