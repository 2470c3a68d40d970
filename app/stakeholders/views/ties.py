"""Ties between people, and ours to them: drawn, ended, resumed."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.row_ids import row_number
from app.stakeholders.coverage_changes import cover, note_contact, open_coverage, uncover
from app.stakeholders.forms import BACKWARDS, ContactForm, CoverForm, TieForm
from app.stakeholders.layers import power_map
from app.stakeholders.map_facts import MapFacts, TieFact
from app.stakeholders.map_queries import tie_facts
from app.stakeholders.models import ContactReading, Coverage, Stakeholder, Tie
from app.stakeholders.queries import find_person, person_choices, team_choices
from app.stakeholders.rules import TieKind
from app.stakeholders.tie_changes import add_tie, end_tie, resume_tie
from app.stakeholders.tie_problems import problems_adding_tie
from app.stakeholders.views.blueprint import (
    complaints,
    done,
    from_map,
    person_or_404,
    refused,
    row_or_404,
    stakeholders,
    typed,
)
from app.stakeholders.views.page import person_page
from app.vocabulary import Reason
from app.web import _, invalid, today, why

PAGE = "stakeholders/show.html"


def tie_problems(
    person: Stakeholder,
    kind: TieKind,
    from_id: int,
    to_id: int,
    *,
    weight: int = 1,
    without_line: bool = False,
) -> list[Reason]:
    """Why a tie may not be drawn today; ``without_line``: the person's manager gives way."""
    facts = tie_facts(db.session(), person.account_id, today())
    if without_line:
        kept = tuple(
            one
            for one in facts.ties
            if one.kind is not TieKind.REPORTS_TO or one.from_id != person.id
        )
        facts = MapFacts(facts.people, kept, (), facts.on)
    return problems_adding_tie(TieFact(kind, from_id, to_id, weight), power_map(facts))


@stakeholders.post("/people/<int:person_id>/ties")
def tie(person_id: int) -> ResponseReturnValue:
    """Draw a tie from a person to another, read either way."""
    person, account = person_or_404(person_id, EDIT)
    form = TieForm(typed())
    form.offer(person_choices(db.session(), account.id), person_id)
    drawn = _read(form, person_id) if form.validate() else None
    if drawn is not None:
        problems = tie_problems(person, drawn.kind, drawn.from_id, drawn.to_id, weight=drawn.weight)
        form.other.errors = [why(one) for one in problems]
    if drawn is None or form.other.errors:
        if from_map():
            return refused(form.other.errors or complaints(form))
        return invalid(PAGE, **person_page(person, account, tie_form=form))
    made = add_tie(db.session(), account.id, drawn, today())
    db.session().commit()
    undo = url_for("stakeholders.untie", tie_id=made.id)
    return done(person_id, _("The tie is drawn."), undo, anchor="ties")


def _read(form: TieForm, person_id: int) -> TieFact:
    reading, other_id = form.reading.data, form.other.data
    weight = form.weight.data if "influence" in reading else 1
    if reading in BACKWARDS:
        return TieFact(BACKWARDS[reading], other_id, person_id, weight)
    return TieFact(TieKind(reading), person_id, other_id, weight)


@stakeholders.post("/ties/<int:tie_id>/end")
def untie(tie_id: int) -> ResponseReturnValue:
    """End a tie today; it stays in the past."""
    tie = row_or_404(Tie, tie_id, EDIT)
    end_tie(tie, today())
    db.session().commit()
    undo = url_for("stakeholders.retie", tie_id=tie_id)
    return done(_seen_from(tie), _("The tie is ended."), undo, anchor="ties")


@stakeholders.post("/ties/<int:tie_id>/resume")
def retie(tie_id: int) -> ResponseReturnValue:
    """Let a tie that was ended go on, if nothing speaks against it by now."""
    tie = row_or_404(Tie, tie_id, EDIT)
    person = find_person(db.session(), tie.from_id)
    assert person is not None
    kind = TieKind(tie.kind)
    problems = tie_problems(person, kind, tie.from_id, tie.to_id, weight=tie.weight)
    if problems:
        words = [why(one) for one in problems]
        return refused(words) if from_map() else done(tie.from_id, " ".join(words))
    resume_tie(tie)
    db.session().commit()
    undo = url_for("stakeholders.untie", tie_id=tie_id)
    return done(_seen_from(tie), _("The tie goes on."), undo, anchor="ties")


