"""What a person may type about an account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import ListWidget, RadioInput

from app.accounts import importance, value_surplus
from app.accounts.importance import ImportanceScale
from app.accounts.rules import (
    AccountKind,
    Aspect,
    BuyerKind,
    ChainPosition,
    Judgement,
    KeyTest,
    Loyalty,
    Ownership,
    RelationshipStage,
    Segment,
    SizeClass,
)
from app.accounts.wishes import AccountWish
from app.forms import Form, NumberField, TermField, choices, long_text, text, trimmed
from app.row_ids import row_id
from app.users.rules import Level

NOT_SAID = _l("Not said")
SORTS = ("name", "kind", "size_class", "region", "city", "owner")
LETTERS = _l("Give three letters, such as CNY.")
CURRENCY = (InputRequired(LETTERS), Regexp("^[A-Z]{3}$", message=LETTERS))
PER_CENT = NumberRange(0, 1, _l("Give a share from 0 to 100 per cent."))


class ShareField(NumberField):
    """A share, kept as 0-1 and typed as per cent."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{(self.data * 100).normalize():f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Per cent become a share."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = self.data / 100


class AccountForm(Form):
    """An account's profile."""

    name = text(_l("Name"), validators=[DataRequired(_l("Give the account a name."))])
    other_name = text(_l("Name in another language"))
    parent = text(_l("Part of"), description=_l("The name of the account above it."))
    kind = TermField(_l("Kind"), AccountKind, empty=NOT_SAID)
    segment = TermField(_l("Segment"), Segment, empty=NOT_SAID)
    chain_position = TermField(_l("Position in the chain"), ChainPosition, empty=NOT_SAID)
    buyer_kind = TermField(_l("Buyer"), BuyerKind, empty=NOT_SAID)
    ownership = TermField(_l("Ownership"), Ownership, empty=NOT_SAID)
    loyalty = TermField(_l("Loyalty"), Loyalty, empty=NOT_SAID)
    industry = text(_l("Industry"))
    region = text(_l("Region"))
    city = text(_l("City"))
    website = text(_l("Website"))
    phone = text(_l("Phone"), most=60)
    currency = text(_l("Currency"), most=3, validators=CURRENCY)
    employees = IntegerField(_l("Employees"), [Optional(), NumberRange(0, 100_000_000)])
    founded = IntegerField(_l("Founded in"), [Optional(), NumberRange(1000, 2100)])
    annual_revenue = NumberField(
        _l("Its yearly revenue"), [Optional(), NumberRange(0, 10**15)], places=None
    )
    notes = long_text(_l("Notes"))


class AccountFilter(Form):
    """The filter bar of the list."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name begins with or contains"))
    kind = TermField(_l("Kind"), AccountKind, empty=_l("Any kind"))
    size_class = TermField(_l("Class"), SizeClass, empty=_l("Any class"))
    ownership = TermField(_l("Ownership"), Ownership, empty=_l("Any ownership"))
    loyalty = TermField(_l("Loyalty"), Loyalty, empty=_l("Any loyalty"))
    segment = TermField(_l("Segment"), Segment, empty=_l("Any segment"))
    region = SelectField(_l("Region"), validate_choice=False)
    owner = SelectField(_l("Owner"), validate_choice=False, coerce=lambda value: value or "")
    mine = BooleanField(_l("Only mine"))

    def offer(self, regions: list[str], owners: list[tuple[int, str]]) -> None:
        """Fill in what there is to choose from."""
        self.region.choices = choices(zip(regions, regions, strict=True), empty=_l("Any region"))
        people = ((str(user_id), name) for user_id, name in owners)
        self.owner.choices = choices(people, empty=_l("Any owner"))

    def wish(self, me: int, *, sort: str = "name", descending: bool = False) -> AccountWish:
        """What is wished for, by the person ``me``."""
        owner = self.owner.data or ""
        return AccountWish(
            text=self.q.data or "",
            kind=self.kind.data,
            size_class=self.size_class.data,
            ownership=self.ownership.data,
            loyalty=self.loyalty.data,
            segment=self.segment.data,
            region=trimmed(self.region.data or ""),
            owner_id=int(owner) if owner.isdecimal() and len(owner) < 10 else None,
            member_id=me if self.mine.data else None,
            sort=sort,
            descending=descending,
        )


class RelationshipForm(Form):
    """The stage of cooperation, when a person knows better than the contacts tell."""

    relationship_stage = TermField(
        _l("Stage"), RelationshipStage, empty=_l("As the contacts show it")
    )
    relationship_reason = long_text(_l("Reason"), most=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        """Overruling what the contacts show asks for a reason."""
        is_fine = bool(super().validate(extra_validators))
        if not self.relationship_stage.data or self.relationship_reason.data:
            return is_fine
        reason = _l("Say why this is the stage, whatever the contacts show.")
        self.relationship_reason.errors = [reason]
        return False


class SeatForm(Form):
    """A colleague's place in a team."""

    user_id = SelectField(
        _l("Colleague"),
        coerce=row_id,
        validators=[InputRequired(_l("Choose a colleague."))],
    )
    level = TermField(
        _l("Access"), Level, validators=[InputRequired(_l("Choose how far they may go."))]
    )


