"""People pasted as text: a list, an indented chart, or cells out of a spreadsheet.

One person per line, "Name, Title, Department, Unit", by commas (，、 too), tabs or semicolons.
A line that begins further right than the one above reports to it. Roles stand in square
brackets, or in round ones when every word in them is a role: "Li Wei, CFO [decider; blocker]".
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.exchange.encodings import Encoding
from app.exchange.headers import guess_columns
from app.exchange.separated import SEPARATORS, open_separated
from app.exchange.tables import OddRow, Row, Table, UnreadableFile, note_odd
from app.exchange.values import tidy
from app.exchange.words import read_terms
from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, because

COLUMNS = ("name", "title", "department", "unit", "role", "reports_to")
PARTS = 4
STEP = 4
"""The width of a tab, and of each further part of a number such as 1.2."""
MAX_LINES = 10_000
MAX_LINE = 1_000

_LEAD = re.compile(r"[\s│├└┬┼─—|`+>*•·●○▪◦–-]*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)+)[.)、]?\s*|\d+[.)、]\s*")
_BRACKETS = re.compile(r"\[([^\]]*)\]|【([^】]*)】|\(([^)]*)\)|（([^）]*)）")
_COMMAS = re.compile(r"[,，;；、|]")
_DASH = re.compile(r"\s+[-–—]\s+|[:：]\s*")
_CHINESE_NAME = re.compile(r"([\u3400-\u9fff·]{2,4})\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A person as pasted: where the text begins, its parts, its roles, what is odd about it."""

    number: int
    indent: int
    parts: tuple[str, ...]
    roles: tuple[str, ...]
    oddity: Reason | None = None

    @property
    def name(self) -> str:
        """The first part."""
        return self.parts[0]


def pasted_people(text: str) -> Table:
    """A Table of people from pasted text; row numbers are line numbers.

    >>> chart = pasted_people("Wang Min, Chair [decider]\\n  Li Wei, CFO, Finance")
    >>> [cells for _, cells in chart.rows()]
    [('Wang Min', 'Chair', '', '', 'decider', ''), ('Li Wei', 'CFO', 'Finance', '', '', 'Wang Min')]
    """
    lines = text.splitlines()
    if len(lines) > MAX_LINES or any(len(line) > MAX_LINE for line in lines):
        raise UnreadableFile(
            because(N_("This is too much to paste: save it as a file and import that."))
        )
    separator = _header_separator(next(filter(str.strip, lines), ""))
    if separator:
        stream = io.BytesIO(text.encode("utf-8", "replace"))
        return open_separated(stream, Encoding("utf-8", lines=len(lines)), separator)
    return Table(COLUMNS, partial(_rows, lines), about_rows=len(lines))


def _header_separator(first: str) -> str:
    """What parts the first line's cells, if they are all names of fields; else ""."""
    for separator in SEPARATORS:
        cells = first.split(separator)
        if len(cells) > 1 and len(guess_columns(cells, "people")) == len(cells):
            return separator
    return ""


def _rows(lines: Sequence[str], odd_rows: list[OddRow]) -> Iterator[Row]:
    people = list(_people(lines))
    counts = Counter(line.name for line in people if line.name)
    above: list[Line] = []
    for line in people:
        if not line.name:
            note_odd(odd_rows, OddRow(line.number, because(N_("The line begins with no name."))))
            continue
        left = [other for other in above if other.indent >= line.indent]
        above = [other for other in above if other.indent < line.indent]
        manager = above[-1].name if above else ""
        for oddity in _oddities(line, manager, left, counts):
            note_odd(odd_rows, OddRow(line.number, oddity, is_kept=True))
        above.append(line)
        yield line.number, _row_of(line, "" if counts[manager] > 1 else manager)


def _row_of(line: Line, manager: str) -> tuple[str, ...]:
    """A person's cells, in the order of COLUMNS."""
    parts = (*line.parts[:PARTS], *[""] * (PARTS - len(line.parts)))
    return (*parts, "; ".join(line.roles), manager)


def _oddities(
    line: Line, manager: str, left: Sequence[Line], counts: Counter[str]
) -> Iterator[Reason]:
    if line.oddity:
        yield line.oddity
    if len(line.parts) > PARTS:
        rest = ", ".join(line.parts[PARTS:])
        yield because(
            N_("Only name, title, department and unit are read, not: %(rest)s."), rest=rest
        )
    if counts[manager] > 1:
        yield because(N_("Several people are called %(name)s: say whom it means."), name=manager)
    if left and manager and left[0].indent != line.indent:
        yield because(
            N_("It begins where no line above begins; %(name)s is taken as the manager."),
            name=manager,
        )


def _people(lines: Iterable[str]) -> Iterator[Line]:
    for number, raw in enumerate(lines, start=1):
        lead = _LEAD.match(raw)
        indent = sum(STEP if sign == "\t" else 1 for sign in lead[0]) if lead else 0
        rest = raw[lead.end() :] if lead else raw
        if numbered := _NUMBER.match(rest):
            indent += STEP * (numbered[1] or "").count(".")
            rest = rest[numbered.end() :]
        rest, roles, oddity = _without_roles(rest)
        parts = _parts(rest)
        if parts:
            yield Line(number, indent, parts, roles, oddity)


def _without_roles(text: str) -> tuple[str, tuple[str, ...], Reason | None]:
    """A line without the brackets that hold roles, the roles, and what is wrong with them."""
    roles: list[str] = []
    oddity: Reason | None = None
    for found in _BRACKETS.finditer(text):
        members = read_terms(next(filter(None, found.groups()), ""), Role)
        is_square = found[0][0] in "[【"
        if isinstance(members, Reason):
            oddity = members if is_square else oddity
        else:
            roles.extend(member.name.lower() for member in members or ())
        if is_square or not isinstance(members, Reason):
            text = text.replace(found[0], " ", 1)
    return text, tuple(dict.fromkeys(roles)), oddity


def _parts(text: str) -> tuple[str, ...]:
    """Name, title, department, unit: by tabs, else commas, else a dash, else after a Chinese name.

    >>> _parts("Li Wei，CFO"), _parts("Li Wei - CFO"), _parts("王伟 采购总监")
    (('Li Wei', 'CFO'), ('Li Wei', 'CFO'), ('王伟', '采购总监'))
    """
    if "\t" in text.strip():
        parts = text.strip().split("\t")
    else:
        parts = _COMMAS.split(text)
        if len(parts) == 1:
            parts = _DASH.split(text, maxsplit=1)
        if len(parts) == 1 and (named := _CHINESE_NAME.fullmatch(tidy(text))):
            parts = [named[1], named[2]]
    parts = [tidy(part) for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
