"""The search box's index: one row for every place a name can be begun from.

A name is found from the start of any of its words, from any Chinese character on,
and by pinyin, whole or initials; so a range over one sorted column answers, on every
database alike, whatever the size. A flush listener keeps it; imports call ``entries``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, Select, String, delete, event, insert, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from app.db import Base

LONGEST = 24
SORTED = ("kind", "key", "entity_id", "account_id")
MOST_KEYS = 24
LONGEST_NAME = 4
CHINESE = re.compile(r"[㐀-鿿]")
RUNS = re.compile(r"[㐀-鿿]+|[^㐀-鿿]+")
WORDS = re.compile(r"[㐀-鿿]|[^\W_]+")


class Searchable:
    """A model found by the search box. ``search_names`` lists the columns that hold its names."""

    search_names: ClassVar[tuple[str, ...]] = ("name",)
    search_account: ClassVar[str] = "account_id"


class SearchKey(Base):
    """A place one name can be begun from; ``key`` compares by code point."""

    __tablename__ = "search_key"
    __table_args__ = (
        Index("ix_search_key_kind_key_entity_id_account_id", *SORTED),
        Index("ix_search_key_kind_entity_id", "kind", "entity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(
        String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")
    )
    kind: Mapped[str] = mapped_column(String(16))
    entity_id: Mapped[int]
    account_id: Mapped[int]


def folded(text: str) -> str:
    """Text as the index compares it: compatible forms joined, lower case, no accents.

    >>> folded("Ünïted  Ｈospital")
    'united hospital'
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def keys_of(*names: str) -> set[str]:
    """Every place the names can be begun from, at most two dozen each.

    >>> sorted(keys_of("Li Wei"))
    ['li wei', 'wei']
    >>> sorted(keys_of("李伟"))
    ['liwei', 'lw', '伟', '李伟']
    """
    found: set[str] = set()
    for name in names:
        text = folded(name)
        starts = [match.start() for match in WORDS.finditer(text)][:MOST_KEYS]
        found.update(text[start : start + LONGEST] for start in starts)
        if CHINESE.search(text):
            found.update(_pinyin(text))
    return {key for key in found if key}


def _pinyin(text: str) -> tuple[str, ...]:
    parts = (part for run in RUNS.findall(text) for part in _syllables(run))
    syllables = [part for part in parts if part.isascii() and part.strip()]
    whole = "".join(syllables)[:LONGEST]
    initials = "".join(part[0] for part in syllables)[:LONGEST]
    return whole, initials


@lru_cache(maxsize=8192)
def _syllables(run: str) -> tuple[str, ...]:
    if not CHINESE.match(run):
        return (run,)
    from pypinyin import lazy_pinyin  # heavy: a dictionary of 40,000 readings
    from pypinyin.constants import PHRASES_DICT

    size = len(run)
    parts = (run[start:end] for start in range(size) for end in range(start + 2, size + 1))
    if size <= LONGEST_NAME and not any(part in PHRASES_DICT for part in parts):
        return tuple(map(_syllable, run))
    return tuple(lazy_pinyin(run))


@lru_cache(maxsize=8192)
def _syllable(sign: str) -> str:
    """A character's reading when it is part of no known phrase, as in most people's names."""
    from pypinyin import lazy_pinyin

    reading: str = lazy_pinyin(sign)[0]
    return reading


def entries(kind: str, entity_id: int, account_id: int, *names: str) -> list[dict[str, Any]]:
    """Rows for ``insert(SearchKey)``."""
    return [
        {"key": key, "kind": kind, "entity_id": entity_id, "account_id": account_id}
        for key in sorted(keys_of(*names))
    ]


def ids_found(kind: str, text: str) -> Select[Any]:
    """A SELECT of the ids of a kind whose names can be begun with ``text``."""
    return select(SearchKey.entity_id).where(SearchKey.kind == kind, key_range(text))


def key_range(text: str) -> ColumnElement[bool]:
    """The keys that begin with ``text``: a range, so that the sorted column answers."""
    start = folded(text)[:LONGEST]
    return (SearchKey.key >= start) & (SearchKey.key < start + chr(0x10FFFF))


def _keep(session: Session, _context: UOWTransaction) -> None:
    connection = session.connection()
    rows: list[dict[str, Any]] = []
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Searchable) or not _names_differ(session, row):
            continue
        rows += _renewed(session, row)
    if rows:
        connection.execute(insert(SearchKey), rows)


def _renewed(session: Session, row: Any) -> list[dict[str, Any]]:
    """A row's new keys, its old ones being gone; none for one put away."""
    kind = row.__tablename__
    if row not in session.new:
        session.connection().execute(
            delete(SearchKey).where(SearchKey.kind == kind, SearchKey.entity_id == row.id)
        )
    if row in session.deleted or row.archived_at is not None:
        return []
    names = (getattr(row, column) or "" for column in row.search_names)
    return entries(kind, row.id, getattr(row, row.search_account), *names)


def _names_differ(session: Session, row: Any) -> bool:
    if row in session.new or row in session.deleted:
        return True
    watched = (*row.search_names, "archived_at")
    return any(row._sa_instance_state.attrs[name].history.has_changes() for name in watched)


event.listen(Session, "after_flush", _keep)
