"""A document as Markdown, to be pasted where a team writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.plans.out.document import Document, Section, Table

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")
STARTS_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)


def escaped(text: str) -> str:
    """Text that Markdown takes as it is.

    >>> escaped("a|b *c* <i>")
    'a\\\\|b \\\\*c\\\\* \\\\<i\\\\>'
    """
    return STARTS_LIST.sub(r"\1\\\2\3", SPECIAL.sub(r"\\\1", text))


def markdown_of(document: Document) -> str:
    """The document as Markdown; pictures are told by their tables."""
    lines = [f"# {escaped(document.title)}", "", escaped(document.about), ""]
    for section in document.sections:
        lines += _section(section)
    return "\n".join([*lines, f"*{escaped(document.footer)}*", ""])


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield ""
    for paragraph in section.paragraphs:
        yield escaped(paragraph).replace("\n", "  \n")
        yield ""
    if section.bullets:
        yield from (f"- {_line(bullet)}" for bullet in section.bullets)
        yield ""
    if section.table is not None and section.table.rows:
        yield from _table(section.table)
        yield ""


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _table(table: Table) -> Iterator[str]:
    yield _row(table.heads)
    rules = ["--:" if place in table.figures else ":--" for place in range(len(table.heads))]
    yield f"| {' | '.join(rules)} |"
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_line(cell) for cell in cells)} |"
