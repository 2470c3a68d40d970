"""What every drawn picture shares: matplotlib's habits, our colours, a figure with its words."""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = ("Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "DejaVu Sans")
SIZE = (9.6, 4.6)
GREEN, BLUE, AMBER, RED, GREY = "#15694a", "#2d5877", "#b4760b", "#a3282b", "#8e8b80"
INK, PALE, GRID = "#1d2521", "#666b65", "#e2ddd2"
SERIES = (GREEN, BLUE, AMBER)
"""The colours of static/tokens.css in its light theme; shapes and words tell the same."""
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
            "svg.fonttype": "none",
            "svg.hashsalt": "banyan",
            "pdf.fonttype": 42,
            "axes.unicode_minus": False,
            "text.parse_math": False,
        }
    )


def figure_of(words: Words, size: tuple[float, float] = SIZE) -> tuple[Figure, Axes]:
    """An empty figure of our look with what is written round it."""
    from matplotlib.figure import Figure

    _prepare()
    figure = Figure(figsize=size, facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(words.title, loc="left", fontsize=14, color=INK, pad=22)
    axes.annotate(words.subtitle, (0, 1), (0, 8), xycoords="axes fraction",
                  textcoords="offset points", fontsize=9.5, color=PALE)  # fmt: skip
    axes.set_xlabel(words.across, color=PALE)
    axes.set_ylabel(words.up, color=PALE)
    axes.tick_params(colors=PALE, length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_axisbelow(True)
    return figure, axes


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
