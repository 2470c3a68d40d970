"""What is known of one person, row by row: roles, judgements, ties, contacts, changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.stakeholders.rules import Confidence, Depth, Influence, Role, Support, TieKind


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A role held, on the account or on the opportunity named."""

    role: Role | None
    opportunity_id: int | None
    opportunity: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What one of us judged of a person on a day."""

    id: int
    on: date
    support: Support | None
    influence: Influence | None
    confidence: Confidence
    source: str
    note: str
    is_agreed: bool
    user_id: int | None
    author: str
    opportunity_id: int | None
    opportunity: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie as seen from one person: ``is_outward`` when it runs from them."""

    id: int
    kind: TieKind
    is_outward: bool
    other_id: int
    other: str
    weight: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One of ours and their tie to a person."""

    id: int
    user_id: int
    colleague: str
    depth: Depth | None
    wanted_depth: Depth | None
    is_owner: bool
    last_contact: date | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A day on which one of ours was in touch with a person, or judged how deep it goes."""

    on: date
    colleague: str
    depth: Depth | None
    is_contact: bool
    source: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change to a person's row: column → (old, new)."""

    at: datetime
    author: str
    act: str
    columns: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that was given up: by the person at hand (``is_theirs``), or to them."""

    is_theirs: bool
    post: str
    since: date | None
    until: date
    holder_id: int
    holder: str
    heir_id: int | None
    heir: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something still to be done about a person."""

    id: int
    title: str
    due_on: date | None
    owner: str
