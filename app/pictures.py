"""Pictures and data files: drawn once for the same content, sent as asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request, send_file

from app.sheets import csv_lines, write_xlsx
from app.web import _, speaks_chinese, today

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_KEPT = 400
STYLE = "2"
"""To be raised when pictures are drawn otherwise."""


def picture(kind: str, content: object, draw: Callable[[], Figure], name: str) -> Response:
    """A picture as one kind of file; what has the same content was drawn before."""
    key = hashlib.sha256(f"{STYLE}{kind}{content!r}".encode()).hexdigest()
    body = _kept(key, kind, draw)
    response = Response(body, mimetype=TYPES[kind])
    response.set_etag(key[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    if kind != "svg" or request.args.get("download"):
        file = f"{name}-{today().isoformat()}.{kind}"
        response.headers.set("Content-Disposition", "attachment", filename=file)
    response.make_conditional(request)
    return response


def _kept(key: str, kind: str, draw: Callable[[], Figure]) -> bytes:
    folder = Path(current_app.instance_path) / "cache" / "charts"
    file = folder / f"{key}.{kind}"
    if file.is_file():
        return file.read_bytes()
    from app.charts import file_of

    made = file_of(draw(), kind)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{id(made)}")
    part.write_bytes(made)
    part.replace(file)
    for old in sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return made


def sheet(kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Rows as a CSV file or a workbook."""
    file_name = f"{name}-{today().isoformat()}.{kind}"
    if kind == "xlsx":
        file = BytesIO()
        write_xlsx(file, header, rows)
        file.seek(0)
        return send_file(file, mimetype=SHEET, as_attachment=True, download_name=file_name)
    response = Response("".join(csv_lines(header, rows)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response


def unit_of(largest: float) -> tuple[float, str]:
    """What amounts are divided by in a picture, and its name: 万 for Chinese readers."""
    if speaks_chinese():
        return (1e4, "万") if largest >= 1e4 else (1.0, "")
    if largest >= 2e6:
        return 1e6, _("millions")
    return (1e3, _("thousands")) if largest >= 2e3 else (1.0, "")


def plain(text: str) -> str:
    """Text with an apostrophe that Chinese fonts do not set wide."""
    return text.replace("’", "'")


def rounded(value: float, places: int) -> Decimal:
    """A float as a cell of a sheet."""
    return round(Decimal(value), places)
