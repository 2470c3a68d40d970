"""What moved between two days: from where to where, how much, and the funnel's shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.pipeline.rules import STAGES, Outcome, Stage
from app.vocabulary import N_, Term

HEIGHT = 460
WIDTH = 1000
BAR = 14
GAP = 14
LEAST = 3.0


class Edge(Term):
    """Where a deal stood on a day, beside the six stages: not there yet, or ended."""

    NEW = "new", N_("New or taken up again")
    CLOSED = "closed", N_("Delivered and closed")
    LOST = "lost", N_("Lost")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


Place = Stage | Edge
BEFORE: tuple[Place, ...] = (*STAGES, Edge.NEW)
AFTER: tuple[Place, ...] = (*STAGES, Edge.CLOSED, Edge.LOST, Edge.WITHDRAWN)
ENDS = {
    Outcome.CLOSED: Edge.CLOSED,
    Outcome.LOST: Edge.LOST,
    Outcome.WITHDRAWN: Edge.WITHDRAWN,
}


def place_in(stage: Stage | None, outcome: Outcome | None) -> Place:
    """Where a deal stood: its stage while it is live, how it ended, or not there yet.

    >>> place_in(Stage.BIDDING, Outcome.LOST).value, place_in(None, None).value
    ('lost', 'new')
    """
    if stage is None or outcome is None:
        return Edge.NEW
    return ENDS.get(outcome, stage)


@dataclass(frozen=True, slots=True)
class Stream:
    """So many deals that went from one place to another, with what they come to in a currency."""

    start: Place
    end: Place
    currency: str
    count: int
    amount: Decimal

    @property
    def has_moved(self) -> bool:
        """Whether it leads elsewhere."""
        return self.start != self.end


@dataclass(frozen=True, slots=True)
class Bar:
    """A place at one side of the picture."""

    place: Place
    count: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A stream as a band: from ``left`` on the one bar, top and foot, to ``right`` on the other."""

    start: Place
    end: Place
    count: int
    left: tuple[float, float]
    right: tuple[float, float]
    tone: str

    @property
    def path(self) -> str:
        """The band as SVG draws it."""
        (top, foot), (low, end) = self.left, self.right
        x, far, middle = BAR, WIDTH - BAR, WIDTH / 2
        return (
            f"M{x} {top:.1f}C{middle:.0f} {top:.1f} {middle:.0f} {low:.1f} {far} {low:.1f}"
            f"V{end:.1f}C{middle:.0f} {end:.1f} {middle:.0f} {foot:.1f} {x} {foot:.1f}Z"
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars on both sides and the ribbons between them, by number of deals."""

    left: list[Bar]
    right: list[Bar]
    ribbons: list[Ribbon]


def picture(streams: Iterable[Stream]) -> Picture:
    """The streams drawn: as high as they have deals, in the order of the stages.

    Counts are added over currencies; nothing to draw gives no bars.
    """
    counts: dict[tuple[Place, Place], int] = {}
    for one in streams:
        counts[one.start, one.end] = counts.get((one.start, one.end), 0) + one.count
    left = _bars([(place, _sum(counts, place, 0)) for place in BEFORE], 0)
    right = _bars([(place, _sum(counts, place, 1)) for place in AFTER], WIDTH - BAR)
    return Picture(left, right, _ribbons(counts, left, right))


def _sum(counts: dict[tuple[Place, Place], int], place: Place, side: int) -> int:
    return sum(count for pair, count in counts.items() if pair[side] == place)


def _bars(counted: list[tuple[Place, int]], x: float) -> list[Bar]:
    shown = [(place, count) for place, count in counted if count]
    total = sum(count for _, count in shown)
    room = HEIGHT - GAP * max(len(shown) - 1, 0)
    bars: list[Bar] = []
    y = 0.0
    for place, count in shown:
        height = max(count / total * room, LEAST)
        bars.append(Bar(place, count, x, round(y, 1), round(height, 1)))
        y += height + GAP
    return bars


def _ribbons(
    counts: dict[tuple[Place, Place], int], left: list[Bar], right: list[Bar]
) -> list[Ribbon]:
    starts = {bar.place: [bar.y, bar.height / bar.count] for bar in left}
    ends = {bar.place: [bar.y, bar.height / bar.count] for bar in right}
    ribbons = []
    for start in BEFORE:
        for end in AFTER:
            count = counts.get((start, end), 0)
            if count:
                taken = (_taken(starts[start], count), _taken(ends[end], count))
                ribbons.append(Ribbon(start, end, count, *taken, tone_of(start, end)))
    return ribbons


def _taken(bar: list[float], count: int) -> tuple[float, float]:
    """A band's height taken off what is left of a bar: where it begins and ends."""
    top, unit = bar
    bar[0] = top + unit * count
    return top, bar[0]


def tone_of(start: Place, end: Place) -> str:
    """Whether a stream is progress: ``on``, ``back``, ``lost``, ``done``, ``new`` or ``stay``.

    >>> tone_of(Stage.PROPOSAL, Stage.BIDDING), tone_of(Stage.BIDDING, Edge.LOST)
    ('on', 'lost')
    """
    if end in {Edge.LOST, Edge.WITHDRAWN}:
        return "lost"
    if end in {Edge.CLOSED, Stage.DELIVERY} and start != end:
        return "done"
    if start is Edge.NEW:
        return "new"
    if start == end:
        return "stay"
    return "on" if BEFORE.index(start) < AFTER.index(end) else "back"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the funnel: how many reached it, and how many of them went further."""

    stage: Stage
    reached: int
    further: int

    @property
    def share(self) -> float | None:
        """The share that went further, 0-1; None when none reached it."""
        return self.further / self.reached if self.reached else None
