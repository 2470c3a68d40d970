"""What a company sets for its accounts, as kept (JSON text) and as used (typed)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.accounts.importance import DEFAULT_SCALE, Factor, ImportanceScale
from app.accounts.rules import Segment, SizeClass
from app.accounts.size_class import DEFAULT_TABLES, MONTHS, Band, SizeTable

SIZE_TABLES = "size_tables"
SIZE_MONTHS = "size_months"
IMPORTANCE = "importance"


def size_tables_from(text: str | None) -> Mapping[Segment, SizeTable]:
    """The size-class tables as kept; the handbook's when none are.

    >>> size_tables_from(size_tables_text(DEFAULT_TABLES)) == DEFAULT_TABLES
    True
    """
    if text is None:
        return DEFAULT_TABLES
    kept = json.loads(text)
    return {segment: tuple(_band(*row) for row in kept[segment]) for segment in Segment}


def _band(size_class: str, floor: str, quota: str | None) -> Band:
    return Band(SizeClass(size_class), Decimal(floor), None if quota is None else Decimal(quota))


def size_tables_text(tables: Mapping[Segment, SizeTable]) -> str:
    """The tables as they are kept."""
    rows = {segment: [_kept(band) for band in bands] for segment, bands in tables.items()}
    return json.dumps(rows)


def _kept(band: Band) -> list[str | None]:
    return [band.size_class, str(band.floor), None if band.quota is None else str(band.quota)]


def size_months_from(text: str | None) -> int:
    """How many whole months a size class is told from; twelve when nobody has said.

    >>> size_months_from(None), size_months_from("6")
    (12, 6)
    """
    return MONTHS if text is None else int(text)


def scale_from(text: str | None) -> ImportanceScale:
    """The importance scale as kept; the default one when none is.

    >>> scale_from(scale_text(DEFAULT_SCALE)) == DEFAULT_SCALE
    True
    """
    if text is None:
        return DEFAULT_SCALE
    kept: dict[str, Any] = json.loads(text)
    factors = tuple(Factor(key, label, Decimal(weight)) for key, label, weight in kept["factors"])
    high, middle, low = (Decimal(floor) for floor in kept["floors"])
    return ImportanceScale(factors, (high, middle, low))


def scale_text(scale: ImportanceScale) -> str:
    """The scale as it is kept."""
    factors = [(factor.key, factor.label, str(factor.weight)) for factor in scale.factors]
    floors = [str(floor) for floor in scale.floors]
    return json.dumps({"factors": factors, "floors": floors}, ensure_ascii=False)
