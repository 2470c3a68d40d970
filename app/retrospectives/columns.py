"""Three columns for each factor: what we say, what the buyer says, what the record shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.pipeline.losing import Factor, in_order
from app.retrospectives.agreement import Agreement, agreement, of_column
from app.retrospectives.findings import Finding


@dataclass(frozen=True, slots=True)
class View:
    """Whether a factor counted, as one voice says: one of us, or somebody interviewed."""

    voice: tuple[str, int]
    who: str
    factor: Factor
    counted: bool

    @property
    def is_ours(self) -> bool:
        """Whether one of us says so."""
        return self.voice[0] == OURS


OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class Row:
    """A factor with its three columns."""

    factor: Factor
    ours: tuple[View, ...]
    theirs: tuple[View, ...]
    record: Finding | None

    @property
    def says(self) -> tuple[bool | None, bool | None, bool | None]:
        """What each column says as a whole; None for a tie or silence."""
        columns = (self.ours, self.theirs)
        ours, theirs = (of_column(view.counted for view in views) for views in columns)
        return ours, theirs, self.record.counted if self.record else None

    @property
    def is_disputed(self) -> bool:
        """Whether two columns say the opposite."""
        return {True, False} <= set(self.says)

    @property
    def is_told(self) -> bool:
        """Whether any column says anything."""
        return bool(self.ours or self.theirs or self.record)


@dataclass(frozen=True, slots=True)
class Columns:
    """All factors, and how far voices agree: among us, among theirs, between the columns."""

    rows: tuple[Row, ...]
    among_us: Agreement | None
    among_them: Agreement | None
    between: Agreement | None


def columns(
    views: Iterable[View], record: Mapping[Factor, Finding], asked: Iterable[Factor]
) -> Columns:
    """The three columns by factor, as the tree lists them, with the agreement of voices; factors
    that nobody is asked about any more are there where somebody spoke of them."""
    found = list(views)
    rows = tuple(
        _row(factor, [view for view in found if view.factor == factor], record)
        for factor in in_order({*asked, *(view.factor for view in found)})
    )
    ours = [view for view in found if view.is_ours]
    theirs = [view for view in found if not view.is_ours]
    between = agreement(row.says for row in rows)
    return Columns(rows, _among(ours), _among(theirs), between)


def _row(factor: Factor, views: list[View], record: Mapping[Factor, Finding]) -> Row:
    ours = tuple(view for view in views if view.is_ours)
    theirs = tuple(view for view in views if not view.is_ours)
    return Row(factor, ours, theirs, record.get(factor))


def _among(views: list[View]) -> Agreement | None:
    """The agreement of voices with each other, factor by factor."""
    voices = {view.voice for view in views}
    said = {(view.voice, view.factor): view.counted for view in views}
    factors = {view.factor for view in views}
    return agreement([said.get((voice, factor)) for voice in voices] for factor in factors)
