"""What moved between two days, and how far deals came, as figures for a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts import Words, figure_of
from app.pipeline.flow import BAR, HEIGHT, WIDTH, Bar, Ribbon
from app.tones import AMBER, BLUE, GREEN, GREY, INK, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch

TONES = {"on": BLUE, "done": GREEN, "new": INK, "back": AMBER, "lost": RED, "stay": GREY}

SHEER = 0.38


@dataclass(frozen=True, slots=True)
class Named:
    """A bar with its name and its count."""

    bar: Bar
    words: str
    is_left: bool


def streams_drawn(
    words: Words, bars: Sequence[Named], ribbons: Sequence[Ribbon], keys: Mapping[str, str]
) -> Figure:
    """Bars on both sides and the bands between them, as high as they have deals; ``keys`` says
    what each colour that is there stands for."""
    figure, axes = figure_of(words, (11.0, 5.6))
    axes.set_xlim(-0.24 * WIDTH, 1.24 * WIDTH)
    axes.set_ylim(HEIGHT + 8, -8)
    axes.set_axis_off()
    for ribbon in ribbons:
        axes.add_patch(_band(ribbon))
    for named in bars:
        _draw_bar(axes, named)
    _draw_keys(figure, {tone: keys[tone] for tone in keys if tone in {one.tone for one in ribbons}})
    return figure


def _draw_keys(figure: Figure, keys: Mapping[str, str]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(color=TONES[tone], alpha=SHEER, label=said) for tone, said in keys.items()]
    if patches:
        figure.legend(handles=patches, loc="outside lower left", ncols=6, frameon=False)


def _band(ribbon: Ribbon) -> PathPatch:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (top, foot), (low, end) = ribbon.left, ribbon.right
    x, far, middle = BAR, WIDTH - BAR, WIDTH / 2
    points = [(x, top), (middle, top), (middle, low), (far, low),
              (far, end), (middle, end), (middle, foot), (x, foot), (x, top)]  # fmt: skip
    curve, line = [Path.CURVE4] * 3, [Path.LINETO]
    path = Path(points, [Path.MOVETO, *curve, *line, *curve, Path.CLOSEPOLY])
    return PathPatch(path, facecolor=TONES[ribbon.tone], edgecolor="none", alpha=SHEER)


def _draw_bar(axes: Axes, named: Named) -> None:
    from matplotlib.patches import Rectangle

    bar = named.bar
    axes.add_patch(Rectangle((bar.x, bar.y), BAR, bar.height, color=INK))
    x, side = (bar.x - 8, "right") if named.is_left else (bar.x + BAR + 8, "left")
    axes.annotate(named.words, (x, bar.y + bar.height / 2), ha=side, va="center", fontsize=10)


def funnel_drawn(words: Words, steps: Sequence[tuple[str, int, str]]) -> Figure:
    """Stages one under the other, each as wide as so many deals reached it."""
    figure, axes = figure_of(words, (9.6, 1.4 + 0.55 * len(steps)))
    widest = max([count for _name, count, _words in steps], default=0) or 1
    for place, (_name, count, said) in enumerate(reversed(steps)):
        axes.barh(place, count, left=-count / 2, height=0.72, color=BLUE)
        axes.annotate(said, (widest * 0.54, place), va="center", fontsize=10, color=INK)
    axes.set_yticks(range(len(steps)), [name for name, _count, _words in reversed(steps)])
    axes.tick_params(axis="y", labelsize=10.5, labelcolor=INK)
    axes.set_xlim(-widest * 0.52, widest * 1.05)
    axes.set_xticks([])
    return figure
