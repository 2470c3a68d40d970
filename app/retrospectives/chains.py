"""Chains of why: from what happened down to what could be done otherwise next time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.pipeline.losing import Factor, in_order

DEEP_ENOUGH = 3
"""From the third why on an answer is taken for a root; five is the usual advice, few get there."""


@dataclass(frozen=True, slots=True)
class WhyRow:
    """An answer to why; ``evidence`` are keys of the record."""

    id: int
    parent_id: int | None
    factor: Factor
    words: str
    evidence: tuple[str, ...]
    user_id: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Step:
    """A row with the answers to why under it; ``depth`` counts from 1."""

    row: WhyRow
    depth: int
    under: tuple[Step, ...]

    @property
    def is_root(self) -> bool:
        """Whether asking ended here, deep enough to do something about it."""
        return not self.under and self.depth >= DEEP_ENOUGH


def chains(rows: Iterable[WhyRow]) -> list[tuple[Factor, list[Step]]]:
    """The chains by factor, as the tree lists them; steps in the order they were said."""
    under: dict[int | None, list[WhyRow]] = defaultdict(list)
    for row in rows:
        under[row.parent_id].append(row)
    firsts = _steps(under, None, 1)
    return [
        (factor, [one for one in firsts if one.row.factor == factor])
        for factor in in_order(one.row.factor for one in firsts)
    ]


def _steps(under: dict[int | None, list[WhyRow]], parent: int | None, depth: int) -> list[Step]:
    return [
        Step(row, depth, tuple(_steps(under, row.id, depth + 1))) for row in under.get(parent, ())
    ]


def steps_in(found: Iterable[tuple[Factor, list[Step]]]) -> list[Step]:
    """Every step, each before those under it."""

    def walk(step: Step) -> Iterable[Step]:
        yield step
        for one in step.under:
            yield from walk(one)

    return [one for _factor, steps in found for step in steps for one in walk(step)]
