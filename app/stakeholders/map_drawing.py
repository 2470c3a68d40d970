"""The map as cards and lines, in pixels: what a template needs to draw it, and no more.

Cards lie on top of lines, so a line may end at a card's centre line; those with an
arrow end at its edge. static/map.js draws the same lines while a card is dragged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

from app.stakeholders.access_graph import contact_factor
from app.stakeholders.layers import PowerMap
from app.stakeholders.lean import freshness
from app.stakeholders.map_facts import CoverageFact, PersonFact
from app.stakeholders.map_layout import Positions, colleague_positions
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, Role, Support, TieKind

CELL_WIDTH, CELL_HEIGHT = 164, 98
CARD_WIDTH, CARD_HEIGHT = 144, 60
OURS_WIDTH, OURS_HEIGHT = 124, 28
MARGIN = 24
ARROW_GAP = 4
BOW = 0.12
"""How far a line bends aside, of its length: so that both ways of a pair can be told."""
NAME_EMS, TITLE_EMS, OURS_EMS = 7.6, 9.4, 8.8

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """A card: its top left corner, what is printed on it, and what it shows by signs.

    ``fade`` 0…3: how far the reading of support has aged, by quarters.
    """

    person: PersonFact
    x: float
    y: float
    name: str
    title: str
    roles: tuple[Role, ...]
    fade: int
    depth: Depth | None
    ties: int


@dataclass(frozen=True, slots=True)
class DrawnColleague:
    """One of ours, in the row below."""

    id: int
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A line. For coverage ``from_id`` is ours and ``weight`` is the depth, 1…4."""

    kind: str
    from_id: int
    to_id: int
    weight: int
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the sheet, and its size."""

    width: float
    height: float
    people: tuple[DrawnPerson, ...]
    colleagues: tuple[DrawnColleague, ...]
    ties: tuple[DrawnTie, ...]
    cell: tuple[int, int, int, int, int] = (
        CELL_WIDTH,
        CELL_HEIGHT,
        CARD_WIDTH,
        CARD_HEIGHT,
        MARGIN,
    )


def drawing(drawn: PowerMap, placed: Positions, settings: MapSettings) -> Drawing:
    """The map drawn at these places (grid units)."""
    ours = {one: _cell(at) for one, at in colleague_positions(drawn, placed).items()}
    centres = {one: _cell(at) for one, at in placed.items()}
    names = {
        tie.colleague_id: tie.colleague_name for ties in drawn.coverage.values() for tie in ties
    }
    every = [*centres.values(), *ours.values()]
    return Drawing(
        width=max((x for x, _ in every), default=CARD_WIDTH) + CARD_WIDTH / 2 + MARGIN,
        height=max((y for _, y in every), default=CARD_HEIGHT) + CARD_HEIGHT / 2 + MARGIN,
        people=tuple(
            _card(person, centres[person.id], drawn, settings) for person in drawn.people.values()
        ),
        colleagues=tuple(
            DrawnColleague(
                one, clipped(names[one], OURS_EMS), x - OURS_WIDTH / 2, y - OURS_HEIGHT / 2
            )
            for one, (x, y) in ours.items()
        ),
        ties=(*_coverage(drawn, centres, ours, settings), *_ties(drawn, centres)),
    )


def clipped(text: str, ems: float) -> str:
    """A text cut to a width, in ems of its type: wide letters count 1, others 0.62.

    >>> clipped("Director of the laboratory", 6)
    'Director…'
    >>> clipped("采购部主任", 6)
    '采购部主任'
    """
    room = ems
    for place, letter in enumerate(text):
        room -= width_of(letter)
        if room < 0:
            return text[: max(place - 1, 1)].rstrip() + "…"
    return text


def width_of(text: str) -> float:
    """About how wide a text is, in ems of its type.

    >>> round(width_of("采购 AB"), 2)
    3.86
    """
    return sum(1 if letter > "\u2e7f" else 0.62 for letter in text)


def sign_of(support: Support | None) -> str:
    """Support as it is printed on a card: −2 … 0 … +2, and ? when nobody knows.

    >>> sign_of(Support.OPPOSES), sign_of(Support.NEUTRAL), sign_of(None)
    ('−2', '0', '?')
    """
    if support is None:
        return "?"
    return f"{int(support):+d}".replace("-", "−") if support else "0"


def reporting_path(report: Point, manager: Point) -> str:
    """An elbow from below a manager to above a report; a curve where it is not below."""
    if report[1] - manager[1] < CARD_HEIGHT:
        return curved_path(report, manager)
    middle = report[1] - CELL_HEIGHT / 2
    return f"M{manager[0]:.0f} {manager[1]:.0f}V{middle:.0f}H{report[0]:.0f}V{report[1]:.0f}"


def curved_path(start: Point, end: Point) -> str:
    """A line that bends a little to its left, from card's edge to card's edge."""
    across, down = end[0] - start[0], end[1] - start[1]
    bend = (start[0] + across / 2 + down * BOW, start[1] + down / 2 - across * BOW)
    (x1, y1), (x2, y2) = _edge(start, bend), _edge(end, bend)
    return f"M{x1:.0f} {y1:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {x2:.0f} {y2:.0f}"


def _edge(centre: Point, toward: Point) -> Point:
    """Where a line from a card's centre leaves it."""
    across, down = toward[0] - centre[0], toward[1] - centre[1]
    if not hypot(across, down):
        return centre
    half_width, half_height = CARD_WIDTH / 2 + ARROW_GAP, CARD_HEIGHT / 2 + ARROW_GAP
    share = min(
        half_width / abs(across) if across else 1.0,
        half_height / abs(down) if down else 1.0,
        1.0,
    )
    return centre[0] + across * share, centre[1] + down * share


