"""A form that somebody else's change overtook: what differs, for a choice of each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, SelectField

UNSEEN = frozenset({"version", "csrf_token"})


@dataclass(frozen=True, slots=True)
class Version:
    """A field's value as its control would send it, and as a person reads it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with two values; one that holds several at once can only be kept as typed.

    ``is_touched``: the person changed it; otherwise only the other did.
    """

    name: str
    label: str
    kept: Version
    typed: Version
    is_choice: bool
    is_touched: bool = True

    @property
    def keeps(self) -> bool:
        """Whether what is there stays unless one says otherwise."""
        return not self.typed.value or not self.is_touched


def differences(form: Any, row: Any, before: Mapping[str, Any]) -> list[Difference]:
    """What a form would change on a row, field by field of the same name.

    ``before`` holds what others have changed since the form was opened, as it was then.
    """
    fields = (field for field in form if field.name not in UNSEEN and hasattr(row, field.name))
    pairs = ((field, getattr(row, field.name)) for field in fields)
    found = [
        Difference(
            field.name,
            field.label.text,
            version_of(field, kept),
            version_of(field, field.data),
            not isinstance(field.data, list),
            field.name not in before or not is_same(before[field.name], field.data),
        )
        for field, kept in pairs
    ]
    return [one for one in found if one.kept != one.typed]


def is_same(kept: Any, typed: Any) -> bool:
    """Whether a value as the history keeps it is the one typed.

    >>> is_same("1.50", Decimal("1.5")), is_same(None, ""), is_same("Berlin", "Bonn")
    (True, True, False)
    """
    if isinstance(typed, Decimal) and isinstance(kept, str):
        return Decimal(kept) == typed
    return str(kept or "") == str(typed or "")


def version_of(field: Field, value: Any) -> Version:
    """A value as the field would show and send it."""
    sent = as_sent(field, value)
    if not isinstance(field, SelectField) or isinstance(value, list):
        return Version(sent, sent)
    words = next((one.label for one in field.iter_choices() if str(one.value) == sent), sent)
    return Version(sent, str(words))


def as_sent(field: Field, value: Any) -> str:
    """The text that a control sends for a value; none is empty."""
    if value is None:
        return ""
    if isinstance(field, BooleanField):
        return "✓" if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(field, SelectField):
        return str(value)
    return as_typed(field, value)


def as_typed(field: Any, value: Any) -> str:
    """The text of a value in a control that is typed into; the field is as before afterwards."""
    before = field.data, field.raw_data
    field.data, field.raw_data = value, None
    try:
        return str(field._value())
    finally:
        field.data, field.raw_data = before
