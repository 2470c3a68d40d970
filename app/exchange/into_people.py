"""People at accounts, with roles, judgements and whom they report to."""

from __future__ import annotations

from typing import Any

from app.exchange.base import Importer, Refused, differences
from app.exchange.known import known_accounts
from app.exchange.people_known import COLUMNS, People
from app.exchange.report import RowState
from app.stakeholders.models import Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import Confidence, TieKind
from app.vocabulary import N_, because

UNKNOWN_ACCOUNT = N_(
    "There is no account “%(name)s” that you may change. Import the accounts first."
)
Row = dict[str, Any]


class PeopleImport(Importer):
    """People, known within their account by external id, else by name."""

    def prepare(self) -> None:
        """Load accounts and everyone at them."""
        editable = self.choices.editable
        self.accounts = known_accounts(self.session, editable)
        self.people = People(self.session, editable)
        self.roles = self.people.roles()
        self.judged = self.people.judgements()
        self.managers = self.people.managers()
        self.new: list[tuple[Row, Row]] = []
        self.queue: dict[tuple[int, str], int] = {}
        self.facts: list[tuple[int, int, Row]] = []
        self.lines: list[tuple[int, int, str, Row]] = []

    def account_of(self, values: Row) -> int:
        """The account that a row is of; Refused when it names none that is known."""
        word = values.get("account")
        if not word:
            if self.choices.account_id is None:
                raise Refused(because(N_("The row names no account.")))
            return self.choices.account_id
        found = self.accounts.find(word)
        if found is None:
            raise Refused(self.accounts.missing(word, UNKNOWN_ACCOUNT))
        return found

    def take(self, number: int, values: Row) -> RowState:
        """Match a person, or add one; what is judged of them is compared with the newest."""
        account_id, name = self.account_of(values), values.get("name")
        if not name:
            raise Refused(because(N_("The row names nobody.")))
        row = {field: values[field] for field in COLUMNS if field in values}
        key = (account_id, values.get("external_id") or name)
        if key in self.queue:
            raise Refused(
                because(N_("They are in the file twice: see row %(row)s."), row=self.queue[key])
            )
        self.queue[key] = number
        names = self.people.names[account_id]
        found = names.by_id.get(values.get("external_id", "")) or names.find(name)
        if found is None:
            self.new.append(
                (
                    {"account_id": account_id, "known_on": self._since(values), **row},
                    {"number": number, **values},
                )
            )
            return RowState.NEW
        return self._known(number, account_id, found, row, values)

    def _known(
        self, number: int, account_id: int, person_id: int, row: Row, values: Row
    ) -> RowState:
        kept = self.people.kept[person_id]
        new = differences(kept, row)
        if new:
            self.writer.change(Stakeholder, person_id, {name: kept[name] for name in new}, new)
            kept.update(new)
            if "name" in new:
                self.writer.forget("stakeholder", [person_id])
                self.writer.find_by("stakeholder", person_id, account_id, new["name"])
        told = self._new_facts(person_id, values)
        self.facts.append((account_id, person_id, told | {"on": self._since(values)}))
        moved = self._line(number, account_id, person_id, values)
        return RowState.CHANGED if new or told or moved else RowState.SAME

    def _since(self, values: Row) -> Any:
        return min(values.get("since") or self.choices.on, self.choices.on)

    def _new_facts(self, person_id: int, values: Row) -> Row:
        """The roles and judgements of a row that are not held already."""
        told: Row = {}
        roles = [role for role in values.get("role", ()) if role not in self.roles[person_id]]
        if roles:
            told["roles"] = roles
            self.roles[person_id].update(roles)
        for name in ("support", "influence"):
            if name in values and self.judged[person_id].get(name) != values[name]:
                told[name] = self.judged[person_id][name] = values[name]
        return told

    def _line(self, number: int, account_id: int, person_id: int, values: Row) -> bool:
        """Queue a reporting line; whether it would be a new one is known for people already there."""
        word = values.get("reports_to")
        if not word:
            return False
        self.lines.append(
            (number, person_id, word, {"account_id": account_id, "on": self._since(values)})
        )
        manager = self.people.names[account_id].find(word)
        return manager is None or self.managers.get(person_id, (None,))[0] != manager

    def write(self) -> None:
        """Insert the queued people, then roles and judgements."""
        ids = self.writer.add(Stakeholder, [{"values": [], **row} for row, _values in self.new])
        for person_id, (row, values) in zip(ids, self.new, strict=True):
            account_id = row["account_id"]
            self.people.names[account_id].add(person_id, row.get("external_id"), row["name"])
            self.people.kept[person_id] = {name: row.get(name) for name in COLUMNS}
            self.writer.find_by("stakeholder", person_id, account_id, row["name"])
            told = self._new_facts(person_id, values)
            self.facts.append((account_id, person_id, told | {"on": self._since(values)}))
            self._line(values["number"], account_id, person_id, values)
        self._write_facts()
        self.new = []

    def _write_facts(self) -> None:
        holdings, readings = [], []
        for account_id, person_id, told in self.facts:
            who = {"account_id": account_id, "stakeholder_id": person_id}
            holdings += [
                {**who, "role": role, "since": told["on"]} for role in told.get("roles", ())
            ]
            if "support" in told or "influence" in told:
                readings.append({
                    **who, "on": told["on"], "at": self.choices.at, "user_id": self.choices.user_id,
                    "support": told.get("support"), "influence": told.get("influence"),
                    "confidence": Confidence.SECOND_HAND, "source": self.choices.source[:255],
                })  # fmt: skip
        self.writer.add(RoleHolding, holdings)
        self.writer.add(Observation, readings)
        self.facts = []

    def finish(self) -> None:
        """Draw the reporting lines, refusing loops by name."""
        self.send()
        above = {person: line[0] for person, line in self.managers.items()}
        drawn = []
        for number, person_id, word, where in self.lines:
            names = self.people.names[where["account_id"]]
            manager = names.find(word)
            name = self.people.kept[person_id]["name"]
            if manager is None:
                self.report.warn(
                    number,
                    name,
                    names.missing(
                        word, N_("There is nobody called “%(name)s” at this account to report to.")
                    ),
                )
                continue
            loop = way_back(above, person_id, manager)
            if loop:
                said = " → ".join(self.people.kept[one]["name"] for one in [person_id, *loop])
                self.report.warn(
                    number,
                    name,
                    because(
                        N_("They would report to themselves: %(loop)s. The line is left out."),
                        loop=said,
                    ),
                )
            elif above.get(person_id) != manager:
                drawn.append(self._redrawn(person_id, manager, where))
                above[person_id] = manager
        self.writer.add(Tie, drawn)
        self.writer.flush()

    def _redrawn(self, person_id: int, manager: int, where: Row) -> Row:
        if person_id in self.managers:
            _old, tie_id, since = self.managers[person_id]
            self.writer.change(Tie, tie_id, {"until": None}, {"until": max(where["on"], since)})
        return {"account_id": where["account_id"], "kind": TieKind.REPORTS_TO, "from_id": person_id,
                "to_id": manager, "weight": 1, "since": where["on"]}  # fmt: skip


def way_back(above: dict[int, int], person_id: int, manager: int) -> list[int]:
    """The way up from a new manager, when it comes back to the person; else nothing."""
    way, one = [], manager
    while one not in way:
        way.append(one)
        if one == person_id:
            return way
        if one not in above:
            return []
        one = above[one]
    return []
