"""The portfolio's pictures as matplotlib figures: made from values and words, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts import AMBER, BLUE, GREEN, GREY, GRID, INK, PALE, RED, Words, figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LARGEST = 2600
"""The area of the largest bubble, in square points."""
MOST_NAMED = 14
"""Beyond so many names a picture says nothing."""
NAME_WIDTH, NAME_HEIGHT = 16.0, 3.4
"""The room of a name in the picture, in hundredths of its sides."""
TONES = {"guard": GREEN, "build": BLUE, "harvest": AMBER, "watch": GREY}
SHADES = ("#0e5039", "#15694a", "#4f9277", "#8fb9a6", "#c3d9cf", "#e2ddd2")
"""From the largest class to the smallest."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """An account in the picture: ``across`` and ``up`` are 0-100, ``size`` 0-1 of the largest."""

    name: str
    across: float
    up: float
    size: float
    field: str


@dataclass(frozen=True, slots=True)
class Slope:
    """What has come together, in per cent of the whole, account by account."""

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of parts one on the other."""

    name: str
    parts: tuple[int, ...]


def bubbles(words: Words, found: Sequence[Bubble], corners: Sequence[str]) -> Figure:
    """Accounts by position (across), attractiveness (up) and size; ``corners`` name the fields,
    from the upper left to the lower right."""
    figure, axes = figure_of(words, (10.4, 6.6))
    axes.axhline(50, color=GRID, lw=1.2)
    axes.axvline(50, color=GRID, lw=1.2)
    for place, name in enumerate(corners):
        right, low = place % 2, place // 2
        axes.text(right * 99 + (1 - right), 2 if low else 98, name, color=PALE, fontsize=9.5,
                  ha="right" if right else "left", va="bottom" if low else "top")  # fmt: skip
    for one in found:
        axes.scatter(one.across, one.up, s=max(one.size * LARGEST, 24), color=TONES[one.field],
                     alpha=0.55, edgecolors="white", linewidths=1)  # fmt: skip
    for one, up in zip(found, spread(found[:MOST_NAMED]), strict=False):
        axes.annotate(one.name, (one.across, up), ha="center", va="center", fontsize=8.5,
                      color=INK)  # fmt: skip
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    return figure


def spread(named: Sequence[Bubble]) -> list[float]:
    """How high each name stands: by its bubble, or the nearest place below that is free."""
    taken: list[tuple[float, float]] = []
    for one in named:
        up = one.up
        while any(abs(one.across - x) < NAME_WIDTH and abs(up - y) < NAME_HEIGHT for x, y in taken):
            up -= NAME_HEIGHT
        taken.append((one.across, up))
    return [up for _across, up in taken]


def slopes(words: Words, found: Sequence[Slope]) -> Figure:
    """What the first accounts bring together, from the largest down, in per cent of the whole."""
    figure, axes = figure_of(words)
    for slope, colour, mark in zip(found, (GREEN, BLUE), ("o", "s"), strict=False):
        places = range(len(slope.shares) + 1)
        axes.plot(places, (0.0, *slope.shares), color=colour, lw=2, label=slope.name,
                  marker=mark if len(slope.shares) <= 40 else "", ms=4)  # fmt: skip
    axes.axhline(80, color=RED, ls="--", lw=1.2)
    axes.annotate(words.mark, (0, 80), (2, 4), textcoords="offset points", color=RED, fontsize=9)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=GRID)
    if found:
        axes.legend(frameon=False, fontsize=9.5, loc="lower right")
    return figure


def stacks(words: Words, names: Sequence[str], found: Sequence[Stack]) -> Figure:
    """Bars of parts, the first on top: how many of each kind there were at a time."""
    figure, axes = figure_of(words)
    ground = [0] * len(found)
    for place in range(len(names) - 1, -1, -1):
        parts = [one.parts[place] for one in found]
        bars = axes.bar(range(len(found)), parts, bottom=ground, width=0.68, color=SHADES[place],
                        label=names[place])  # fmt: skip
        ink = "white" if place < 3 else INK
        labels = [str(one) if one else "" for one in parts]
        axes.bar_label(bars, labels, label_type="center", fontsize=8.5, color=ink)
        ground = [low + part for low, part in zip(ground, parts, strict=True)]
    axes.set_xticks(range(len(found)), [one.name for one in found])
    _legend_beside(axes)
    return figure


def _legend_beside(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], frameon=False, fontsize=9.5, loc="center left",
                bbox_to_anchor=(1, 0.5))  # fmt: skip


def steadiness(words: Words, names: Sequence[str], shares: Sequence[float], top: int) -> Figure:
    """How often each account is on its side of the line below the first ``top``, in per cent."""
    figure, axes = figure_of(words, (9.6, 1.4 + 0.34 * max(len(names), 1)))
    places = range(len(names))
    colours = [GREEN if share >= 0.8 else AMBER if share >= 0.5 else RED for share in shares]
    axes.barh(places, [100 * share for share in shares], height=0.62, color=colours)
    for place, share in zip(places, shares, strict=True):
        axes.annotate(f"{share:.0%}", (100 * share, place), (4, 0), textcoords="offset points",
                      va="center", fontsize=9, color=INK)  # fmt: skip
    if 0 < top < len(names):
        axes.axhline(top - 0.5, color=INK, ls="--", lw=1)
    axes.set_yticks(places, list(names))
    axes.tick_params(axis="y", labelsize=9.5, labelcolor=INK)
    axes.invert_yaxis()
    axes.set_xlim(0, 108)
    return figure
