"""What the pages of people share: the door to a person, and how an act is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from app import db
from app.access import READ, account_or_404
from app.accounts.models import Account
from app.forms import Form
from app.row_ids import row_number
from app.stakeholders.models import Stakeholder
from app.stakeholders.queries import deal_name, find_person
from app.users.rules import Level
from app.web import see

stakeholders = Blueprint("stakeholders", __name__)


def person_or_404(person_id: int, to: Level = READ) -> tuple[Stakeholder, Account]:
    """A person and their account, for someone who may go as far as ``to``."""
    person = find_person(db.session(), person_id)
    if person is None:
        abort(404)
    return person, account_or_404(person.account_id, to)


def row_or_404(model: Any, row_id: int, to: Level) -> Any:
    """A row that hangs on an account, for someone who may go as far as ``to`` there."""
    row = db.session().get(model, row_id)
    if row is None:
        abort(404)
    account_or_404(row.account_id, to)
    return row


def deal_asked(account_id: int) -> tuple[int | None, str]:
    """The opportunity named by ``?deal=`` and its name; 404 when it is not the account's."""
    wanted = request.values.get("deal", 0, type=row_number)
    if not wanted:
        return None, ""
    name = deal_name(db.session(), account_id, wanted) if wanted > 0 else None
    if name is None:
        abort(404)
    return wanted, name


def typed() -> CombinedMultiDict[str, str]:
    """What was sent, in the form or, by an undo, in the address."""
    return CombinedMultiDict([request.form, request.args])


def from_map() -> bool:
    """Whether the map's script asks, which wants facts rather than a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def done(person_id: int, message: str, undo: str = "", *, anchor: str = "") -> ResponseReturnValue:
    """Answer an act on a person: their page with a toast, or, on the map, what happened."""
    if from_map():
        return jsonify(text=message, undo=undo, person=person_id)
    return see("stakeholders.show", message, undo=undo, person_id=person_id, anchor=anchor or None)


def refused(problems: Iterable[str]) -> ResponseReturnValue:
    """Tell the map's script why something is not done: 422."""
    return jsonify(text=" ".join(problems)), 422


def complaints(form: Form) -> list[str]:
    """What is wrong with a form, in sentences that name the field."""
    return [
        f"{form[name].label.text}: {text}"
        for name, found in form.errors.items()
        for text in found
        if name
    ]
