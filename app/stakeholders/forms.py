"""What a person may type about a stakeholder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue import gettext
from app.catalogue import lazy_gettext as _l
from app.forms import Form, TermField, choices, long_text, text
from app.row_ids import row_number
from app.stakeholders.people_list import UNKNOWN
from app.stakeholders.rules import (
    Approach,
    Confidence,
    ContractPhase,
    DecisionStyle,
    Depth,
    HelpSource,
    Influence,
    Role,
    Support,
    TieKind,
    Value,
)
from app.vocabulary import N_, Degree, Term

NOT_SAID = _l("Not said")
NOBODY = _l("Nobody known")
REACH = (("none", N_("None of ours")), ("one", N_("One of ours alone")), ("some", N_("Covered")))
READINGS = (
    ("reports_to", N_("reports to")),
    ("manages", N_("is the manager of")),
    ("influences", N_("influences")),
    ("influenced_by", N_("is influenced by")),
    ("allied", N_("is allied with")),
    ("at_odds", N_("is at odds with")),
)
BACKWARDS = {"manages": TieKind.REPORTS_TO, "influenced_by": TieKind.INFLUENCES}
"""Readings of a tie that run toward the person at hand."""


BULK_ACTS = ("give", "take", "judge", "unit", "owner", "archive")


class Ticks(SelectMultipleField):
    """Several members of a Term, each a tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, terms: Iterable[Term], **more: Any) -> None:
        self.terms = list(terms)
        listed = [(term.value, gettext(term.label)) for term in self.terms]
        super().__init__(label, choices=choices(listed), **more)


class Scale(RadioField):
    """One member of a Degree or Term, all in sight; none is a choice too when ``empty``."""

    def __init__(
        self, label: Any, terms: Iterable[Degree | Term], *, empty: Any = None, **more: Any
    ) -> None:
        self.terms = list(terms)
        shown = [(str(term.value), gettext(term.label)) for term in self.terms]
        listed = choices(shown, empty=empty)
        super().__init__(label, choices=listed, coerce=self._coerce, **more)

    def _coerce(self, value: Any) -> Any:
        if value in (None, "", "None"):
            return None
        kind = type(self.terms[0])
        return kind(int(value)) if issubclass(kind, Degree) else kind(value)


class PersonForm(Form):
    """Who a person is."""

    name = text(_l("Full name"), validators=[DataRequired(_l("Give the person a name."))])
    other_name = text(_l("Name in another language"))
    title = text(_l("Title"))
    department = text(_l("Department"))
    unit = text(_l("Business unit"))
    level = IntegerField(
        _l("Level"), [Optional(), NumberRange(1, 30)], description=_l("1 is the highest.")
    )
    manager = SelectField(_l("Reports to"), coerce=row_number, default=0, validate_choice=True)
    is_outside = BooleanField(_l("Outside the customer"))
    is_placeholder = BooleanField(_l("Not found yet: stands for somebody who must exist"))
    since = DateField(_l("In this post since"), [Optional()])
    style = TermField(_l("Style of deciding"), DecisionStyle, empty=NOT_SAID)
    approach = TermField(_l("What to do with them"), Approach, empty=_l("As suggested"))
    email = text(_l("E-mail"), validators=[Optional(), Email(_l("This is not an e-mail address."))])
    phone = text(_l("Phone"), most=60)
    rhythm_days = IntegerField(
        _l("To be seen every … days"),
        [Optional(), NumberRange(1, 3650)],
        description=_l("Empty: as usual for their roles."),
    )
    values = Ticks(_l("What they look for"), Value)
    interests = long_text(_l("What they care about"), most=5000)
    pressures = long_text(_l("What weighs on them"), most=5000)
    notes = long_text(_l("Notes"))
    birthday = DateField(_l("Birthday"), [Optional()])
    personal = long_text(
        _l("Personal notes"),
        most=5000,
        description=_l("Only where lawfully kept; shown to those who may edit."),
    )

    def offer_managers(self, people: Iterable[tuple[int, str]], person_id: int | None) -> None:
        """Whom the person may report to: anyone but themselves."""
        others = [one for one in people if one[0] != person_id]
        self.manager.choices = choices([(0, NOBODY), *others])


class NewPersonForm(PersonForm):
    """A person with what is known of them at first sight."""

    roles = Ticks(_l("Roles"), Role)
    support = Scale(_l("Support"), Support, empty=_l("Unknown"))
    influence = Scale(_l("Influence"), Influence, empty=_l("Unknown"))


class JudgeForm(Form):
    """A judgement of support, influence or both."""

    support = Scale(_l("Support"), Support, empty=_l("As before"), default="")
    influence = Scale(_l("Influence"), Influence, empty=_l("As before"), default="")
    confidence = Scale(_l("How we know"), Confidence, default=Confidence.HEARD)
    on = DateField(_l("Day"), [Optional()])
    source = text(_l("Source"))
    note = text(_l("Note"), most=2000)
    is_agreed = BooleanField(_l("Agreed in the team"))
    opportunity = SelectField(_l("In"), coerce=row_number, default=0, validate_choice=True)

    def offer_deals(self, deals: Iterable[tuple[int, str]]) -> None:
        """Where the judgement holds: the account, or one opportunity alone."""
        self.opportunity.choices = choices([(0, _l("The whole account")), *deals])


