"""People at accounts, with roles, judgements and whom they report to."""

from __future__ import annotations

from app.exchange.base import Importer, Row, differences, way_back
from app.exchange.new_accounts import Arrivals
from app.exchange.people_known import COLUMNS, People
from app.exchange.report import Refused, RowState
from app.stakeholders.models import Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import Confidence, TieKind
from app.vocabulary import N_, Reason, because

MOST_LEVEL = 99
UNKNOWN_MANAGER = N_("There is nobody called “%(name)s” at this account to report to.")


class PeopleImport(Importer):
    """People, known within their account by external id, else by name."""

    def prepare(self) -> None:
        """Load accounts; the people at them are read as the file comes to them."""
        self.accounts = self.touchable_accounts()
        self.arrivals = Arrivals(self, self.accounts)
        self.people = People(self.session)
        self.new: list[tuple[int, Row, Row]] = []
        self.facts: list[tuple[Row, Row]] = []
        self.lines: list[tuple[int, int, str, Row]] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match a person, or add one; what is judged of them is compared with the newest."""
        account_id, name = self._account(values), values.get("name")
        if not name:
            raise Refused(because(N_("The row names nobody.")))
        if not 0 <= values.get("level", 0) <= MOST_LEVEL:
            raise Refused(because(N_("The level must be a small number; 1 is the top.")))
        row = {field: values[field] for field in COLUMNS if field in values}
        external_id = values.get("external_id")
        found = self.people.at(account_id).match(external_id, name)
        self.once(number, (account_id, found or external_id or name.casefold()))
        if found is None:
            known = {"account_id": account_id, "known_on": self.day(values)}
            self.new.append((number, {**known, **row}, values))
            return RowState.NEW
        return self._known(number, account_id, found, row, values)

    def _account(self, values: Row) -> int:
        """The row's account; one that is not known is asked about, or added where so chosen."""
        word: str = values.get("account") or self.choices.account_name
        found = self.arrivals.find(word) if word else None
        if word and found is None and not self.accounts.is_twice(word):
            self.report.ask("accounts", word)
        return found if found is not None else self.account_of(self.accounts, values)

    def _known(
        self, number: int, account_id: int, person_id: int, row: Row, values: Row
    ) -> RowState:
        kept = self.people.kept[person_id]
        new = differences(kept, row)
        if new:
            self.writer.change(Stakeholder, person_id, {**kept, "account_id": account_id}, new)
            kept.update(new)
            if "name" in new:
                self.writer.forget("stakeholder", [person_id])
                self.writer.find_by("stakeholder", person_id, account_id, new["name"])
        told = self._tell(account_id, person_id, values)
        moved = self._line(number, account_id, person_id, values)
        return RowState.CHANGED if new or told or moved else RowState.SAME

    def _tell(self, account_id: int, person_id: int, values: Row) -> bool:
        """Queue the roles and judgements of a row that are not held already."""
        held, judged = self.people.roles[person_id], self.people.judged[person_id]
        told: Row = {
            name: values[name]
            for name in ("support", "influence")
            if name in values and judged.get(name) != values[name]
        }
        judged.update(told)
        roles = [role for role in values.get("role", ()) if role not in held]
        held.update(roles)
        if not (told or roles):
            return False
        who = {"account_id": account_id, "stakeholder_id": person_id, "on": self.day(values)}
        self.facts.append((who, {**told, "roles": roles}))
        return True

    def _line(self, number: int, account_id: int, person_id: int, values: Row) -> bool:
        """Queue a reporting line; whether it would be new is known for people already there."""
        word = values.get("reports_to")
        if not word:
            return False
        where = {"account_id": account_id, "on": self.day(values)}
        self.lines.append((number, person_id, word, where))
        manager = self.people.names[account_id].find(word)
        return manager is None or self.people.above.get(person_id) != manager

    def write(self) -> None:
        """Insert the queued people, then roles and judgements."""
        self.arrivals.write()
        ids = self.writer.add(Stakeholder, [row for _number, row, _values in self.new])
        for person_id, (number, row, values) in zip(ids, self.new, strict=True):
            account_id = row["account_id"]
            self.people.names[account_id].add(person_id, row.get("external_id"), row["name"])
            self.people.kept[person_id] = {"name": row["name"]}
            self.writer.find_by("stakeholder", person_id, account_id, row["name"])
            self._tell(account_id, person_id, values)
            self._line(number, account_id, person_id, values)
        self.new = []
        self._write_facts()

    def _write_facts(self) -> None:
        holdings: list[Row] = []
        readings: list[Row] = []
        said = {"confidence": Confidence.SECOND_HAND, "source": self.choices.source[:255],
                **self.writer.by}  # fmt: skip
        for who, told in self.facts:
            roles, person = told.pop("roles"), {**who}
            since = person.pop("on")
            holdings += [{**person, "role": role, "since": since} for role in roles]
            if told:
                readings.append({**who, **told, **said})
        self.writer.add(RoleHolding, holdings)
        self.writer.add(Observation, readings)
        self.facts = []

    def finish(self) -> None:
        """Draw the reporting lines, refusing loops by name."""
        self.send()
        above = self.people.above
        drawn: list[Row] = []
        for number, person_id, word, where in self.lines:
            names = self.people.names[where["account_id"]]
            manager, name = names.find(word), self.people.kept[person_id]["name"]
            loop = way_back(above, person_id, manager) if manager is not None else []
            if manager is None:
                self.report.warn(number, name, names.missing(word, UNKNOWN_MANAGER))
            elif loop:
                self.report.warn(number, name, self._circle(person_id, loop))
            elif above.get(person_id) != manager:
                drawn.append(self._redrawn(person_id, manager, where))
                above[person_id] = manager
        self.writer.add(Tie, drawn)
        self.writer.flush()

    def _circle(self, person_id: int, loop: list[int]) -> Reason:
        names = " → ".join(self.people.kept[one]["name"] for one in [person_id, *loop])
        return because(
            N_("They would report to themselves: %(loop)s. The line is left out."), loop=names
        )

    def _redrawn(self, person_id: int, manager: int, where: Row) -> Row:
        if person_id in self.people.lines:
            tie_id, since = self.people.lines[person_id]
            kept = {"account_id": where["account_id"], "until": None}
            self.writer.change(Tie, tie_id, kept, {"until": max(where["on"], since)})
        return {"account_id": where["account_id"], "kind": TieKind.REPORTS_TO, "from_id": person_id,
                "to_id": manager, "weight": 1, "since": where["on"]}  # fmt: skip
