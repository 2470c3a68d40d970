"""The map as a workbook: people, ties and ours, under the names that an import understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from app.stakeholders.map_facts import MapFacts
from app.stakeholders.rules import TieKind

PEOPLE = (
    "account",
    "name",
    "title",
    "department",
    "unit",
    "level",
    "reports_to",
    "role",
    "support",
    "influence",
)
TIES = ("account", "from", "to", "kind", "weight", "depth", "last_contact")


def map_workbook(account: str, facts: MapFacts) -> bytes:
    """Two sheets that read back by import; text that looks like a formula stays text."""
    from xlsxwriter import Workbook  # heavy, and only wanted here

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    _sheet(book, "people", PEOPLE, _people(account, facts))
    _sheet(book, "relationships", TIES, _ties(account, facts))
    book.close()
    return out.getvalue()


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    sheet.set_column(0, len(heads) - 1, 18)


def _people(account: str, facts: MapFacts) -> Iterable[Sequence[Any]]:
    names = {one.id: one.name for one in facts.people}
    managers = {
        tie.from_id: names.get(tie.to_id, "")
        for tie in facts.ties
        if tie.kind is TieKind.REPORTS_TO
    }
    for one in facts.people:
        roles = ";".join(sorted(one.roles))
        support = None if one.support is None else int(one.support)
        influence = None if one.influence is None else int(one.influence)
        manager = managers.get(one.id, "")
        yield (
            *(account, one.name, one.title, one.department, one.unit, one.level),
            *(manager, roles, support, influence),
        )


def _ties(account: str, facts: MapFacts) -> Iterable[Sequence[Any]]:
    names = {one.id: one.name for one in facts.people}
    for tie in facts.ties:
        if tie.from_id in names and tie.to_id in names:
            ends = names[tie.from_id], names[tie.to_id]
            yield account, *ends, tie.kind.value, tie.weight, None, None
    for held in facts.coverage:
        if held.person_id in names:
            depth = None if held.depth is None else int(held.depth)
            last = held.last_contact.isoformat() if held.last_contact else None
            ends = held.colleague_name, names[held.person_id]
            yield account, *ends, "coverage", None, depth, last
