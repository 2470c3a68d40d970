"""A document as a PDF: set by typst, its words as data, its pictures drawn."""

from __future__ import annotations

from typing import Any

from app.plans.out.charts import picture_of
from app.plans.out.document import Document, Section
from app.typeset import pdf_of


def pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    return pdf_of(
        "plan.typ",
        {
            "title": document.title,
            "about": document.about,
            "lang": document.language,
            "footer": document.footer,
            "sections": [_section(one) for one in document.sections],
        },
    )


def _section(section: Section) -> dict[str, Any]:
    table = section.table
    has_rows = table is not None and bool(table.rows)
    picture = section.picture
    return {
        "title": section.title,
        "paragraphs": section.paragraphs,
        "bullets": section.bullets,
        "heads": table.heads if table and has_rows else [],
        "rows": table.rows if table and has_rows else [],
        "figures": sorted(table.figures) if table else [],
        "widths": table.widths() if table and has_rows else [],
        "alt": picture.alt if picture else "",
        "picture": picture_of(picture, "svg").decode() if picture else "",
    }
