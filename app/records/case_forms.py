"""What a person may type of a special case."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.catalogue import lazy_gettext as _l
from app.forms import Form, TermField, long_text, text
from app.records.special_cases import COURSES, MEASURES, Measure, SpecialKind


class CaseForm(Form):
    """A special case; made with its courses and measures by :func:`case_form`."""

    case_kind = SpecialKind.OVERBEARING

    why = TextAreaField(_l("Why"), [DataRequired(_l("Say why.")), Length(max=5000)], default="")
    limit = long_text(_l("How far we go"), most=5000)
    review_on = DateField(_l("To be looked at again on"), [Optional()])

    def notes(self) -> dict[Measure, str]:
        """What was typed about each measure."""
        return {one: self[f"note_{one}"].data or "" for one in MEASURES[self.case_kind]}

    def put(self, row: Any) -> None:
        """Put what was typed on the case."""
        self.fill(row, *(f"note_{one}" for one in MEASURES[self.case_kind]))


def case_form(kind: SpecialKind, **more: Any) -> CaseForm:
    """The form for a kind of case, with its courses and a line for each measure."""

    class OwnForm(CaseForm):
        case_kind = kind
        course = TermField(_l("Decision"), COURSES[kind], empty=_l("not decided yet"))

    for one in MEASURES[kind]:
        setattr(OwnForm, f"note_{one}", text(_l(one.label), most=2000))
    return OwnForm(**more)