def pick_one(label: Any, pairs: list[tuple[str, Any]]) -> Any:
    """One choice of a few, all in sight."""
    return SelectField(
        label,
        choices=lambda: choices(pairs),
        default="",
        widget=ListWidget(),
        option_widget=RadioInput(),
    )


ANSWERS = [("yes", _l("Yes")), ("no", _l("No")), ("", _l("Not known"))]


class KeyTestsForm(Form):
    """The twelve tests, each with an answer and its evidence."""


for _test in KeyTest:
    setattr(KeyTestsForm, f"answer_{_test}", pick_one(_l(_test.label), ANSWERS))
    setattr(KeyTestsForm, f"evidence_{_test}", text(_l("Evidence"), most=2000))


def score_form(scale: ImportanceScale) -> type[Form]:
    """A form with a score and a note for every factor of a company's scale."""
    within = NumberRange(
        importance.LEAST, importance.MOST, _l("Give a whole number from 1 to 100.")
    )
    fields: dict[str, Any] = {}
    for place, factor in enumerate(scale.factors):
        fields[f"score_{place}"] = IntegerField(_l(factor.label), [Optional(), within])
        fields[f"note_{place}"] = text(_l("Why"), most=2000)
    return type("ScoreForm", (Form,), fields)


class AppraisalForm(Form):
    """What is thought of one side of the account."""

    aspect = TermField(_l("Side"), Aspect, validators=[InputRequired()])
    judgement = TermField(_l("Judgement"), Judgement, validators=[InputRequired()])
    on = DateField(_l("As of"), [InputRequired(_l("Give a day."))])
    note = long_text(_l("What it rests on"), most=5000)
    in_money = BooleanField(_l("It shows in money"))
    in_people = BooleanField(_l("It shows in people"))
    in_vehicles = BooleanField(_l("It shows in vehicles"))


def term_of_value(label: Any) -> IntegerField:
    """One of the three terms of perceived value."""
    within = NumberRange(
        value_surplus.LEAST, value_surplus.MOST, _l("Give a whole number from 0 to 10.")
    )
    return IntegerField(label, [InputRequired(_l("Give a whole number from 0 to 10.")), within])


class ValueForm(Form):
    """What the customer perceives to gain and to pay, and what it expected."""

    on = DateField(_l("As of"), [InputRequired(_l("Give a day."))])
    gain = term_of_value(_l("What it perceives to gain"))
    gain_evidence = text(_l("Evidence of the gain"), most=2000)
    cost = term_of_value(_l("What it perceives to pay"))
    cost_evidence = text(_l("Evidence of the cost"), most=2000)
    expected = term_of_value(_l("What it expected"))
    expected_evidence = text(_l("Evidence of what was expected"), most=2000)


class RivalForm(Form):
    """A competitor at the account."""

    name = text(_l("Competitor"), validators=[DataRequired(_l("Name the competitor."))])
    share = ShareField(_l("Share of what the account spends, %"), [Optional(), PER_CENT])
    offer = long_text(_l("What they offer"), most=5000)
    strengths = long_text(_l("Strengths"), most=5000)
    weaknesses = long_text(_l("Weaknesses"), most=5000)
    contacts_think = long_text(_l("What its people think of them"), most=5000)
