"""The colours of drawn pictures, by day and in the dark."""

from __future__ import annotations

import re

INK, SOFT, PALE, GRID, GREY = "#1d2521", "#4f5751", "#666b65", "#e2ddd2", "#8e8b80"
GREEN, BLUE, AMBER, RED = "#15694a", "#2d5877", "#b4760b", "#a3282b"
PAPER, ON_DARK = "#ffffff", "#fefefe"
"""What is drawn on, and what is written on a dark bar."""
SHADES = ("#0e5039", "#15694a", "#3f8167", "#8fb9a6", "#c3d9cf", "#e2ddd2")
"""From the most to the least."""
DARK = {
    INK: "#e8e7e1",
    SOFT: "#b6bab2",
    PALE: "#969c95",
    GRID: "#2d3430",
    GREY: "#6f7972",
    GREEN: "#58c497",
    BLUE: "#93bfe2",
    AMBER: "#eab65c",
    RED: "#f4948d",
    PAPER: "#1a1f1c",
    ON_DARK: "#05231a",
    "#0e5039": "#7dd6b1",
    "#3f8167": "#3f9a76",
    "#8fb9a6": "#2f6b54",
    "#c3d9cf": "#27483b",
    "#0d4f85": "#7dbcf0",
    "#865000": "#eab65c",
    "#ad480b": "#f39b51",
    "#d2e5f5": "#1d3c56",
    "#e0f0e5": "#1a3226",
    "#e3dfd4": "#363d38",
    "#fae3e0": "#412020",
    "#fbedcd": "#392c12",
}
"""The same colour in the dark; both as in static/tokens.css, or as far from the ground."""
PAINTED = re.compile(f'((?:fill|stroke)(?:: |="))({"|".join(DARK)})')


def in_both_themes(svg: str) -> str:
    """A drawing that is as light or dark as the page it stands on.

    A browser gives a picture the colour scheme of the page; one that does not know of that shows
    the system's, on the picture's own ground, so that it can be read either way.

    >>> in_both_themes('<svg id="a"><path style="fill: #15694a"/></svg>')
    '<svg style="color-scheme: light dark" id="a"><path style="fill: light-dark(#15694a, #58c497)"/></svg>'
    """  # noqa: E501
    told = PAINTED.sub(lambda found: f"{found[1]}light-dark({found[2]}, {DARK[found[2]]})", svg)
    return told.replace("<svg ", '<svg style="color-scheme: light dark" ', 1)
