"""What is known around a deal, in words."""

from __future__ import annotations

from app.pipeline.around import Around
from app.stakeholders.rules import Support
from app.vocabulary import N_, Reason, because


def words_of(known: Around) -> tuple[Reason, ...]:
    """Each thing around a deal, and that it is not known where it is not."""
    return (*_deal_words(known), *_people_words(known))


def _deal_words(known: Around) -> tuple[Reason, ...]:
    stay, size = known.against_norm, known.size_class
    return (
        because(N_("no usual time in its stage is known"))
        if stay is None
        else because(N_("its time in stage, %(times)s the usual"), times=f"{stay:.1f} ×"),
        because(N_("the account’s size class is not known"))
        if size is None
        else because(N_("the account’s size class, %(size)s"), size=size),
    )


def _people_words(known: Around) -> tuple[Reason, ...]:
    return (
        because(N_("nobody’s role is known"))
        if known.roles is None
        else because(N_("roles we are in touch with: %(count)d of 6"), count=known.roles),
        because(N_("how the decider stands is not known"))
        if known.support is None
        else because(
            N_("the least willing decider: %(support)s"), support=Support(known.support)
        ),
        _either(known.has_blocker, N_("an open blocker"), N_("no open blocker"),
                N_("whether somebody blocks is not known")),
        _either(known.two_routes, N_("two independent routes to a decider"),
                N_("no two independent routes to a decider"),
                N_("who of ours is in touch is not known")),
        _either(known.is_active, N_("a contact within 60 days"), N_("no contact for 60 days"),
                N_("no contact was ever recorded")),
    )  # fmt: skip


def _either(value: bool | None, yes: str, no: str, unknown: str) -> Reason:
    return because(unknown if value is None else yes if value else no)
