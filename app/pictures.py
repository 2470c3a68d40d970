"""Pictures and data files: drawn once for the same content, sent as asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request, send_file

from app.sheets import csv_lines, write_xlsx
from app.tones import in_both_themes
from app.web import _, speaks_chinese, today

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_KEPT = 400
STYLE = "4"
"""To be raised when pictures are drawn otherwise."""


Draw = Callable[[bool], "Figure"]
"""Makes the figure, for a phone when told so."""


def is_narrow() -> bool:
    """Whether a picture is asked for that can be read on a phone."""
    return request.args.get("width") == "narrow"


def picture(kind: str, content: object, draw: Draw, name: str) -> Response:
    """A picture as one kind of file; what has the same content was drawn before.

    What a page shows follows its theme and may be narrow; what is taken along is for paper.
    """
    is_shown = kind == "svg" and not request.args.get("download")
    look = "paper" if not is_shown else "narrow" if is_narrow() else "page"
    key = hashlib.sha256(f"{STYLE}{kind}{look}{content!r}".encode()).hexdigest()
    body = _kept(key, kind, partial(_drawn, kind, draw, look))
    response = Response(body, mimetype=TYPES[kind])
    response.set_etag(key[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    if not is_shown:
        file = f"{name}-{today().isoformat()}.{kind}"
        response.headers.set("Content-Disposition", "attachment", filename=file)
    response.make_conditional(request)
    return response


def _drawn(kind: str, draw: Draw, look: str) -> bytes:
    from app.charts import file_of

    made = file_of(draw(look == "narrow"), kind)
    return made if look == "paper" else in_both_themes(made.decode()).encode()


def shown(svg: str) -> Response:
    """A drawing that a template made, in the theme of the page it stands on."""
    return Response(in_both_themes(svg), mimetype=TYPES["svg"])


def _kept(key: str, kind: str, draw: Callable[[], bytes]) -> bytes:
    folder = Path(current_app.instance_path) / "cache" / "charts"
    file = folder / f"{key}.{kind}"
    if file.is_file():
        return file.read_bytes()
    made = draw()
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
