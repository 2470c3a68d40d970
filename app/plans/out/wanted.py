"""A plan's document as a file of one kind, known by what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.plans.out.document import Document
from app.plans.out.markdown import markdown_of

STYLE = "1"
"""To be raised when documents are laid out otherwise: older files are then made anew."""


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """All that goes into a file of a plan."""

    document: Document
    file_type: str

    @property
    def digest(self) -> str:
        """What the file is known by: the same words and pictures, the same digest."""
        told = repr(("plan", STYLE, self.file_type, self.document))
        return hashlib.sha256(told.encode()).hexdigest()

    def drawn(self) -> bytes:
        """The file; the writers are loaded when they are wanted: each brings a large library."""
        if self.file_type == "md":
            return markdown_of(self.document).encode()
        if self.file_type == "pdf":
            from app.plans.out.pdf import pdf

            return pdf(self.document)
        if self.file_type == "pptx":
            from app.plans.out.slides import slides

            return slides(self.document)
        from app.plans.out.workbook import workbook

        return workbook(self.document)
