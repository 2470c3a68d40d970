"""How far a seller commits to a deal: said on a day, and held to it afterwards."""

from __future__ import annotations

from app.vocabulary import N_, Term


class Call(Term):
    """What a seller says of an open deal in a period, the surest first."""

    COMMIT = "commit", N_("Commit")
    BEST = "best", N_("Best case")
    PIPELINE = "pipeline", N_("In the pipeline")
    OMITTED = "omitted", N_("Left out")


def call_named(text: str | None) -> Call | None:
    """The call with an identifier; None for anything else.

    >>> call_named("commit") is Call.COMMIT, call_named("sure")
    (True, None)
    """
    return Call(text) if text in set(Call) else None
