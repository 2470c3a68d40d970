"""Files drawn beside the request, by whichever worker was asked, and kept by content.

A file is known by a digest of all that goes into it, and that is unique in the database: the
worker that puts the row there draws, every other sees it being drawn, and the same file is
never drawn twice, whichever worker or language asks. One whose worker died may be asked anew.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from sqlalchemy import Engine, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from structlog import get_logger

from app.db import now
from app.stakeholders.kept_models import MapFile
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_layout import Arrangement, Positions
from app.stakeholders.map_words import MapWords

STYLE = "2"
"""To be raised when maps are drawn otherwise: older files are then drawn anew."""
SILENT = timedelta(minutes=5)
KEPT = timedelta(days=14)
ONE_AT_A_TIME = threading.Lock()
"""matplotlib draws in one thread of a process at a time."""


class Drawable(Protocol):
    """Whatever can be drawn as a file without a request, and is known by what goes into it."""

    @property
    def digest(self) -> str:
        """What the file is known by."""

    def drawn(self) -> bytes:
        """The file itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that goes into a map drawn as a file; ``sheet`` is a3 or slide."""

    kind: str
    sheet: str
    facts: MapFacts
    arrangement: Arrangement
    kept: Positions
    words: MapWords

    @property
    def digest(self) -> str:
        """What the file is known by: the same content, the same digest."""
        facts = self.facts
        people = [(replace(one, roles=frozenset()), sorted(one.roles)) for one in facts.people]
        believed = (people, facts.ties, facts.coverage, facts.on)
        look = (STYLE, self.kind, self.sheet, self.arrangement.value, sorted(self.kept.items()))
        return hashlib.sha256(repr((look, believed, self.words)).encode()).hexdigest()

    def drawn(self) -> bytes:
        """The map's file."""
        return drawn(self)


class FileState(Enum):
    """How far a file is."""

    NEVER_ASKED = "never asked"
    BEING_DRAWN = "being drawn"
    BROKEN = "broken"
    READY = "ready"


def state_of(session: Session, digest: str) -> FileState:
    """How far a file is; one whose worker went silent was as good as never asked for."""
    row = session.execute(
        select(
            MapFile.beat_at, MapFile.is_broken, MapFile.content.is_not(None).label("ready")
        ).where(MapFile.digest == digest)
    ).one_or_none()
    if row is None or (not row.ready and not row.is_broken and row.beat_at < now() - SILENT):
        return FileState.NEVER_ASKED
    if row.ready:
        return FileState.READY
    return FileState.BROKEN if row.is_broken else FileState.BEING_DRAWN


def content_of(session: Session, digest: str) -> bytes | None:
    """A file that is ready; None otherwise."""
    return session.scalar(select(MapFile.content).where(MapFile.digest == digest))


def draw(engine: Engine, account_id: int, wanted: Drawable) -> None:
    """Have a file drawn in a thread, unless it is there or somebody is at it."""
    if _claim(engine, account_id, wanted.digest, now()):
        threading.Thread(target=_work, args=(engine, wanted), daemon=True).start()


def _claim(engine: Engine, account_id: int, digest: str, at: datetime) -> bool:
    is_free = or_(MapFile.is_broken, MapFile.beat_at < at - SILENT)
    again = update(MapFile).where(MapFile.digest == digest, MapFile.content.is_(None), is_free)
    row = {"digest": digest, "account_id": account_id, "at": at, "beat_at": at, "is_broken": False}
    try:
        with engine.begin() as connection:
            connection.execute(delete(MapFile).where(MapFile.at < at - KEPT))
            if connection.execute(again.values(beat_at=at, is_broken=False)).rowcount:
                return True
            connection.execute(insert(MapFile), [row])
    except IntegrityError:
        return False
    return True


def _work(engine: Engine, wanted: Drawable) -> None:
    try:
        with ONE_AT_A_TIME:
            content = wanted.drawn()
        _keep(engine, wanted.digest, content=content)
    except Exception as error:
        get_logger().exception("drawn file", kind=type(error).__name__)
        _keep(engine, wanted.digest, is_broken=True)


def _keep(engine: Engine, digest: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(update(MapFile).where(MapFile.digest == digest).values(**values))


def drawn(wanted: Wanted) -> bytes:
    """A map's file: a ``png`` or ``pdf`` of a sheet, or a ``pptx`` to edit."""
    from app.stakeholders import charts, map_slide  # heavy: matplotlib, python-pptx
    from app.stakeholders.map_page import map_page

    drawing = map_page(wanted.facts, wanted.arrangement, wanted.kept).drawing
    if wanted.kind == "pptx":
        return map_slide.map_slide(drawing, wanted.words)
    size = charts.SLIDE if wanted.sheet == "slide" else charts.A3
    return charts.figure_bytes(charts.map_figure(drawing, wanted.words, size), wanted.kind)
