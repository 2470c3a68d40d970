"""The people of accounts as an import finds them: names, roles, judgements, lines, ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.exchange.known import Names
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import TieKind

COLUMNS = ("name", "title", "department", "unit", "level", "is_outside", "style", "email", "phone",
           "notes", "external_id")  # fmt: skip
Pair = tuple[int, int]


class People:
    """Everyone at the accounts that may be touched, read once before the first row."""

    def __init__(self, session: Session, accounts: Iterable[int] | None) -> None:
        self.session = session
        self.allowed = (
            None if accounts is None else select(Account.id).where(Account.id.in_(list(accounts)))
        )
        self.names: dict[int, Names] = defaultdict(Names)
        self.kept: dict[int, dict[str, Any]] = {}
        for row in session.execute(
            self._within(
                Stakeholder,
                select(
                    Stakeholder.id,
                    Stakeholder.account_id,
                    Stakeholder.other_name,
                    *(getattr(Stakeholder, name) for name in COLUMNS),
                ),
            )
        ):
            self.kept[row.id] = {name: getattr(row, name) for name in COLUMNS}
            self.names[row.account_id].add(row.id, row.external_id, row.name, row.other_name)

    def _within(self, model: Any, query: Any) -> Any:
        return query if self.allowed is None else query.where(model.account_id.in_(self.allowed))

    def roles(self) -> dict[int, set[str]]:
        """The roles each holds on the account today."""
        held: dict[int, set[str]] = defaultdict(set)
        query = select(RoleHolding.stakeholder_id, RoleHolding.role).where(
            RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None)
        )
        for person_id, role in self.session.execute(self._within(RoleHolding, query)):
            held[person_id].add(role)
        return held

    def judgements(self) -> dict[int, dict[str, int]]:
        """The newest support and influence of each on the account."""
        newest: dict[int, dict[str, int]] = defaultdict(dict)
        query = (
            select(Observation.stakeholder_id, Observation.support, Observation.influence)
            .where(Observation.opportunity_id.is_(None))
            .order_by(Observation.on, Observation.id)
        )
        for person_id, support, influence in self.session.execute(self._within(Observation, query)):
            for name, value in (("support", support), ("influence", influence)):
                if value is not None:
                    newest[person_id][name] = value
        return newest

    def managers(self) -> dict[int, tuple[int, int, date]]:
        """Each one's manager: (their id, the tie's id, since when)."""
        query = select(Tie.from_id, Tie.to_id, Tie.id, Tie.since).where(
            Tie.kind == TieKind.REPORTS_TO, Tie.until.is_(None)
        )
        return {
            row.from_id: (row.to_id, row.id, row.since)
            for row in self.session.execute(self._within(Tie, query))
        }

    def ties(self) -> dict[tuple[str, int, int], tuple[int, int]]:
        """Ties that hold: (kind, from, to) → (id, weight)."""
        query = select(Tie.kind, Tie.from_id, Tie.to_id, Tie.id, Tie.weight).where(
            Tie.until.is_(None)
        )
        rows = self.session.execute(self._within(Tie, query))
        return {(row.kind, row.from_id, row.to_id): (row.id, row.weight) for row in rows}

    def coverages(self) -> dict[Pair, int]:
        """Coverage that holds: (one of ours, one of theirs) → id."""
        query = select(Coverage.user_id, Coverage.stakeholder_id, Coverage.id).where(
            Coverage.until.is_(None)
        )
        rows = self.session.execute(self._within(Coverage, query))
        return {(row.user_id, row.stakeholder_id): row.id for row in rows}
