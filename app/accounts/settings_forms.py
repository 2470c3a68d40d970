"""What a company may set for its accounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.accounts.forms import PER_CENT, ShareField
from app.accounts.importance import Factor, ImportanceScale
from app.accounts.rules import Segment
from app.accounts.size_class import CLASSES, SPANS, SizeTable, table
from app.catalogue import gettext
from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, choices, text
from app.row_ids import row_number

MOST_FACTORS = 12
NUMBER = InputRequired(_l("Give a number."))


class SizeTablesForm(Form):
    """Floors and quotas, by segment and class; and the period that sales are taken from."""

    months = SelectField(
        _l("Told from the last whole months"),
        coerce=row_number,
        choices=lambda: choices((months, str(months)) for months in SPANS),
    )

    def tables(self) -> dict[Segment, SizeTable]:
        """What was typed, as tables."""
        return {segment: self._table(segment) for segment in Segment}

    def _table(self, segment: Segment) -> SizeTable:
        floors = [str(self[f"floor_{segment}_{place}"].data) for place in range(len(CLASSES))]
        quotas = [str(self[f"quota_{segment}_{place}"].data) for place in range(1, len(CLASSES))]
        return table(floors, [None, *quotas])


for _segment in Segment:
    for _place, _class in enumerate(CLASSES):
        _floor = NumberField(
            _l("%(size)s begins at", size=_class), [NUMBER, NumberRange(0, 10**9)], places=None
        )
        setattr(SizeTablesForm, f"floor_{_segment}_{_place}", _floor)
        if _place:
            _quota = ShareField(_l("Margin quota of %(size)s, %%", size=_class), [NUMBER, PER_CENT])
            setattr(SizeTablesForm, f"quota_{_segment}_{_place}", _quota)


def size_tables_data(tables: Mapping[Segment, SizeTable]) -> dict[str, Any]:
    """The tables as the form shows them."""
    filled: dict[str, Any] = {}
    for segment, bands in tables.items():
        for place, band in enumerate(bands):
            filled[f"floor_{segment}_{place}"] = band.floor
            filled[f"quota_{segment}_{place}"] = band.quota
    return filled


class ImportanceForm(Form):
    """The factors with their weights, and where the grades begin."""

    floor_0 = NumberField(_l("A begins at"), [NUMBER], places=None)
    floor_1 = NumberField(_l("B begins at"), [NUMBER], places=None)
    floor_2 = NumberField(_l("C begins at"), [NUMBER], places=None)

    def scale(self, before: ImportanceScale) -> ImportanceScale:
        """What was typed, as a scale; a factor that is renamed stays the same factor."""
        typed = (self._factor(place, before) for place in range(MOST_FACTORS))
        high, middle, low = (self[f"floor_{place}"].data for place in range(3))
        factors = tuple(factor for factor in typed if factor is not None)
        return ImportanceScale(factors, (high, middle, low))

    def _factor(self, place: int, before: ImportanceScale) -> Factor | None:
        label = self[f"label_{place}"].data
        weight = self[f"weight_{place}"].data or Decimal()
        if not label:
            return None
        if place >= len(before.factors):
            return Factor(label[:40], label, weight)
        old = before.factors[place]
        return Factor(old.key, old.label if label == gettext(old.label) else label, weight)


for _place in range(MOST_FACTORS):
    _number = _place + 1
    setattr(ImportanceForm, f"label_{_place}", text(_l("Factor %(n)s", n=_number), most=40))
    _weight = NumberField(_l("Weight of factor %(n)s, %%", n=_number), [Optional()], places=None)
    setattr(ImportanceForm, f"weight_{_place}", _weight)


def importance_data(scale: ImportanceScale) -> dict[str, Any]:
    """The scale as the form shows it, in the person's language."""
    filled: dict[str, Any] = {f"floor_{place}": floor for place, floor in enumerate(scale.floors)}
    for place, factor in enumerate(scale.factors):
        filled[f"label_{place}"] = gettext(factor.label)
        filled[f"weight_{place}"] = factor.weight
    return filled
