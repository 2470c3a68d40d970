"""Our own people, with their managers. None can sign in by being imported."""

from __future__ import annotations

from app.exchange.base import Importer, Row, differences, kept_columns, leads_to
from app.exchange.known import known_users
from app.exchange.report import Refused, RowState
from app.users.models import User
from app.users.rules import UserRole
from app.users.sign_in import new_token
from app.vocabulary import N_, because

COLUMNS = ("name", "email", "office", "external_id")


class TeamImport(Importer):
    """Our people; those named only as somebody's manager are added too, as directors."""

    def prepare(self) -> None:
        """Load our people."""
        self.users = known_users(self.session)
        self.kept = kept_columns(self.session, User, (*COLUMNS, "role", "manager_id"))
        self.managers: list[tuple[int, int, str]] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match one of ours, or add one; the role of somebody known is not changed by a file."""
        name = values.get("name") or values.get("email")
        if not name:
            raise Refused(because(N_("The row has neither a name nor an e-mail address.")))
        row = {column: values[column] for column in COLUMNS if values.get(column)}
        if "email" in row:
            row["email"] = row["email"].lower()
        found = self.users.match(values.get("external_id"), row.get("email"), name)
        self.once(number, found or row.get("external_id") or row.get("email") or name)
        state = RowState.NEW if found is None else self._change(found, row)
        if found is None:
            found = self._add({**row, "name": name, "role": values.get("role") or UserRole.MANAGER})
        if values.get("manager"):
            self.managers.append((number, found, values["manager"]))
        return state

    def _change(self, user_id: int, row: Row) -> RowState:
        kept = self.kept[user_id]
        new = differences(kept, row)
        if new:
            self.writer.change(User, user_id, kept, new)
        return RowState.CHANGED if new else RowState.SAME

    def _add(self, row: Row) -> int:
        user_id = self.writer.add(User, [{**row, "session_token": new_token()}])[0]
        self.users.add(user_id, row.get("external_id"), row["name"])
        if row.get("email"):
            self.users.also[row["email"]] = user_id
        self.kept[user_id] = {"email": None, "office": "", "manager_id": None, **row}
        return user_id

    def finish(self) -> None:
        """Tie people to their managers, adding managers nobody has told of."""
        above = {user_id: kept["manager_id"] for user_id, kept in self.kept.items()}
        for number, user_id, word in self.managers:
            manager = self.users.find(word)
            if manager is None:
                manager = self._add({"name": word, "role": UserRole.DIRECTOR})
                self.report.made["managers"] += 1
            if leads_to(above, manager, user_id):
                why = because(
                    N_("“%(name)s” cannot lead them: they would lead each other."), name=word
                )
                self.report.warn(number, self.kept[user_id]["name"], why)
            elif above.get(user_id) != manager:
                self.writer.change(User, user_id, self.kept[user_id], {"manager_id": manager})
                above[user_id] = manager
        self.send()