def _seen_from(tie: Tie) -> int:
    """Whose page an act on a tie leads back to: the one it was sent from, else its first."""
    asked = typed().get("seen_from", 0, type=row_number)
    return asked if asked in (tie.from_id, tie.to_id) else tie.from_id


@stakeholders.post("/people/<int:person_id>/coverage")
def take_on(person_id: int) -> ResponseReturnValue:
    """One of ours takes a person on, or what is known of their tie is set anew."""
    person, account = person_or_404(person_id, EDIT)
    form = CoverForm(typed())
    form.offer(team_choices(db.session(), account.id))
    if not form.validate():
        if from_map():
            return refused(complaints(form))
        return invalid(PAGE, **person_page(person, account, cover_form=form))
    was_there = open_coverage(db.session(), person_id, form.colleague.data) is not None
    row, seen = _taken_on(person, form)
    db.session().commit()
    undo = url_for("stakeholders.uncontact", contact_id=seen.id) if seen else ""
    if not was_there:
        undo = url_for("stakeholders.let_go", coverage_id=row.id)
    return done(person_id, _("Noted for %(name)s.", name=person.name), undo, anchor="ours")


def _taken_on(person: Stakeholder, form: CoverForm) -> tuple[Coverage, ContactReading | None]:
    """The tie, and the reading of it if there is one."""
    session, contact_on = db.session(), form.contact_on.data
    row = cover(
        session,
        person,
        form.colleague.data,
        today(),
        wanted_depth=form.wanted_depth.data,
        is_owner=form.is_owner.data,
    )
    if not contact_on and form.depth.data is None:
        return row, None
    seen = note_contact(
        session,
        row,
        min(contact_on or today(), today()),
        db.now(),
        depth=form.depth.data,
        is_contact=contact_on is not None,
        user_id=me().id,
    )
    return row, seen


@stakeholders.post("/coverage/<int:coverage_id>/contact")
def contact(coverage_id: int) -> ResponseReturnValue:
    """One of ours was in touch, today if nothing else is said."""
    held = row_or_404(Coverage, coverage_id, EDIT)
    form = ContactForm(typed())
    if not form.validate():
        return refused(complaints(form))
    on = min(form.on.data or today(), today())
    seen = note_contact(db.session(), held, on, db.now(), depth=form.depth.data, user_id=me().id)
    db.session().commit()
    undo = url_for("stakeholders.uncontact", contact_id=seen.id)
    return done(held.stakeholder_id, _("The contact is noted."), undo, anchor="ours")


@stakeholders.post("/contacts/<int:contact_id>/take-back")
def uncontact(contact_id: int) -> ResponseReturnValue:
    """A contact that was noted by mistake."""
    seen = row_or_404(ContactReading, contact_id, EDIT)
    held = db.session().get(Coverage, seen.coverage_id)
    assert held is not None
    again = url_for(
        "stakeholders.contact", coverage_id=held.id, on=seen.on.isoformat(), depth=seen.depth
    )
    db.session().delete(seen)
    db.session().commit()
    return done(held.stakeholder_id, _("Taken back."), again, anchor="ours")


@stakeholders.post("/coverage/<int:coverage_id>/end")
def let_go(coverage_id: int) -> ResponseReturnValue:
    """One of ours lets go of a person."""
    held = row_or_404(Coverage, coverage_id, EDIT)
    uncover(held, today())
    db.session().commit()
    undo = url_for("stakeholders.resume", coverage_id=coverage_id)
    return done(held.stakeholder_id, _("Our tie is ended."), undo, anchor="ours")


@stakeholders.post("/coverage/<int:coverage_id>/resume")
def resume(coverage_id: int) -> ResponseReturnValue:
    """Our tie goes on after all."""
    held = row_or_404(Coverage, coverage_id, EDIT)
    if open_coverage(db.session(), held.stakeholder_id, held.user_id) is None:
        held.until = None
    db.session().commit()
    undo = url_for("stakeholders.let_go", coverage_id=coverage_id)
    return done(held.stakeholder_id, _("Our tie goes on."), undo, anchor="ours")
