"""What a power map is computed from: plain facts about people and ties on one day.

The database is read elsewhere; whoever computes answers brings these. People are
*theirs* and colleagues are *ours*: two sets of ids that may overlap and never mix.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.stakeholders.rules import Confidence, Depth, Influence, Role, Support, TieKind


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One person at or around the account, as believed on the day of the map.

    ``level`` counts from the top: 1 is the highest. A placeholder stands for someone
    we know must exist and have not found. ``since`` is the day they took this post.
    """

    id: int
    name: str
    title: str = ""
    department: str = ""
    unit: str = ""
    level: int | None = None
    is_outside: bool = False
    is_placeholder: bool = False
    roles: frozenset[Role] = frozenset()
    support: Support | None = None
    support_on: date | None = None
    support_confidence: Confidence | None = None
    influence: Influence | None = None
    since: date | None = None
    rhythm_days: int | None = None


@dataclass(frozen=True, slots=True)
class TieFact:
    """A tie between two of theirs; *reports to* runs from the report to the manager."""

    kind: TieKind
    from_id: int
    to_id: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class CoverageFact:
    """A tie between one of ours and one of theirs.

    A depth that nobody has judged (None) counts as a nodding acquaintance: we cover
    them, and know no more. Depth.NONE is a judgement too: there is no relation.
    """

    colleague_id: int
    colleague_name: str
    person_id: int
    depth: Depth | None = None
    last_contact: date | None = None
    colleague_function: str = ""


@dataclass(frozen=True, slots=True)
class MapFacts:
    """Everything a map is computed from, as of the day ``on``."""

    people: tuple[PersonFact, ...]
    ties: tuple[TieFact, ...]
    coverage: tuple[CoverageFact, ...]
    on: date
