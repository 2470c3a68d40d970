"""What every form shares: trimmed text, choices from terms, the version it was opened at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DecimalField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.form import FormMeta
from wtforms.validators import Length, Optional
from wtforms.widgets import Select

from app.catalogue import term_words
from app.form_words import FORM_WORDS, FormWords
from app.vocabulary import Degree, Term
from app.widgets import QUICK_SELECT

CONTROL = dict.fromkeys(range(32))
for _kept in (9, 10, 13):
    CONTROL.pop(_kept)


YEARS = range(1900, 3000)
"""Those of days that are typed: 0026 is what a date field sends of a year half typed."""


def trimmed(text: Any) -> Any:
    """Text without control characters and without space around it."""
    return text.translate(CONTROL).strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """A form; ``version`` is the row's version when the form was opened."""

    version = HiddenField(default="")

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> FormWords:
            return FORM_WORDS

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = unbound_field.kwargs.get("filters", [])
            if trimmed not in filters and issubclass(
                unbound_field.field_class, StringField | TextAreaField
            ):
                options["filters"] = [trimmed, *options.get("filters", [])]
            return unbound_field.bind(form=form, **options)

        def render_field(self, field: Any, render_kw: Any) -> Any:
            if type(field.widget) is Select and not field.widget.multiple:
                field.widget = QUICK_SELECT
            return super().render_field(field, render_kw)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Take in what was typed; a day of no year that anybody plans in is a slip."""
        super().process(*args, **kwargs)
        for field in self:
            day = field.data if field.raw_data else None
            if isinstance(day, date) and day.year not in YEARS:
                field.data = None
                field.process_errors = [field.gettext("Not a valid date value.")]

    def is_stale(self, row: Any) -> bool:
        """Whether the row changed since this form was opened."""
        return bool(self.version.data) and str(self.version.data) != str(row.version)

    def fill(self, row: Any, *skip: str) -> None:
        """Put the form's values on the row, field by field of the same name."""
        for name, field in self._fields.items():
            if name not in {"version", "csrf_token", *skip}:
                setattr(row, name, field.data)


Kind = TypeVar("Kind", bound=Form)


def with_fields(kind: type[Kind], fields: Mapping[str, Any]) -> type[Kind]:
    """A kind of form with more fields, where only the request tells which."""
    made: type[Kind] = FormMeta(kind.__name__, (kind,), dict(fields))
    return made


def chosen(form: Form) -> list[tuple[str, str]]:
    """What is set in a filter: the field's name, and what it is set to in words."""
    found = []
    for name, field in form._fields.items():
        if field.data and name not in {"version", "csrf_token"}:
            words = str(field.label.text)
            if isinstance(field, SelectField):
                words = next((str(one.label) for one in field.iter_choices() if one.selected), "")
            elif not isinstance(field, BooleanField):
                words = f"“{field.data}”"
            found.append((name, words))
    return found


def text(label: Any, *, most: int = 255, validators: Iterable[Any] = (), **more: Any) -> Any:
    """A line of text of at most ``most`` characters."""
    return StringField(label, validators=[*validators, Length(max=most)], default="", **more)


def long_text(label: Any, *, most: int = 20_000, **more: Any) -> Any:
    """A text of several lines."""
    return TextAreaField(label, validators=[Optional(), Length(max=most)], default="", **more)


def choices(pairs: Iterable[tuple[Any, Any]], *, empty: Any = None) -> list[SelectChoice]:
    """Choices for a SelectField from (value, words); ``empty`` says what choosing none means."""
    listed = [SelectChoice(value, str(words)) for value, words in pairs]
    return listed if empty is None else [SelectChoice("", str(empty)), *listed]


BEYOND = Decimal(10) ** 20
"""More than anybody counts; printing it would need more digits than decimals keep."""


class NumberField(DecimalField):
    """A decimal number; what only a computer calls a number is refused."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take in what was typed: a Decimal, or None."""
        super().process_formdata(valuelist)
        if self.data is not None and not (self.data.is_finite() and abs(self.data) < BEYOND):
            self.data = None
            raise ValueError(self.gettext("Not a valid decimal value."))


class TermField(SelectField):
    """A choice among a Term's or Degree's members; with ``empty`` (its words) also none."""

    def __init__(
        self,
        label: Any,
        terms: Iterable[Term | Degree],
        *,
        empty: Any = None,
        validators: Iterable[Any] | None = None,
        **more: Any,
    ) -> None:
        self.terms = list(terms)
        self.empty = empty
        more.setdefault("coerce", self._coerce)
        super().__init__(
            label,
            validators=list(validators or ()),
            choices=self._choices(),
            **more,
        )

    def _choices(self) -> list[SelectChoice]:
        listed = [(term.value, term_words(term)) for term in self.terms]
        return choices(listed, empty=self.empty)

    def _coerce(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        kind = type(self.terms[0])
        return kind(int(value)) if issubclass(kind, Degree) else kind(value)
