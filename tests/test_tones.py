"""Drawn pictures can be read in the dark and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.charts import NARROW, Words, file_of
from app.pipeline import charts
from app.records import portfolio_charts as portfolio
from app.tones import (
    AMBER,
    BLUE,
    DARK,
    GREEN,
    GREY,
    INK,
    ON_DARK,
    PALE,
    PAPER,
    RED,
    SHADES,
    SOFT,
    in_both_themes,
)

ROOT = Path(__file__).parent.parent
COLOUR = re.compile(r"#[0-9a-f]{6}")
WORDS = Words(
    "Forecast October – December 2026 预测", "Bars: eight in ten cases", "CNY", "万", "80 %"
)
SHOWN = 310
"""Pixels a phone of 390 has for a picture within a card."""
TYPE = (INK, SOFT, PALE, GREEN, BLUE, RED, "#0d4f85", "#865000", "#ad480b")
SHAPES = (GREY, AMBER)
"""Never written in."""


def lightness(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((lightness(one), lightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*TYPE, *SHAPES])
def test_what_is_drawn_stands_out_by_day_and_in_the_dark(colour):
    # WCAG 2.2: 3 for shapes, 4.5 for type.
    least = 4.5 if colour in TYPE else 3.0

    assert contrast(colour, PAPER) >= least
    assert contrast(DARK[colour], DARK[PAPER]) >= least


@pytest.mark.parametrize(("place", "shade"), list(enumerate(SHADES)))
def test_figures_on_the_bars_of_classes_can_be_read(place, shade):
    ink = ON_DARK if place < 3 else INK

    assert contrast(shade, ink) >= 4.5
    assert contrast(DARK[shade], DARK[ink]) >= 4.5


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.svg")), ids=lambda p: p.name)
def test_every_colour_of_a_drawing_has_its_twin_in_the_dark(path):
    if path.name == "map_file.svg":
        pytest.skip("a file for paper")

    assert set(COLOUR.findall(path.read_text("utf-8"))) <= set(DARK)


def drawn(is_narrow: bool) -> list[str]:
    """Every kind of picture that a page shows."""
    row = charts.Range("Stage history’s", 1e6, 2e6, 3e6, "¥2,000,000 (¥1,000,000 – ¥3,000,000)")
    bars = [charts.Bar("30 September", 5.0, "5", is_whole=True), charts.Bar("Lost", -9.0, "-9")]
    curve = charts.Curve("Sellers", (0.1, 0.9), (0.2, 0.8), (0.1, 0.6), (0.4, 0.9))
    bubble = portfolio.Bubble("First Hospital", 90, 50, 1.0, "guard")
    figures = (
        charts.ranges(WORDS, [row], 2e6, 1e6, is_narrow),
        charts.waterfall(WORDS, bars, 1.0, is_narrow),
        charts.reliability(WORDS, [curve], is_narrow),
        charts.lines(WORDS, ["1 January", "1 April"], [curve], 1.0, is_narrow),
        portfolio.bubbles(WORDS, [bubble], ["Build", "Guard", "Watch", "Harvest"], is_narrow),
        portfolio.slopes(WORDS, [portfolio.Slope("Sales", (60.0, 100.0))], is_narrow),
        portfolio.stacks(WORDS, ["A"], [portfolio.Stack("26-01", (3,))], is_narrow),
        portfolio.steadiness(WORDS, ["1  First", "2  Second"], [0.9, 0.2], 1, is_narrow),
    )
    return [file_of(one, "svg").decode() for one in figures]


def test_every_picture_has_a_narrow_drawing_with_type_that_a_phone_can_show():
    for text in drawn(is_narrow=True):
        across = float(re.search(r'viewBox="0 0 ([\d.]+)', text)[1])
        sizes = [float(one) for one in re.findall(r"font(?:-size)?: ([\d.]+)px", text)]

        assert across == pytest.approx(NARROW * 72)
        assert min(sizes) * SHOWN / across >= 11


def test_a_picture_on_a_page_follows_the_theme_in_every_colour():
    for svg in drawn(is_narrow=False):
        text = in_both_themes(svg)

        assert text.count("color-scheme: light dark") == 1
        assert not re.search(r"(?:fill|stroke): #", text)
        assert "light-dark(#ffffff, #1a1f1c)" in text
