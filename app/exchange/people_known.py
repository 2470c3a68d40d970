"""The people of accounts as an import finds them: names, roles, judgements, lines, ties."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.exchange.known import Names
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import TieKind

COLUMNS = ("name", "title", "department", "unit", "level", "is_outside", "style", "email", "phone",
           "notes", "external_id")  # fmt: skip
NAMED = COLUMNS.index("name")
NUMBERED = COLUMNS.index("external_id")
TOGETHER = 200
"""Accounts whose people are read at once: a file that names a few need not wait for all."""
Pair = tuple[int, int]


class People:
    """Everyone at the accounts that a file has come to, and what holds of them.

    By person: ``roles``, ``judged``, the manager ``above``, and that line's (id, since) in
    ``lines``. ``ties`` give (kind, from, to) → (id, weight); ``covered`` (one of ours, one of
    theirs) → id.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.read: set[int] = set()
        self.names: dict[int, Names] = defaultdict(Names)
        self.kept: dict[int, dict[str, Any]] = {}
        self.roles: dict[int, set[str]] = defaultdict(set)
        self.judged: dict[int, dict[str, int]] = defaultdict(dict)
        self.above: dict[int, int] = {}
        self.lines: dict[int, tuple[int, date]] = {}
        self.ties: dict[tuple[str, int, int], tuple[int, int]] = {}
        self.covered: dict[Pair, int] = {}

    def at(self, account_id: int) -> Names:
        """Those at an account, by every name; they are known from here on."""
        part = account_id // TOGETHER
        if part not in self.read:
            self.read.add(part)
            self._read(part * TOGETHER)
        return self.names[account_id]

    def _read(self, first: int) -> None:
        for read, model, query in (
            (self._person, Stakeholder, PEOPLE),
            (self._role, RoleHolding, ROLES),
            (self._judgement, Observation, JUDGEMENTS),
            (self._tie, Tie, TIES),
            (self._coverage, Coverage, COVERAGES),
        ):
            within = query.where(model.account_id.between(first, first + TOGETHER - 1))
            for row in self.session.execute(within):
                read(*row)

    def _person(self, person_id: int, account_id: int, other_name: str, *values: Any) -> None:
        self.kept[person_id] = dict(zip(COLUMNS, values, strict=True))
        self.names[account_id].add(person_id, values[NUMBERED], values[NAMED], other_name)

    def _role(self, person_id: int, role: str) -> None:
        self.roles[person_id].add(role)

    def _judgement(self, person_id: int, support: int | None, influence: int | None) -> None:
        """The newest of each counts; they come oldest first."""
        for name, value in (("support", support), ("influence", influence)):
            if value is not None:
                self.judged[person_id][name] = value

    def _tie(self, kind: str, from_id: int, to_id: int, *held: Any) -> None:
        tie_id, weight, since = held
        self.ties[kind, from_id, to_id] = (tie_id, weight)
        if kind == TieKind.REPORTS_TO:
            self.above[from_id], self.lines[from_id] = to_id, (tie_id, since)

    def _coverage(self, user_id: int, person_id: int, coverage_id: int) -> None:
        self.covered[user_id, person_id] = coverage_id


PEOPLE: Select[Any] = select(
    Stakeholder.id,
    Stakeholder.account_id,
    Stakeholder.other_name,
    *(getattr(Stakeholder, name) for name in COLUMNS),
)
ROLES = select(RoleHolding.stakeholder_id, RoleHolding.role).where(
    RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None)
)
JUDGEMENTS = (
    select(Observation.stakeholder_id, Observation.support, Observation.influence)
    .where(Observation.opportunity_id.is_(None))
    .order_by(Observation.on, Observation.id)
)
TIES = select(Tie.kind, Tie.from_id, Tie.to_id, Tie.id, Tie.weight, Tie.since).where(
    Tie.until.is_(None)
)
COVERAGES = select(Coverage.user_id, Coverage.stakeholder_id, Coverage.id).where(
    Coverage.until.is_(None)
)
