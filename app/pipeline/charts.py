"""The pipeline's pictures as matplotlib figures: made from values and words, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts import (
    MARKS,
    SERIES,
    Words,
    few_ticks,
    figure_of,
    named_above,
    size_of,
)
from app.tones import BLUE, GREEN, GREY, GRID, INK, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Range:
    """A row of a picture of ranges: from low to high round a point; ``is_faint`` is one that
    another is compared with."""

    name: str
    low: float
    point: float
    high: float
    words: str = ""
    is_faint: bool = False


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


def ranges(
    words: Words, rows: Sequence[Range], mark: float | None, unit: float, is_narrow: bool = False
) -> Figure:
    """Ranges one under the other, each with its point and its words; ``mark`` is a line."""
    count = max(len(rows), 1)
    figure, axes = figure_of(words, size_of(is_narrow, 1.6 + 0.62 * count, 1.5 + 0.74 * count))
    farthest = max([mark or 0.0, *(max(row.high, row.point) for row in rows)]) / unit
    for place, row in enumerate(reversed(rows)):
        colour = GREY if row.is_faint or row.high <= row.low else GREEN
        axes.plot([row.low / unit, row.high / unit], [place, place], lw=9, color=colour, alpha=0.3,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot(row.point / unit, place, "D", color=colour, ms=8)
    (_told_above if is_narrow else _told_beside)(axes, rows, unit)
    axes.grid(axis="x", color=GRID)
    axes.set_xlim(0, farthest * (1.05 if is_narrow else 1.28) or 1.0)
    axes.set_ylim(-0.6, count - 0.3 if mark is None else count + 0.1)
    if mark is not None:
        _draw_mark(axes, words.mark, mark / unit, is_late=mark / unit > farthest / 2)
    return figure


def _told_beside(axes: Axes, rows: Sequence[Range], unit: float) -> None:
    axes.set_yticks(range(len(rows)), [row.name for row in reversed(rows)])
    axes.tick_params(axis="y", labelsize=10.5, labelcolor=INK)
    for place, row in enumerate(reversed(rows)):
        axes.annotate(row.words, (max(row.high, row.point) / unit, place), (9, 0),
                      textcoords="offset points", va="center", fontsize=9, color=INK)  # fmt: skip


def _told_above(axes: Axes, rows: Sequence[Range], _unit: float) -> None:
    few_ticks(axes)
    for place, row in enumerate(reversed(rows)):
        named_above(axes, place, row.name)
        axes.annotate(row.words, (0, place), (0, -9), xycoords=("axes fraction", "data"), va="top",
                      textcoords="offset points", fontsize=9.5, color=INK)  # fmt: skip


def _draw_mark(axes: Axes, words: str, at: float, is_late: bool) -> None:
    axes.axvline(at, color=RED, ls="--", lw=1.4)
    axes.annotate(words, (at, 1), (-4 if is_late else 4, -10), xycoords=("data", "axes fraction"),
                  ha="right" if is_late else "left", textcoords="offset points", color=RED,
                  fontsize=9)  # fmt: skip


def waterfall(words: Words, bars: Sequence[Bar], unit: float, is_narrow: bool = False) -> Figure:
    """From a whole to a whole by steps; what adds is green and up, what takes is red and down.

    On a phone the steps go down the page, to the right and back.
    """
    figure, axes = figure_of(words, size_of(is_narrow, 4.8, 1.4 + 0.5 * len(bars)))
    steps = list(_steps(bars, unit))
    (_steps_down if is_narrow else _steps_across)(axes, steps)
    return figure


@dataclass(frozen=True, slots=True)
class _Step:
    """A bar with where it begins and ends."""

    bar: Bar
    start: float
    end: float

    @property
    def colour(self) -> str:
        return BLUE if self.bar.is_whole else GREEN if self.bar.value >= 0 else RED


def _steps(bars: Sequence[Bar], unit: float) -> Iterator[_Step]:
    level = 0.0
    for bar in bars:
        start = 0.0 if bar.is_whole else level
        level = start + bar.value / unit
        yield _Step(bar, start, level)


def _steps_across(axes: Axes, steps: Sequence[_Step]) -> None:
    for place, one in enumerate(steps):
        axes.bar(place, one.end - one.start, bottom=one.start, width=0.62, color=one.colour)
        axes.annotate(one.bar.words, (place, max(one.start, one.end)), (0, 4), ha="center",
                      textcoords="offset points", fontsize=9, color=INK)  # fmt: skip
        if place + 1 < len(steps):
            axes.plot([place + 0.31, place + 0.69], [one.end] * 2, color=GREY, lw=0.8)
    axes.set_xticks(range(len(steps)), [one.bar.name for one in steps])
    axes.tick_params(axis="x", labelsize=9.5, labelcolor=INK)
    axes.grid(axis="y", color=GRID)
    ends = [end for one in steps for end in (one.start, one.end)]
    axes.set_ylim(min(ends, default=0.0) * 1.15, max(ends, default=0.0) * 1.12 or 1.0)


def _steps_down(axes: Axes, steps: Sequence[_Step]) -> None:
    few_ticks(axes)
    for row, one in enumerate(steps):
        place = len(steps) - 1 - row
        axes.barh(place, one.end - one.start, left=one.start, height=0.34, color=one.colour)
        named_above(axes, place, one.bar.name, one.bar.words)
    axes.set_xlabel(axes.get_ylabel())
    axes.set_ylabel("")
    axes.grid(axis="x", color=GRID)
    axes.set_ylim(-0.4, len(steps) - 0.3)


def reliability(words: Words, curves: Sequence[Curve], is_narrow: bool = False) -> Figure:
    """What came of what was said: on the diagonal the words were right."""
    figure, axes = figure_of(words, size_of(is_narrow, 5.2, 4.6))
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
    _draw_keys(figure, axes, is_narrow, columns=1)
    return figure


def _draw_keys(figure: Figure, axes: Axes, is_narrow: bool, columns: int) -> None:
    """What the series are called: in the picture, or on a phone below it."""
    if not axes.get_legend_handles_labels()[1]:
        return
    if is_narrow:
        figure.legend(frameon=False, fontsize=9.5, loc="outside lower left")
    else:
        axes.legend(frameon=False, fontsize=9.5, ncols=columns)


def lines(
    words: Words,
    names: Sequence[str],
    curves: Sequence[Curve],
    unit: float,
    is_narrow: bool = False,
) -> Figure:
    """Series over named places, with a band where there is a range; the last stands out."""
    figure, axes = figure_of(words, size_of(is_narrow, 4.6, 4.4))
    for place, curve in enumerate(curves):
        is_last = place == len(curves) - 1
        colour = INK if is_last else SERIES[place % 3]
        axes.plot(curve.xs, [y / unit for y in curve.ys], MARKS[place % 3] + "-", color=colour,
                  lw=2.2 if is_last else 1.4, ms=6, label=curve.name)  # fmt: skip
        if curve.lows:
            lows, highs = ([y / unit for y in ends] for ends in (curve.lows, curve.highs))
            axes.fill_between(curve.xs, lows, highs, color=colour, alpha=0.12, lw=0)
    axes.set_xticks(range(len(names)), names)
    if is_narrow:
        axes.tick_params(axis="x", labelrotation=35)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=GRID)
    _draw_keys(figure, axes, is_narrow, columns=2)
    return figure
