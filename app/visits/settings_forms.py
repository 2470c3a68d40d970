"""What a company may set for its visits."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, choices
from app.stakeholders.rules import Role
from app.visits.holidays_of import COUNTRIES
from app.visits.settings import CLASS_FACTORS, OTHERWISE, VisitSettings

NUMBER = InputRequired(_l("Give a number."))
DAYS = NumberRange(1, 730)
SIZES = tuple(CLASS_FACTORS)


class VisitSettingsForm(Form):
    """Rhythms by role and size class, our executives', whose holidays count."""

    otherwise = IntegerField(_l("Nobody's role"), [NUMBER, DAYS])
    executive_days = IntegerField(_l("Executives meet every so many days"), [NUMBER, DAYS])
    country = SelectField(_l("Whose public holidays count"), choices=[])
    visits_a_day = IntegerField(_l("Visits a day"), [NUMBER, NumberRange(1, 8)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = get_locale().territories
        countries = ((code, names.get(code, code)) for code in COUNTRIES)
        self.country.choices = choices(countries, empty=_l("None"))

    def settings(self) -> VisitSettings:
        """What was typed."""
        rhythms = {str(role): self[f"days_{role}"].data for role in Role}
        factors = {
            str(size): float(self[f"factor_{place}"].data) for place, size in enumerate(SIZES)
        }
        return VisitSettings(
            {**rhythms, OTHERWISE: self.otherwise.data},
            factors,
            self.executive_days.data,
            self.country.data or "",
            self.visits_a_day.data,
        )


for _role in Role:
    setattr(VisitSettingsForm, f"days_{_role}", IntegerField(_role.label, [NUMBER, DAYS]))
for _place, _size in enumerate(SIZES):
    _factor = NumberField(str(_size), [NUMBER, NumberRange(0, 10)], places=None)
    setattr(VisitSettingsForm, f"factor_{_place}", _factor)


def settings_data(settings: VisitSettings) -> dict[str, Any]:
    """The settings as the form shows them."""
    filled: dict[str, Any] = {
        f"days_{role}": days for role, days in settings.rhythm_days.items() if role != OTHERWISE
    }
    filled |= {f"factor_{place}": settings.class_factors[size] for place, size in enumerate(SIZES)}
    return filled | {
        "otherwise": settings.rhythm_days[OTHERWISE],
        "executive_days": settings.executive_days,
        "country": settings.country,
        "visits_a_day": settings.visits_a_day,
    }
