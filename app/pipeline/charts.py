"""The pipeline's pictures as matplotlib figures: made from values and words, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts import (
    BLUE,
    GREEN,
    GREY,
    GRID,
    INK,
    MARKS,
    RED,
    SERIES,
    SIZE,
    Words,
    figure_of,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Range:
    """A row of a picture of ranges: from low to high round a point; ``bar`` starts at nothing."""

    name: str
    low: float
    point: float
    high: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of a waterfall; the whole ones stand on the ground."""

    name: str
    value: float
    words: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of one series."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()


def ranges(words: Words, rows: Sequence[Range], mark: float | None, unit: float) -> Figure:
    """Ranges one under the other, each with its point and its words; ``mark`` is a line."""
    size = (SIZE[0], 1.6 + 0.62 * max(len(rows), 1))
    figure, axes = figure_of(words, size)
    for place, row in enumerate(reversed(rows)):
        colour = SERIES[place % 3] if row.high > row.low else GREY
        axes.plot([row.low / unit, row.high / unit], [place, place], lw=9, color=colour, alpha=0.3,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot(row.point / unit, place, "D", color=colour, ms=8)
        axes.annotate(row.words, (max(row.high, row.point) / unit, place), (9, 0),
                      textcoords="offset points", va="center", fontsize=9, color=INK)  # fmt: skip
    axes.set_yticks(range(len(rows)), [row.name for row in reversed(rows)])
    axes.tick_params(axis="y", labelsize=10.5, labelcolor=INK)
    axes.grid(axis="x", color=GRID)
    farthest = max([mark or 0.0, *(max(row.high, row.point) for row in rows)]) / unit
    axes.set_xlim(0, farthest * 1.28 or 1.0)
    axes.margins(y=0.25)
    if mark is not None:
        axes.axvline(mark / unit, color=RED, ls="--", lw=1.4)
        axes.annotate(words.mark, (mark / unit, 1), (4, -12), xycoords=("data", "axes fraction"),
                      textcoords="offset points", color=RED, fontsize=9)  # fmt: skip
    return figure


def waterfall(words: Words, bars: Sequence[Bar], unit: float) -> Figure:
    """From a whole to a whole by steps; what adds is green and up, what takes is red and down."""
    figure, axes = figure_of(words, (SIZE[0], 4.8))
    level = 0.0
    for place, bar in enumerate(bars):
        start = 0.0 if bar.is_whole else level
        colour = BLUE if bar.is_whole else GREEN if bar.value >= 0 else RED
        axes.bar(place, bar.value / unit, bottom=start / unit, width=0.62, color=colour)
        level = bar.value if bar.is_whole else level + bar.value
        top = max(start, start + bar.value) / unit
        axes.annotate(bar.words, (place, top), (0, 4), textcoords="offset points", ha="center",
                      fontsize=9, color=INK)  # fmt: skip
        if place + 1 < len(bars):
            axes.plot([place + 0.31, place + 0.69], [level / unit] * 2, color=GREY, lw=0.8)
    axes.set_xticks(range(len(bars)), [bar.name for bar in bars])
    axes.tick_params(axis="x", labelsize=9.5, labelcolor=INK)
    axes.grid(axis="y", color=GRID)
    axes.margins(y=0.15)
    return figure


def reliability(words: Words, curves: Sequence[Curve]) -> Figure:
    """What came of what was said: on the diagonal the words were right."""
    figure, axes = figure_of(words, (7.2, 5.4))
    axes.plot([0, 100], [0, 100], color=GREY, ls="--", lw=1)
    for place, curve in enumerate(curves):
        colour = SERIES[place % 3]
        xs, ys = [100 * x for x in curve.xs], [100 * y for y in curve.ys]
        below = [100 * max(y - low, 0.0) for y, low in zip(curve.ys, curve.lows, strict=True)]
        above = [100 * max(high - y, 0.0) for y, high in zip(curve.ys, curve.highs, strict=True)]
        axes.errorbar(xs, ys, [below, above], fmt=MARKS[place % 3] + "-", color=colour, ms=6,
                      lw=1.4, elinewidth=0.8, capsize=2, label=curve.name)  # fmt: skip
    axes.set_xlim(-3, 103)
    axes.set_ylim(-3, 103)
    axes.grid(color=GRID)
    if curves:
        axes.legend(frameon=False, loc="upper left", fontsize=9.5)
    return figure


def lines(words: Words, names: Sequence[str], curves: Sequence[Curve], unit: float) -> Figure:
    """Series over named places, with a band where there is a range; the last stands out."""
    figure, axes = figure_of(words)
    for place, curve in enumerate(curves):
        is_last = place == len(curves) - 1
        colour = INK if is_last else SERIES[place % 3]
        axes.plot(curve.xs, [y / unit for y in curve.ys], MARKS[place % 3] + "-", color=colour,
                  lw=2.2 if is_last else 1.4, ms=6, label=curve.name)  # fmt: skip
        if curve.lows:
            lows, highs = ([y / unit for y in ends] for ends in (curve.lows, curve.highs))
            axes.fill_between(curve.xs, lows, highs, color=colour, alpha=0.12, lw=0)
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=GRID)
    if curves:
        axes.legend(frameon=False, fontsize=9.5, ncols=2)
    return figure
