"""How to stand to an account, in words: by its kind, its owner and its loyalty [000][004]."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.rules import AccountKind, Loyalty, Ownership
from app.vocabulary import N_, Reason, Term, because


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and the fact it follows from."""

    what: Reason
    since: Term


BY_OWNERSHIP = {
    Ownership.STATE: N_("Lead with service."),
    Ownership.PRIVATE: N_("Lead with value."),
}
BY_LOYALTY = {
    Loyalty.LOYAL: N_("Give added value, and think long-term."),
    Loyalty.SEMI_LOYAL: N_(
        "Weigh added value against the near-term benefit, and find what is missing to loyalty."
    ),
    Loyalty.DISLOYAL: N_("Think of the near-term benefit."),
}
"""The handbook [000] speaks of loyal and disloyal; what lies between is house convention."""
BY_KIND = {
    AccountKind.CORE: N_("Treat it as a strategic ally: first in line for policy and money."),
    AccountKind.IMPORTANT: N_(
        "Treat it as a partner, a step below in investment; promote it once it shares our way."
    ),
}


def stance(
    kind: AccountKind | None, ownership: Ownership | None, loyalty: Loyalty | None
) -> list[Advice]:
    """What follows from each fact that is known; nothing from those that are not.

    >>> [str(advice.what) for advice in stance(None, Ownership.STATE, Loyalty.DISLOYAL)]
    ['Lead with service.', 'Think of the near-term benefit.']
    """
    said = []
    if ownership is not None:
        said.append(Advice(because(BY_OWNERSHIP[ownership]), ownership))
    if loyalty is not None:
        said.append(Advice(because(BY_LOYALTY[loyalty]), loyalty))
    if kind is not None:
        said.append(Advice(because(BY_KIND[kind]), kind))
    return said
