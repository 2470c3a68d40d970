"""Words that carry meaning in code and print in a person's language.

Rules speak in *terms* (members of closed lists, each with a label) and in
*reasons* (a sentence with values in it). Both hold the English message that
the catalogues are keyed by; only the edge (a template, the CLI) translates.
Standard library only, so that every rule may use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Self


def N_(message: str) -> str:
    """Mark a message for the catalogues and give it back unchanged.

    >>> N_("Decider")
    'Decider'
    """
    return message


class Term(StrEnum):
    """A closed list whose members are stored by identifier and shown by label.

    >>> class Colour(Term):
    ...     RED = "red", "Red"
    >>> Colour("red").label
    'Red'
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Degree(IntEnum):
    """A closed list with an order, stored as a small integer and shown by label.

    >>> class Size(Degree):
    ...     SMALL = 1, "Small"
    >>> Size.SMALL < 2, Size(1).label
    (True, 'Small')
    """

    label: str

    def __new__(cls, value: int, label: str = "") -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that explains a figure: a message for the catalogues and its values.

    The message uses named ``%(name)s`` places. A value may be a Term, a Degree,
    another Reason, a date or a number: the edge prints each in the person's language.

    >>> str(Reason("%(name)s decides", {"name": "Li Wei"}))
    'Li Wei decides'
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def because(message: str, **values: Any) -> Reason:
    """A Reason, written as one call; ``message`` is wrapped in :func:`N_` by the caller."""
    return Reason(message, values)
