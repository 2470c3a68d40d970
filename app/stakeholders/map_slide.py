"""The map as a slide whose cards and lines can be moved and edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from app.stakeholders.charts import (
    EDGE,
    INK,
    PALE,
    PAPER,
    ROLE_COLOURS,
    SUPPORT_COLOURS,
    TIE_STYLES,
)
from app.stakeholders.map_drawing import (
    CARD_HEIGHT,
    CARD_WIDTH,
    OURS_HEIGHT,
    OURS_WIDTH,
    Drawing,
    DrawnPerson,
    DrawnTie,
    sign_of,
)
from app.stakeholders.map_words import MapWords

WIDTH, HEIGHT, TOP = 12_192_000, 6_858_000, 750_000
"""A wide slide, and where the drawing begins below the title, in EMU (914,400 an inch)."""
POINT = 12_700
FONT = "Microsoft YaHei"


def map_slide(drawn: Drawing, words: MapWords) -> bytes:
    """One slide: a card a person, a connector a tie, glued to the cards it joins."""
    from pptx import Presentation  # heavy, and only wanted here
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    scale = min((WIDTH - 400_000) / drawn.width, (HEIGHT - TOP - 300_000) / drawn.height)
    scale = min(scale, 9_525)
    sheet = _Sheet(slide.shapes, scale)
    sheet.write(200_000, 100_000, words.title, 20, bold=True)
    sheet.write(200_000, 430_000, words.subtitle, 10)
    cards = {("p", one.person.id): sheet.card(one, words) for one in drawn.people}
    for colleague in drawn.colleagues:
        box = (colleague.x, colleague.y, OURS_WIDTH, OURS_HEIGHT)
        cards["c", colleague.id] = sheet.box(box, "#e3f0e8", "#15694a", [(colleague.name, 11)])
    for tie in drawn.ties:
        sheet.line(tie, cards)
    if words.signs:
        roles = " · ".join(f"{name[:1]} {name}" for name in words.roles.values())
        sheet.write(200_000, HEIGHT - 250_000, f"{roles}   {words.signs}", 8)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


class _Sheet:
    """Shapes on one slide, placed in the drawing's pixels."""

    def __init__(self, shapes: Any, scale: float) -> None:
        self.shapes = shapes
        self.shapes.turbo_add_enabled = True
        self.scale = scale

    def write(self, left: int, top: int, text: str, size: float, *, bold: bool = False) -> None:
        """A line of text, placed in EMU."""
        box = self.shapes.add_textbox(left, top, WIDTH - 2 * left, 300_000)
        _say(box.text_frame, [(text, size)], INK if bold else PALE, bold=bold, scale=1.0)

    def box(
        self,
        at: tuple[float, float, float, float],
        face: str,
        edge: str,
        lines: list[tuple[str, float]],
    ) -> Any:
        """A rounded box with lines of text, each with its size in pixels."""
        from pptx.enum.shapes import MSO_SHAPE

        place = [round(part * self.scale) for part in at]
        top = place.pop(1) + TOP
        shape = self.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, place[0] + 200_000, top, place[1], place[2]
        )
        shape.shadow.inherit = False
        _paint(shape, face, edge)
        _say(shape.text_frame, lines, INK, bold=False, scale=self.scale / POINT)
        return shape

    def card(self, one: DrawnPerson, words: MapWords) -> Any:
        """A person: name, title, and what we judge of them unless that is not shown."""
        lines = [(one.person.name[:120], 12.0), (one.title, 10.0)]
        face, edge = PAPER, EDGE
        if words.shows_judgement:
            support = one.person.support
            roles = words.comma.join(words.roles[role] for role in one.roles)
            lines.append((f"[{sign_of(support)}] {roles}", 10.0))
            face = SUPPORT_COLOURS[support][0] if support in (1, -1) else PAPER
            edge = ROLE_COLOURS[one.roles[0]] if one.roles else EDGE
        return self.box((one.x, one.y, CARD_WIDTH, CARD_HEIGHT), face, edge, lines)

    def line(self, tie: DrawnTie, cards: dict[tuple[str, int], Any]) -> None:
        """A connector glued to the two cards."""
        from pptx.enum.shapes import MSO_CONNECTOR

        first = ("c" if tie.kind == "coverage" else "p", tie.from_id)
        one, other = cards[first], cards["p", tie.to_id]
        elbow = tie.kind == "reports_to"
        kind = MSO_CONNECTOR.ELBOW if elbow else MSO_CONNECTOR.STRAIGHT
        line = self.shapes.add_connector(kind, 0, 0, 0, 0)
        ends = (0, 2) if elbow or one.top > other.top else (2, 0)
        line.begin_connect(one, ends[0])
        line.end_connect(other, ends[1])
        _style(line, tie)


def _style(line: Any, tie: DrawnTie) -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.oxml.ns import qn

    look = TIE_STYLES[tie.kind]
    line.line.color.rgb = _colour(look["color"])
    line.line.width = round(look["lw"] * POINT)
    if "ls" in look:
        line.line.dash_style = MSO_LINE.DASH if look["ls"] == "--" else MSO_LINE.ROUND_DOT
    if tie.kind == "influences":
        drawn = line.line._get_or_add_ln()
        drawn.append(drawn.makeelement(qn("a:tailEnd"), {"type": "triangle"}))


def _colour(code: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made(*bytes.fromhex(code[1:]))


def _paint(shape: Any, face: str, edge: str) -> None:

    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(face)
    shape.line.color.rgb = _colour(edge)
    shape.line.width = POINT


def _say(
    frame: Any, lines: list[tuple[str, float]], colour: str, *, bold: bool, scale: float
) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 20_000
    for number, (text, size) in enumerate(lines):
        part = frame.paragraphs[0] if not number else frame.add_paragraph()
        run = part.add_run()
        run.text = _printable(text)
        run.font.size = max(round(size * scale * POINT), 4 * POINT)
        run.font.bold = bold or not number
        run.font.name = FONT
        run.font.color.rgb = _colour(colour)


def _printable(text: str) -> str:
    return "".join(one for one in text if one >= " " and one not in "\ufffe\uffff")
