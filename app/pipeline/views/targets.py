"""Targets: what each person and team is to win in the quarters of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, may, me
from app.pictures import sheet
from app.pipeline.forecast_changes import Aims, aim
from app.pipeline.forecast_forms import TargetForm, target_form
from app.pipeline.forecast_models import Target
from app.pipeline.periods import Period, quarters_between, year_of
from app.pipeline.splits import led_by
from app.pipeline.target_queries import Seller, sellers, targets_of
from app.pipeline.views.blueprint import pipeline
from app.row_ids import row_number
from app.users.company import COMPANY, company_from
from app.users.queries import find_setting, managers
from app.users.rules import UserRole
from app.web import _, render, see, today


def year_wanted() -> Period:
    """The year asked for, else this one."""
    year = request.values.get("year", type=row_number)
    return year_of(date(year, 1, 1) if year and 2000 <= year < 2200 else today())


def currency_wanted() -> str:
    """The currency asked for, else the company's."""
    asked = request.values.get("currency", "")
    if len(asked) == 3 and asked.isascii() and asked.isalpha():
        return asked.upper()
    return company_from(find_setting(db.session(), COMPANY)).currency


def whose() -> list[Seller]:
    """Whose targets the person at hand may see: their own, and those of whom they lead."""
    session = db.session()
    everyone = me().role is UserRole.ADMINISTRATOR
    return sellers(session, None if everyone else led_by(me().id, managers(session)))


def _kinds(one: Seller) -> tuple[bool, ...]:
    """Whether targets are for their team: a leader has both, first the team's."""
    return (True, False) if one.leads else (False,)


def _short(amount: Decimal | None) -> Decimal | int | None:
    """An amount as one would type it."""
    return int(amount) if amount is not None and amount == int(amount) else amount


Cell = tuple[int, bool, Period]


def cells_of(people: list[Seller], year: Period) -> dict[str, Cell]:
    """A field's name for each person, team and quarter."""
    quarters = quarters_between(year.start, year.end)
    return {
        f"{'team' if is_team else 'own'}_{one.id}_{number}": (one.id, is_team, quarter)
        for one in people
        for is_team in _kinds(one)
        for number, quarter in enumerate(quarters, start=1)
    }


def _label(cell: Cell, people: list[Seller]) -> str:
    name = next(one.name for one in people if one.id == cell[0])
    who = _("team of %(name)s", name=name) if cell[1] else name
    number = (cell[2].start.month + 2) // 3
    return _("%(who)s, quarter %(number)s", who=who, number=number)


def _kept(found: list[Target], currency: str) -> dict[Cell, Decimal]:
    return {
        (one.user_id, one.is_team, Period(one.starts_on, one.ends_on)): one.amount
        for one in found
        if one.currency == currency
    }


@pipeline.get("/pipeline/targets")
def targets() -> ResponseReturnValue:
    """The targets of a year's quarters, to be read and, by those who lead, set."""
    year, currency, people = year_wanted(), currency_wanted(), whose()
    cells = cells_of(people, year)
    kept = _kept(targets_of(db.session(), year), currency)
    names = {name: _label(cell, people) for name, cell in cells.items()}
    filled: dict[str, Any] = {name: _short(kept.get(cell)) for name, cell in cells.items()}
    form = target_form(names, {**filled, "currency": currency})
    return _page(form, people, year, currency)


def _page(
    form: TargetForm, people: list[Seller], year: Period, currency: str, status: int = 200
) -> ResponseReturnValue:
    rows = [(one, is_team) for one in people for is_team in _kinds(one)]
    return render(
        "pipeline/targets.html",
        status,
        form=form,
        rows=rows,
        year=year.start.year,
        currency=currency,
        may_set=may("set targets"),
    )


@pipeline.post("/pipeline/targets")
@allowed("set targets")
def set_targets() -> ResponseReturnValue:
    """Set the targets of those one leads; what is left empty is none."""
    session, year, currency, people = db.session(), year_wanted(), currency_wanted(), whose()
    cells = cells_of(people, year)
    form = target_form({name: _label(cell, people) for name, cell in cells.items()})
    if not form.validate():
        return _page(form, people, year, currency, 422)
    new: Aims = {cell: form[name].data for name, cell in cells.items()}
    changed = aim(session, targets_of(session, year), form.currency.data, new)
    session.commit()
    words = _("The targets are saved.") if changed else _("Nothing changed.")
    return see("pipeline.targets", words, year=year.start.year, currency=form.currency.data)


@pipeline.get("/pipeline/targets.<any(csv,xlsx):suffix>")
def targets_sheet(suffix: str) -> ResponseReturnValue:
    """The targets of a year that are set, in every currency."""
    year, people = year_wanted(), whose()
    names = {one.id: one.name for one in people}
    header = (_("Who"), _("For the team"), _("From"), _("Until"), _("Amount"), _("Currency"))
    rows = (
        (names[one.user_id], _("Yes") if one.is_team else _("No"), one.starts_on, one.ends_on,
         one.amount, one.currency)
        for one in targets_of(db.session(), year)
        if one.user_id in names
    )  # fmt: skip
    return sheet(suffix, f"targets-{year.start.year}", header, rows)
