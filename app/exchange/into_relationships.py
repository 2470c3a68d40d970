"""Ties between people at an account, and coverage by ours."""

from __future__ import annotations

from app.exchange.base import Importer, Row, way_back
from app.exchange.known import known_users
from app.exchange.people_known import People
from app.exchange.report import Refused, RowState
from app.exchange.words import RelationKind
from app.stakeholders.last_contact import renew
from app.stakeholders.models import ContactReading, Coverage, Tie
from app.stakeholders.rules import UNDIRECTED, TieKind
from app.vocabulary import N_, because

UNKNOWN_PERSON = N_("There is nobody called “%(name)s” at this account. Import the people first.")
UNKNOWN_COLLEAGUE = N_(
    "“%(name)s” is none of our people: give a name or an e-mail address of ours."
)
WEIGHTS = (1, 2, 3)


class RelationshipImport(Importer):
    """Ties and coverage; one that holds already is the same, a new weight ends the old one."""

    name_fields = ("from",)

    def prepare(self) -> None:
        """Load accounts and our people; theirs are read as the file comes to their accounts."""
        self.accounts = self.touchable_accounts()
        self.users = known_users(self.session)
        self.people = People(self.session)
        self.new_ties: list[Row] = []
        self.new_coverage: list[tuple[Row, Row | None]] = []

    def take(self, number: int, values: Row) -> RowState:
        """Draw a tie, or note a coverage."""
        account_id = self.account_of(self.accounts, values)
        kind = values.get("kind")
        if not kind:
            raise Refused(because(N_("The row does not say what kind of relationship it is.")))
        if kind is RelationKind.COVERAGE:
            return self._cover(number, account_id, values)
        return self._tie(number, account_id, TieKind(kind.value), values)

    def _person(self, account_id: int, word: str | None) -> int:
        names = self.people.at(account_id)
        found = names.find(word) if word else None
        if found is None:
            raise Refused(names.missing(word or "", UNKNOWN_PERSON))
        return found

    def _tie(self, number: int, account_id: int, kind: TieKind, values: Row) -> RowState:
        one = self._person(account_id, values.get("from"))
        other = self._person(account_id, values.get("to"))
        weight = values.get("weight") or 1
        self._refuse_odd(one, other, weight, values)
        if kind in UNDIRECTED:
            one, other = sorted((one, other))
        self.once(number, (kind, one, other))
        held = self.people.ties.get((kind, one, other))
        if held and held[1] == weight:
            return RowState.SAME
        self._refuse_loop(kind, one, other)
        if held:
            kept = {"account_id": account_id, "until": None}
            self.writer.change(Tie, held[0], kept, {"until": self.choices.on})
        since = self.choices.on if held else self.day(values)
        ends = {"account_id": account_id, "from_id": one, "to_id": other}
        self.new_ties.append({**ends, "kind": kind, "weight": weight, "since": since})
        return RowState.CHANGED if held else RowState.NEW

    def _refuse_odd(self, one: int, other: int, weight: int, values: Row) -> None:
        if one == other:
            raise Refused(
                because(N_("“%(name)s” cannot be tied to themselves."), name=values["from"])
            )
        if weight not in WEIGHTS:
            raise Refused(
                because(N_("The weight must be 1, 2 or 3, not %(weight)s."), weight=weight)
            )

    def _refuse_loop(self, kind: TieKind, one: int, other: int) -> None:
        if kind is not TieKind.REPORTS_TO:
            return
        loop, kept = way_back(self.people.above, one, other), self.people.kept
        if loop:
            names = " → ".join(kept[person]["name"] for person in [one, *loop])
            raise Refused(
                because(
                    N_("“%(name)s” would report to themselves: %(loop)s."),
                    name=kept[one]["name"],
                    loop=names,
                )
            )
        manager = self.people.above.setdefault(one, other)
        if manager != other:
            raise Refused(
                because(
                    N_("“%(name)s” reports to %(other)s already."),
                    name=kept[one]["name"],
                    other=kept[manager]["name"],
                )
            )

    def _cover(self, number: int, account_id: int, values: Row) -> RowState:
        word = values.get("from") or ""
        user_id = self.users.find(word.lower() if "@" in word else word)
        if user_id is None:
            raise Refused(self.users.missing(word, UNKNOWN_COLLEAGUE))
        person_id = self._person(account_id, values.get("to"))
        self.once(number, (RelationKind.COVERAGE, user_id, person_id))
        if (user_id, person_id) in self.people.covered:
            return RowState.SAME
        reading = self._reading(account_id, values)
        since = min(self.day(values), reading["on"]) if reading else self.day(values)
        coverage = {"account_id": account_id, "user_id": user_id, "stakeholder_id": person_id,
                    "since": since}  # fmt: skip
        self.new_coverage.append((coverage, reading))
        return RowState.NEW

    def _reading(self, account_id: int, values: Row) -> Row | None:
        depth, is_contact = values.get("depth"), "last_contact" in values
        if depth is None and not is_contact:
            return None
        on = self.day(values, "last_contact")
        return {"account_id": account_id, "on": on, "depth": depth, "is_contact": is_contact,
                "source": self.choices.source[:255], **self.writer.by}  # fmt: skip

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
        if not self.writer.is_dry:
            renew(self.session.connection(), (), ids)
        self.new_ties, self.new_coverage = [], []
