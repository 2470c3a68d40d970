"""What a person wishes to see of the accounts."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.rules import AccountKind, Loyalty, Ownership, Segment, SizeClass


@dataclass(frozen=True, slots=True)
class AccountWish:
    """What a person wants to see of a list; ``member_id`` narrows it to a colleague's own,
    ``only_id`` to one account."""

    text: str = ""
    kind: AccountKind | None = None
    size_class: SizeClass | None = None
    ownership: Ownership | None = None
    loyalty: Loyalty | None = None
    segment: Segment | None = None
    region: str = ""
    owner_id: int | None = None
    member_id: int | None = None
    only_id: int | None = None
    sort: str = "name"
    descending: bool = False
