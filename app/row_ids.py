"""Numbers of rows as they come in from outside: in an address, in a form."""

from __future__ import annotations

from typing import Any

LARGEST = 2**31 - 1
"""What both databases keep in a whole number."""


def row_number(value: Any) -> int:
    """A row's number.

    Raises:
        ValueError: it is not a whole number, or none that a database keeps.
    """
    number = int(value)
    if abs(number) > LARGEST:
        raise ValueError(value)
    return number


def row_id(value: Any) -> int | None:
    """A chosen row's number; None for the empty choice.

    Raises:
        ValueError: it is not a whole number, or none that a database keeps.
    """
    return row_number(value) if value not in (None, "", "None") else None


def possible_row(value: str | None) -> int | None:
    """A row's number, if the text could be one; else None."""
    try:
        return row_number(value or "")
    except ValueError:
        return None
