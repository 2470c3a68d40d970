"""A document as slides: text and tables that can be edited, charts as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from app.plans.out.charts import picture_of
from app.plans.out.document import Document, Section, Table

WIDTH, HEIGHT, EDGE, TOP = 12_192_000, 6_858_000, 560_000, 1_250_000
"""A wide slide, its margins, and where its body begins, in EMU (914,400 an inch)."""
FONT, GREEN, INK, PALE = "Microsoft YaHei", "15694A", "1D2521", "666B65"
ROWS, LINES, LETTERS = 9, 12, 640
"""What fits on a slide: rows of a table, lines of a list, letters of a text."""


def slides(document: Document) -> bytes:
    """A cover, then each section on as many slides as it needs."""
    from pptx import Presentation  # heavy, and only wanted here
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    _cover(_blank(deck), document)
    for section in document.sections:
        for part in _fitting(section):
            _slide(_blank(deck), part, document.footer)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _blank(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[6])


def _fitting(section: Section) -> Iterator[Section]:
    """A section cut to slides: its words, its picture, its table in pieces."""
    bare = replace(section, table=None, picture=None)
    lines = [*_pieces(section.paragraphs), *section.bullets]
    for first in range(0, len(lines), LINES):
        yield replace(bare, paragraphs=(), bullets=tuple(lines[first : first + LINES]))
    if section.picture is not None:
        yield replace(section, paragraphs=(), bullets=(), table=None)
    if section.table is not None:
        for first in range(0, len(section.table.rows), ROWS):
            rows = section.table.rows[first : first + ROWS]
            yield replace(bare, paragraphs=(), bullets=(), table=replace(section.table, rows=rows))


def _pieces(paragraphs: tuple[str, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        for line in paragraph.splitlines():
            yield from (line[at : at + LETTERS] for at in range(0, len(line), LETTERS))


def _cover(slide: Any, document: Document) -> None:
    box = slide.shapes.add_textbox(EDGE, 2_300_000, WIDTH - 2 * EDGE, 2_000_000)
    _say(box.text_frame, [document.title], 36, GREEN, bold=True)
    _say(box.text_frame, [document.about, document.footer], 16, PALE, more=True)


def _slide(slide: Any, section: Section, footer: str) -> None:
    title = slide.shapes.add_textbox(EDGE, 420_000, WIDTH - 2 * EDGE, 600_000)
    _say(title.text_frame, [section.title], 26, GREEN, bold=True)
    if section.bullets:
        body = slide.shapes.add_textbox(EDGE, TOP, WIDTH - 2 * EDGE, HEIGHT - TOP - EDGE)
        _say(body.text_frame, list(section.bullets), 16, INK)
    if section.picture is not None:
        _draw(slide, section)
    if section.table is not None:
        _tabulate(slide, section.table)
    foot = slide.shapes.add_textbox(EDGE, HEIGHT - 380_000, WIDTH - 2 * EDGE, 280_000)
    _say(foot.text_frame, [footer], 10, PALE)


def _draw(slide: Any, section: Section) -> None:
    assert section.picture
    drawn = BytesIO(picture_of(section.picture, "png"))
    shape = slide.shapes.add_picture(drawn, EDGE, TOP, width=WIDTH - 2 * EDGE)
    room = HEIGHT - TOP - EDGE
    if shape.height > room:
        shape.width, shape.height = round(shape.width * room / shape.height), room
    shape._element.nvPicPr.cNvPr.set("descr", section.picture.alt)


def _tabulate(slide: Any, table: Table) -> None:
    columns, rows = len(table.heads), len(table.rows) + 1
    shape = slide.shapes.add_table(rows, columns, EDGE, TOP, WIDTH - 2 * EDGE, rows * 380_000)
    grid = shape.table
    widths = table.widths()
    for place, width in enumerate(widths):
        grid.columns[place].width = round((WIDTH - 2 * EDGE) * width / sum(widths))
    for number, cells in enumerate((table.heads, *table.rows)):
        for place, words in enumerate(cells):
            cell = grid.cell(number, place)
            colour = "FFFFFF" if number == 0 else INK
            _say(cell.text_frame, [words], 11, colour, bold=number == 0)


def _say(
    frame: Any,
    lines: list[str],
    size: int,
    colour: str,
    *,
    bold: bool = False,
    more: bool = False,
) -> None:
    """Write lines into a frame, each a paragraph; ``more`` goes on after what is there."""
    from pptx.util import Pt

    frame.word_wrap = True
    for number, words in enumerate(lines):
        first = number == 0 and not more
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = _printable(words)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = _colour(colour)


def _colour(code: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made(*bytes.fromhex(code))


def _printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(one for one in text if one >= " " and one not in "\ufffe\uffff")
