"""The record of a deal: one line of time, told as it was known, with hindsight marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from app.pipeline.rules import Stage
from app.pipeline.story_queries import Event

AFTERMATH = timedelta(days=90)
"""How long after a decision its people are still told of: house convention, a quarter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with what else is known of it; ``is_personal`` when it judges somebody,
    ``written_on`` the day it was put down, where that is kept."""

    event: Event
    is_personal: bool = False
    written_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record. Hindsight is of a day after the decision; ``late_on`` is the day it
    was written down when that was after the decision, though it tells of a day before."""

    event: Event
    is_hindsight: bool
    late_on: date | None

    @property
    def key(self) -> str:
        """What it is known by where it is attached as evidence."""
        return key_of(self.event)


@dataclass(frozen=True, slots=True)
class Span:
    """What happened while a deal stood in a stage; None stands for the time before we came in."""

    stage: Stage | None
    since: date | None
    lines: tuple[Line, ...]
    is_hindsight: bool = False


def key_of(event: Event) -> str:
    """What an event is known by where it is attached as evidence: the same as long as it is."""
    said = f"{event.on}|{event.icon}|{event.text}|{event.note}|{event.who}"
    return sha256(said.encode()).hexdigest()[:16]


def lines_of(entries: Iterable[Entry], decided_on: date | None) -> list[Line]:
    """Every entry once, oldest first; of one day in the order in which they come."""
    return [_line(entry, decided_on) for entry in sorted(entries, key=lambda entry: entry.event.on)]


def _line(entry: Entry, decided_on: date | None) -> Line:
    event, written = entry.event, entry.written_on
    after = decided_on is not None and event.on > decided_on
    is_late = decided_on is not None and written is not None and written > decided_on
    return Line(event, after, written if is_late and not after else None)


def spans_of(lines: Sequence[Line], stays: Sequence[tuple[date, Stage]]) -> list[Span]:
    """The lines by where the deal stood; ``stays`` are the days it entered a stage, in order.

    What lies before the first day, or after the decision, stands apart.
    """
    known = [line for line in lines if not line.is_hindsight]
    edges = [since for since, _stage in stays]
    first = edges[0] if edges else date.max
    spans = [Span(None, None, tuple(line for line in known if line.event.on < first))]
    for (since, stage), until in zip(stays, [*edges, date.max][1:], strict=True):
        here = tuple(line for line in known if since <= line.event.on < until)
        spans.append(Span(stage, since, here))
    later = tuple(line for line in lines if line.is_hindsight)
    spans.append(Span(None, None, later, is_hindsight=True))
    return [span for span in spans if span.lines]
