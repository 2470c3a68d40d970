"""Contact cards (vCard 2.1, 3.0, 4.0) as rows of people.

Phones and mail programs write cards that strict parsers refuse: doubled carriage returns,
photos without an end, parameters without names. Only a few properties matter here, so
they are read leniently and the rest is passed over. Home addresses, birthdays and family
are left where they are: a company has no need of them.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from app.exchange.encodings import known_encoding
from app.exchange.tables import OddRow, Row, Table, note_odd
from app.exchange.values import full_name
from app.vocabulary import N_, because

COLUMNS = (
    "external_id",
    "account",
    "name",
    "title",
    "department",
    "reports_to",
    "email",
    "phone",
    "notes",
)
MANAGERS = ("X-EVOLUTION-MANAGER", "X-MS-MANAGER", "X-MANAGER")
WANTED = frozenset(
    {"FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "NOTE", "UID", "KIND", "X-ABSHOWAS"}
).union(MANAGERS)
MAX_VALUE = 100_000
NO_NAME = N_("%(file)s, line %(line)s: the card has no name.")
NO_PERSON = N_("%(file)s, line %(line)s: the card is of a company or a group, not of a person.")
CUT_OFF = N_("%(file)s, line %(line)s: the card is cut off before its end.")

Source = tuple[str, Callable[[], Iterable[str]]]

_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r'(?:[^";]|"[^"]*")+')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class Card:
    """The wanted properties of one card: each a list of (parameters, value)."""

    line: int
    is_whole: bool = False
    properties: dict[str, list[tuple[frozenset[str], str]]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The first value of a property, unescaped, "" without one."""
        values = self.properties.get(name, ())
        return _plain(values[0][1]) if values else ""

    def parts(self, name: str) -> list[str]:
        """The parts of a property's first value, such as a name's or an organisation's."""
        values = self.properties.get(name, ())
        return [_plain(part) for part in _split(values[0][1])] if values else []


def cards_table(sources: Sequence[Source]) -> Table:
    """A Table of people from named card files; a row's number is the card's place in them."""
    return Table(COLUMNS, partial(_rows, sources))


def _rows(sources: Sequence[Source], odd_rows: list[OddRow]) -> Iterator[Row]:
    cards = ((name, card) for name, lines in sources for card in read_cards(lines()))
    for number, (name, card) in enumerate(cards, start=1):
        if problem := _problem(card):
            note_odd(odd_rows, OddRow(number, because(problem, file=name, line=card.line)))
        else:
            yield number, person(card)


def _problem(card: Card) -> str:
    if not card.is_whole:
        return CUT_OFF
    kind = (card.first("KIND") or card.first("X-ABSHOWAS")).lower()
    if kind in {"company", "org", "group", "location"}:
        return NO_PERSON
    if not name_of(card):
        return NO_PERSON if card.first("ORG") else NO_NAME
    return ""


def read_cards(lines: Iterable[str]) -> Iterator[Card]:
    """Each card of a text, whole or not."""
    card: Card | None = None
    for number, text in logical_lines(lines):
        name, parameters, value = _property(text)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            if card:
                yield card
            card = Card(number)
        elif card and name == "END":
            card.is_whole = True
            yield card
            card = None
        elif card and name in WANTED:
            card.properties.setdefault(name, []).append((parameters, value))
    if card:
        yield card


def logical_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with their continuations joined: indented ones, and soft breaks of quoted-printable.

    >>> list(logical_lines(["NOTE:one", " two", "", "END:VCARD"]))
    [(1, 'NOTE:onetwo'), (4, 'END:VCARD')]
    """
    began, pending = 0, ""
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        if pending and line[0] in " \t":
            pending = (pending + line[1:])[:MAX_VALUE]
        elif pending.endswith("=") and "QUOTED-PRINTABLE" in pending.upper():
            pending = (pending[:-1] + line)[:MAX_VALUE]
        else:
            if pending:
                yield began, pending
            began, pending = number, line
    if pending:
        yield began, pending


def _property(text: str) -> tuple[str, frozenset[str], str]:
    """A line's property, without its group, the words of its parameters, and its value."""
    match = _HEAD.match(text)
    if not match:
        return "", frozenset(), ""
    name, *raw = _PARAMETER.findall(match[1]) or [""]
    words = (word.partition("=") for word in raw)
    settings = [(key.upper(), value or key) for key, _, value in words]
    parameters = frozenset(
        "PREF" if key == "PREF" else part.strip().upper()
        for key, value in settings
        for part in value.strip('"').split(",")
    )
    value = match[2]
    if "QUOTED-PRINTABLE" in parameters:
        charset = next((value for key, value in settings if key == "CHARSET"), "utf-8")
        raw_value = quopri.decodestring(value.encode("utf-8"))
        value = raw_value.decode(known_encoding(charset) or "utf-8", "replace")
    return name.rpartition(".")[2].strip().upper(), parameters, value


def _split(value: str) -> list[str]:
    """The parts of a structured value.

    >>> _split(r"Doe;John;Richter\\; James")
    ['Doe', 'John', 'Richter\\\\; James']
    """
    return re.split(r"(?<!\\);", value)


def _plain(value: str) -> str:
    """A value without its escapes."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def name_of(card: Card) -> str:
    """The person's name as written, else put together from its parts, the Chinese way if so."""
    if full := card.first("FN"):
        return full
    family, given, *_ = [*card.parts("N"), "", ""]
    return full_name(family, given)


def person(card: Card) -> tuple[str, ...]:
    """A card's cells, in the order of COLUMNS."""
    account, *departments = card.parts("ORG") or [""]
    return (
        card.first("UID").removeprefix("urn:uuid:"),
        account,
        name_of(card),
        card.first("TITLE") or card.first("ROLE"),
        " / ".join(filter(None, departments)),
        next(filter(None, map(card.first, MANAGERS)), ""),
        _best(card, "EMAIL").removeprefix("mailto:"),
        _best(card, "TEL").removeprefix("tel:").replace(";ext=", " ext. "),
        card.first("NOTE"),
    )


def _best(card: Card, name: str) -> str:
    """The address or number for work: never a fax, nor a number without a digit; a private one
    only for want of another."""

    def rank(entry: tuple[frozenset[str], str]) -> int:
        parameters = entry[0]
        return (
            4 * ("WORK" in parameters)
            + 2 * ("PREF" in parameters)
            + ("CELL" in parameters)
            - 3 * ("HOME" in parameters)
        )

    entries = [
        entry
        for entry in card.properties.get(name, ())
        if not entry[0] & {"FAX", "PAGER"} and entry[1].strip()
        if name != "TEL" or re.search(r"\d", entry[1])
    ]
    return _plain(max(entries, key=rank)[1]) if entries else ""
