"""Files that people hand in: what they are by what is in them, and which may be kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.vocabulary import N_, Reason, because

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 50
UNKNOWN_KIND = "application/octet-stream"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
"""How files begin, and what that makes them: the name is not asked."""
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
NEAR = 64 * 1024


def kind_of(content: bytes) -> str | None:
    """What a file is by what is in it; None for programs and for what looks like nothing we keep.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of("报价".encode()), kind_of(b"MZ\\x90\\x00")
    ('application/pdf', 'text/plain', None)
    """
    for start, kind in SIGNATURES:
        if content.startswith(start):
            return _office(content) if kind == "application/zip" else kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if _is_text(content) else None


def _office(content: bytes) -> str:
    head = content[:NEAR] + content[-NEAR:]
    return next((kind for mark, kind in OFFICE.items() if mark in head), "application/zip")


def _is_text(content: bytes) -> bool:
    """Whether bytes are plain text that no browser takes for a page."""
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def problems_keeping(name: str, content: bytes, kept: int) -> list[Reason]:
    """Why a file cannot be kept where ``kept`` files are already."""
    if not content:
        return [because(N_("The file is empty."))]
    if len(content) > MOST_BYTES:
        return [because(N_("A file may have at most %(size)s MB."), size=MOST_BYTES // 2**20)]
    if kept >= MOST_FILES:
        return [because(N_("At most %(count)s files are kept in one place."), count=MOST_FILES)]
    if kind_of(content) is None:
        return [because(N_("“%(name)s” is neither a document, a picture nor text."), name=name)]
    return []


def safe_name(name: str) -> str:
    """A file's name without folders and without what a system may stumble over.

    >>> safe_name("..\\\\..\\\\etc/报价 单.pdf"), safe_name("/")
    ('报价 单.pdf', 'file')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    return kept.strip(" .")[-200:] or "file"


class HandedIn:
    """The columns of a file that somebody handed in, kept where every worker and every backup
    has it."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), sort_order=-1
    )
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]

    def __str__(self) -> str:
        return self.name
