"""What every drawn picture shares: matplotlib's habits, our colours, a figure with its words."""

from __future__ import annotations

import re
import threading
import unicodedata
import warnings
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.tones import AMBER, BLUE, GREEN, INK, PALE, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = ("Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "DejaVu Sans")
SIZE = (9.6, 4.6)
NARROW = 3.3
"""Inches across for a phone: shown some 310 pixels wide, type of 9.5 points is as large as the
page's small type."""
PIECE = re.compile(r"[⺀-￿]|[^⺀-￿\s]+\s*|\s+")
"""What a line is broken between: Chinese signs, and words."""
SERIES = (GREEN, BLUE, AMBER)
"""Shapes and words tell the same."""
MARKS = ("o", "s", "D")
DRAWING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Words:
    """What is written round a picture."""

    title: str
    subtitle: str = ""
    across: str = ""
    up: str = ""
    mark: str = ""


@cache
def _prepare() -> None:
    """Fonts and habits, once for the process: settings are shared by all threads."""
    import matplotlib
    from matplotlib.font_manager import fontManager
    from pylopdf_fonts_zh_cn import sans_path

    fontManager.addfont(str(sans_path()))
    installed = set(fontManager.get_font_names())
    matplotlib.rcParams.update(
        {
            "font.family": [name for name in FONTS if name in installed],
            "text.color": INK,
            "svg.fonttype": "none",
            "svg.hashsalt": "banyan",
            "pdf.fonttype": 42,
            "axes.unicode_minus": False,
            "text.parse_math": False,
        }
    )


def size_of(is_narrow: bool, height: float, narrow_height: float) -> tuple[float, float]:
    """Inches across and high, for a page or for a phone."""
    return (NARROW, narrow_height) if is_narrow else (SIZE[0], height)


def figure_of(words: Words, size: tuple[float, float] = SIZE) -> tuple[Figure, Axes]:
    """An empty figure of our look with what is written round it."""
    from matplotlib.figure import Figure

    _prepare()
    figure = Figure(figsize=size, facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot()
    axes.set_facecolor("none")
    _entitle(axes, words, size[0])
    axes.set_xlabel(words.across, color=PALE)
    axes.set_ylabel(words.up, color=PALE)
    axes.tick_params(colors=PALE, length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_axisbelow(True)
    return figure, axes


def _entitle(axes: Axes, words: Words, across: float) -> None:
    """Title and subtitle over a picture, in as many lines as they need."""
    large = 12 if across <= NARROW else 14
    title, subtitle = (folded(text, (across * 72 - 50) / high)
                       for text, high in ((words.title, large), (words.subtitle, 9.5)))  # fmt: skip
    axes.set_title(title, loc="left", fontsize=large, color=INK,
                   pad=10 + 13 * (1 + subtitle.count("\n")))  # fmt: skip
    axes.annotate(subtitle, (0, 1), (0, 8), xycoords="axes fraction", textcoords="offset points",
                  fontsize=9.5, color=PALE, linespacing=1.25)  # fmt: skip


def ems(text: str) -> float:
    """How wide text is, about, in widths of a Chinese sign.

    >>> ems("目标 2026")
    4.7
    """
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return round(wide + 0.54 * (len(text) - wide), 2)


def folded(text: str, room: float) -> str:
    """Text in lines of at most so many ems; words stay whole.

    >>> folded("Bars: eight in ten", 6)
    'Bars: eight\\nin ten'
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and ems((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def named_above(axes: Axes, place: float, name: str, words: str = "") -> None:
    """On a phone the name of a row stands above its bar, its figure at the far end."""
    for at, side, said in ((0, "left", name), (1, "right", words)):
        axes.annotate(said, (at, place), (0, 11), xycoords=("axes fraction", "data"), ha=side,
                      textcoords="offset points", fontsize=9.5, color=INK)  # fmt: skip


def few_ticks(axes: Axes) -> None:
    """Rows without names at the side, and as many figures below as a phone has room for."""
    from matplotlib.ticker import MaxNLocator

    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(4))


def draw_boxes_for_unknown_signs() -> None:
    """A sign that no font here has, an emoji in a name, is a box and no complaint."""
    warnings.filterwarnings("ignore", r"Glyph .* missing from font")


def file_of(figure: Figure, kind: str) -> bytes:
    """A figure as an ``svg``, ``png`` or ``pdf`` file; the same figure gives the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    canvases: dict[str, Any] = {
        "svg": FigureCanvasSVG,
        "png": FigureCanvasAgg,
        "pdf": FigureCanvasPdf,
    }
    dated: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    }
    out = BytesIO()
    draw_boxes_for_unknown_signs()
    with DRAWING:
        canvases[kind](figure).print_figure(out, format=kind, dpi=180, metadata=dated[kind])
    return out.getvalue()
