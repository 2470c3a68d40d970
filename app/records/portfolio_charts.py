"""The portfolio's pictures as matplotlib figures: made from values and words, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts import NARROW, SIZE, Words, few_ticks, figure_of, folded, named_above, size_of
from app.tones import AMBER, BLUE, GREEN, GREY, GRID, INK, ON_DARK, PALE, PAPER, RED, SHADES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LARGEST = 2600
"""The area of the largest bubble, in square points."""
TONES = {"guard": GREEN, "build": BLUE, "harvest": AMBER, "watch": GREY}


@dataclass(frozen=True, slots=True)
class Room:
    """What a picture has room for: so many names (beyond, it says nothing), each so wide and high
    in hundredths of its sides; and how large a bubble is of the largest there may be."""

    names: int
    wide: float
    high: float
    bubble: float


PAGE, PHONE = Room(14, 16.0, 3.4, 1.0), Room(9, 40.0, 4.4, 0.3)


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


def bubbles(
    words: Words, found: Sequence[Bubble], corners: Sequence[str], is_narrow: bool = False
) -> Figure:
    """Accounts by position (across), attractiveness (up) and size; ``corners`` name the fields,
    from the upper left to the lower right."""
    room = PHONE if is_narrow else PAGE
    figure, axes = figure_of(words, (NARROW, 4.6) if is_narrow else (10.4, 6.6))
    axes.axhline(50, color=GRID, lw=1.2)
    axes.axvline(50, color=GRID, lw=1.2)
    _name_fields(axes, [folded(name, 10) for name in corners] if is_narrow else corners)
    for one in found:
        axes.scatter(one.across, one.up, s=max(one.size * LARGEST * room.bubble, 24), alpha=0.55,
                     color=TONES[one.field], edgecolors=PAPER, linewidths=1)  # fmt: skip
    for one, up in zip(found, spread(found[: room.names], room), strict=False):
        side = (
            ("left" if one.across < 25 else "right" if one.across > 75 else "center")
            if is_narrow
            else "center"
        )
        axes.annotate(one.name, (one.across, up), ha=side, va="center", fontsize=8.5, color=INK)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    return figure


def _name_fields(axes: Axes, corners: Sequence[str]) -> None:
    for place, name in enumerate(corners):
        right, low = place % 2, place // 2
        side = "right" if right else "left"
        axes.text(right * 99 + (1 - right), 2 if low else 98, name, color=PALE, fontsize=9.5,
                  ha=side, va="bottom" if low else "top", multialignment=side)  # fmt: skip


def spread(named: Sequence[Bubble], room: Room = PAGE) -> list[float]:
    """How high each name stands: by its bubble, or the nearest place below that is free."""
    taken: list[tuple[float, float]] = []
    for one in named:
        up = one.up
        while any(abs(one.across - x) < room.wide and abs(up - y) < room.high for x, y in taken):
            up -= room.high
        taken.append((one.across, up))
    return [up for _across, up in taken]


def slopes(words: Words, found: Sequence[Slope], is_narrow: bool = False) -> Figure:
    """What the first accounts bring together, from the largest down, in per cent of the whole."""
    figure, axes = figure_of(words, size_of(is_narrow, SIZE[1], 3.8))
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


def stacks(
    words: Words, names: Sequence[str], found: Sequence[Stack], is_narrow: bool = False
) -> Figure:
    """Bars of parts, the first on top: how many of each kind there were at a time."""
    from matplotlib.ticker import MaxNLocator

    figure, axes = figure_of(words, size_of(is_narrow, SIZE[1], 4.6))
    ground = [0] * len(found)
    for place in range(len(names) - 1, -1, -1):
        parts = [one.parts[place] for one in found]
        bars = axes.bar(range(len(found)), parts, bottom=ground, width=0.68, color=SHADES[place],
                        label=names[place])  # fmt: skip
        ink = ON_DARK if place < 3 else INK
        labels = [str(one) if one else "" for one in parts]
        axes.bar_label(bars, labels, label_type="center", fontsize=8.5, color=ink)
        ground = [low + part for low, part in zip(ground, parts, strict=True)]
    axes.set_xticks(range(len(found)), [one.name for one in found])
    axes.tick_params(axis="x", labelrotation=90 if is_narrow else 0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    _draw_keys(figure, axes, is_narrow)
    return figure


def _draw_keys(figure: Figure, axes: Axes, is_narrow: bool) -> None:
    handles, labels = axes.get_legend_handles_labels()
    handles, labels = handles[::-1], labels[::-1]
    if is_narrow:
        figure.legend(handles, labels, frameon=False, fontsize=9.5, loc="outside lower left",
                      ncols=6, handlelength=1, columnspacing=1)  # fmt: skip
    else:
        axes.legend(handles, labels, frameon=False, fontsize=9.5, loc="center left",
                    bbox_to_anchor=(1, 0.5))  # fmt: skip


def steadiness(
    words: Words,
    names: Sequence[str],
    shares: Sequence[float],
    top: int,
    is_narrow: bool = False,
) -> Figure:
    """How often each account is on its side of the line below the first ``top``, in per cent."""
    count = max(len(names), 1)
    figure, axes = figure_of(words, size_of(is_narrow, 1.4 + 0.34 * count, 1.4 + 0.46 * count))
    places = range(len(names))
    colours = [GREEN if share >= 0.8 else AMBER if share >= 0.5 else RED for share in shares]
    axes.barh(places, [100 * share for share in shares], height=0.3 if is_narrow else 0.62,
              color=colours)  # fmt: skip
    told = [f"{share:.0%}" for share in shares]
    axes.set_xlim(0, 101 if is_narrow else 108)
    (_told_above if is_narrow else _told_beside)(axes, names, shares, told)
    if 0 < top < len(names):
        axes.axhline(top - (0.75 if is_narrow else 0.5), color=INK, ls="--", lw=1)
    axes.set_ylim(count - 0.5, -0.8 if is_narrow else -0.5)
    return figure


def _told_beside(
    axes: Axes, names: Sequence[str], shares: Sequence[float], told: Sequence[str]
) -> None:
    axes.set_yticks(range(len(names)), list(names))
    axes.tick_params(axis="y", labelsize=9.5, labelcolor=INK)
    for place, (share, words) in enumerate(zip(shares, told, strict=True)):
        axes.annotate(words, (100 * share, place), (4, 0), textcoords="offset points",
                      va="center", fontsize=9, color=INK)  # fmt: skip


def _told_above(
    axes: Axes, names: Sequence[str], _shares: Sequence[float], told: Sequence[str]
) -> None:
    few_ticks(axes)
    for place, (name, words) in enumerate(zip(names, told, strict=True)):
        named_above(axes, place, name, words)
