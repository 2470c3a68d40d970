"""The table of a session: notes put together, by factor, the weightiest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.pipeline.losing import Factor, in_order


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as its reader sees it: ``dots`` are everybody's, ``mine`` the reader's own."""

    id: int
    user_id: int | None
    who: str
    factor: Factor
    words: str
    is_shared: bool
    leader_id: int | None
    came_true: bool | None
    dots: int
    mine: int


@dataclass(frozen=True, slots=True)
class Heap:
    """A note with those put under it; dots are counted together."""

    first: NoteRow
    under: tuple[NoteRow, ...]

    @property
    def dots(self) -> int:
        """Everybody's dots."""
        return self.first.dots + sum(note.dots for note in self.under)


@dataclass(frozen=True, slots=True)
class Pile:
    """The heaps of a factor."""

    factor: Factor
    heaps: tuple[Heap, ...]

    @property
    def dots(self) -> int:
        """Everybody's dots."""
        return sum(heap.dots for heap in self.heaps)


def piles(notes: Sequence[NoteRow]) -> list[Pile]:
    """Notes by factor, those with most dots first and else as the tree lists them.

    A note whose first note cannot be seen stands alone.
    """
    seen = {note.id for note in notes}
    under: dict[int, list[NoteRow]] = defaultdict(list)
    firsts: dict[Factor, list[NoteRow]] = defaultdict(list)
    for note in notes:
        if note.leader_id in seen and note.leader_id is not None:
            under[note.leader_id].append(note)
        else:
            firsts[note.factor].append(note)
    found = [
        Pile(factor, tuple(_heaps([Heap(one, tuple(under[one.id])) for one in firsts[factor]])))
        for factor in in_order(firsts)
    ]
    return sorted(found, key=lambda pile: -pile.dots)


def _heaps(heaps: list[Heap]) -> list[Heap]:
    return sorted(heaps, key=lambda heap: -heap.dots)
