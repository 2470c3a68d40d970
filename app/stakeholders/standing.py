"""What counts for one person today, told from all that was ever said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.stakeholders.person_facts import HoldingRow, JudgementRow
from app.stakeholders.rules import Influence, Role, Support


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles, support and influence, on the account or in one opportunity.

    ``own_roles`` and ``own_support`` say that the opportunity has its own.
    """

    roles: tuple[Role, ...]
    support_judged: JudgementRow | None
    influence_judged: JudgementRow | None
    opportunity_id: int | None
    own_roles: bool
    own_support: bool

    @property
    def support(self) -> Support | None:
        """None when nobody has judged it."""
        return self.support_judged.support if self.support_judged else None

    @property
    def influence(self) -> Influence | None:
        """None when nobody has judged it."""
        return self.influence_judged.influence if self.influence_judged else None


def standing(
    held: Sequence[HoldingRow],
    judged: Sequence[JudgementRow],
    on: date,
    opportunity_id: int | None = None,
) -> Standing:
    """What counts on a day; ``judged`` newest first. The opportunity's own comes first."""
    holds = [one for one in held if one.since <= on and (one.until is None or one.until > on)]
    own = [one for one in holds if opportunity_id and one.opportunity_id == opportunity_id]
    counted = own or [one for one in holds if one.opportunity_id is None]
    seen = [one for one in judged if one.on <= on]
    support = _newest((one for one in seen if one.support is not None), opportunity_id)
    influence = _newest((one for one in seen if one.influence is not None), opportunity_id)
    roles = {one.role for one in counted}
    return Standing(
        roles=tuple(role for role in Role if role in roles),
        support_judged=support,
        influence_judged=influence,
        opportunity_id=opportunity_id,
        own_roles=bool(own),
        own_support=bool(support and support.opportunity_id is not None),
    )


def _newest(judged: Iterable[JudgementRow], opportunity_id: int | None) -> JudgementRow | None:
    in_scope = [one for one in judged if one.opportunity_id in (None, opportunity_id)]
    own = [one for one in in_scope if one.opportunity_id is not None]
    return next(iter(own or in_scope), None)
