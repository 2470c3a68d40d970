"""Ties between people at an account, and coverage by ours."""

from __future__ import annotations

from typing import Any

from app.exchange.base import Refused
from app.exchange.into_people import PeopleImport, way_back
from app.exchange.known import known_accounts, known_users
from app.exchange.people_known import People
from app.exchange.report import RowState
from app.exchange.words import RelationKind
from app.stakeholders.models import ContactReading, Coverage, Tie
from app.stakeholders.rules import UNDIRECTED, TieKind
from app.vocabulary import N_, because

UNKNOWN_PERSON = N_("There is nobody called “%(name)s” at this account. Import the people first.")
UNKNOWN_COLLEAGUE = N_(
    "“%(name)s” is none of our people: give a name or an e-mail address of ours."
)
Row = dict[str, Any]


class RelationshipImport(PeopleImport):
    """Ties and coverage; one that holds already is the same, a new weight ends the old one."""

    name_fields = ("from",)

    def prepare(self) -> None:
        """Load everyone, and every tie that holds."""
        editable = self.choices.editable
        self.accounts = known_accounts(self.session, editable)
        self.users = known_users(self.session)
        self.people = People(self.session, editable)
        self.ties = self.people.ties()
        self.covered = self.people.coverages()
        self.above = {key[1]: key[2] for key in self.ties if key[0] == TieKind.REPORTS_TO}
        self.new_ties: list[Row] = []
        self.new_coverage: list[tuple[Row, Row | None]] = []

    def take(self, number: int, values: Row) -> RowState:
        """Draw a tie, or note a coverage."""
        account_id = self.account_of(values)
        kind = values.get("kind")
        if not kind:
            raise Refused(because(N_("The row does not say what kind of relationship it is.")))
        if kind is RelationKind.COVERAGE:
            return self._cover(account_id, values)
        return self._tie(account_id, TieKind(kind.value), values)

    def _person(self, account_id: int, word: str | None) -> int:
        names = self.people.names[account_id]
        found = names.find(word) if word else None
        if found is None:
            raise Refused(names.missing(word or "", UNKNOWN_PERSON))
        return found

    def _tie(self, account_id: int, kind: TieKind, values: Row) -> RowState:
        one, other = (
            self._person(account_id, values.get("from")),
            self._person(account_id, values.get("to")),
        )
        if one == other:
            raise Refused(
                because(N_("“%(name)s” cannot be tied to themselves."), name=values["from"])
            )
        if kind in UNDIRECTED:
            one, other = sorted((one, other))
        weight = values.get("weight") or 1
        if weight not in (1, 2, 3):
            raise Refused(
                because(N_("The weight must be 1, 2 or 3, not %(weight)s."), weight=weight)
            )
        held = self.ties.get((kind, one, other))
        if held and held[1] == weight:
            return RowState.SAME
        self._refuse_loop(kind, one, other)
        since = min(values.get("since") or self.choices.on, self.choices.on)
        if held and held[0]:
            self.writer.change(Tie, held[0], {"until": None}, {"until": self.choices.on})
        self.ties[kind, one, other] = (0, weight)
        self.new_ties.append({"account_id": account_id, "kind": kind, "from_id": one, "to_id": other,
                              "weight": weight, "since": since})  # fmt: skip
        return RowState.CHANGED if held else RowState.NEW

    def _refuse_loop(self, kind: TieKind, one: int, other: int) -> None:
        if kind is not TieKind.REPORTS_TO:
            return
        loop = way_back(self.above, one, other)
        name = self.people.kept[one]["name"]
        if loop:
            said = " → ".join(self.people.kept[person]["name"] for person in [one, *loop])
            raise Refused(
                because(
                    N_("“%(name)s” would report to themselves: %(loop)s."), name=name, loop=said
                )
            )
        if self.above.get(one, other) != other:
            raise Refused(
                because(
                    N_("“%(name)s” reports to %(other)s already."),
                    name=name,
                    other=self.people.kept[self.above[one]]["name"],
                )
            )
        self.above[one] = other

    def _cover(self, account_id: int, values: Row) -> RowState:
        word = values.get("from") or ""
        user_id = self.users.find(word)
        if user_id is None:
            raise Refused(self.users.missing(word, UNKNOWN_COLLEAGUE))
        person_id = self._person(account_id, values.get("to"))
        reading = self._reading(account_id, values)
        held = self.covered.get((user_id, person_id))
        if held is not None:
            return RowState.SAME
        self.covered[user_id, person_id] = 0
        since = min(values.get("since") or self.choices.on, self.choices.on)
        self.new_coverage.append((
            {"account_id": account_id, "user_id": user_id, "stakeholder_id": person_id,
             "since": min(since, reading["on"]) if reading else since}, reading))  # fmt: skip
        return RowState.NEW

    def _reading(self, account_id: int, values: Row) -> Row | None:
        depth, last = values.get("depth"), values.get("last_contact")
        if depth is None and last is None:
            return None
        return {"account_id": account_id, "on": min(last or self.choices.on, self.choices.on), "depth": depth,
                "is_contact": last is not None, "source": self.choices.source[:255],
                "user_id": self.choices.user_id, "at": self.choices.at}  # fmt: skip

    def write(self) -> None:
        """Insert what is queued."""
        self.writer.add(Tie, self.new_ties)
        ids = self.writer.add(Coverage, [row for row, _reading in self.new_coverage])
        readings = [
            {**reading, "coverage_id": coverage_id}
            for coverage_id, (_row, reading) in zip(ids, self.new_coverage, strict=True)
            if reading
        ]
        self.writer.add(ContactReading, readings)
        self.new_ties, self.new_coverage = [], []

    def finish(self) -> None:
        """Send out what is left."""
        self.send()
