"""What ten times the data costs: both data sets served at once, asked in turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.databases import Place
from bench.measuring import Series, fill, take_slice
from bench.run import Effort, Measured, stage, weigh_all


def growth(
    make: Place,
    sources: tuple[Path, Path],
    folder: Path,
    effort: Effort,
    tell: Callable[[str], None],
) -> list[dict[str, Any]]:
    """For each subject the cost on the large data set as a multiple of that on the small."""
    small, large = sources
    with (
        stage(make("small", small), folder) as one,
        stage(make("large", large), folder) as ten,
    ):
        pairs = list(zip(weigh_all(one), weigh_all(ten), strict=True))
        series = [Series() for _ in pairs]
        for few, many in pairs:
            fill(one.target(few.subject))
            fill(ten.target(many.subject))
        for number in range(effort.rounds):
            tell(f"growth, round {number + 1} of {effort.rounds}")
            for (few, many), kept in zip(pairs, series, strict=True):
                kept.beside.append(take_slice(one.target(few.subject), 1, effort.seconds))
                kept.slices.append(take_slice(ten.target(many.subject), 1, effort.seconds))
    return [_row(few, many, kept) for (few, many), kept in zip(pairs, series, strict=True)]


def _row(few: Measured, many: Measured, kept: Series) -> dict[str, Any]:
    """The small data set stands in the floor's place."""
    pairs = zip(kept.slices, kept.beside, strict=True)
    spent = kept.cpu_ratio
    return {
        "page": few.subject.name,
        "by": few.subject.who,
        "time": median(median(large.latencies) / median(small.latencies) for large, small in pairs),
        "cpu": 1 / spent if spent else None,
        "selects": (few.weight.selects, many.weight.selects),
        "kib": (few.weight.kib, many.weight.kib),
    }
