"""Text that a spreadsheet would take for a formula, guarded by an apostrophe; and unguarded."""

from __future__ import annotations

from app.sheets import FORMULA, guarded


def unguarded(text: str) -> str:
    """What was guarded, as it was.

    >>> unguarded("'=1+1"), unguarded("-5"), unguarded("O'Neil")
    ('=1+1', '-5', "O'Neil")
    """
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


__all__ = ["guarded", "unguarded"]
