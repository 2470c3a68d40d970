"""What a person may see, as files that import back the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

from flask import Response, abort, current_app, request, send_file
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.exchange.export_rows import EXPORTS
from app.exchange.exporting import TooManyRows, export_csv, export_xlsx
from app.exchange.labels import FIELD_WORDS
from app.exchange.views.blueprint import exchange
from app.web import _, today

MIMES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 1 << 20
IN_WORDS = "words"


@exchange.get("/export/<kind>.<suffix>")
def export(kind: str, suffix: str) -> ResponseReturnValue:
    """Every row of a kind that the person may see."""
    if kind not in EXPORTS or suffix not in MIMES:
        abort(404)
    header = _words(kind) if request.args.get("names") == IN_WORDS else None
    name = f"{kind}-{today().isoformat()}.{suffix}"
    if suffix == "xlsx":
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - sent, then closed
        try:
            export_xlsx(db.session(), kind, file, visible(), header)
        except TooManyRows:
            abort(413)
        file.seek(0)
        return send_file(file, mimetype=MIMES[suffix], as_attachment=True, download_name=name)
    response = Response(_pieces(kind, visible(), header), mimetype=MIMES[suffix])
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _words(kind: str) -> list[str]:
    """The header in the person's language; it is known when the file comes back."""
    names, _rows = EXPORTS[kind]
    return [_(FIELD_WORDS[name]) for name in names]


def _pieces(kind: str, seen: Any, header: list[str] | None) -> Iterator[str]:
    """The file in pieces, on a connection of its own that goes back when the last is sent."""
    open_session = current_app.extensions["read"]

    def pieces() -> Iterator[str]:
        with open_session() as session:
            yield from export_csv(session, kind, seen, header)

    return pieces()
