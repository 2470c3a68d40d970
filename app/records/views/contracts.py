"""An account's contracts, and one with its eleven parts and its files."""

from __future__ import annotations

import io

from flask import abort, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import db
from app.access import EDIT, READ, account_or_404, me
from app.accounts.models import Account
from app.handed_in import MOST_BYTES, UNKNOWN_KIND, kind_of, problems_keeping, safe_name
from app.records.contract_models import Contract
from app.records.contract_queries import (
    contract_files,
    contract_rows,
    fact_of,
    find_contract_file,
    find_part,
    parts_of,
)
from app.records.contracts import POINTS, Part, PartFact, contract_standing
from app.records.credit_forms import FileForm, PartForm
from app.records.entry_changes import Given, keep_file, settle_part
from app.records.views.blueprint import records
from app.records.views.entries import put_faults
from app.users.rules import Level
from app.web import _, invalid, render, see, today, why

ONE = "/records/contracts/<int:contract_id>"
PART = f"{ONE}/parts/<any({','.join(Part)}):part>"


@records.get("/accounts/<int:account_id>/records/contracts")
def contracts(account_id: int) -> ResponseReturnValue:
    """An account's contracts: how complete each is, and which day warns."""
    account = account_or_404(account_id)
    rows = contract_rows(db.session(), account_id)
    return render("records/contracts.html", account=account, rows=rows, on=today(), parts=Part)


@records.get(ONE)
def contract(contract_id: int) -> ResponseReturnValue:
    """A contract: its days, its parts, its files."""
    return _page(*_found(contract_id))


def _page(
    contract: Contract, account: Account, file_form: FileForm | None = None
) -> ResponseReturnValue:
    session = db.session()
    return render(
        "records/contract.html",
        200 if file_form is None else 422,
        account=account,
        contract=contract,
        standing=contract_standing(fact_of(contract), today()),
        notice_on=fact_of(contract).notice_on,
        parts=parts_of(session, [contract.id])[contract.id],
        points=POINTS,
        files=contract_files(session, contract.id),
        file_form=file_form or FileForm(formdata=None),
        most=MOST_BYTES // 2**20,
    )


@records.get(PART)
def part(contract_id: int, part: str) -> ResponseReturnValue:
    """The form of a part."""
    contract, account = _found(contract_id, EDIT)
    kept = find_part(db.session(), contract_id, part)
    form = PartForm(obj=kept)
    form.of_part(Part(part))
    return render(
        "records/part.html", account=account, contract=contract, part=Part(part), form=form
    )


@records.post(PART)
def settle(contract_id: int, part: str) -> ResponseReturnValue:
    """Keep what is settled of a part."""
    contract, account = _found(contract_id, EDIT)
    form = PartForm()
    form.of_part(Part(part))
    if not form.validate() or put_faults(form, form.problems()):
        return invalid(
            "records/part.html", account=account, contract=contract, part=Part(part), form=form
        )
    settle_part(db.session(), contract, Part(part), form.fact)
    db.session().commit()
    return see("records.contract", _("Saved."), contract_id=contract_id, anchor=part)


@records.post(f"{PART}/whole")
def settle_whole(contract_id: int, part: str) -> ResponseReturnValue:
    """Tick every point of a part in one click; its words stay."""
    contract, _account = _found(contract_id, EDIT)
    kept, session = find_part(db.session(), contract_id, part), db.session()
    points = frozenset(point.value for point in POINTS[Part(part)])
    settle_part(session, contract, Part(part), PartFact(points, kept.words if kept else ""))
    session.commit()
    return see("records.contract", _("Saved."), contract_id=contract_id, anchor=part)


@records.post(f"{ONE}/files")
def put_file(contract_id: int) -> ResponseReturnValue:
    """Keep a file, known by what is in it and not by its name."""
    contract, account = _found(contract_id, EDIT)
    session, form = db.session(), FileForm()
    if not form.validate():
        return _page(contract, account, form)
    file: FileStorage = form.file.data
    name, content = safe_name(file.filename or ""), file.stream.read(MOST_BYTES + 1)
    problems = problems_keeping(name, content, len(contract_files(session, contract_id)))
    if problems:
        form.file.errors = [why(one) for one in problems]
        return _page(contract, account, form)
    given = Given(name, kind_of(content) or UNKNOWN_KIND, content)
    keep_file(session, contract, given, me().id, db.now())
    session.commit()
    return see("records.contract", _("%(name)s is kept.", name=name), contract_id=contract_id)


@records.get(f"{ONE}/files/<int:contract_file_id>")
def file(contract_id: int, contract_file_id: int) -> ResponseReturnValue:
    """A file as it was handed in: always to save, never to open in the page's name."""
    _found(contract_id)
    found = find_contract_file(db.session(), contract_id, contract_file_id)
    if found is None:
        abort(404)
    content = io.BytesIO(found.content)
    return send_file(content, found.kind, as_attachment=True, download_name=found.name)


@records.post(f"{ONE}/files/<int:contract_file_id>/remove")
def drop_file(contract_id: int, contract_file_id: int) -> ResponseReturnValue:
    """Take a file away for good; one that has gone already is no fault."""
    _found(contract_id, EDIT)
    found = find_contract_file(db.session(), contract_id, contract_file_id)
    if found is not None:
        db.session().delete(found)
        db.session().commit()
    return see("records.contract", _("The file is removed."), contract_id=contract_id)


def _found(contract_id: int, to: Level = READ) -> tuple[Contract, Account]:
    """A contract with its account, for somebody who may go as far."""
    found = db.session().get(Contract, contract_id)
    if found is None:
        abort(404)
    return found, account_or_404(found.account_id, to)
