"""The vocabulary of lessons."""

from __future__ import annotations

from datetime import date

from app.vocabulary import N_, Reason, Term, because


class Standing(Term):
    """Whether what a lesson asks for is done."""

    OPEN = "open", N_("To be done")
    DONE = "done", N_("Done")


def problems_acting(action: str, owner_id: int | None, due_on: date | None) -> list[Reason]:
    """Why a lesson's action cannot stand: what is to be done wants a day, and a day something.

    >>> [str(one) for one in problems_acting("Ask for the scoring rules first", 7, None)]
    ['Say by when.']
    >>> problems_acting("", None, None)
    []
    """
    if action and due_on is None:
        return [because(N_("Say by when."))]
    if not action and (due_on or owner_id):
        return [because(N_("Say what is to be done."))]
    return []


def problems_watching(is_empty: bool, advice: str) -> list[Reason]:
    """Why a watch cannot be switched on: it looks for nothing, or says nothing to do."""
    if is_empty:
        return [because(N_("Choose at least one condition."))]
    if not advice:
        return [because(N_("Say what to do when it fires."))]
    return []
