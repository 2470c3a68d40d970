"""How old a deal is in its stage, against what is usual there."""

from __future__ import annotations

from app.vocabulary import N_, Term

LONG = 1.5
"""Beyond so many times the norm a deal is long overdue: house convention."""


class Age(Term):
    """Four ages, told by a colour and a word."""

    FRESH = "fresh", N_("fresh")
    USUAL = "usual", N_("within the usual")
    STUCK = "stuck", N_("stuck")
    LONG_STUCK = "long", N_("long stuck")


def age_of(days: int, norm: int | None) -> Age | None:
    """The age of a deal so many days in a stage; None where nobody knows what is usual.

    Fresh up to half the norm, usual up to the norm, stuck beyond, long stuck beyond half as
    much again.

    >>> [age_of(days, 30).value for days in (15, 30, 31, 46)]
    ['fresh', 'usual', 'stuck', 'long']
    """
    if norm is None:
        return None
    if days > norm:
        return Age.LONG_STUCK if days > norm * LONG else Age.STUCK
    return Age.FRESH if days * 2 <= norm else Age.USUAL