class RolesForm(Form):
    """The roles that a person holds."""

    roles = Ticks(_l("Roles"), Role)


class TieForm(Form):
    """A tie from the person at hand to another."""

    reading = SelectField(_l("Tie"))
    other = SelectField(
        _l("Person"), coerce=row_number, validators=[InputRequired(_l("Choose a person."))]
    )
    weight = SelectField(
        _l("Weight"), coerce=row_number, choices=choices([(1, 1), (2, 2), (3, 3)]), default=2
    )

    def offer(self, people: Iterable[tuple[int, str]], person_id: int) -> None:
        """Whom a tie may lead to: anyone but the person themselves."""
        self.reading.choices = choices([(value, gettext(words)) for value, words in READINGS])
        self.other.choices = choices([one for one in people if one[0] != person_id])


class CoverForm(Form):
    """One of ours in touch with a person."""

    colleague = SelectField(
        _l("One of ours"), coerce=row_number, validators=[InputRequired(_l("Choose a colleague."))]
    )
    depth = TermField(_l("Depth now"), Depth, empty=_l("Not judged"))
    wanted_depth = TermField(_l("Depth wanted"), Depth, empty=NOT_SAID)
    contact_on = DateField(_l("Last contact"), [Optional()])
    is_owner = BooleanField(_l("Holds the tie first of all"))

    def offer(self, colleagues: Iterable[tuple[int, str]]) -> None:
        """Whom of ours there is."""
        self.colleague.choices = choices(colleagues)


class ContactForm(Form):
    """A contact on a day."""

    on = DateField(_l("Day"), [Optional()])
    depth = TermField(_l("Depth now"), Depth, empty=_l("As before"))


class PeopleFilter(Form):
    """The filter bar of the list."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name or title"))
    role = TermField(_l("Role"), Role, empty=_l("Any role"))
    support = SelectField(_l("Support"), default="")
    department = SelectField(_l("Department"), default="", validate_choice=False)
    reach = SelectField(_l("Our ties"), default="")

    def offer(self, departments: Iterable[str]) -> None:
        """The choices that hang on the language and on the account."""
        stands = [(str(one.value), gettext(one.label)) for one in Support]
        stands.append((UNKNOWN, gettext("Unknown")))
        self.support.choices = choices(stands, empty=_l("Any support"))
        self.reach.choices = choices(
            [(value, gettext(words)) for value, words in REACH], empty=_l("Any")
        )
        self.department.choices = choices(
            [(one, one) for one in departments], empty=_l("Any department")
        )


class MapsFilter(Form):
    """The filter bar of the portfolio's maps."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name"))
    lack = SelectField(_l("Show"), default="", validate_choice=False)
    mine = BooleanField(_l("My accounts"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        lacks = [(value, gettext(words)) for value, words in LACKS]
        self.lack.choices = choices(lacks, empty=_l("All maps"))


LACKS = (
    ("way", N_("Deciders without a way in")),
    ("decider", N_("Nobody known to decide")),
    ("against", N_("Leaning against us")),
    ("single", N_("Single ties to key people")),
    ("people", N_("Nobody known at all")),
)


class BulkForm(Form):
    """The same act on several people: what it is, and the value it takes."""

    what = SelectField(
        _l("What"),
        choices=choices(
            (one, one) for one in ("give", "take", "judge", "unit", "owner", "archive")
        ),
        default="give",
    )
    role = TermField(_l("Role"), Role, empty=_l("Role"))
    support = TermField(_l("Support"), Support, empty=_l("Support"))
    confidence = TermField(_l("How we know"), Confidence, default=Confidence.HEARD)
    unit = text(_l("Business unit"))
    colleague = SelectField(_l("One of ours"), coerce=row_number, default=0)

    def offer(self, colleagues: Iterable[tuple[int, str]]) -> None:
        """Whom of ours there is."""
        self.colleague.choices = choices([(0, gettext("One of ours")), *colleagues])

    def validate_for(self, count: int) -> bool:
        """Whether somebody is meant, and the act has the value that it takes."""
        valid = super().validate()
        field = {"give": self.role, "take": self.role, "judge": self.support,
                 "owner": self.colleague}.get(self.what.data)  # fmt: skip
        if field is not None and field.data in (None, 0) and field.data is not Support.NEUTRAL:
            field.errors = [gettext("Choose one.")]
            valid = False
        if not count:
            self.form_errors.append(gettext("Tick the people first."))
        return valid and bool(count)


class RescueForm(Form):
    """Somebody who helps in a phase of the contract cycle."""

    phase = TermField(_l("Phase"), ContractPhase)
    source = TermField(_l("Where from"), HelpSource)
    who = text(_l("Who"), validators=[DataRequired(_l("Say who helps."))])
    purpose = text(_l("For what"))


class CriteriaForm(Form):
    """What a person decides by, a line each, first things first."""

    criteria = long_text(_l("Decides by"), most=5000)

    def ranked(self) -> list[str]:
        """The lines typed, without the empty ones."""
        lines = (line.strip() for line in (self.criteria.data or "").splitlines())
        return [line for line in lines if line]
