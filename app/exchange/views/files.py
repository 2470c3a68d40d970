"""A file that waits: which column is what, then it is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, may, me
from app.exchange.choices import BatchState
from app.exchange.forms import FileForm, file_form
from app.exchange.habits import Ways, ways_of
from app.exchange.headers import guess_columns
from app.exchange.jobs import start
from app.exchange.models import Batch, Upload
from app.exchange.tables import Table, UnreadableFile
from app.exchange.uploads import PASTED, guessed_mapping, open_upload
from app.exchange.views.blueprint import account_named, exchange, kinds, my_accounts, upload_or_404
from app.web import _, comma, invalid, render, see, why

READING = ("encoding", "separator", "sheet")
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be placed: its name, its first cells, why its field was guessed.

    ``ways`` is both ways to read it, where there are two.
    """

    field: str
    name: str
    samples: tuple[str, ...]
    why: str
    habit: str
    ways: Ways | None


@exchange.get("/import/files/<int:upload_id>")
@allowed("import")
def file(upload_id: int) -> ResponseReturnValue:
    """The columns of a file, with what each was taken for."""
    upload = upload_or_404(upload_id)
    try:
        with open_upload(upload) as table:
            return render("exchange/file.html", **_page(upload, table))
    except UnreadableFile as error:
        return invalid("exchange/unreadable.html", upload=upload, reason=error.reason)


@exchange.post("/import/files/<int:upload_id>")
@allowed("import")
def look(upload_id: int) -> ResponseReturnValue:
    """Keep what was chosen; read the file anew, or look it through."""
    upload = upload_or_404(upload_id)
    try:
        with open_upload(upload) as table:
            page = _page(upload, table)
            form: FileForm = page["form"]
            if request.form.get("act") == "again" or form.kind.data != upload.kind:
                return _read_again(upload, form)
            valid = form.validate()
            account_id = account_named(form.account)
            if not valid or form.account.errors:
                return invalid("exchange/file.html", **page)
            _choose(upload, form, account_id)
            rows, doubtful = table.about_rows, _doubtful(upload, table, form)
    except UnreadableFile as error:
        return invalid("exchange/unreadable.html", upload=upload, reason=error.reason)
    if doubtful:
        db.session().commit()
        message = _("Say how this is to be read: %(columns)s.", columns=comma().join(doubtful))
        return see("exchange.file", message, upload_id=upload.id)
    batch = _new_batch(upload, rows)
    db.session().commit()
    start(db.session().get_bind(), batch.id, rows)  # type: ignore[arg-type]
    return see("exchange.show", batch_id=batch.id)


def _page(upload: Upload, table: Table) -> dict[str, Any]:
    ways = _ways(upload, table)
    form = file_form(table.columns, upload.kind, ways, _filled(upload, table))
    sheets = next((guess for guess in table.guesses if guess.subject == "sheet"), None)
    form.offer(kinds(), (sheets.value, *sheets.others) if sheets else ())
    return {
        "upload": upload,
        "table": table,
        "form": form,
        "columns": _columns(upload, table, ways),
        "pasted": bool(upload.choices.get(PASTED)),
        "may_add_products": may("manage products"),
        "may_add_accounts": may("add accounts"),
    }


def _filled(upload: Upload, table: Table) -> dict[str, Any]:
    """What was chosen or guessed, by the form's names."""
    chosen = upload.choices
    places = {column: field for field, column in chosen["mapping"].items()}
    filled: dict[str, Any] = {
        f"column_{place}": places.get(place, "") for place in range(len(table.columns))
    }
    for field, choice in chosen.get("habits", {}).items():
        filled[f"habit_{chosen['mapping'].get(field)}"] = choice
    account_id = chosen.get("account_id")
    filled |= {key: chosen.get(key) or "" for key in (*READING, "no_account", "segment")}
    filled["account"] = my_accounts().shown.get(account_id, "") if account_id else ""
    for name in ("creates_products", "creates_accounts"):
        filled[name] = bool(chosen.get(name))
    return filled


def _ways(upload: Upload, table: Table) -> dict[int, Ways]:
    """The columns that can be read in two ways, by their place."""
    mapping = upload.choices["mapping"]
    found = ways_of(upload.kind, mapping, table.columns, table.rows())
    return {mapping[field]: ways for field, ways in found.items()}


def _doubtful(upload: Upload, table: Table, form: FileForm) -> list[str]:
    """Columns that nothing tells how to read and that the form did not ask about yet."""
    return [
        table.columns[place]
        for place, ways in _ways(upload, table).items()
        if not ways.habit.is_sure and f"habit_{place}" not in form
    ]


def _columns(upload: Upload, table: Table, ways: dict[int, Ways]) -> list[Column]:
    guesses = {guess.column: guess for guess in guess_columns(table.columns, upload.kind).values()}
    sample = table.sample(SAMPLES)
    return [
        Column(
            f"column_{place}",
            name,
            tuple(cells[place][:60] for cells in sample if cells[place]),
            "" if place not in guesses or guesses[place].is_sure else why(guesses[place].why),
            f"habit_{place}",
            ways.get(place),
        )
        for place, name in enumerate(table.columns)
    ]


def _read_again(upload: Upload, form: FileForm) -> ResponseReturnValue:
    """Open the file as chosen now; its columns are guessed anew. Unreadable that way: as before."""
    before = upload.kind, dict(upload.choices)
    upload.choices = before[1] | {name: form[name].data or None for name in READING}
    upload.kind = form.kind.data if form.kind.data in kinds() else upload.kind
    try:
        with open_upload(upload) as table:
            mapping = guessed_mapping(table, upload.kind)
            upload.choices = upload.choices | {"mapping": mapping, "habits": {}}
    except UnreadableFile:
        upload.kind, upload.choices = before
        raise
    db.session().commit()
    return see("exchange.file", upload_id=upload.id)


def _choose(upload: Upload, form: FileForm, account_id: int | None) -> None:
    adds = bool(form.creates_products.data) and may("manage products")
    upload.choices = upload.choices | {
        "mapping": {field: column for column, field in form.columns().items()},
        "habits": form.habits(),
        "account_id": account_id,
        "no_account": form.no_account.data,
        "segment": form.segment.data,
        "creates_products": adds,
        "creates_accounts": bool(form.creates_accounts.data) and may("add accounts"),
    }


def _new_batch(upload: Upload, rows: int) -> Batch:
    batch = Batch(user_id=me().id, upload_id=upload.id, at=db.now(), kind=upload.kind,
                  filename=upload.filename, state=BatchState.CHECKING, done=0, total=rows,
                  report={})  # fmt: skip
    db.session().add(batch)
    db.session().flush()
    return batch
