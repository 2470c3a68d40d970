"""The map as a matplotlib figure, for a slide and for a sheet of A3."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.charts import draw_boxes_for_unknown_signs
from app.stakeholders.map_drawing import (
    CARD_HEIGHT,
    CARD_WIDTH,
    OURS_HEIGHT,
    OURS_WIDTH,
    Drawing,
    DrawnPerson,
    Point,
    sign_of,
)
from app.stakeholders.map_words import MapWords
from app.stakeholders.rules import Role

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

STEPS = re.compile(r"([MVHQC])([^MVHQC]*)")
FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "DejaVu Sans",
)
A3 = (16.54, 11.69)
SLIDE = (13.33, 7.5)
INK, PALE, PAPER, EDGE = "#1d2521", "#666b65", "#fffefb", "#8e8b80"
ROLE_COLOURS = {
    Role.DECIDER: "#5a3a8e",
    Role.PROPOSER: "#0d6670",
    Role.GUIDE: "#15694a",
    Role.EXECUTOR: "#4a5866",
    Role.BLOCKER: "#9c2b33",
    Role.INFLUENCER: "#815300",
}
ROLE_MARKS = {
    Role.DECIDER: "D",
    Role.PROPOSER: "h",
    Role.GUIDE: ">",
    Role.EXECUTOR: "s",
    Role.BLOCKER: "8",
    Role.INFLUENCER: "o",
}
SUPPORT_COLOURS = {
    None: ("#ffffff", PALE),
    -2: ("#ad480b", "#ffffff"),
    -1: ("#fbdfc6", "#7a3305"),
    0: ("#e3dfd4", "#454b46"),
    1: ("#d2e5f5", "#0b416f"),
    2: ("#0d4f85", "#ffffff"),
}
TIE_STYLES: dict[str, dict[str, Any]] = {
    "reports_to": {"color": EDGE, "lw": 1.0},
    "influences": {"color": "#2d5877", "lw": 1.3},
    "allied": {"color": "#0d4f85", "lw": 2.4, "alpha": 0.7},
    "at_odds": {"color": "#ad480b", "lw": 1.6, "ls": "--"},
    "coverage": {"color": "#15694a", "lw": 1.0, "ls": ":"},
}
"""The colours of static/tokens.css, in its light theme."""
MANY_TIES = 160


@cache
def fonts() -> list[str]:
    """The fonts to print with that are installed here, those with Chinese first."""
    from matplotlib.font_manager import fontManager

    installed = set(fontManager.get_font_names())
    return [name for name in FONTS if name in installed]


def map_figure(drawn: Drawing, words: MapWords, size: tuple[float, float]) -> Figure:
    """The drawing fitted to a sheet (inches), with title, day and legend."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, facecolor="white")
    axes = figure.add_axes((0.02, 0.09, 0.96, 0.80))
    axes.set_xlim(0, drawn.width)
    axes.set_ylim(drawn.height, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    point = _points_for_a_pixel(drawn, size)
    _lines(axes, drawn, point)
    for one in drawn.people:
        _card(axes, one, words, point)
    for colleague in drawn.colleagues:
        corner, size = (colleague.x, colleague.y), (OURS_WIDTH, OURS_HEIGHT)
        _box(axes, corner, size, "#e3f0e8", "#15694a")
        at = (colleague.x + OURS_WIDTH / 2, colleague.y + OURS_HEIGHT / 2)
        _text(axes, *at, colleague.name, 11 * point, ha="center", va="center", color="#0e5039")
    figure.text(0.02, 0.955, words.title, fontsize=17, color=INK, family=fonts())
    figure.text(0.02, 0.92, words.subtitle, fontsize=10, color=PALE, family=fonts())
    figure.text(0.02, 0.055, words.signs, fontsize=8.5, color=PALE, family=fonts())
    _legend(figure, words)
    return figure


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """The figure as a ``png`` or ``pdf`` file; the same figure gives the same bytes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    out = BytesIO()
    draw_boxes_for_unknown_signs()
    with rc_context({"pdf.fonttype": 42}):
        if kind == "png":
            FigureCanvasAgg(figure).print_figure(out, format="png", dpi=180)
        else:
            FigureCanvasPdf(figure).print_figure(
                out, format="pdf", metadata={"CreationDate": None, "Producer": None}
            )
    return out.getvalue()


def _points_for_a_pixel(drawn: Drawing, size: tuple[float, float]) -> float:
    scale = min(size[0] * 0.96 / drawn.width, size[1] * 0.80 / drawn.height)
    return scale * 72


def _text(axes: Axes, x: float, y: float, text: str, size: float, **more: Any) -> None:
    axes.text(x, y, text.replace("$", r"\$"), fontsize=size, family=fonts(), **more)


def _box(axes: Axes, at: Point, size: Point, face: str, edge: str, **more: Any) -> None:
    from matplotlib.patches import FancyBboxPatch

    shape = f"round,pad=0,rounding_size={min(8, size[1] / 3)}"
    axes.add_artist(FancyBboxPatch(at, *size, boxstyle=shape, fc=face, ec=edge, lw=0.8, **more))


def _lines(axes: Axes, drawn: Drawing, point: float) -> None:
    from matplotlib.patches import FancyArrowPatch, PathPatch

    faint = {"alpha": 0.15} if len(drawn.ties) > MANY_TIES else {}
    for tie in drawn.ties:
        look = {**TIE_STYLES[tie.kind], **faint}
        if tie.kind == "influences":
            look["lw"] = 0.8 + 0.4 * tie.weight
            arrow = f"-|>,head_length={6 * point},head_width={3 * point}"
            line = FancyArrowPatch(
                path=outline(tie.path), arrowstyle=arrow, fc=look["color"], **look
            )
            axes.add_artist(line)
        else:
            axes.add_artist(PathPatch(outline(tie.path), fill=False, **look))


def outline(path: str) -> Path:
    """An SVG path of the drawing (M, V, H, Q, C, all absolute) as matplotlib's."""
    from matplotlib.path import Path

    at: list[tuple[float, float]] = []
    codes: list[Any] = []
    for letter, rest in STEPS.findall(path):
        found = [float(one) for one in rest.split()]
        if letter == "V":
            at.append((at[-1][0], found[0]))
        elif letter == "H":
            at.append((found[0], at[-1][1]))
        else:
            at += zip(found[::2], found[1::2], strict=True)
        code = {"M": Path.MOVETO, "Q": Path.CURVE3, "C": Path.CURVE4}.get(letter, Path.LINETO)
        codes += [code] * (len(at) - len(codes))
    return Path(at, codes)


def _card(axes: Axes, one: DrawnPerson, words: MapWords, point: float) -> None:
    person = one.person
    dashes = {"ls": "--"} if person.is_placeholder else {}
    face = "#edeae2" if person.is_outside else PAPER
    _box(axes, (one.x, one.y), (CARD_WIDTH, CARD_HEIGHT), face, EDGE, **dashes)
    left = 40 if words.shows_judgement else 12
    _text(axes, one.x + left, one.y + 20, one.name, 13 * point, color=INK)
    _text(axes, one.x + left, one.y + 35, one.title, 10.5 * point, color=PALE)
    if words.shows_judgement:
        _judgement(axes, one, words, point)


def _judgement(axes: Axes, one: DrawnPerson, words: MapWords, point: float) -> None:
    from matplotlib.patches import Rectangle

    person = one.person
    for place, role in enumerate(one.roles[:4]):
        x, y, size = (20, 20, 20) if not place else (1 + 11 * place, 45, 9)
        _mark(axes, (one.x + x, one.y + y), ROLE_MARKS[role], size * point, ROLE_COLOURS[role])
        if not place:
            letter = words.roles[role][:1]
            at = (one.x + x, one.y + y)
            _text(axes, *at, letter, 10 * point, ha="center", va="center", color="white")
    fill, ink = SUPPORT_COLOURS[person.support]
    edge = EDGE if person.support is None else fill
    _box(axes, (one.x + 40, one.y + 41), (26, 13), fill, edge)
    at = (one.x + 53, one.y + 48)
    _text(axes, *at, sign_of(person.support), 9 * point, ha="center", va="center", color=ink)
    for dot in range(3 if person.influence is not None else 0):
        colour = "#4f5751" if dot < (person.influence or 0) else "#e2ddd2"
        _mark(axes, (one.x + 78 + 9 * dot, one.y + 48), "o", 5 * point, colour)
    for bar in range(4 if one.ties else 0):
        colour = "#15694a" if bar < (one.depth or 0) else "#e2ddd2"
        left, top = one.x + 114 + 6 * bar, one.y + 50 - 3 * bar
        axes.add_artist(Rectangle((left, top), 4, one.y + 54 - top, color=colour, lw=0))


def _mark(axes: Axes, at: Point, shape: str, size: float, colour: str) -> None:
    """A sign; put there as it is, since the axes' limits are ours and need no measuring."""
    from matplotlib.lines import Line2D

    axes.add_artist(Line2D([at[0]], [at[1]], ls="", marker=shape, ms=size, color=colour, mew=0))


def _legend(figure: Figure, words: MapWords) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], label=words.ties[kind], **look)
        for kind, look in TIE_STYLES.items()
        if kind in words.ties
    ]
    if words.shows_judgement:
        handles += [
            Line2D(
                [], [], ls="", marker=ROLE_MARKS[role], ms=8, color=colour, label=words.roles[role]
            )
            for role, colour in ROLE_COLOURS.items()
        ]
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.015, 0.01),
        ncols=11,
        frameon=False,
        prop={"family": fonts(), "size": 8.5},
        handletextpad=0.5,
        columnspacing=1.2,
    )