def _cell(at: Point) -> Point:
    return (
        MARGIN + CARD_WIDTH / 2 + at[0] * CELL_WIDTH,
        MARGIN + CARD_HEIGHT / 2 + at[1] * CELL_HEIGHT,
    )


def _card(person: PersonFact, centre: Point, drawn: PowerMap, settings: MapSettings) -> DrawnPerson:
    ties = drawn.ties_to(person.id)
    depths = [tie.depth for tie in ties if tie.depth is not None]
    return DrawnPerson(
        person=person,
        x=centre[0] - CARD_WIDTH / 2,
        y=centre[1] - CARD_HEIGHT / 2,
        name=clipped(person.name, NAME_EMS),
        title=clipped(person.title or person.department, TITLE_EMS),
        roles=tuple(role for role in Role if role in person.roles),
        fade=_fade(freshness(person, drawn, settings)) if person.support is not None else 0,
        depth=max(depths, default=None),
        ties=len(ties),
    )


def _fade(fresh: float) -> int:
    return min(3, int((1 - fresh) * 4))


def _ties(drawn: PowerMap, centres: Mapping[int, Point]) -> Iterator[DrawnTie]:
    for kind in (TieKind.REPORTS_TO, TieKind.AT_ODDS, TieKind.ALLIED, TieKind.INFLUENCES):
        for (from_id, to_id), weight in drawn.layers[kind].items():
            line = reporting_path if kind is TieKind.REPORTS_TO else curved_path
            path = line(centres[from_id], centres[to_id])
            yield DrawnTie(kind.value, from_id, to_id, weight, path)


def _coverage(
    drawn: PowerMap,
    centres: Mapping[int, Point],
    ours: Mapping[int, Point],
    settings: MapSettings,
) -> Iterator[DrawnTie]:
    for person_id, ties in drawn.coverage.items():
        for tie in ties:
            (x1, y1), (x2, y2) = ours[tie.colleague_id], centres[person_id]
            middle = (y1 + y2) / 2
            path = (
                f"M{x1:.0f} {y1:.0f}C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2:.0f}"
            )
            weight = _weight(tie, drawn, settings)
            yield DrawnTie("coverage", tie.colleague_id, person_id, weight, path)


def _weight(tie: CoverageFact, drawn: PowerMap, settings: MapSettings) -> int:
    """The depth as it still holds: a step less for each halving since the last contact."""
    depth = int(tie.depth or Depth.NODDING)
    fresh = contact_factor(tie.last_contact, drawn.on, settings)
    return max(1, depth - (fresh < 0.5) - (fresh <= settings.contact_floor))
