"""The measures of the literature as a list: sorted, explained, and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from app.stakeholders.layers import power_map
from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.measures import Measures, PersonMeasures, measures
from app.stakeholders.rules import TieKind
from app.vocabulary import N_


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A person with their measures."""

    person: PersonFact
    found: PersonMeasures

    @property
    def id(self) -> int:
        """The person's."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class Column:
    """A measure: its name, what it means, and the decimals to print."""

    name: str
    means: str
    places: int = 2


COLUMNS: Mapping[str, Column] = {
    "degree": Column(
        N_("Ties"), N_("How many people they are tied to: who is in the thick of it."), 0
    ),
    "in_degree": Column(N_("Ties in"), N_("How many run toward them: who is looked to."), 0),
    "out_degree": Column(N_("Ties out"), N_("How many run from them: who reaches out."), 0),
    "degree_share": Column(
        N_("Share of all"), N_("Their ties as a share of all others (Freeman 1978).")
    ),
    "closeness": Column(
        N_("Closeness"),
        N_("How few steps they are from everyone, 0 to 1: who hears of things early."),
    ),
    "betweenness": Column(
        N_("Betweenness"),
        N_(
            "How often the shortest path between two others runs through them, 0 to 1:"
            " who can pass on or hold back."
        ),
        3,
    ),
    "betweenness_raw": Column(
        N_("Paths through"), N_("The same as a count of shortest paths (Freeman 1977)."), 1
    ),
    "constraint": Column(
        N_("Constraint"),
        N_(
            "How much their ties lead back to one another (Burt 1992):"
            " low for brokers between groups."
        ),
    ),
}
WITH_DIRECTION = frozenset({"in_degree", "out_degree"})
WITHOUT = frozenset({"degree_share", "closeness", "constraint"})
"""Measures of graphs that have a direction alone, and of those that have none."""


def columns_of(found: Measures) -> dict[str, Column]:
    """The measures that a graph has, directed or not."""
    left_out = WITHOUT if found.is_directed else WITH_DIRECTION
    return {key: column for key, column in COLUMNS.items() if key not in left_out}


@lru_cache(maxsize=16)
def measured(facts: MapFacts, layer: TieKind | None) -> Measures:
    """The measures of a map, over all ties or one layer; kept while the facts are the same."""
    return measures(power_map(facts), layer)


def measure_rows(
    facts: MapFacts, found: Measures, sort: str, *, descending: bool
) -> list[MeasureRow]:
    """Everyone with their measures; what is not defined comes last."""
    people = {person.id: person for person in facts.people}
    rows = [MeasureRow(people[one.person_id], one) for one in found.people]
    if sort not in COLUMNS:
        return sorted(rows, key=lambda row: row.person.name.casefold(), reverse=descending)

    def value(row: MeasureRow) -> Any:
        return getattr(row.found, sort)

    known = sorted((row for row in rows if value(row) is not None), key=value, reverse=descending)
    return known + [row for row in rows if value(row) is None]


def measures_workbook(
    title: str, facts: MapFacts, found: Measures, words: Mapping[str, str]
) -> bytes:
    """One sheet: a row a person; text that looks like a formula stays text."""
    from xlsxwriter import Workbook  # heavy, and only wanted here

    out, columns = BytesIO(), columns_of(found)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    sheet = book.add_worksheet(words["sheet"])
    sheet.write(0, 0, title)
    sheet.write_row(1, 0, [words["name"], words["title"], *(words[key] for key in columns)])
    for number, row in enumerate(measure_rows(facts, found, "degree", descending=True), start=2):
        sheet.write_row(number, 0, [row.person.name, row.person.title])
        for place, key in enumerate(columns, start=2):
            value = getattr(row.found, key)
            if value is not None:
                sheet.write_number(number, place, value)
    sheet.freeze_panes(2, 1)
    sheet.set_column(0, 1, 24)
    book.close()
    return out.getvalue()
