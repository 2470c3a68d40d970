"""What the forms of an account's records share: days, amounts, choices, and their faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.catalogue import gettext
from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, choices
from app.records.forms import MOST
from app.row_ids import row_id
from app.vocabulary import N_, Reason, because

NEEDED = InputRequired(_l("Please fill this in."))
A_DAY = InputRequired(_l("Give a day."))
AN_AMOUNT = InputRequired(_l("Give a number."))
NOT_LESS = NumberRange(0, MOST, _l("Give a number from nothing up."))
MOST_DAYS = 3650
FIRST_YEAR, LAST_YEAR = 1900, 2200
EMPTY = {
    "product_id": _l("None of our products"),
    "owner_id": _l("Nobody yet"),
    "user_id": _l("Nobody yet"),
    "surveyor_id": _l("Nobody yet"),
    "stakeholder_id": _l("Not said"),
    "promotion_id": _l("No promotion"),
}
Offers = Mapping[str, Sequence[tuple[int, str]]]
Problems = dict[str, Reason]


def a_row(label: Any) -> SelectField:
    """A choice among rows."""
    return SelectField(label, coerce=row_id)


def in_our_time(_form: Any, field: Any) -> None:
    """A day that can be counted from, before and after."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("Give a day between 1900 and 2200."))


def a_day(label: Any, *, is_needed: bool = False, **more: Any) -> DateField:
    """A day."""
    return DateField(label, [A_DAY if is_needed else Optional(), in_our_time], **more)


def money(label: Any, *, is_needed: bool = False, least: Any = NOT_LESS) -> NumberField:
    """An amount in the account's currency."""
    return NumberField(label, [AN_AMOUNT if is_needed else Optional(), least], places=None)


def days(label: Any, **more: Any) -> IntegerField:
    """A number of days."""
    return IntegerField(label, [Optional(), NumberRange(0, MOST_DAYS)], **more)


class EntryForm(Form):
    """A record of an account. ``GROUPS`` name its fields part by part, each with a heading; a
    new record is asked for the ``FIRST`` of them."""

    GROUPS: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    FIRST: ClassVar[int] = 9

    def offer(self, offers: Offers) -> None:
        """Fill in what there is to choose from; what is kept already stays a choice."""
        for name in EMPTY.keys() & self._fields.keys():
            field, pairs = self[name], list(offers[name])
            kept = field.object_data
            if kept and all(kept != one for one, _words in pairs):
                pairs.append((kept, gettext("no longer listed")))
            field.choices = choices(pairs, empty=EMPTY[name])

    def problems(self, on: date) -> Problems:
        """What is wrong with the whole, by field; ``on`` is today."""
        return {}


def ends_early(start: date | None, end: date | None, name: str = "ends_on") -> Problems:
    """A last day before the first is no end."""
    if start is not None and end is not None and end < start:
        return {name: because(N_("It ends before it begins."))}
    return {}


def not_come(today: date, /, **typed: date | None) -> Problems:
    """Days of what has happened that are still to come."""
    message = N_("This day has not come yet.")
    return {
        name: because(message) for name, day in typed.items() if day is not None and day > today
    }
