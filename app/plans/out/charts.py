"""The pictures of a plan as matplotlib figures, for slides and for print."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from app.charts import file_of
from app.plans.out.document import GoalBar, Picture
from app.plans.rules import Standing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, GRID, TRACK = "#1d2521", "#666b65", "#e2ddd2", "#edeae2"
GOAL_COLOURS = {
    Standing.AHEAD: "#15694a",
    Standing.ON_TRACK: "#15694a",
    Standing.DONE: "#15694a",
    Standing.BEHIND: "#b4760b",
    Standing.MISSED: "#a3282b",
    Standing.UNKNOWN: "#8e8b80",
}
TIME_COLOURS = {"late": "#a3282b", "to_do": "#8e8b80", "in_hand": "#2d5877", "done": "#15694a"}
"""The colours of static/tokens.css in its light theme; words beside them tell the same."""
MOST_BARS = 14
WIDTH, ROW, ROUND = 9.6, 0.42, 0.9
"""Inches: the picture, a bar's row, and what stands round the rows."""


@cache
def _family() -> list[str]:
    """Chinese and Latin in the font that comes with the product."""
    from matplotlib.font_manager import fontManager, get_font
    from pylopdf_fonts_zh_cn import sans_path

    fontManager.addfont(str(sans_path()))
    return [get_font(str(sans_path())).family_name, "DejaVu Sans"]


def picture_of(picture: Picture, kind: str) -> bytes:
    """A section's picture as ``png`` or ``svg``; the same values give the same bytes."""
    return file_of(_goals(picture) if picture.goals else _times(picture), kind)


def _sheet(rows: int) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, ROUND + ROW * max(rows, 2)), facecolor="white")
    axes = figure.add_axes((0.36, 0.16, 0.60, 0.82))
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, colors=PALE)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=GRID)
    return figure, axes


def _write(axes: Axes, x: float, y: float, words: str, **more: Any) -> None:
    look = {"family": _family(), "fontsize": 9, "va": "center", "color": INK, "parse_math": False}
    axes.text(x, y, words, **{**look, **more})


def _names(axes: Axes, names: list[str]) -> None:
    axes.set_yticks([])
    for place, name in enumerate(names):
        short = name if len(name) <= 40 else f"{name[:39]}…"
        where = {"transform": axes.get_yaxis_transform(), "ha": "right"}
        _write(axes, -0.015, place, short, **where)


def _goals(picture: Picture) -> Figure:
    """Bars from nothing to the target, with a mark where the line asks to be by now."""
    bars = picture.goals[:MOST_BARS]
    figure, axes = _sheet(len(bars))
    axes.set_xlim(0, 1.34)
    for place, bar in enumerate(bars):
        _goal(axes, place, bar)
    _names(axes, [bar.name for bar in bars])
    axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"], family=_family(), fontsize=8.5)
    return figure


def _goal(axes: Axes, place: int, bar: GoalBar) -> None:
    axes.barh(place, 1, height=0.5, color=TRACK)
    if bar.done is not None:
        reach = min(max(bar.done, 0.0), 1.0)
        axes.barh(place, reach, height=0.5, color=GOAL_COLOURS[bar.standing])
    if bar.due is not None:
        axes.plot([bar.due] * 2, [place - 0.36, place + 0.36], color=INK, lw=1.6)
    _write(axes, 1.02, place, bar.words, fontsize=8.5)


def _times(picture: Picture) -> Figure:
    """Bars from a day to a day, with a line where today is."""
    from matplotlib.dates import AutoDateLocator, DateFormatter, date2num

    bars = picture.times[:MOST_BARS]
    figure, axes = _sheet(len(bars))
    for place, bar in enumerate(bars):
        start, end = date2num(bar.start), date2num(bar.end) + 1  # type: ignore[no-untyped-call]
        axes.barh(place, end - start, left=start, height=0.5, color=TIME_COLOURS[bar.state])
        _write(axes, end + 2, place, bar.words, fontsize=8.5)
    if picture.today is not None:
        axes.axvline(date2num(picture.today), color="#9c5a00", ls="--", lw=1.2)  # type: ignore[no-untyped-call]
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(AutoDateLocator(maxticks=8))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))  # type: ignore[no-untyped-call]
    _names(axes, [bar.name for bar in bars])
    axes.tick_params(axis="x", labelsize=8)
    return figure
