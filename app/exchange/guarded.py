"""Text that a spreadsheet would take for a formula, guarded by an apostrophe; and unguarded."""

from __future__ import annotations

import re

FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Text that no spreadsheet calculates with.

    >>> guarded("=1+1"), guarded("'-"), guarded("Li Wei")
    ("'=1+1", "''-", 'Li Wei')
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was guarded, as it was.

    >>> unguarded("'=1+1"), unguarded("-5"), unguarded("O'Neil")
    ('=1+1', '-5', "O'Neil")
    """
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text
